"""Everything the gap reads, from the one table of what is published."""
