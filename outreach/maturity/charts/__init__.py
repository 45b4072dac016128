"""The pictures of the maturity pages; only `drawing` leads to Matplotlib."""
