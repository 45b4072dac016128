"""What may be entered about an association, its contacts and its commitments."""

from dataclasses import replace
from datetime import date

import pytest

from outreach.associations.rules import (
    AssociationEntry,
    AssociationStatus,
    CommitmentEntry,
    CommitmentKind,
    CommitmentStatus,
    ContactEntry,
    DetailsEntry,
    LegalForm,
    Period,
    is_in_force,
    is_overdue,
)

TODAY = date(2026, 11, 22)
PERSON = "811218-9876"
ASSOCIATION = AssociationEntry(
    name="Byns Fiber",
    legal_form=LegalForm.ECONOMIC_ASSOCIATION,
    status=AssociationStatus.OPERATING,
    county_code="10",
)
CONTACT = ContactEntry(name="Anna Ask", phone="0455-123456", period=Period(TODAY))
COMMITMENT = CommitmentEntry(
    kind=CommitmentKind.DIGITAL_HELP,
    title="Hjälpkvällar",
    status=CommitmentStatus.WANTED,
)


def broken(
    entry: AssociationEntry | ContactEntry | CommitmentEntry | Period,
) -> list[tuple[str, str]]:
    rules = (
        entry.broken_rules(today=TODAY)
        if isinstance(entry, AssociationEntry)
        else entry.broken_rules()
    )
    return [(rule.field, rule.code) for rule in rules]


def test_a_plain_entry_breaks_no_rule() -> None:
    assert broken(ASSOCIATION) + broken(CONTACT) + broken(COMMITMENT) == []


@pytest.mark.parametrize("year", [1849, 2027])
def test_a_founding_year_out_of_range_is_refused(year: int) -> None:
    assert broken(replace(ASSOCIATION, founded_year=year)) == [
        ("founded_year", "year_out_of_range")
    ]


@pytest.mark.parametrize("year", [1850, 2026])
def test_the_first_and_the_last_founding_year_are_taken(year: int) -> None:
    assert broken(replace(ASSOCIATION, founded_year=year)) == []


def test_each_free_text_is_searched_for_personal_numbers_by_itself() -> None:
    details = DetailsEntry(network_operator=PERSON, communication_operator=PERSON, website=PERSON)
    entry = replace(ASSOCIATION, name=PERSON, details=details)
    assert broken(entry) == [
        ("name", "personal_number"),
        ("network_operator", "personal_number"),
        ("communication_operator", "personal_number"),
        ("website", "personal_number"),
    ]


def test_a_contact_needs_an_address_or_a_number() -> None:
    assert broken(replace(CONTACT, phone=None)) == [("email", "no_way_to_reach")]


def test_a_contact_may_end_the_day_it_began() -> None:
    assert broken(replace(CONTACT, period=Period(TODAY, TODAY))) == []


def test_a_contact_cannot_end_before_it_began() -> None:
    entry = replace(CONTACT, period=Period(TODAY, date(2026, 11, 21)))
    assert broken(entry) == [("valid_to", "end_before_start")]


def test_a_contacts_duty_is_searched_for_personal_numbers() -> None:
    assert broken(replace(CONTACT, duty=PERSON)) == [("duty", "personal_number")]


def test_a_period_needs_at_least_a_day() -> None:
    assert broken(Period(TODAY, TODAY)) == [("valid_to", "end_before_start")]


def test_dates_of_other_centuries_are_refused() -> None:
    assert broken(Period(date(1989, 12, 31), date(2100, 1, 1))) == [
        ("valid_from", "date_out_of_range"),
        ("valid_to", "date_out_of_range"),
    ]


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Period(date(2019, 1, 1), date(2020, 1, 1)), False),
        (Period(date(2019, 1, 1), date(2020, 1, 2)), True),
        (Period(date(2021, 1, 1)), False),
        (Period(date(2020, 12, 31)), True),
        (Period(date(2019, 1, 1)), True),
    ],
)
def test_periods_that_touch_do_not_overlap(other: Period, *, overlaps: bool) -> None:
    period = Period(date(2020, 1, 1), date(2021, 1, 1))
    assert (period.overlaps(other), other.overlaps(period)) == (overlaps, overlaps)


@pytest.mark.parametrize(
    ("on", "holds"),
    [
        (date(2019, 12, 31), False),
        (date(2020, 1, 1), True),
        (date(2020, 12, 31), True),
        (date(2021, 1, 1), False),
    ],
)
def test_a_dated_fact_holds_until_the_day_before_its_end(on: date, *, holds: bool) -> None:
    assert is_in_force(date(2020, 1, 1), date(2021, 1, 1), on=on) is holds


def test_contact_details_in_a_public_text_are_asked_about() -> None:
    entry = replace(COMMITMENT, title="Ring 0455-123456", description="eva@example.se")
    assert broken(entry) == [("title", "contact_details"), ("description", "contact_details")]


def test_contact_details_that_are_meant_are_taken() -> None:
    entry = replace(COMMITMENT, description="eva@example.se", details_are_meant=True)
    assert broken(entry) == []


def test_a_personal_number_is_never_meant() -> None:
    entry = replace(COMMITMENT, description=PERSON, details_are_meant=True)
    assert broken(entry) == [("description", "personal_number")]


@pytest.mark.parametrize("target", [0, -1, 1_000_001])
def test_a_target_is_a_positive_number_of_sensible_size(target: int) -> None:
    assert broken(replace(COMMITMENT, target=target)) == [("target", "target_out_of_range")]


def test_a_commitment_is_about_a_limited_number_of_villages() -> None:
    codes = tuple(f"1080-by-{number}" for number in range(201))
    assert broken(replace(COMMITMENT, village_codes=codes[:200])) == []
    assert broken(replace(COMMITMENT, village_codes=codes)) == [("villages", "too_many_villages")]


def test_a_due_date_of_another_century_is_refused() -> None:
    entry = replace(COMMITMENT, due_date=date(2206, 1, 1))
    assert broken(entry) == [("due_date", "date_out_of_range")]


@pytest.mark.parametrize(
    ("status", "due", "overdue"),
    [
        (CommitmentStatus.PROMISED, date(2026, 11, 21), True),
        (CommitmentStatus.PROMISED, date(2026, 11, 22), False),
        (CommitmentStatus.PROMISED, None, False),
        (CommitmentStatus.WANTED, date(2026, 11, 21), True),
        (CommitmentStatus.IN_PROGRESS, date(2026, 11, 21), True),
        (CommitmentStatus.DONE, date(2026, 11, 21), False),
        (CommitmentStatus.DROPPED, date(2026, 11, 21), False),
    ],
)
def test_only_open_commitments_past_their_day_are_overdue(
    status: CommitmentStatus, due: date | None, *, overdue: bool
) -> None:
    assert is_overdue(status, due, today=TODAY) is overdue
