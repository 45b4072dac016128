"""Eurostat's file: which rows are taken, its dates, and importing it again."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.maturity.models import SurveyReference
from outreach.maturity.queries.reference import newest_reference

HEAD = "DATAFLOW,LAST UPDATE,freq,ind_type,indic_is,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
LEVEL = "Individuals with low overall digital skills (four out of five)"
AREA = "Individuals with basic or above basic safety skills"
ALL = "Percentage of individuals"
ONLINE = "Percentage of individuals who used internet in the last 3 months"


def row(
    indicator: str, share: str, *, unit: str = ALL, geo: str = "Sweden", day: str = "17/12/24"
) -> str:
    return f'X,{day} 11:00:00,Annual,All individuals,"{indicator}",{unit},{geo},2025,{share},\n'


FILE = (
    HEAD
    + row(LEVEL, "18.05")
    + row(AREA, "79.4")
    + row("Individuals with basic safety skills", "28")
    + row("Individuals with above basic safety skills", "51.4")
    + row("Individuals with basic or above basic overall digital skills", "67")
    + row(LEVEL, "19", unit=ONLINE)
    + row(LEVEL, "20", geo="Norway")
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "isoc.csv"


def run(app: Flask, file: Path, text: str, *more: str) -> tuple[int, str]:
    file.write_text(text)
    result = app.test_cli_runner().invoke(args=["maturity", "import-reference", str(file), *more])
    return result.exit_code, result.output


def test_levels_and_areas_of_all_individuals_are_taken(
    app: Flask, session: Session, file: Path
) -> None:
    assert run(app, file, FILE) == (
        0,
        "2 new, 0 changed, 0 as before, 0 refused, 5 passed over.\n",
    )
    found = newest_reference(session)
    assert (found.year, dict(found.shares)) == (2025, {"low": 0.1805, "safety": 0.794})
    assert str(session.scalars(select(SurveyReference.updated_on)).first()) == "2024-12-17"


def test_the_same_file_changes_nothing_and_a_dry_run_neither(
    app: Flask, session: Session, file: Path
) -> None:
    assert run(app, file, FILE, "--dry-run")[1].startswith("Dry run: 2 new")
    assert session.scalars(select(SurveyReference)).all() == []
    run(app, file, FILE)
    assert run(app, file, FILE)[1].startswith("0 new, 0 changed, 2 as before")
    changed = FILE.replace("18.05", "18.15")
    assert run(app, file, changed)[1].startswith("0 new, 1 changed, 1 as before")


def test_refused_rows_are_told_by_number(app: Flask, file: Path) -> None:
    bad = HEAD + row(LEVEL, "101") + row(AREA, "79.4", day="31/02/24") + row(AREA, "")
    code, told = run(app, file, bad)
    assert code == 1
    assert told.splitlines()[:3] == [
        "Row 2: OBS_VALUE: over_100.",
        "Row 3: LAST UPDATE: not_a_day.",
        "Row 4: OBS_VALUE: missing.",
    ]


def test_another_table_is_refused(app: Flask, file: Path) -> None:
    assert run(app, file, "a,b\n1,2\n")[0] == 1


def test_what_is_shipped_is_swedens_of_2023(session: Session) -> None:
    found = newest_reference(session)
    assert (found.year, found.shares["safety"]) == (2023, 0.7742)
    assert found.at_least_basic == pytest.approx(0.6644)
    assert newest_reference(session, country="Norway").year is None
