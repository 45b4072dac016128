"""Blocks of a CSV file to columns of numbers: at once where every cell is plain, else cell by cell.

Most address files are millions of rows of plain digits. Those are read by NumPy; whatever isn't as
plain as that goes through the same patterns as every other file.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_PLAIN = b"0123456789.-\n"
_NEWLINE, _POINT = ord("\n"), ord(".")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file parts its cells and writes its letters."""

    delimiter: str
    encoding: str


def plain_numbers(
    block: bytes, *, width: int, dialect: Dialect, whole: list[int]
) -> Numbers | None:
    """All cells of a block as numbers, shape (rows, width); None where one isn't plain.

    Plain is: every row full, no blank, no quotation mark, only ASCII digits, a point or minus sign,
    and no point in the columns at the positions `whole`.
    """
    sign = dialect.delimiter.encode()
    text = block.replace(b"\r\n", b"\n")
    if not text.endswith(b"\n"):
        text += b"\n"
    if dialect.delimiter == ";":
        text = text.replace(b",", b".")
    if text.translate(None, _PLAIN + sign) or not _is_plain(text, sign, width, whole):
        return None
    # Whole numbers are read five times as fast as such; one too large for them is for us as well.
    kind = np.float64 if b"." in text else np.int64
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            flat = np.fromstring(text.replace(b"\n", sign), sep=dialect.delimiter, dtype=kind)
        except (DeprecationWarning, ValueError):
            return None
    return flat.astype(np.float64).reshape(-1, width) if len(flat) % width == 0 else None


def _is_plain(text: bytes, sign: bytes, width: int, whole: list[int]) -> bool:
    """Whether each row has `width` cells, none blank, and no point where numbers are whole."""
    signs = np.frombuffer(text, dtype=np.uint8)
    is_end = signs == _NEWLINE
    breaks = np.flatnonzero(is_end | (signs == sign[0]))
    if len(breaks) % width or (np.diff(breaks, prepend=-1) == 1).any():
        return False
    ends = is_end[breaks].reshape(-1, width)
    if not ends[:, -1].all() or ends[:, :-1].any():
        return False
    if b"." not in text:
        return True
    begins = np.concatenate(([0], breaks[:-1] + 1))
    points = np.add.reduceat(signs == _POINT, begins, dtype=np.uint8).reshape(-1, width)
    return not points[:, whole].any()
