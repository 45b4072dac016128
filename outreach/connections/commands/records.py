"""Store what a round was, in the transaction that freezes it."""

from sqlalchemy.orm import Session

from outreach.connections.listeners import RoundFrozen
from outreach.connections.models import ReportingRound
from outreach.connections.queries.records import counties_of, reports_of, villages_of
from outreach.connections.record_models import RoundRecord
from outreach.connections.recording import FORMAT, canonical, fingerprint, sums_of
from outreach.measures.passport import DEFINITION_VERSION, Source


def store_records(session: Session, change: RoundFrozen) -> None:
    """One record for each county that something is published about for the round's date."""
    held = session.get_one(ReportingRound, change.round_id)
    on = change.reference_date
    for code, name in counties_of(session, on):
        villages = villages_of(session, on, county_code=code)
        content = {
            "format": FORMAT,
            "definition_version": DEFINITION_VERSION,
            "source": Source.association_report.value,
            "round": {
                "reference_date": on.isoformat(),
                "due_date": held.due_date.isoformat(),
                "frozen_at": change.at.isoformat(),
            },
            "county": {"code": code, "name": name},
            "sums": sums_of(villages, county_code=code),
            "villages": villages,
            "reports": reports_of(session, change.round_id, county_code=code),
        }
        text = canonical(content)
        session.add(
            RoundRecord(
                round_id=change.round_id,
                county_code=code,
                content=text,
                sha256=fingerprint(text),
                made_at=change.at,
            )
        )
    session.flush()
