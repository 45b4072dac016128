"""Answers from files: what Kobo and ODK write, refused rows by number, and no file kept."""

import base64
import io
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach.accounts.rules import RoleName
from outreach.files import sheets
from outreach.files.budget import Budget
from outreach.maturity.importing import Judged, Meaning, chosen_layout, found_layout, judged
from outreach.maturity.models import SurveyAnswer
from outreach.maturity.queries.places import MunicipalityVillages
from outreach.measures.maturity import AgeGroup, Level, Sex
from outreach.places.queries.figures import VillageFigures
from tests import factories
from tests.maturity.making import QUESTIONNAIRE, survey_round
from tests.signing_in import sign_in, token


def place(code: str, name: str, *villages: tuple[int, str]) -> MunicipalityVillages:
    return MunicipalityVillages(
        code,
        name,
        tuple(
            VillageFigures(
                key, f"{code}-{key}", village, code, name, "10", None, None, None, None, None, None
            )
            for key, village in villages
        ),
    )


PLACES = [
    place("0780", "Växjö", (1, "Byn"), (2, "Ingelstad")),
    place("0781", "Ljungby", (3, "Byn")),
]


def read(text: str) -> Judged:
    rows = sheets.read(text.encode(), budget=Budget())[0].rows
    layout = found_layout(rows, QUESTIONNAIRE)
    assert layout.is_complete
    return judged(layout, rows, places=PLACES, questionnaire=QUESTIONNAIRE)


def test_kobos_columns_are_found_behind_their_groups() -> None:
    found = read(
        "start;where/Kommun;where/Ort;about/age;about/kön;internet;information/i1;information/i2;k1\n"
        "2026-03-15T10:00;Växjö;Ingelstad;65-79;kvinna;yes;1;0;1\n"
    )
    (entry,) = found.entries
    assert entry.done == {"i1", "k1"}
    assert (entry.person.village_id, entry.person.municipality_code) == (2, "0780")
    assert (entry.person.age_group, entry.person.sex) == (AgeGroup.from_65, Sex.woman)


def test_several_codes_may_stand_in_a_column() -> None:
    found = read("kommun,age,information,safety\nVäxjö,80+,i1 i3,s2\n")
    assert found.entries[0].done == {"i1", "i3", "s2"}


def test_a_code_that_lost_its_zero_is_found() -> None:
    assert read("kommun;age;i1\n780;80+;1\n").entries[0].person.municipality_code == "0780"


def test_no_use_of_the_internet_is_not_assessed() -> None:
    assert read("kommun;age;internet;i1\nVäxjö;-24;nej;\n").entries[0].done is None


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("Malmö;;80+;;1;", "kommun", "import_municipality"),
        ("Växjö;Okänd;80+;;1;", "ort", "import_village"),
        (";Byn;80+;;1;", "ort", "import_villages"),
        (";;80+;;1;", "kommun", "import_place"),
        ("Växjö;;fyrtio;;1;", "age", "import_age"),
        ("Växjö;;80+;x;1;", "sex", "import_sex"),
        ("Växjö;;80+;;kanske;", "i1", "import_tick"),
        ("Växjö;;80+;;;i1 q9", "safety", "import_code"),
        ("Växjö;;80+;;;", "", "import_nothing"),
    ],
)
def test_a_refused_row_has_its_number_column_and_reason(row: str, column: str, code: str) -> None:
    found = read(f"kommun;ort;age;sex;i1;safety\nVäxjö;;80+;;1;\n{row}\n")
    (refused,) = found.refused
    assert len(found.entries) == 1
    assert (refused.row, refused.column, refused.rule.code) == (3, column, code)


def test_the_reader_can_say_what_columns_hold() -> None:
    rows = sheets.read(b"A;B;C\n0780;80+;1\n", budget=Budget())[0].rows
    layout = found_layout(rows, QUESTIONNAIRE)
    assert not layout.is_complete
    told = chosen_layout(layout, [Meaning.municipality, Meaning.age, "i1"], QUESTIONNAIRE)
    assert told.is_complete
    assert chosen_layout(layout, ["x", "y", "z"], QUESTIONNAIRE) == layout


CSV = "kommun;age;i1;k1;c1;s1;p1\nKarlskrona;25-44;1;1;1;1;1\nKarlskrona;gammal;1;1;1;1;1\n"


def test_staff_look_before_they_store_and_the_same_file_is_stored_once(
    client: FlaskClient, session: Session
) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    factories.municipality(session)
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}/import"

    def sent(**values: object) -> str:
        data = {"csrf_token": token(client, address), **values}
        return client.post(address, data=data, content_type="multipart/form-data").text

    def stored() -> int | None:
        return session.scalar(select(func.count()).select_from(SurveyAnswer))

    content = re.search(r'name="content" value="([^"]+)"', sent(file=(_file(CSV), "svar.csv")))
    assert content is not None
    assert stored() == 0
    columns = ["municipality", "age", "i1", "k1", "c1", "s1", "p1"]
    page = sent(content=content[1], column=columns, step="look")
    assert "Åldern är ingen av grupperna" in page
    assert stored() == 0
    for _ in range(2):
        sent(content=content[1], column=columns, step="store")
    assert stored() == 1
    assert session.scalars(select(SurveyAnswer.level)).one() is Level.basic


def _file(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_a_file_that_cant_be_read_is_told(client: FlaskClient, session: Session) -> None:
    sign_in(client, factories.user(session, RoleName.REGIONAL_STAFF, counties=("10",)))
    opened = survey_round(session)
    address = f"/maturity/rounds/{opened.id}/import"
    for content in (b"", b"PK\x03\x04broken"):
        data = {"csrf_token": token(client, address), "file": (io.BytesIO(content), "x.csv")}
        assert client.post(address, data=data).status_code == 422
    too_large = base64.b64encode(b"x" * 1_000_001).decode()
    for sent in ("not base64!", too_large):
        data = {"csrf_token": token(client, address), "content": sent}
        assert client.post(address, data=data).status_code == 422
