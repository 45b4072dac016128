"""Everything that reads imports and what their rows are about."""
