"""Writes of the training room, by what they write."""
