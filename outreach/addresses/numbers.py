"""Blocks of a CSV file to columns of numbers: at once where every cell is plain, else cell by cell.

Most address files are millions of rows of plain numbers. Those are read by NumPy; whatever isn't as
plain as that goes through the same patterns as every other file. A decimal is read as the whole
number of all its digits and then divided, five times as fast as NumPy reads decimals.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

_PLAIN = b"0123456789.-\n"
_NEWLINE, _POINT = b"\n."
_LONGEST_DECIMAL = 19
"""Signs of a decimal whose digits a computer word holds for certain."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the file parts its cells and writes its letters."""

    delimiter: str
    encoding: str


def plain_numbers(
    block: bytes, *, width: int, dialect: Dialect, wanted: Sequence[int], whole: Sequence[int]
) -> Numbers | None:
    """The cells at the positions `wanted`, shape (rows, wanted); None if one isn't plain.

    Plain is: every row of `width` cells, no quotation mark, and in the wanted cells no blank, only
    ASCII digits, a minus sign in front or a decimal sign between digits, and that not at the
    positions `whole`. The other columns may hold any text.
    """
    sign = dialect.delimiter.encode()
    if b'"' in block:
        return None
    text = block.replace(b"\r\n", b"\n")
    if not text.endswith(b"\n"):
        text += b"\n"
    columns = sorted(wanted)
    cut = _columns(text, sign, width, columns)
    if cut is None:
        return None
    text, lengths = cut
    if dialect.delimiter == ";":
        text = text.replace(b",", b".")
    if text.translate(None, _PLAIN + sign) or (lengths == 1).any():
        return None
    decimals = _decimals(text, lengths, len(columns), [columns.index(at) for at in whole])
    if decimals is None:
        return None
    numbers = _whole_numbers(text.replace(b".", b"").replace(b"\n", sign), dialect.delimiter)
    if numbers is None or len(numbers) != len(lengths):
        return None
    cells, places = decimals
    numbers[cells] /= 10.0**places
    return numbers.reshape(-1, len(columns))[:, [columns.index(at) for at in wanted]]


def _columns(
    text: bytes, sign: bytes, width: int, columns: Sequence[int]
) -> tuple[bytes, NDArray[np.int64]] | None:
    """The text of some columns and how long each cell is with the sign after it."""
    signs = np.frombuffer(text, dtype=np.uint8)
    is_end = signs == _NEWLINE
    breaks = np.flatnonzero(is_end | (signs == sign[0]))
    if len(breaks) % width:
        return None
    ends = is_end[breaks].reshape(-1, width)
    if not ends[:, -1].all() or ends[:, :-1].any():
        return None
    lengths = np.diff(breaks, prepend=-1)
    if len(columns) == width:
        return text, lengths
    is_wanted = np.zeros(width, dtype=np.bool_)
    is_wanted[columns] = True
    of_cells = np.tile(is_wanted, len(ends))
    return signs[np.repeat(of_cells, lengths)].tobytes(), lengths[of_cells]


def _decimals(
    text: bytes, lengths: NDArray[np.int64], width: int, whole: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Which cells are decimals, and their decimal places; None where one isn't written as such."""
    signs = np.frombuffer(text, dtype=np.uint8)
    points = np.flatnonzero(signs == _POINT)
    breaks = np.cumsum(lengths) - 1
    cells = np.searchsorted(breaks, points)
    places = breaks[cells] - points - 1
    before = signs[points - 1]
    if (
        not places.all()
        or not ((before > _POINT) & (before <= ord("9"))).all()
        or not np.diff(cells).all()
        or np.isin(cells % width, whole).any()
        or (lengths[cells] > _LONGEST_DECIMAL + 1).any()
    ):
        return None
    return cells, places


def _whole_numbers(text: bytes, delimiter: str) -> Numbers | None:
    # One too large for a computer word is read as the largest, which is too large for us as well.
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(text, sep=delimiter, dtype=np.int64).astype(np.float64)
        except (DeprecationWarning, ValueError):
            return None
