"""What is typed about reports: texts in, entries and messages out."""
