"""Header cells of tables that are too short to be sorted."""

from collections.abc import Collection

from outreach.web.tables import Column, Head, Sorting, heads


def fixed_heads(*labels: str, numbers: Collection[int] = ()) -> list[Head]:
    """Header cells without links; `numbers` are the positions of columns of numbers."""
    columns = [
        Column(str(at), label, is_number=at in numbers, is_sortable=False)
        for at, label in enumerate(labels)
    ]
    return heads(columns, Sorting(""), address=str)
