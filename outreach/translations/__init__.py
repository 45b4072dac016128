"""The Swedish catalogue, merged from one part per feature."""
