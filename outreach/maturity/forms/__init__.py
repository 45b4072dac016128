"""What is typed in the survey and by staff."""
