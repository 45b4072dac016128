"""For which screens a picture is drawn."""

from enum import StrEnum


class Width(StrEnum):
    """For which screen a picture is drawn: text keeps its size on both."""

    WIDE = "wide"
    NARROW = "narrow"
