"""Columns of answers as Kobo and ODK export them, and rows refused with their reasons."""

import pytest

from outreach.maturity.importing import (
    Reader,
    entry_from,
    found_meanings,
    is_complete,
    texts_of,
)
from outreach.maturity.queries.places import MunicipalityVillages
from outreach.maturity.rules import AnswerEntry
from outreach.measures.maturity import AgeGroup, Sex
from outreach.places.queries.figures import VillageFigures
from outreach.rules import RuleBroken
from tests.maturity.making import QUESTIONNAIRE


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


def reader(header: str) -> Reader:
    names = header.split(";")
    meanings = found_meanings(names, QUESTIONNAIRE, {})
    assert is_complete(meanings)
    return Reader(meanings, names, places=PLACES, questionnaire=QUESTIONNAIRE)


def read(header: str, row: str) -> AnswerEntry:
    return reader(header).entry(row.split(";"))


def test_kobos_columns_are_found_behind_their_groups() -> None:
    entry = read(
        "start;where/Kommun;where/Ort;about/age;about/kön;internet;info/information;"
        "info/information/i1;info/information/i2;k1;_id;_uuid;_submission_time",
        "2026-03-15T10:00;Växjö;Ingelstad;65-79;kvinna;yes;i1;1;0;1;17;ab-1;2026-03-15",
    )
    assert entry.done == {"i1", "k1"}
    assert (entry.person.village_id, entry.person.municipality_code) == (2, "0780")
    assert (entry.person.age_group, entry.person.sex) == (AgeGroup.from_65, Sex.woman)


def test_odk_centrals_columns_are_found_behind_their_groups() -> None:
    header = "SubmissionDate;where-kommun;about-age;about-sex;skills-safety;KEY"
    row = ["2026-03-15", "0780", "80+", "", "s1 s2", "uuid:AB-1"]
    assert reader(header).entry(row).done == {"s1", "s2"}
    assert reader(header).uuid(row) == "ab-1"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_export_with_labels_is_read_by_the_activities_words(language: str) -> None:
    first, second = (one.in_words(language) for one in QUESTIONNAIRE.activities[:2])
    entry = read(f"Kommun;Ålder;Vad?/{first};{second}", "Växjö;65 – 79 år;1;0")
    assert entry.done == {QUESTIONNAIRE.activities[0].code}
    assert entry.person.age_group is AgeGroup.from_65


def test_several_codes_may_stand_in_a_column() -> None:
    assert read("kommun;age;information;safety", "Växjö;80+;i1 i3;s2").done == {"i1", "i3", "s2"}


@pytest.mark.parametrize("row", ["Växjö;80+;0;0", "Växjö;80+;0;none"])
def test_only_noes_are_an_answer_too(row: str) -> None:
    assert read("kommun;age;i1;safety", row).done == frozenset()


def test_a_code_that_lost_its_zero_is_found() -> None:
    assert read("kommun;age;i1", "780;80+;1").person.municipality_code == "0780"


def test_no_use_of_the_internet_is_not_assessed() -> None:
    assert read("kommun;age;internet;i1", "Växjö;-24;nej;").done is None


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
def test_a_refused_row_has_its_column_and_reason(row: str, column: str, code: str) -> None:
    found = reader("kommun;ort;age;sex;i1;safety")
    with pytest.raises(RuleBroken) as caught:
        found.entry(row.split(";"))
    assert (found.column(caught.value.field)[1], caught.value.code) == (column, code)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("between", [" ", ", ", " | "])
def test_several_activities_may_stand_in_a_cell_by_their_words(language: str, between: str) -> None:
    some = QUESTIONNAIRE.activities[::2]
    text = between.join(one.in_words(language) for one in some)
    assert read("kommun;age;information", f"Växjö;80+;{text}").done == {one.code for one in some}


def test_words_of_no_activity_are_refused() -> None:
    with pytest.raises(RuleBroken, match="import_code"):
        read("kommun;age;safety", f"Växjö;80+;{QUESTIONNAIRE.activities[0].sv} och dansat")


@pytest.mark.parametrize(
    ("column", "state"),
    [
        ("_validation_status", "Not Approved"),
        ("_validation_status", "validation_status_on_hold"),
        ("ReviewState", "rejected"),
        ("__system/reviewState", "hasIssues"),
    ],
)
def test_what_its_collector_has_not_approved_is_refused(column: str, state: str) -> None:
    with pytest.raises(RuleBroken, match="import_review"):
        read(f"kommun;age;i1;{column}", f"Växjö;80+;1;{state}")


@pytest.mark.parametrize("state", ["", "Approved", "validation_status_approved", "received"])
def test_what_is_approved_or_not_looked_at_is_read(state: str) -> None:
    assert read("kommun;age;i1;_validation_status", f"Växjö;80+;1;{state}").done == {"i1"}


def test_what_readers_have_told_of_columns_goes_first() -> None:
    told = {"a": "municipality", "kommun": None, "b": "i1"}
    assert found_meanings(["A", "Kommun", "B"], QUESTIONNAIRE, told) == ("municipality", "", "i1")


@pytest.mark.parametrize("row", ["Växjö;-24;nej;", "Växjö;80+;ja;1", "Växjö;;ja;"])
def test_an_answer_is_the_same_after_being_kept_as_texts(row: str) -> None:
    entry = read("kommun;age;internet;i1", row)
    assert entry_from(texts_of(entry)) == entry
