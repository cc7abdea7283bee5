"""Results: what a ledger holds, the figures computed from it, how sure they are."""
