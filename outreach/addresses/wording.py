"""What is wrong with an address file or one of its rows, and what became of it, in words."""

from collections.abc import Mapping

from flask_babel import format_decimal, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.addresses.rules import CountState, Refusal
from outreach.places.wording import SENTENCES
from outreach.rules import RuleBroken

STATES: Mapping[CountState, LazyString] = {
    CountState.WAITING: lazy_gettext("Waits to be counted"),
    CountState.COUNTING: lazy_gettext("Being counted"),
    CountState.UNREADABLE: lazy_gettext("Could not be read"),
    CountState.COUNTED: lazy_pgettext("addresses", "Counted"),
    CountState.HANDED_ON: lazy_gettext("Made into an import"),
    CountState.LOST: lazy_gettext("Lost before it was counted"),
}
FILES: Mapping[str, LazyString] = {
    **SENTENCES,
    "coordinates_missing": lazy_gettext(
        "The file has no columns for coordinates. Name them lon and lat (WGS 84), or "
        "E and N (SWEREF 99 TM). The file has %(found)s."
    ),
    "coordinates_elsewhere": lazy_gettext(
        "Most of the coordinates lie outside Sweden in every system that is read here. Save the "
        "file in SWEREF 99 TM (EPSG:3006) or WGS 84."
    ),
    "line_ends": lazy_gettext(
        "The file's lines end as on old Macintosh computers. Save it as CSV UTF-8."
    ),
    "not_an_address_file": lazy_gettext(
        "This is not a file that can be read here. Save the addresses as CSV or GeoPackage."
    ),
    "quotation_open": lazy_gettext("A quotation mark in the file is never closed."),
}
ROWS: Mapping[str, LazyString] = {
    **SENTENCES,
    "not_a_point": lazy_gettext("The address has no point."),
    "connected_over_dwellings": lazy_gettext("More dwellings are connected than there are."),
    "connected_over_homes_passed": lazy_gettext("More are connected than can be connected."),
    "homes_passed_over_dwellings": lazy_gettext("More dwellings can be connected than there are."),
}


def file_sentence(rule: RuleBroken) -> str:
    """Why a whole file can't be counted."""
    return str(FILES[rule.code]) % _facts(rule.facts)


def row_sentence(refusal: Refusal) -> str:
    """Why a row isn't counted."""
    return str(ROWS[refusal.code]) % _facts(refusal.facts)


def _facts(facts: Mapping[str, str | int | float]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else str(format_decimal(value, format="#,##0"))
        for name, value in facts.items()
    }
