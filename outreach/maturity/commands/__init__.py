"""Writes of the maturity surveys."""
