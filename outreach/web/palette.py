"""Colours the server draws charts and maps with; static/css/charts.css turns them dark or grey."""

RURAL = "#b4531a"
URBAN = "#0f5260"
RURAL_LIGHT = "#dcb79f"
INK = "#1c2529"
INK_SOFT = "#575247"
LINE = "#d8d3c6"
LINE_STRONG = "#7d7768"
PAPER = "#ffffff"

CLASSES = ("#e3ebe4", "#b4d3cf", "#76aeb3", "#357d8b", "#0f5260")
"""Five classes of a share with fixed limits, low to high."""

CHANGES = ("#8a3a0b", "#c4753c", "#e9c6a4", "#f4f1ea", "#b9d6d2", "#5b9ca6", "#12525f")
"""Seven classes of a difference with fixed limits: down, about the same, up."""

NO_CLASS = "#efece4"
"""Under the hatching of what is not counted, overdue or withheld."""
