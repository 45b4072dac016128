"""Everything that writes places; each module stores one kind of entry."""
