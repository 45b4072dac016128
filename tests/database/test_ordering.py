"""Names sort and match as a Swedish reader expects, alike on both databases."""

from sqlalchemy import Subquery, literal, select, union_all
from sqlalchemy.orm import Session

from outreach.database.ordering import contains, swedish_key, swedish_order

NAMES = ["Öljehult", "Asarum", "Ängelholm", "Åryd", "asarum södra", "Zinkgruvan", "Ålshult", "Ekö"]
IN_ORDER = [
    "Asarum",
    "asarum södra",
    "Ekö",
    "Zinkgruvan",
    "Ålshult",
    "Åryd",
    "Ängelholm",
    "Öljehult",
]


def _names(session: Session) -> Subquery:
    return union_all(*(select(literal(name).label("name")) for name in NAMES)).subquery()


def test_å_ä_ö_come_last_and_case_does_not_matter(session: Session) -> None:
    names = _names(session)
    found = session.scalars(select(names.c.name).order_by(swedish_order(names.c.name)))
    assert list(found) == IN_ORDER


def test_python_sorts_as_the_database_does() -> None:
    assert sorted(NAMES, key=swedish_key) == IN_ORDER


def test_a_search_finds_capital_å_typed_small(session: Session) -> None:
    names = _names(session)
    assert list(session.scalars(select(names.c.name).where(contains(names.c.name, "åry")))) == [
        "Åryd"
    ]


def test_a_search_takes_percent_and_underscore_as_letters(session: Session) -> None:
    names = _names(session)
    assert not list(session.scalars(select(names.c.name).where(contains(names.c.name, "%"))))
    assert not list(session.scalars(select(names.c.name).where(contains(names.c.name, "_s"))))


def test_a_search_typed_decomposed_finds_the_composed_name(session: Session) -> None:
    names = _names(session)
    typed = "O\N{COMBINING DIAERESIS}ljehult"
    found = session.scalars(select(names.c.name).where(contains(names.c.name, typed)))
    assert list(found) == ["Öljehult"]
