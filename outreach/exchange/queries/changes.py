"""What the good rows of a file would change: each figure beside the one that stands there now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.connections.forms.typed import Typed
from outreach.connections.models import ConnectionReport, ReportVersion
from outreach.connections.queries.as_of import Slice
from outreach.connections.queries.compared import FigureChange, counts_of
from outreach.connections.queries.grid import RowKey, registered
from outreach.connections.queries.last_counts import OwnKey, last_approved
from outreach.connections.reading import counted
from outreach.connections.rules import CountField, CountFigures
from outreach.exchange.queries.rows import RowShown
from outreach.exchange.queries.runs import Run
from outreach.exchange.rules import RowOutcome

Changes = tuple[FigureChange, ...]
JUDGED = frozenset({RowOutcome.NEW, RowOutcome.CHANGED, RowOutcome.UNCHANGED})


@dataclass(frozen=True, slots=True)
class _Standing:
    """What is known of the villages of some rows, in as few statements as there are kinds."""

    stated: Mapping[OwnKey, CountFigures]
    last: Mapping[OwnKey, CountFigures]
    register: Mapping[RowKey, int]

    def before(self, key: OwnKey) -> CountFigures:
        """What the report says now, or was last approved where it says nothing; else unknown."""
        return self.stated.get(key) or self.last.get(key) or CountFigures()

    def after(self, key: OwnKey, typed: Typed) -> CountFigures:
        """What the report says after the import, as its form would take it."""
        of = key[1:]
        if typed.is_unchanged(of):
            return self.last.get(key, self.before(key))
        said = {name.value: counted(typed.count(of, name), field=name) for name in CountField}
        if said[CountField.DWELLINGS] is None:
            said[CountField.DWELLINGS] = self.register.get(of)
        return CountFigures(**said)


def changes_of(session: Session, run: Run, rows: Iterable[RowShown]) -> dict[int, Changes]:
    """By the row's number, for the rows that are good; the statements don't grow with the rows."""
    texts = {
        row.number: (row.key, Typed(row.texts))
        for row in rows
        if row.outcome in JUDGED and row.key is not None
    }
    if not texts or run.round_id is None:
        return {}
    keys = {key for key, _ in texts.values()}
    standing = _standing(session, run.round_id, run.reference_date, keys)
    return {
        number: tuple(
            FigureChange(
                standing.after(key, typed).of(name), standing.before(key).of(name), is_first=False
            )
            for name in CountField
        )
        for number, (key, typed) in texts.items()
    }


def _standing(session: Session, round_id: int, on: date, keys: Collection[OwnKey]) -> _Standing:
    associations = {key[0] for key in keys}
    newest = (
        select(func.max(ReportVersion.number))
        .where(ReportVersion.report_id == ConnectionReport.id, ReportVersion.withdrawn_at.is_(None))
        .correlate(ConnectionReport)
        .scalar_subquery()
    )
    versions = session.scalars(
        select(ReportVersion.id)
        .join(ConnectionReport, ConnectionReport.id == ReportVersion.report_id)
        .where(
            ConnectionReport.round_id == round_id,
            ConnectionReport.association_id.in_(associations),
            ReportVersion.number == newest,
        )
    ).all()
    approved = last_approved(session, associations, up_to=on)
    return _Standing(
        stated={
            (one.association_id, one.village_id, one.dwelling_type): one.figures
            for one in counts_of(session, versions)
        },
        last={key: count.figures for key, count in approved.items()},
        register={
            (village_id, kind): dwellings
            for kind in {key[2] for key in keys}
            for village_id, dwellings in registered(
                session, Slice(on, date.min, kind, [key[1] for key in keys if key[2] is kind])
            ).items()
        },
    )
