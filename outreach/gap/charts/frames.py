"""Where on its sheet a chart of lines is drawn."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineFrame:
    """The sheet's size, the edges of the drawing and the size of its text, in pixels."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    text: float
