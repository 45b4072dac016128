"""The demonstration region: Blekinge's real places with invented associations and counts."""
