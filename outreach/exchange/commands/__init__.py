"""Everything that changes an import."""
