"""The comparison's tables for files, each row with its reasons and its passport."""

from collections.abc import Callable, Mapping

from flask_babel import gettext

from outreach.gap.analysis_files import rounded, with_passport
from outreach.gap.disclosed import Audience
from outreach.gap.file_words import field
from outreach.gap.files import Table
from outreach.official.comparing import Blank, Comparison
from outreach.official.rules import break_span, counted_in
from outreach.official.series_words import COLUMNS
from outreach.web.table_files import Field


def municipalities(found: Comparison) -> Table:
    """Each municipality's two figures and what lies between them."""
    head = ("code", "name", "measure", "share", "series", "official_year", "official_counted",
            "official_share", "official_blank", "difference_points", "since_points",
            "same_date_points", "cause")  # fmt: skip
    rows = [
        (
            row.code,
            row.name,
            found.choice.measure.value,
            rounded(row.ours.value),
            found.chosen,
            *(
                (None, None, None, Blank.NOT_IMPORTED.value)
                if row.official is None
                else (
                    row.official.year,
                    row.official.counted.value,
                    rounded(row.official.share),
                    None,
                )
            ),
            *(
                (None, None, None, None)
                if row.difference is None
                else (
                    rounded(row.difference.points),
                    rounded(row.difference.since),
                    rounded(row.difference.rest),
                    row.difference.cause.value,
                )
            ),
        )
        for row in found.rows
    ]
    return with_passport(
        "municipalities", head, rows, choice=found.choice, audience=Audience.PUBLIC
    )


def series(found: Comparison) -> Table:
    """Both figures of the area on every date, with the breaks and why a figure isn't there."""
    head = ("date", "area", "measure", "share", "blank", "series", "official_share",
            "official_blank", "official_counted", "series_break")  # fmt: skip
    rows = [
        (
            point.day,
            found.choice.area.code,
            found.choice.measure.value,
            rounded(point.ours),
            None if point.ours_blank is None else point.ours_blank.value,
            found.chosen,
            rounded(point.official),
            None if point.official_blank is None else point.official_blank.value,
            None if point.official is None else counted_in(point.day.year).value,
            " ".join(map(break_span, point.breaks)) or None,
        )
        for point in found.series
    ]
    return with_passport("series", head, rows, choice=found.choice, audience=Audience.PUBLIC)


TABLES: Mapping[str, Callable[[Comparison], Table]] = {
    "municipalities": municipalities,
    "series": series,
}


def column(name: str) -> Field:
    """A column with its meaning."""
    if name in COLUMNS:
        return Field(name, str(COLUMNS[name]))
    if name == "share":
        return Field(name, str(gettext("our share, from 0 to 1")))
    return field(name)
