"""Benchmarks: ratios against a named floor in the same run, never bare times."""
