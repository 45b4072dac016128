"""Everything that reads the register of associations; each module is one view of it."""
