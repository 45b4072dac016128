"""Forms of the training room, by page."""
