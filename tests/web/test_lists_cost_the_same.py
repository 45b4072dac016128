"""Reading a list takes as many statements for many rows as for few: pages not covered elsewhere."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.accounts.models import User
from outreach.accounts.rules import RoleName
from outreach.associations.models import Association, HandedVillage, ServedVillage, Succession
from outreach.associations.rules import SuccessionKind
from outreach.connections.models import ReportingRound
from outreach.connections.reminder_models import Reminder
from outreach.connections.reminder_rules import ReminderKind
from outreach.exchange.models import ImportRun
from outreach.exchange.rules import RunState
from outreach.mail.commands import enqueue
from outreach.mail.rules import NewMessage
from tests import factories
from tests.connections.making import expected
from tests.factories import NOW, TODAY
from tests.questions.asking import asked
from tests.signing_in import sign_in, signed_in_cookie

_numbers: Iterator[int] = count(1)
MORE = 7


@dataclass(frozen=True, slots=True)
class Place:
    """What the rows of the lists hang on."""

    session: Session
    administrator: User
    association: Association
    round: ReportingRound


@pytest.fixture
def place(session: Session, client: FlaskClient) -> Place:
    administrator = factories.user(session, RoleName.ADMINISTRATOR)
    village = factories.village(session)
    association = factories.association(session, serving=[village])
    made = Place(session, administrator, association, factories.reporting_round(session))
    expected(session, association, made.round, village)
    sign_in(client, administrator)
    return made


def _succession(place: Place) -> None:
    """Another association's village, and one of this one's, pass on."""
    number = next(_numbers)
    village = factories.village(place.session, f"By {number}")
    other = factories.association(place.session, f"Förening {number}", serving=[village])
    for giver, taker in ((other, place.association), (place.association, other)):
        served = [
            ServedVillage(association_id=of.id, village_id=village.id, valid_from=since)
            for of, since in (
                (giver, TODAY - timedelta(days=300 + next(_numbers))),
                (taker, TODAY - timedelta(days=200 + next(_numbers))),
            )
        ]
        made = Succession(
            kind=SuccessionKind.MOVE,
            association_id=giver.id,
            into_id=taker.id,
            takes_effect=TODAY - timedelta(days=100),
            reason="Stämmobeslut",
            made_by_id=place.administrator.id,
            made_at=NOW,
        )
        place.session.add_all([*served, made])
        place.session.flush()
        handed = HandedVillage(
            succession_id=made.id,
            from_served_id=served[0].id,
            to_served_id=served[1].id,
            counts_from=made.takes_effect,
            is_new=True,
        )
        place.session.add(handed)


def _question(place: Place) -> None:
    asked(place.session, factories.village(place.session, f"By {next(_numbers)}"))


def _user(place: Place) -> None:
    factories.user(
        place.session, RoleName.ASSOCIATION_REPORTER, associations=(place.association.id,)
    )


def _message(place: Place) -> int:
    message = NewMessage("notice", f"a{next(_numbers)}@example.org", "Hej", "Text\n")
    queued = enqueue(place.session, message, now=NOW)
    assert queued is not None
    return queued.id


def _reminder(place: Place) -> None:
    contact = factories.contact(place.session, place.association)
    place.session.add(
        Reminder(
            round_id=place.round.id,
            association_id=place.association.id,
            contact_id=contact.id,
            kind=ReminderKind.INVITATION,
            message_id=_message(place),
        )
    )


def _import(place: Place) -> None:
    place.session.add(
        ImportRun(
            user_id=place.administrator.id,
            round_id=place.round.id,
            locale="sv",
            file_name="rapport.xlsx",
            content=b"",
            state=RunState.CANCELLED,
            created_at=NOW,
        )
    )


def _round(place: Place) -> None:
    day = place.round.reference_date.replace(year=1999 + next(_numbers))
    factories.reporting_round(place.session, day)


def _device(place: Place) -> None:
    signed_in_cookie(place.session, place.administrator)


def _organisation(place: Place) -> None:
    factories.organisation(place.session, f"Bibliotek {next(_numbers)}")


def _village(place: Place) -> None:
    village = factories.village(place.session, f"By {next(_numbers)}")
    factories.association(place.session, f"Förening {next(_numbers)}", serving=[village])


LISTS: dict[str, tuple[str, Callable[[Place], object]]] = {
    "an association's successions": ("/associations/{association}", _succession),
    "questions": ("/questions", _question),
    "users": ("/accounts", _user),
    "messages": ("/accounts/outbox", _message),
    "imports": ("/imports", _import),
    "rounds": ("/review/rounds", _round),
    "reminders": ("/review/rounds/{round}/reminders", _reminder),
    "devices": ("/account/sessions", _device),
    "organisations": ("/organisations", _organisation),
    "a municipality's villages": ("/places/municipalities/1080", _village),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_longer_list_takes_no_more_statements(
    client: FlaskClient,
    place: Place,
    statements: Callable[[Callable[[], object]], int],
    name: str,
) -> None:
    path, add = LISTS[name]
    path = path.format(association=place.association.id, round=place.round.id)

    def read() -> None:
        assert client.get(path).status_code == 200

    # One row is there from the beginning, as an empty list may ask for less.
    add(place)
    place.session.flush()
    read()
    few = statements(read)
    for _ in range(MORE):
        add(place)
    place.session.flush()
    # Once for what is kept until the data change.
    read()
    assert statements(read) == few


def test_a_reporters_list_takes_no_more_statements_for_more_associations(
    client: FlaskClient,
    place: Place,
    statements: Callable[[Callable[[], object]], int],
) -> None:
    counts = []
    for several in (1, MORE):
        ids = []
        for _ in range(several):
            village = factories.village(place.session, f"By {next(_numbers)}")
            of = factories.association(
                place.session, f"Förening {next(_numbers)}", serving=[village]
            )
            expected(place.session, of, place.round, village)
            ids.append(of.id)
        role = RoleName.ASSOCIATION_REPORTER
        sign_in(client, factories.user(place.session, role, associations=tuple(ids)))
        client.get("/reports")
        counts.append(statements(lambda: client.get("/reports")))
    assert counts[0] == counts[1]
