"""Store official figures: new ones and revised ones; the same file twice changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from outreach.database import data_version
from outreach.database.audit import record_file
from outreach.files.faults import Fault
from outreach.official.models import OfficialFigure
from outreach.official.queries import in_force, known_areas
from outreach.official.reading import ReadSeries
from outreach.official.rules import OfficialEntry


@dataclass(slots=True)
class StoredSeries:
    """What became of the figures of a file. `elsewhere` are of areas that aren't stored here."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    elsewhere: int = 0
    absent: int = 0
    refused: list[Fault] = field(default_factory=list)


def store(
    session: Session, read: ReadSeries, *, series: str, source: str, at: datetime
) -> StoredSeries:
    """Store the figures of the areas that are known here, on record, for every page to show."""
    told = add_figures(session, read, series=series, source=source, at=at)
    if told.new or told.changed:
        record_file(
            session,
            "official.imported",
            source,
            at=at,
            after={"series": series, "new": told.new, "changed": told.changed},
        )
        data_version.bump(session, at=at)
    return told


def add_figures(
    session: Session, read: ReadSeries, *, series: str, source: str, at: datetime
) -> StoredSeries:
    """The same as a part of something larger, which is on record itself."""
    told = StoredSeries(absent=read.absent, refused=list(read.refused))
    known, before = known_areas(session), in_force(session, series)
    seen: set[tuple[str, int]] = set()
    for entry in _here(read.entries, known, told):
        key = entry.area_code, entry.year
        if key in seen:
            told.refused.append(Fault("official_twice", entry.row, facts={"year": entry.year}))
            continue
        seen.add(key)
        if before.get(key) == entry.percent:
            told.unchanged += 1
            continue
        told.changed += key in before
        told.new += key not in before
        session.add(
            OfficialFigure(
                series=series,
                area_code=entry.area_code,
                year=entry.year,
                percent=entry.percent,
                source=source,
                imported_at=at,
            )
        )
    session.flush()
    return told


def _here(
    entries: Iterable[OfficialEntry], known: set[str], told: StoredSeries
) -> Iterable[OfficialEntry]:
    for entry in entries:
        if entry.area_code in known:
            yield entry
        else:
            told.elsewhere += 1
