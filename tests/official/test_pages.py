"""Official figures stored, and shown beside ours."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.database.times import utc_now
from outreach.measures.rates import Counts
from outreach.official.commands import StoredSeries, store
from outreach.official.models import OfficialFigure
from outreach.official.reading import read_series
from tests import factories
from tests.gap.rows import TATORT, place, publish
from tests.gap.test_pages import words_of

SERIES = "PTS-CONNECTED"


def stored(session: Session, *rows: str, series: str = SERIES) -> StoredSeries:
    content = "\n".join(["kommunkod;år;värde", *rows]).encode()
    read = read_series(content, series=series)
    return store(session, read, series=series, source="test", at=utc_now())


def published(session: Session, connected: int, *, on: date) -> None:
    village = place(session, f"Staden {on.year}", settlement_class=TATORT)
    publish(session, village, Counts(1000, 900, connected, 0), settlement_class=TATORT, on=on)


def test_the_same_file_twice_changes_nothing_and_a_revision_keeps_what_was(
    session: Session,
) -> None:
    factories.municipality(session, "1080")
    first = stored(session, "1080;2018;80,46", "9999;2018;1")
    assert (first.new, first.elsewhere) == (1, 1)
    again = stored(session, "1080;2018;80,46")
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    assert stored(session, "1080;2018;80,5").changed == 1
    assert session.scalar(select(func.count()).select_from(OfficialFigure)) == 2


def test_one_figure_twice_in_a_file_is_refused_the_second_time(session: Session) -> None:
    factories.municipality(session, "1080")
    told = stored(session, "1080;2018;80", "1080;2018;81")
    assert (told.new, [(one.row, one.code) for one in told.refused]) == (1, [(3, "official_twice")])


def test_official_figures_stand_beside_ours_with_a_warning(
    session: Session, client: FlaskClient
) -> None:
    published(session, 700, on=date(2025, 10, 1))
    stored(session, "1080;2021;55")
    told = (
        "De kommer från olika källor: vår, andel av bostäderna; officiell, andel av befolkningen. "
        "Siffrorna är inte från samma dag: vår, andel av bostäderna (1 oktober 2025); officiell, "
        "andel av befolkningen (1 oktober 2021)."
    )
    assert told in words_of(client.get("/official").text)


def test_two_official_series_are_never_one_line_and_the_newest_is_shown_first(
    session: Session, client: FlaskClient
) -> None:
    published(session, 700, on=date(2025, 10, 1))
    stored(session, "1080;2018;85", "1080;2019;86", series="PTS-PASSED")
    stored(session, "1080;2019;73", "1080;2024;92", series="N07918")
    page = "/official?area=1080&measure=coverage"
    text = words_of(client.get(page).text)
    assert "92,0 % 2024, andel av befolkningen" in text
    assert "73,0 %" in text
    assert "85,0 %" not in text
    text = words_of(client.get(f"{page}&series=PTS-PASSED").text)
    assert "86,0 % 2019, andel av hushållen" in text
    assert "92,0 %" not in text


def test_both_figures_and_the_split_of_their_difference_stand_on_the_page(
    session: Session, client: FlaskClient
) -> None:
    published(session, 600, on=date(2021, 10, 1))
    published(session, 700, on=date(2025, 10, 1))
    stored(session, "1080;2021;55")
    text = words_of(client.get("/official").text)
    # Ours went from 60 to 70 %; theirs was 55 %.
    assert "Karlskrona 70,0 % 55,0 % 2021, andel av befolkningen +15,0 +10,0 +5,0" in text
    assert "Mer än bostäder utan rapport kan förklara" in text


def test_without_an_official_figure_there_is_a_dash_and_not_a_zero(
    session: Session, client: FlaskClient
) -> None:
    published(session, 600, on=date(2021, 10, 1))
    page = client.get("/official").text
    row = page[page.index(">Karlskrona</a>") : page.index("Ingen officiell siffra")]
    assert "60,0" in row
    assert 'class="unknown"' in row


def test_missing_knowledge_stands_apart_from_missing_fibre(
    session: Session, client: FlaskClient
) -> None:
    published(session, 600, on=date(2021, 10, 1))
    publish(session, place(session, "Tystby"), None, on=date(2021, 10, 1))
    text = words_of(client.get("/official").text)
    unknown, unbuilt = text.split("Fiber saknas")
    assert ("Kunskap saknas: 1 ort utan" in unknown, "Tystby" in unknown) == (True, True)
    assert ("Staden 2021 Karlskrona 100" in unbuilt, "Tystby" in unbuilt) == (True, False)


def test_nothing_published_is_said(session: Session, client: FlaskClient) -> None:
    assert client.get("/official").status_code == 200


@pytest.mark.parametrize("query", ["area=all", "area=9999", "measure=x", "area=%00"])
def test_an_unknown_choice_falls_back(session: Session, client: FlaskClient, query: str) -> None:
    published(session, 600, on=date(2021, 10, 1))
    assert client.get(f"/official?{query}").status_code == 200


def import_file(app: Flask, session: Session, folder: Path, *more: str) -> Result:
    factories.municipality(session, "1080")
    file = folder / "kolada.csv"
    file.write_text("kommunkod;år;värde\n1080;2018;80\n1080;2019;x\n")
    command = ["official", "import", str(file), "--series", SERIES, *more]
    return app.test_cli_runner().invoke(args=command)


def test_the_command_says_what_became_of_the_file(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    told = import_file(app, session, tmp_path)
    assert (told.exit_code, "3: This is not a number written in digits. (x)" in told.output) == (
        3,
        True,
    )
    assert session.scalar(select(func.count()).select_from(OfficialFigure)) == 1


def test_a_dry_run_stores_nothing(app: Flask, session: Session, tmp_path: Path) -> None:
    told = import_file(app, session, tmp_path, "--dry-run")
    assert "nothing was stored" in told.output
    assert session.scalar(select(func.count()).select_from(OfficialFigure)) == 0


def with_breaks(session: Session) -> None:
    """Ours on two days, and official figures on both sides of both breaks, with holes."""
    published(session, 600, on=date(2021, 10, 1))
    published(session, 700, on=date(2026, 4, 1))
    stored(session, *(f"1080;{year};{year - 1950}" for year in (2014, 2016, 2019, 2021)))


def test_a_break_is_named_in_the_picture_also_where_years_are_missing(
    session: Session, client: FlaskClient
) -> None:
    with_breaks(session)
    for language, words in (("en", "series break"), ("sv", "seriebrott")):
        client.get(f"/language/{language}")
        svg = client.get("/official/chart/series.svg?area=1080").text
        assert [f">{words} {years}<" in svg for years in ("2014/15", "2020/21")] == [True, True]
    page = client.get("/official?area=1080").text
    # Once for wide screens and once for narrow ones.
    assert page.count(">seriebrott 2020/21<") == 2


def test_a_date_without_a_figure_says_why_and_a_break_says_what_is_counted(
    session: Session, client: FlaskClient
) -> None:
    with_breaks(session)
    text = words_of(client.get("/official?area=1080").text)
    assert (
        "1 oktober 2016 – uppgift saknas 66,0 % seriebrott 2014/15: härifrån andel av hushållen; "
        "vår: ingen rapportering den dagen" in text
    )
    assert (
        "vår: ingen rapportering den dagen 1 oktober 2021 60,0 % 71,0 % seriebrott 2020/21" in text
    )
    assert "officiell: officiella siffror gäller bara 1 oktober" in text
    rows = client.get("/official/series.csv?area=1080").text.splitlines()
    assert [",".join(row.split(",")[:10]) for row in rows[1:]] == [
        "2014-10-01,1080,connection_rate,,no_round,PTS-CONNECTED,0.64,,population,",
        "2016-10-01,1080,connection_rate,,no_round,PTS-CONNECTED,0.66,,households,2014/15",
        "2019-10-01,1080,connection_rate,,no_round,PTS-CONNECTED,0.69,,households,",
        "2021-10-01,1080,connection_rate,0.6,,PTS-CONNECTED,0.71,,population,2020/21",
        "2026-04-01,1080,connection_rate,0.7,,PTS-CONNECTED,,other_day,,",
    ]


@pytest.mark.parametrize("address", ["chart/series.png", "municipalities.xlsx", "series.json"])
def test_the_comparison_can_be_taken_along(
    session: Session, client: FlaskClient, address: str
) -> None:
    with_breaks(session)
    assert client.get(f"/official/{address}?area=1080").status_code == 200


@pytest.mark.parametrize("address", ["chart/series.gif", "x.csv", "chart/series.svg", "series.csv"])
def test_there_are_no_files_of_nothing(client: FlaskClient, address: str) -> None:
    assert client.get(f"/official/{address}").status_code == 404
