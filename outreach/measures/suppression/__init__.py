"""The workings of disclosure control; `outreach.measures.disclosure` is its door."""
