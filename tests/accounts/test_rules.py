"""Who may be given what, by whom."""

import pytest

from outreach.accounts.rules import (
    Duties,
    Invitation,
    Reach,
    RoleName,
    Scope,
    merged,
)
from outreach.rules import RuleBroken

ADMINISTRATOR = Reach(user_id=1, roles=frozenset({RoleName.ADMINISTRATOR}))
STAFF = Reach(user_id=2, roles=frozenset({RoleName.REGIONAL_STAFF}), counties=frozenset({"10"}))
REPORTER = frozenset({RoleName.ASSOCIATION_REPORTER})
LOGGER = frozenset({RoleName.SESSION_LOGGER})
NOTHING = Scope()


def _associations(*keys: int) -> Scope:
    return Scope(associations=frozenset(keys))


def test_a_person_needs_a_role() -> None:
    with pytest.raises(RuleBroken) as broken:
        Duties(frozenset(), NOTHING)
    assert (broken.value.field, broken.value.code) == ("roles", "choose_a_role")


@pytest.mark.parametrize(
    ("role", "field"),
    [
        (RoleName.REGIONAL_STAFF, "counties"),
        (RoleName.ASSOCIATION_REPORTER, "associations"),
        (RoleName.SESSION_LOGGER, "organisations"),
    ],
)
def test_a_role_holds_somewhere(role: RoleName, field: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        Duties(frozenset({role}), NOTHING)
    assert (broken.value.field, broken.value.code) == (field, "choose_where")


def test_an_administrators_role_holds_everywhere() -> None:
    assert Duties(frozenset({RoleName.ADMINISTRATOR}), NOTHING).scope == NOTHING


def test_places_of_a_role_not_held_mean_nothing() -> None:
    scope = Scope(frozenset({"10"}), frozenset({1}), frozenset({2}))
    assert Duties(REPORTER, scope).scope == _associations(1)


@pytest.mark.parametrize("role", [RoleName.ADMINISTRATOR, RoleName.REGIONAL_STAFF])
def test_staff_make_nobody_who_decides_about_others(role: RoleName) -> None:
    with pytest.raises(RuleBroken) as broken:
        merged(
            (frozenset({role}), Scope(counties=frozenset({"10"}))),
            held=NOTHING,
            giver=STAFF,
            givable=_associations(1),
        )
    assert (broken.value.field, broken.value.code) == ("roles", "not_yours_to_give")


def test_staff_give_nothing_outside_their_county() -> None:
    with pytest.raises(RuleBroken) as broken:
        merged((REPORTER, _associations(1, 9)), held=NOTHING, giver=STAFF, givable=_associations(1))
    assert (broken.value.field, broken.value.code) == ("associations", "not_yours_to_give")


def test_staff_take_nothing_outside_their_county() -> None:
    duties = merged(
        (REPORTER, _associations(2)),
        held=_associations(1, 9),
        giver=STAFF,
        givable=_associations(1, 2),
    )
    assert duties.scope == _associations(2, 9)


def test_a_role_stays_as_long_as_another_county_needs_it() -> None:
    duties = merged(
        (LOGGER, Scope(organisations=frozenset({5}))),
        held=_associations(9),
        giver=STAFF,
        givable=Scope(associations=frozenset({1}), organisations=frozenset({5})),
    )
    assert duties.roles == REPORTER | LOGGER
    assert duties.scope == Scope(associations=frozenset({9}), organisations=frozenset({5}))


def test_an_administrator_gives_and_takes_everything() -> None:
    everything = Scope(frozenset({"07", "10"}), frozenset({1, 9}), frozenset({5}))
    duties = merged(
        (REPORTER, _associations(1)),
        held=Scope(frozenset({"07"}), frozenset({9})),
        giver=ADMINISTRATOR,
        givable=everything,
    )
    assert (duties.roles, duties.scope) == (REPORTER, _associations(1))


@pytest.mark.parametrize("name", ["", "a" * 121, "Anna\nBcc: x", "Anna\x00"])
def test_a_name_is_one_line(name: str) -> None:
    with pytest.raises(RuleBroken) as broken:
        Invitation(name, "anna@example.org", "sv", REPORTER, _associations(1))
    assert (broken.value.field, broken.value.code) == ("name", "not_a_name")


def test_a_language_is_one_of_ours() -> None:
    with pytest.raises(RuleBroken) as broken:
        Invitation("Anna", "anna@example.org", "fi", REPORTER, _associations(1))
    assert broken.value.field == "locale"
