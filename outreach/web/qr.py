"""QR codes as one SVG path each, for paper that leads to a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.late import Late

if TYPE_CHECKING:
    import qrcode
else:
    qrcode = Late("qrcode")


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as one SVG path: dark squares of side 1 in a square of side `size`."""

    path: str
    size: int


def code_of(text: str) -> Code:
    """The QR code of a text, drawn as runs of dark squares, with the quiet edge it needs."""
    made = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M)
    made.add_data(text)
    matrix = made.get_matrix()
    runs = [
        f"M{start} {row}h{length}v1h-{length}z"
        for row, line in enumerate(matrix)
        for start, length in _runs(line)
    ]
    return Code("".join(runs), len(matrix))


def _runs(line: Sequence[bool | None]) -> list[tuple[int, int]]:
    """(first place, length) of each row of dark squares that stand side by side."""
    found: list[tuple[int, int]] = []
    for place, is_dark in enumerate(line):
        if not is_dark:
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found
