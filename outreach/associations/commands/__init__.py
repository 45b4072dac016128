"""Everything that writes to the register of associations; none of it commits."""
