"""The register's forms: text in, entries out, and a sentence by each field that cannot be used."""
