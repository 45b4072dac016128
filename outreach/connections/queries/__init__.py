"""Everything that reads connection reports; each module is one view of them."""
