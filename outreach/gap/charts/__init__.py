"""The gap's pictures. Only `sheet.py` imports Matplotlib, and nothing imports it before a picture.

`specs.py` says what a picture shows, in words and shares; the others draw it.
"""
