"""A personal link opens the form of one report, submits it, and opens nothing else."""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from outreach.connections.commands.links import Maker, end_links
from outreach.connections.link_models import LinkKey, ReportLink
from outreach.connections.link_rules import LinkEnd, expiry
from outreach.connections.models import LockException, ReportDraft, ReportVersion
from outreach.connections.rules import RoundState
from outreach.database.audit import AuditEvent
from outreach.database.times import utc_now
from tests import factories
from tests.accounts.policy_table import POLICY, PUBLIC
from tests.accounts.test_access_policy import doors
from tests.connections.linking import Linked, give, linked, opened, the_link
from tests.connections.pages import fields, words
from tests.signing_in import token

CONNECTED = "v{}-permanent-connected"
UNCHANGED = "v{}-permanent-unchanged"


@pytest.fixture
def link(session: Session) -> Linked:
    return linked(session)


def changed(client: FlaskClient, link: Linked, connected: int = 41) -> dict[str, str]:
    """The form as the link opens it, with one new figure."""
    sent = fields(client.get(opened(client, link)).get_data(as_text=True))
    sent.pop(UNCHANGED.format(link.village.id), None)
    return sent | {CONNECTED.format(link.village.id): str(connected)}


def test_the_secret_is_left_behind_at_once(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    answer = client.get(link.address)
    assert (answer.status_code, answer.location) == (303, f"/l/report/{the_link(session).id}")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert link.secret not in answer.get_data(as_text=True)
    assert link.secret not in str(answer.headers)


def test_only_the_hash_is_stored(session: Session, link: Linked) -> None:
    kept = session.scalars(select(LinkKey)).one()
    assert kept.key_hash == hashlib.sha256(link.secret.encode()).hexdigest()
    assert len(link.secret) == 32


def test_the_form_stands_filled_in_with_last_times_figures(
    client: FlaskClient, link: Linked
) -> None:
    here = opened(client, link)
    sent = fields(client.get(here).get_data(as_text=True))
    assert sent[CONNECTED.format(link.village.id)] == "40"
    assert sent[UNCHANGED.format(link.village.id)] == "1"


def test_a_report_goes_in_under_the_contacts_name(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    answer = client.post(here, data=changed(client, link))
    assert (answer.status_code, answer.location) == (303, f"{here}/receipt")
    page = words(client.get(f"{here}/receipt"))
    assert "Tack! Rapporten har kommit in." in page
    assert "Anna Ask" in page
    stored = session.scalars(
        select(ReportVersion).where(ReportVersion.submitted_via_link_id.is_not(None))
    ).one()
    assert (stored.submitted_by_id, stored.submitted_via_link_id) == (None, the_link(session).id)
    assert the_link(session).last_used_at is not None


def test_all_unchanged_goes_in_by_the_button_alone(client: FlaskClient, link: Linked) -> None:
    here = opened(client, link)
    answer = client.post(here, data=fields(client.get(here).get_data(as_text=True)))
    assert answer.location == f"{here}/receipt"


def test_the_same_form_sent_twice_is_one_version(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    sent = changed(client, link)
    assert [client.post(here, data=sent).location for _ in range(2)] == [f"{here}/receipt"] * 2
    assert len(session.scalars(_by_link()).all()) == 1


def test_the_key_used_for_other_figures_shows_both(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    sent = changed(client, link)
    client.post(here, data=sent)
    again = client.post(here, data=sent | {CONNECTED.format(link.village.id): "45"})
    assert again.status_code == 409
    assert f'action="{here}"' in again.get_data(as_text=True)
    assert len(session.scalars(_by_link()).all()) == 1


def test_a_faulty_figure_comes_back_as_typed(client: FlaskClient, link: Linked) -> None:
    here = opened(client, link)
    sent = changed(client, link) | {CONNECTED.format(link.village.id): "12,5"}
    answer = client.post(here, data=sent)
    assert answer.status_code == 422
    assert fields(answer.get_data(as_text=True))[CONNECTED.format(link.village.id)] == "12,5"


def test_a_draft_is_kept_for_the_link_and_not_for_anybody_else(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    client.post(f"{here}/draft", data=changed(client, link, 43))
    draft = session.scalars(select(ReportDraft)).one()
    assert (draft.user_id, draft.link_id) == (None, the_link(session).id)
    sent = fields(client.get(here).get_data(as_text=True))
    assert sent[CONNECTED.format(link.village.id)] == "43"
    client.post(f"{here}/draft/discard", data={"csrf_token": token(client, here)})
    assert session.scalars(select(ReportDraft)).all() == []


def test_a_second_key_opens_the_same_draft(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    client.post(f"{here}/draft", data=changed(client, link, 43))
    other = client.application.test_client()
    assert (
        other.get(f"/l/{give(session, link.association, link.contact, link.round)}").location
        == here
    )
    sent = fields(other.get(here).get_data(as_text=True))
    assert sent[CONNECTED.format(link.village.id)] == "43"


def test_a_mail_scanner_uses_nothing_up(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    scanner = client.application.test_client()
    for _ in range(50):
        scanner.head(link.address)
        scanner.get(link.address, follow_redirects=True)
    assert session.scalars(_by_link()).all() == []
    assert client.get(link.address).status_code == 303


def _revoke(session: Session, link: Linked) -> None:
    end_links(
        session,
        [ReportLink.contact_id == link.contact.id],
        cause=LinkEnd.REVOKED,
        by=Maker(None, utc_now()),
    )


def _expire(session: Session, _link: Linked) -> None:
    session.scalars(select(LinkKey)).one().expires_at = utc_now() - timedelta(seconds=1)


def _close(_session: Session, link: Linked) -> None:
    link.round.state = RoundState.CLOSED
    link.round.closed_at = utc_now()


def _freeze(session: Session, link: Linked) -> None:
    _close(session, link)
    link.round.state = RoundState.FROZEN
    link.round.frozen_at = utc_now()


def _end_contact(_session: Session, link: Linked) -> None:
    link.contact.valid_to = link.contact.valid_from + timedelta(days=1)


ENDINGS = pytest.mark.parametrize("end", [_revoke, _expire, _close, _freeze, _end_contact])


@ENDINGS
def test_an_ended_link_looks_like_a_guessed_one(
    client: FlaskClient, session: Session, link: Linked, end: Callable[[Session, Linked], None]
) -> None:
    end(session, link)
    old = client.get(link.address)
    guessed = client.get(f"/l/{'x' * 32}")
    assert (old.status_code, guessed.status_code) == (404, 404)
    assert words(old) == words(guessed)
    assert "Länken fungerar inte" in words(old)
    assert "contact@outreach.invalid" in words(old)


@ENDINGS
def test_a_visit_ends_with_its_link(
    client: FlaskClient, session: Session, link: Linked, end: Callable[[Session, Linked], None]
) -> None:
    here = opened(client, link)
    sent = changed(client, link)
    end(session, link)
    answers = [client.get(here), client.get(f"{here}/receipt"), client.post(here, data=sent)]
    answers.append(client.post(f"{here}/draft", data=sent))
    assert [answer.status_code for answer in answers] == [404] * 4
    assert session.scalars(_by_link()).all() == []
    assert session.scalars(select(ReportDraft)).all() == []


def test_an_address_with_a_secret_is_named_to_nobody(client: FlaskClient, link: Linked) -> None:
    answers = [client.get(link.address), client.get(f"/l/{'x' * 32}")]
    assert [one.headers["Referrer-Policy"] for one in answers] == ["no-referrer"] * 2


def test_after_submitting_the_form_says_that_it_holds_what_was_submitted(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = opened(client, link)
    assert "Förra gångens siffror är ifyllda" in words(client.get(here))
    client.post(here, data=changed(client, link))
    assert "Siffrorna som skickades in är ifyllda" in words(client.get(here))


def test_an_exception_opens_a_closed_round_to_the_link(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    _close(session, link)
    now = utc_now()
    session.add(
        LockException(
            round_id=link.round.id,
            association_id=link.association.id,
            reason="Sjuk",
            granted_at=now,
            until=now + timedelta(days=3),
        )
    )
    here = opened(client, link)
    assert client.post(here, data=changed(client, link)).location == f"{here}/receipt"


@ENDINGS
def test_ended_and_guessed_links_cost_the_same(
    client: FlaskClient,
    session: Session,
    link: Linked,
    statements: Callable[[Callable[[], object]], int],
    end: Callable[[Session, Linked], None],
) -> None:
    end(session, link)
    client.get(f"/l/{'x' * 32}")
    old = statements(lambda: client.get(link.address))
    assert old == statements(lambda: client.get(f"/l/{'y' * 32}"))


def test_without_a_visit_nothing_is_open(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    here = f"/l/report/{the_link(session).id}"
    assert [client.get(path).status_code for path in (here, f"{here}/receipt")] == [404, 404]


def test_a_made_up_cookie_opens_nothing(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    number = the_link(session).id
    client.set_cookie("link", f"[[{number},{number}]]", domain="localhost")
    assert client.get(f"/l/report/{number}").status_code == 404


def test_another_rounds_link_opens_only_its_own_round(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    later = factories.reporting_round(session, link.round.reference_date.replace(year=2027))
    later.state = RoundState.PLANNED
    secret = give(session, link.association, link.contact, later)
    assert client.get(f"/l/{secret}").status_code == 404
    here = opened(client, link)
    assert "1 oktober 2026" in words(client.get(here))


def test_a_visit_by_one_rounds_link_never_reaches_another_round(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    later = factories.reporting_round(session, link.round.reference_date.replace(year=2027))
    other = client.application.test_client()
    there = other.get(f"/l/{give(session, link.association, link.contact, later)}").location
    sent = fields(other.get(there).get_data(as_text=True))
    assert "1 oktober 2027" in words(other.get(there))
    here = opened(client, link)
    mine = changed(client, link)
    client.post(here, data=mine)
    assert "1 oktober 2026" in words(client.get(f"{here}/receipt"))
    _close(session, link)
    assert client.get(here).status_code == 404
    token_of = {"csrf_token": mine["csrf_token"]}
    for address in (here, there):
        assert client.post(address, data=sent | token_of).status_code == 404
    assert "1 oktober 2027" in words(other.get(there))


def test_a_guessers_address_is_slowed_down_and_a_right_link_is_not(
    client: FlaskClient, link: Linked
) -> None:
    statuses = [client.get(f"/l/{number:032d}").status_code for number in range(60)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert client.get(link.address).status_code == 303


def test_a_link_opens_no_door_that_is_closed_to_the_public(
    app: Flask, client: FlaskClient, link: Linked
) -> None:
    client.get(link.address)
    stranger = app.test_client()
    for door in doors(app):
        if POLICY[door.endpoint] is PUBLIC:
            continue
        mine = client.open(door.path, method=door.method)
        theirs = stranger.open(door.path, method=door.method)
        assert (mine.status_code, mine.location) == (theirs.status_code, theirs.location), door


def test_a_link_sees_neither_history_nor_other_associations(
    client: FlaskClient, session: Session, link: Linked
) -> None:
    other = factories.association(session, "Kristianopels Fiber", serving=[link.village])
    here = opened(client, link)
    page = client.get(here).get_data(as_text=True)
    assert f"/reports/{link.association.id}" not in page
    for path in (f"/reports/{other.id}/2026-10-01", f"/reports/{link.association.id}/history"):
        assert client.get(path).status_code in {303, 404}


def test_what_a_link_does_is_on_record(client: FlaskClient, session: Session, link: Linked) -> None:
    here = opened(client, link)
    client.post(here, data=changed(client, link))
    events = session.execute(
        select(AuditEvent.action, AuditEvent.user_id, AuditEvent.after).where(
            AuditEvent.action.in_(["link_made", "submitted"])
        )
    ).all()
    assert [(event.action, event.user_id) for event in events] == [
        ("link_made", None),
        ("submitted", None),
    ]
    assert f'"link": {the_link(session).id}' in str(events[1].after)


def test_a_key_lasts_two_months_after_the_last_day_and_never_less_than_two_weeks() -> None:
    due = factories.TODAY
    early = expiry(due, now=factories.NOW)
    assert early.date() == due + timedelta(days=61)
    late = factories.NOW + timedelta(days=100)
    assert expiry(due, now=late) == late + timedelta(days=14)


def _by_link() -> Select[ReportVersion]:
    return select(ReportVersion).where(ReportVersion.submitted_via_link_id.is_not(None))
