"""Everything that writes connection reports; each module is one act."""
