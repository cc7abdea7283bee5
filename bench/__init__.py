"""Benchmarks: ratios against a floor, measured side by side in one run. `python -m bench` runs them all."""
