"""A pilot: its events, and the state folded from them."""
