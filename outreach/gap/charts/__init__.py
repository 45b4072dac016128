"""The gap's pictures, drawn on `web.charts.sheet`; nothing imports them before a picture.

`specs.py` says what a picture shows, in words and shares; the others draw it.
"""
