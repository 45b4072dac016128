"""Reads of survey rounds and of their sums."""
