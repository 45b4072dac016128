"""Codes and names of places."""

import pytest

from outreach.places.rules import (
    COUNTY_NAMES,
    LOCALITY_CODE,
    MUNICIPALITY_CODE,
    checked_code,
    checked_municipality,
    checked_name,
    folded,
    is_same_name,
    looks_garbled,
    own_code,
    short_municipality_name,
    slug,
)
from outreach.rules import RuleBroken


def test_there_are_21_counties_each_with_a_code_of_two_digits() -> None:
    assert len(COUNTY_NAMES) == 21
    assert all(len(code) == 2 and code.isdigit() for code in COUNTY_NAMES)
    assert all(name.endswith(" län") for name in COUNTY_NAMES.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Västra Näs", "vastra-nas"),
        ("Öljehult", "oljehult"),
        ("Horsaryd och Stilleryd", "horsaryd-och-stilleryd"),
        ("Sankt Olof (del av)", "sankt-olof-del-av"),
        ("Idé-torp", "ide-torp"),
        ("A\N{COMBINING RING ABOVE}ryd", "aryd"),
        ("---", ""),
    ],
)
def test_a_name_becomes_part_of_an_address(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_our_own_code_begins_with_the_municipality() -> None:
    assert own_code("1080", "Torstäva") == "1080-torstava"


def test_only_a_missing_zero_in_front_is_put_back() -> None:
    assert checked_code("780", MUNICIPALITY_CODE, column="kod") == ("0780", True)
    assert checked_code("0780", MUNICIPALITY_CODE, column="kod") == ("0780", False)
    assert checked_code("780TC101", LOCALITY_CODE, column="kod") == ("0780TC101", True)
    for text in ("78", "07800", "O780", "078 0", "0780\n"):
        with pytest.raises(RuleBroken):
            checked_code(text, MUNICIPALITY_CODE, column="kod")


def test_a_municipality_lies_in_a_county() -> None:
    with pytest.raises(RuleBroken) as refusal:
        checked_municipality("1180", column="kod")
    assert (refusal.value.code, refusal.value.facts) == ("county_unknown", {"county": "11"})


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "missing"),
        ("x" * 81, "too_long"),
        ("K\N{REPLACEMENT CHARACTER}lle", "letters_broken"),
        ("K\x07lle", "letters_broken"),
        ("K\ue000lle", "letters_broken"),
        ("1080", "not_a_name"),
    ],
)
def test_what_is_no_name_is_refused(name: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        checked_name(name, column="namn", longest=80)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", ["KarlshÃ¤ll", "Ã…ryd", "Ã–ljehult", "SmÃ¥by"])
def test_garbled_letters_are_noticed(name: str) -> None:
    assert looks_garbled(name)


@pytest.mark.parametrize("name", ["Åryd", "São", "Ãs"])
def test_whole_letters_are_not(name: str) -> None:
    assert not looks_garbled(name)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Karlskrona kommun", ("Karlskrona", False)),
        ("Kalmars kommun", ("Kalmars", True)),
        ("Överkalix kommun", ("Överkalix", True)),
        ("Göteborgs stad", ("Göteborgs", True)),
        ("Lund", ("Lund", False)),
    ],
)
def test_a_municipality_is_called_by_its_short_name(name: str, short: tuple[str, bool]) -> None:
    assert short_municipality_name(name) == short


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Blekinge", "Blekinge län", True),
        ("Kronobergs", "Kronobergs län", True),
        ("Kronoberg", "Kronobergs län", True),
        ("BORÅS", "Borås kommun", True),
        ("Habo", "Håbo", False),
        ("Malmöhus", "Skåne län", False),
    ],
)
def test_spellings_of_one_place_are_known_as_such(one: str, other: str, *, same: bool) -> None:
    assert is_same_name(one, other) is same


def test_folding_keeps_å_ä_ö_apart_from_a_and_o() -> None:
    assert folded("  A\N{COMBINING RING ABOVE}RYD ") == "åryd"
    assert folded("Öd") != folded("Od")
