"""Reads of the training room, by what they read."""
