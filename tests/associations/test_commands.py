"""Changes of the register: who may make them, what they leave on record, what they refuse."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.associations.commands.commitments import add_commitment, edit_commitment
from outreach.associations.commands.contacts import add_contact, edit_contact
from outreach.associations.commands.recording import Author
from outreach.associations.commands.register import (
    create_association,
    edit_association,
    edit_details,
)
from outreach.associations.commands.served import add_village, edit_period
from outreach.associations.models import Association, ServedVillage
from outreach.associations.rules import CommitmentStatus, Period
from outreach.database import data_version
from outreach.database.audit import AuditEvent
from outreach.database.versions import StaleEdit
from outreach.rules import RuleBroken
from tests import factories
from tests.associations.making import (
    ASSOCIATION,
    BY_ADMINISTRATOR,
    BY_OTHERS,
    BY_STAFF,
    COMMITMENT,
    CONTACT,
    DETAILS,
    NUMBER,
    by_reporter,
)

START = date(2024, 1, 1)


def last_event(session: Session) -> tuple[str, str, dict[str, object], dict[str, object]]:
    event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    before, after = json.loads(event.before or "{}"), json.loads(event.after or "{}")
    return event.object_type, event.action, before, after


@pytest.fixture
def blekinge(session: Session) -> None:
    factories.county(session)
    factories.county(session, "07", "Kronobergs län")


def test_a_new_association_is_stored_and_noted(session: Session, blekinge: None) -> None:
    made = create_association(session, ASSOCIATION, by=BY_STAFF)
    assert (made.name, made.organisation_number, made.version) == (ASSOCIATION.name, NUMBER, 1)
    assert last_event(session)[:3] == ("association", "created", {})


def test_a_public_change_makes_kept_pages_stale(session: Session, blekinge: None) -> None:
    before = data_version.current(session)
    create_association(session, ASSOCIATION, by=BY_STAFF)
    assert data_version.current(session) == before + 1


def test_staff_register_only_in_their_own_counties(session: Session, blekinge: None) -> None:
    with pytest.raises(RuleBroken, match="county_code: not_your_county"):
        create_association(session, ASSOCIATION, by=BY_OTHERS)


def test_a_county_that_is_not_there_is_refused(session: Session, blekinge: None) -> None:
    with pytest.raises(RuleBroken, match="county_code: not_your_county"):
        create_association(session, replace(ASSOCIATION, county_code="99"), by=BY_ADMINISTRATOR)


def test_an_organisation_number_is_held_by_one_association(
    session: Session, blekinge: None
) -> None:
    create_association(session, ASSOCIATION, by=BY_STAFF)
    with pytest.raises(RuleBroken, match="organisation_number: number_taken") as broken:
        create_association(session, replace(ASSOCIATION, name="Annan"), by=BY_STAFF)
    assert broken.value.facts == {"name": ASSOCIATION.name}


def test_several_associations_may_lack_a_number(session: Session, blekinge: None) -> None:
    for name in ("Ett", "Två"):
        entry = replace(ASSOCIATION, name=name, organisation_number=None)
        create_association(session, entry, by=BY_STAFF)
    assert len(session.scalars(select(Association)).all()) == 2


def test_a_change_notes_only_what_differs(session: Session, blekinge: None) -> None:
    made = create_association(session, ASSOCIATION, by=BY_STAFF)
    entry = replace(ASSOCIATION, founded_year=2013)
    edit_association(session, made.id, entry, version=1, by=BY_STAFF)
    assert last_event(session) == (
        "association",
        "changed",
        {"founded_year": 2012},
        {"founded_year": 2013},
    )


def test_saving_without_a_change_leaves_no_trace(session: Session, blekinge: None) -> None:
    made = create_association(session, ASSOCIATION, by=BY_STAFF)
    before = data_version.current(session)
    edit_association(session, made.id, ASSOCIATION, version=1, by=BY_STAFF)
    assert (made.version, data_version.current(session)) == (1, before)


@pytest.mark.parametrize("version", [0, 2, None])
def test_an_edit_begun_on_another_version_is_stale(
    session: Session, blekinge: None, version: int | None
) -> None:
    made = create_association(session, ASSOCIATION, by=BY_STAFF)
    with pytest.raises(StaleEdit):
        edit_association(session, made.id, ASSOCIATION, version=version, by=BY_STAFF)


@pytest.mark.parametrize("author", ["others", "reporter"])
def test_only_the_countys_staff_reach_the_registered_facts(
    session: Session, blekinge: None, author: str
) -> None:
    made = create_association(session, ASSOCIATION, by=BY_STAFF)
    by = BY_OTHERS if author == "others" else by_reporter(made.id)
    assert edit_association(session, made.id, ASSOCIATION, version=1, by=by) is None


def test_a_reporter_changes_the_details_of_their_own(session: Session) -> None:
    held = factories.association(session)
    edit_details(session, held.id, DETAILS, version=1, by=by_reporter(held.id))
    assert (held.network_operator, held.website, held.version) == (
        "Affärsverken",
        "https://hasslo.example.org",
        2,
    )


def test_an_administrator_reaches_every_association(session: Session) -> None:
    held = factories.association(session)
    edited = edit_details(session, held.id, DETAILS, version=1, by=BY_ADMINISTRATOR)
    added = add_contact(session, held.id, CONTACT, by=BY_ADMINISTRATOR)
    assert (edited is held, added is not None) == (True, True)


def test_a_broken_rule_is_refused_by_the_command_itself(session: Session) -> None:
    held = factories.association(session)
    entry = replace(DETAILS, network_operator="811218-9876")
    with pytest.raises(RuleBroken, match="network_operator: personal_number"):
        edit_details(session, held.id, entry, version=1, by=BY_STAFF)


def test_a_reporter_does_not_reach_the_details_of_others(session: Session) -> None:
    held, other = factories.association(session), factories.association(session, "Annan")
    by = by_reporter(other.id)
    assert edit_details(session, held.id, DETAILS, version=1, by=by) is None


def test_a_contact_is_added_without_the_public_noticing(session: Session) -> None:
    held = factories.association(session)
    before = data_version.current(session)
    add_contact(session, held.id, CONTACT, by=by_reporter(held.id))
    assert (last_event(session)[0], data_version.current(session)) == (
        "association_contact",
        before,
    )


def test_a_contact_that_leaves_is_ended_and_kept(session: Session) -> None:
    held = factories.association(session)
    contact = add_contact(session, held.id, CONTACT, by=BY_STAFF)
    assert contact is not None
    entry = replace(CONTACT, period=Period(date(2026, 1, 1), date(2026, 11, 1)))
    edit_contact(session, (held.id, contact.id), entry, version=1, by=BY_STAFF)
    assert last_event(session)[2:] == ({"valid_to": None}, {"valid_to": "2026-11-01"})


def test_a_contact_of_another_association_is_not_reached(session: Session) -> None:
    held, other = factories.association(session), factories.association(session, "Annan")
    contact = factories.contact(session, held)
    by = by_reporter(other.id)
    for place in ((held.id, contact.id), (other.id, contact.id)):
        assert edit_contact(session, place, CONTACT, version=1, by=by) is None


def test_a_village_is_served_from_a_day(session: Session) -> None:
    held, village = factories.association(session), factories.village(session)
    made = add_village(session, held.id, village.code, period=Period(START), by=BY_STAFF)
    assert made is not None
    assert (made.village_id, made.valid_from, made.valid_to) == (village.id, START, None)


def test_two_associations_may_serve_one_village(session: Session) -> None:
    village = factories.village(session)
    factories.association(session, serving=[village])
    other = factories.association(session, "Annan")
    assert add_village(session, other.id, village.code, period=Period(START), by=BY_STAFF)


def test_one_association_serves_a_village_once_at_a_time(session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session, serving=[village])
    with pytest.raises(RuleBroken, match="valid_from: serves_already"):
        add_village(session, held.id, village.code, period=Period(START), by=BY_STAFF)


def test_a_village_may_be_served_again_after_a_break(session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session, serving=[village])
    served = session.scalars(select(ServedVillage)).one()
    ended = Period(date(2015, 1, 1), date(2020, 1, 1))
    edit_period(session, (held.id, served.id), ended, version=1, by=BY_STAFF)
    add_village(session, held.id, village.code, period=Period(START), by=BY_STAFF)
    periods = session.scalars(select(ServedVillage.valid_from).order_by(ServedVillage.id)).all()
    assert periods == [date(2015, 1, 1), START]


def test_a_period_cannot_grow_over_another(session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session, serving=[village])
    served = session.scalars(select(ServedVillage)).one()
    ended = Period(date(2015, 1, 1), date(2020, 1, 1))
    edit_period(session, (held.id, served.id), ended, version=1, by=BY_STAFF)
    add_village(session, held.id, village.code, period=Period(START), by=BY_STAFF)
    longer = Period(date(2015, 1, 1), date(2024, 1, 2))
    with pytest.raises(RuleBroken, match="valid_from: serves_already"):
        edit_period(session, (held.id, served.id), longer, version=2, by=BY_STAFF)


def test_a_village_of_another_county_is_refused(session: Session) -> None:
    held = factories.association(session)
    village = factories.village(session, municipality_code="0780")
    with pytest.raises(RuleBroken, match="village: not_in_county"):
        add_village(session, held.id, village.code, period=Period(START), by=BY_STAFF)


def test_reporters_do_not_change_which_villages_are_served(session: Session) -> None:
    village = factories.village(session)
    held = factories.association(session, serving=[village])
    served = session.scalars(select(ServedVillage)).one()
    by = by_reporter(held.id)
    added = add_village(session, held.id, village.code, period=Period(START), by=by)
    edited = edit_period(session, (held.id, served.id), Period(START), version=1, by=by)
    assert (added, edited) == (None, None)


def test_a_commitment_with_its_villages_is_stored(session: Session) -> None:
    held, village = factories.association(session), factories.village(session)
    entry = replace(COMMITMENT, village_codes=(village.code,))
    made = add_commitment(session, held.id, entry, by=by_reporter(held.id))
    assert made is not None
    assert [place.code for place in made.villages] == [village.code]


def test_a_change_of_status_stays_on_record(session: Session) -> None:
    held = factories.association(session)
    made = add_commitment(session, held.id, COMMITMENT, by=BY_STAFF)
    assert made is not None
    entry = replace(COMMITMENT, status=CommitmentStatus.DONE)
    edit_commitment(session, made.id, entry, version=1, by=BY_STAFF)
    assert last_event(session) == (
        "commitment",
        "changed",
        {"status": "promised"},
        {"status": "done"},
    )


def test_changing_only_the_villages_counts_as_a_change(session: Session) -> None:
    held, village = factories.association(session), factories.village(session)
    made = add_commitment(session, held.id, COMMITMENT, by=BY_STAFF)
    assert made is not None
    entry = replace(COMMITMENT, village_codes=(village.code,))
    later = Author(BY_STAFF.reach, BY_STAFF.at.replace(hour=13))
    edit_commitment(session, made.id, entry, version=1, by=later)
    assert (made.version, last_event(session)[3]) == (2, {"villages": village.code})


def test_a_commitments_villages_lie_in_the_county(session: Session) -> None:
    held = factories.association(session)
    village = factories.village(session, municipality_code="0780")
    entry = replace(COMMITMENT, village_codes=(village.code,))
    with pytest.raises(RuleBroken, match="villages: not_in_county"):
        add_commitment(session, held.id, entry, by=BY_STAFF)


@pytest.mark.parametrize("author", [BY_OTHERS, by_reporter(0)])
def test_foreign_commitments_are_not_reached(session: Session, author: Author) -> None:
    held = factories.association(session)
    made = add_commitment(session, held.id, COMMITMENT, by=BY_STAFF)
    assert made is not None
    added = add_commitment(session, held.id, COMMITMENT, by=author)
    edited = edit_commitment(session, made.id, COMMITMENT, version=1, by=author)
    assert (added, edited) == (None, None)


@pytest.mark.parametrize(
    "act",
    [
        lambda session, key: edit_details(session, key, DETAILS, version=1, by=BY_STAFF),
        lambda session, key: add_contact(session, key, CONTACT, by=BY_STAFF),
        lambda session, key: add_commitment(session, key, COMMITMENT, by=BY_STAFF),
    ],
)
def test_what_does_not_exist_is_not_reached(
    session: Session, act: Callable[[Session, int], object]
) -> None:
    assert act(session, 999_999) is None
