"""The public register: its list, its file, and an association's page."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from outreach.associations.models import Association, Commitment, ServedVillage
from outreach.associations.rules import AssociationStatus, CommitmentKind, CommitmentStatus
from outreach.database import data_version
from outreach.days import today
from outreach.places.models import Village
from tests import factories
from tests.associations.pages import as_reporter, as_staff, words

TODAY = today()
YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)


def commitment(
    session: Session,
    of: Association,
    *,
    due: date | None = None,
    title: str = "Hjälpkvällar",
    about: Village | None = None,
) -> Commitment:
    made = Commitment(
        villages=[about] if about else [],
        association_id=of.id,
        kind=CommitmentKind.DIGITAL_HELP,
        title=title,
        status=CommitmentStatus.PROMISED,
        due_date=due,
        created_at=factories.NOW,
        updated_at=factories.NOW,
    )
    session.add(made)
    session.flush()
    return made


def names(client: FlaskClient, address: str) -> list[str]:
    """The names in the file, in order: the same rows as the page, easier to read."""
    text = client.get(address).get_data(as_text=True)
    return [line.split(";")[0] for line in text.splitlines()[1:]]


def test_the_list_is_in_swedish_order(session: Session, client: FlaskClient) -> None:
    for name in ("Ödby", "Ålby", "Zinkby", "ängby", "Alby"):
        factories.association(session, name)
    assert names(client, "/associations-excel.csv") == ["Alby", "Zinkby", "Ålby", "ängby", "Ödby"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["Hasslö Fiber", "Åryds Fiber"]),
        ("?q=ÅRYD", ["Åryds Fiber"]),
        ("?q=%25", []),
        ("?municipality=1081", ["Åryds Fiber"]),
        ("?municipality=9999", []),
        ("?status=dormant", ["Hasslö Fiber"]),
        ("?status=nonsense", ["Hasslö Fiber", "Åryds Fiber"]),
        ("?sort=-name", ["Åryds Fiber", "Hasslö Fiber"]),
        ("?sort=-villages", ["Åryds Fiber", "Hasslö Fiber"]),
        ("?sort=status", ["Åryds Fiber", "Hasslö Fiber"]),
    ],
)
def test_the_address_says_what_is_found(
    session: Session, client: FlaskClient, question: str, found: list[str]
) -> None:
    factories.municipality(session, "1081", name="Ronneby")
    villages = [factories.village(session, municipality_code="1081") for _ in range(2)]
    factories.association(session, "Åryds Fiber", serving=villages)
    dormant = factories.association(session, "Hasslö Fiber", serving=[factories.village(session)])
    dormant.status = AssociationStatus.DORMANT
    session.flush()
    assert names(client, f"/associations-excel.csv{question}") == found


def test_only_villages_served_today_are_counted(session: Session, client: FlaskClient) -> None:
    held = factories.association(session, "Byns Fiber", serving=[factories.village(session)])
    past, coming = factories.village(session), factories.village(session)
    start = date(2015, 1, 1)
    session.add_all(
        [
            ServedVillage(
                association_id=held.id, village_id=past.id, valid_from=start, valid_to=TODAY
            ),
            ServedVillage(association_id=held.id, village_id=coming.id, valid_from=TOMORROW),
        ]
    )
    session.flush()
    line = client.get("/associations-excel.csv").get_data(as_text=True).splitlines()[1]
    assert line.split(";")[1:4] == ["Karlskrona", "I drift", "1"]


def test_the_file_counts_open_and_overdue_commitments(
    session: Session, client: FlaskClient
) -> None:
    held = factories.association(session)
    commitment(session, held, due=YESTERDAY)
    commitment(session, held, due=TOMORROW)
    done = commitment(session, held, due=YESTERDAY)
    done.status = CommitmentStatus.DONE
    session.flush()
    line = client.get("/associations-excel.csv").get_data(as_text=True).splitlines()[1]
    assert line.split(";")[4:6] == ["2", "1"]


def test_the_list_shows_fifty_at_a_time(session: Session, client: FlaskClient) -> None:
    for number in range(51):
        factories.association(session, f"Förening {number:02}")
    first, second = words(client.get("/associations")), words(client.get("/associations?page=2"))
    assert ("Förening 49" in first, "Förening 50" in first) == (True, False)
    assert ("Förening 49" in second, "Förening 50" in second) == (False, True)


@pytest.mark.parametrize("path", ["/associations", "/commitments"])
def test_a_longer_list_asks_the_database_no_more(
    session: Session,
    client: FlaskClient,
    statements: Callable[[Callable[[], object]], int],
    path: str,
) -> None:
    village = factories.village(session)
    commitment(session, factories.association(session, serving=[village]))
    few = statements(lambda: client.get(path))
    for number in range(20):
        held = factories.association(session, f"Förening {number}", serving=[village])
        commitment(session, held, about=village)
    session.flush()
    data_version.bump(session, at=factories.NOW)
    assert statements(lambda: client.get(path)) == few


def test_an_empty_register_says_so(session: Session, client: FlaskClient) -> None:
    assert "Inga föreningar ännu" in words(client.get("/associations"))


def test_a_search_without_result_offers_all(session: Session, client: FlaskClient) -> None:
    factories.association(session)
    assert "Ingen förening stämmer med urvalet" in words(client.get("/associations?q=zzz"))


def test_nobody_reads_contacts_in_public(session: Session, client: FlaskClient) -> None:
    held = factories.association(session)
    factories.contact(session, held)
    pages = [f"/associations/{held.id}", "/associations", "/associations.csv"]
    assert ["Anna Ask" in client.get(path).get_data(as_text=True) for path in pages] == [False] * 3


@pytest.mark.parametrize("who", ["own reporter", "staff"])
def test_those_concerned_read_contacts(session: Session, client: FlaskClient, who: str) -> None:
    held = factories.association(session)
    factories.contact(session, held)
    if who == "staff":
        as_staff(client, session)
    else:
        as_reporter(client, session, held.id)
    assert "Anna Ask" in words(client.get(f"/associations/{held.id}"))


@pytest.mark.parametrize("who", ["other reporter", "other staff"])
def test_others_who_are_signed_in_do_not(session: Session, client: FlaskClient, who: str) -> None:
    held, other = factories.association(session), factories.association(session, "Annan")
    factories.contact(session, held)
    if who == "other staff":
        as_staff(client, session, "07")
    else:
        as_reporter(client, session, other.id)
    page = client.get(f"/associations/{held.id}")
    assert ("Anna Ask" in words(page), f"/associations/{held.id}/" in page.text) == (False, False)


def test_a_page_with_contacts_is_kept_nowhere(session: Session, client: FlaskClient) -> None:
    held = factories.association(session)
    as_reporter(client, session, held.id)
    headers = client.get(f"/associations/{held.id}").headers
    assert headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("contacts", "notice"),
    [(0, "Det finns ingen kontakt."), (1, "Det finns bara en kontakt."), (2, "")],
)
def test_fewer_than_two_contacts_are_noticed(
    session: Session, client: FlaskClient, contacts: int, notice: str
) -> None:
    held = factories.association(session)
    for _ in range(contacts):
        factories.contact(session, held)
    as_staff(client, session)
    page = words(client.get(f"/associations/{held.id}"))
    assert (notice in page, "Lägg till två" in page, "Lägg till en till" in page) == (
        True,
        contacts == 0,
        contacts == 1,
    )


def test_a_former_contact_is_kept_and_does_not_count(session: Session, client: FlaskClient) -> None:
    held = factories.association(session)
    factories.contact(session, held).valid_to = TODAY
    session.flush()
    as_staff(client, session)
    page = words(client.get(f"/associations/{held.id}"))
    assert ("1 tidigare kontakt" in page, "Det finns ingen kontakt." in page) == (True, True)


def test_a_village_of_two_associations_says_so(session: Session, client: FlaskClient) -> None:
    village = factories.village(session)
    held = factories.association(session, serving=[village])
    factories.association(session, "Grannens Fiber", serving=[village])
    page = words(client.get(f"/associations/{held.id}"))
    assert "1 förening till betjänar orten: Grannens Fiber" in page


def test_villages_to_come_and_of_before_stand_apart(session: Session, client: FlaskClient) -> None:
    held = factories.association(session, serving=[factories.village(session, "Nuby")])
    coming, past = factories.village(session, "Snartby"), factories.village(session, "Förrby")
    start = date(2015, 1, 1)
    session.add_all(
        [
            ServedVillage(association_id=held.id, village_id=coming.id, valid_from=TOMORROW),
            ServedVillage(
                association_id=held.id, village_id=past.id, valid_from=start, valid_to=TODAY
            ),
        ]
    )
    session.flush()
    page = words(client.get(f"/associations/{held.id}"))
    places = [
        page.index(text)
        for text in ("Nuby", "Kommer att betjänas", "Snartby", "Betjänas inte längre", "Förrby")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("key", ["999999", "99999999999999999999", "0", "-1", "x"])
@pytest.mark.parametrize("path", ["/associations/", "/commitments/"])
def test_what_is_not_there_is_not_found(
    session: Session, client: FlaskClient, path: str, key: str
) -> None:
    assert client.get(f"{path}{key}").status_code == 404


def test_an_overdue_commitment_is_marked_in_words(session: Session, client: FlaskClient) -> None:
    late = commitment(session, factories.association(session), due=YESTERDAY)
    assert "Försenat" in words(client.get(f"/commitments/{late.id}"))


def test_a_commitment_is_in_time_on_the_day_itself(session: Session, client: FlaskClient) -> None:
    due = commitment(session, factories.association(session), due=TODAY)
    assert "Försenat" not in words(client.get(f"/commitments/{due.id}"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", ["Sen", "Snar", "Utan dag"]),
        ("?overdue=1", ["Sen"]),
        ("?kind=fibre_point", ["Snar"]),
        ("?status=wanted", ["Utan dag"]),
        ("?municipality=1081", ["Snar"]),
        ("?municipality=1080", ["Sen", "Utan dag"]),
        ("?q=grannens", ["Utan dag"]),
        ("?association=999999", []),
        ("?association=x&kind=x&status=x", ["Sen", "Snar", "Utan dag"]),
    ],
)
def test_commitments_are_filtered_by_the_address(
    session: Session, client: FlaskClient, question: str, found: list[str]
) -> None:
    factories.municipality(session, "1081", name="Ronneby")
    here, there = factories.village(session), factories.village(session, municipality_code="1081")
    held = factories.association(session, "Byns Fiber", serving=[here])
    other = factories.association(session, "Grannens Fiber", serving=[here])
    commitment(session, held, due=YESTERDAY, title="Sen", about=here)
    soon = commitment(session, held, due=TOMORROW, title="Snar", about=there)
    soon.kind = CommitmentKind.FIBRE_POINT
    wanted = commitment(session, other, title="Utan dag")
    wanted.status = CommitmentStatus.WANTED
    session.flush()
    text = client.get(f"/commitments-excel.csv{question}").get_data(as_text=True)
    assert [line.split(";")[2] for line in text.splitlines()[1:]] == found


def test_both_languages_have_the_page(session: Session, client: FlaskClient) -> None:
    factories.association(session)
    client.set_cookie("language", "en")
    assert "Fibre associations" in words(client.get("/associations"))
