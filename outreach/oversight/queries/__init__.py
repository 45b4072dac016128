"""Reads of the record of changes, and of all that is kept about one person."""
