"""Find out where the figures stand in a file: which sheet, which header row, which columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from outreach.exchange.rules import SYNONYMS, Column, Layout
from outreach.files.sheets import NumberedRow, Sheet
from outreach.files.text import header
from outreach.files.values import Cell, text_of

ROWS_LOOKED_AT = 30
HEADER_MAXIMUM = 120


def found_layout(sheets: Sequence[Sheet], memory: Mapping[str, Column | None]) -> Layout:
    """The layout that recognises most columns; the first of equals.

    Where nothing is recognised it is the first row with most texts, for the reader to map.
    `memory` is what the reader has told of columns before, by their names as compared.
    """
    best: tuple[tuple[bool, int, int], Layout] | None = None
    names = tuple(sheet.name for sheet in sheets)
    for number, sheet in enumerate(sheets):
        for row in sheet.rows[:ROWS_LOOKED_AT]:
            layout = _layout(number, row, memory, names=names)
            written = sum(bool(text) for text in layout.header)
            rank = (layout.is_complete, len(layout.positions), written)
            if best is None or rank > best[0]:
                best = rank, layout
    if best is None:
        raise LookupError("a file without rows was to be refused before")
    return best[1]


def overlooked(layout: Layout, memory: Mapping[str, Column | None]) -> list[str]:
    """Columns taken for nothing that may be the counts not found; none that was told about."""
    if not layout.missing:
        return []
    used = set(layout.positions.values())
    return [
        name
        for at, name in enumerate(layout.header)
        if name and at not in used and _compared(name) not in memory
    ]


def rows_looked_at(sheets: Sequence[Sheet], told: Layout | None) -> list[Layout]:
    """Rows that may be the header, without their columns: the one told, or the first of each."""
    names = tuple(sheet.name for sheet in sheets)
    if told is not None:
        return [layout_at(sheets, told, {})]
    return [
        Layout(number, row, tuple(text_of(cell)[:HEADER_MAXIMUM] for cell in cells), {}, names)
        for number, sheet in enumerate(sheets)
        for row, cells in sheet.rows[:ROWS_LOOKED_AT]
    ]


def told_layout(layout: Layout, positions: Mapping[Column, int]) -> Layout:
    """The same header row with the columns as the reader says."""
    within = {column: at for column, at in positions.items() if 0 <= at < len(layout.header)}
    return replace(layout, positions=within)


def layout_at(sheets: Sequence[Sheet], told: Layout, memory: Mapping[str, Column | None]) -> Layout:
    """The layout of the sheet and header row that the reader tells of, whatever stands there.

    Where the file has no such row, or the sheet no header, its columns are known by place alone.
    """
    names = tuple(sheet.name for sheet in sheets)
    number = min(told.sheet, len(sheets) - 1)
    rows = dict(sheets[number].rows)
    width = max((len(cells) for cells in rows.values()), default=0)
    written = rows.get(told.header_row, ())
    padded = (*written, *(None for _ in range(width - len(written))))
    return _layout(number, (told.header_row, padded), memory, names=names)


def _layout(
    sheet: int,
    row: NumberedRow,
    memory: Mapping[str, Column | None],
    *,
    names: tuple[str, ...],
) -> Layout:
    number, cells = row
    written = tuple(text_of(cell)[:HEADER_MAXIMUM] for cell in cells)
    heads = [_compared(cell) for cell in cells]
    positions: dict[Column, int] = {}
    for at, name in enumerate(heads):
        told = memory.get(name)
        if told is not None:
            positions.setdefault(told, at)
    for column, synonyms in SYNONYMS.items():
        free = [name if name not in memory and name else None for name in heads]
        found = next((free.index(name) for name in synonyms if name in free), None)
        if found is not None and found not in positions.values():
            positions.setdefault(column, found)
    return Layout(sheet, number, written, positions, names)


def _compared(cell: Cell) -> str:
    """A header as compared; a star, as many put at what must be filled in, says nothing."""
    return header(text_of(cell)).rstrip("*: ")[:HEADER_MAXIMUM]
