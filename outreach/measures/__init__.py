"""Pure arithmetic: what every figure means, worked out without a database or a web page."""
