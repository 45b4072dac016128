"""Everything that reads places; each module answers one kind of question."""
