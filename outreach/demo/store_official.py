"""Official figures of the demonstration region: real ones, as published."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from outreach.official.commands import add_figures
from outreach.official.reading import read_series
from outreach.official.rules import SERIES

FACTS = Path(__file__).parent / "facts" / "official.csv"
SOURCE = "PTS, as published by the regions and in the press"


def store_official(session: Session, *, at: datetime) -> int:
    """Store them by way of the importer; how many figures."""
    content = FACTS.read_bytes()
    return sum(
        add_figures(
            session, read_series(content, series=code), series=code, source=SOURCE, at=at
        ).new
        for code in SERIES
        if f"\n{code},".encode() in content
    )
