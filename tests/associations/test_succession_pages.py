"""Merging, dividing and moving through the pages, as regional staff does."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach.accounts.models import AccessGrant
from outreach.associations.models import Association, ServedVillage, Succession
from outreach.associations.rules import AssociationStatus
from tests import factories
from tests.associations.pages import as_staff, send, words
from tests.connections.pages import reporter_of

MAY = "2026-05-01"


def sides(session: Session) -> tuple[Association, Association]:
    """Norra Fiber with two villages, and Södra Fiber with none."""
    places = [factories.village(session, name) for name in ("Aspö", "Hasslö")]
    return (
        factories.association(session, "Norra Fiber", serving=places),
        factories.association(session, "Södra Fiber"),
    )


def answers(into: Association, **more: str | list[str]) -> dict[str, str | list[str]]:
    return {"takes_effect": MAY, "into": str(into.id), "reason": "Stämmobeslut", **more}


def served(session: Session, of: Association) -> list[str]:
    """The villages that an association serves without an end."""
    rows = session.scalars(
        select(ServedVillage)
        .where(ServedVillage.association_id == of.id, ServedVillage.valid_to.is_(None))
        .order_by(ServedVillage.id)
    )
    return [row.village.name for row in rows]


def test_a_merger_is_shown_before_it_is_done(client: FlaskClient, session: Session) -> None:
    one, other = sides(session)
    as_staff(client, session)
    path = f"/associations/{one.id}/pass-on/merge"
    page = send(client, path, answers(other, action="preview"))
    assert page.status_code == 200
    assert "Aspö Karlskrona Norra Fiber Södra Fiber" in words(page)
    assert "Norra Fiber får statusen Sammanslagen." in words(page)
    assert served(session, one) == ["Aspö", "Hasslö"]


def test_a_merger_moves_all_villages_and_closes_the_association(
    client: FlaskClient, session: Session
) -> None:
    one, other = sides(session)
    reporter = reporter_of(session, one)
    as_staff(client, session)
    path = f"/associations/{one.id}/pass-on/merge"
    sent = answers(other, action="confirm", reporters=[str(reporter.id)])
    assert send(client, path, sent).status_code == 303
    assert (served(session, one), served(session, other)) == ([], ["Aspö", "Hasslö"])
    assert one.status is AssociationStatus.MERGED
    reach = select(AccessGrant.association_id).where(AccessGrant.user_id == reporter.id)
    assert set(session.scalars(reach)) == {one.id, other.id}
    assert "Föreningen lever vidare i Södra Fiber" in words(client.get(f"/associations/{one.id}"))
    page = words(client.get(f"/associations/{other.id}"))
    assert "2 orter kom från Norra Fiber : Aspö, Hasslö" in page


def test_a_division_says_by_name_what_goes_where(client: FlaskClient, session: Session) -> None:
    one, other = sides(session)
    third = factories.association(session, "Västra Fiber")
    first, second = session.scalars(
        select(ServedVillage.village_id).order_by(ServedVillage.id)
    ).all()
    as_staff(client, session)
    sent = answers(
        other,
        action="confirm",
        villages=[str(first)],
        second=str(third.id),
        second_villages=[str(second)],
    )
    assert send(client, f"/associations/{one.id}/pass-on/split", sent).status_code == 303
    left = [served(session, association) for association in (one, other, third)]
    assert left == [[], ["Aspö"], ["Hasslö"]]


def test_a_village_ticked_twice_is_refused_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session
) -> None:
    one, other = sides(session)
    third = factories.association(session, "Västra Fiber")
    first = session.scalars(select(ServedVillage.village_id).order_by(ServedVillage.id)).all()[0]
    as_staff(client, session)
    sent = answers(
        other,
        villages=[str(first)],
        second=str(third.id),
        second_villages=[str(first)],
    )
    page = send(client, f"/associations/{one.id}/pass-on/split", sent)
    assert page.status_code == 422
    assert "den är ikryssad två gånger" in words(page)
    assert "Stämmobeslut" in page.get_data(as_text=True)


def test_what_is_missing_is_said_at_its_field(client: FlaskClient, session: Session) -> None:
    one, _ = sides(session)
    as_staff(client, session)
    page = send(client, f"/associations/{one.id}/pass-on/move", {"reason": "", "takes_effect": ""})
    assert page.status_code == 422
    assert "Från vilken dag saknas." in words(page)
    assert "Välj förening som tar över." in words(page)


def test_a_village_served_from_a_later_day_stands_in_the_way(
    client: FlaskClient, session: Session
) -> None:
    one, other = sides(session)
    as_staff(client, session)
    sent = answers(other) | {"takes_effect": "2014-05-01", "action": "confirm"}
    page = send(client, f"/associations/{one.id}/pass-on/merge", sent)
    assert page.status_code == 422
    assert "Aspö betjänas först från den dagen eller senare." in words(page)


def test_moved_villages_come_back_when_it_is_undone(client: FlaskClient, session: Session) -> None:
    one, other = sides(session)
    village = session.scalars(select(ServedVillage.village_id).order_by(ServedVillage.id)).all()[0]
    as_staff(client, session)
    sent = answers(other, action="confirm", villages=[str(village)])
    send(client, f"/associations/{one.id}/pass-on/move", sent)
    assert served(session, one) == ["Hasslö"]
    made = session.scalars(select(Succession)).one()
    seen = f"/associations/{one.id}"
    undone = send(client, f"{seen}/passed-on/{made.id}/undo", {}, seen=seen)
    assert undone.status_code == 303
    assert (served(session, one), served(session, other)) == (["Aspö", "Hasslö"], [])


@pytest.mark.parametrize("kind", ["merge", "split", "move"])
def test_another_countys_association_is_not_found(
    client: FlaskClient, session: Session, kind: str
) -> None:
    one, _ = sides(session)
    as_staff(client, session, "07")
    assert client.get(f"/associations/{one.id}/pass-on/{kind}").status_code == 404
