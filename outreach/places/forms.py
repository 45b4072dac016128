"""What the address of the list of places asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from outreach.measures.classes import SettlementClass
from outreach.places.queries.lists import BY_NAME, VillageFilter
from outreach.web.tables import Column, Sorting, sorting_from

LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter and an order."""

    wanted: VillageFilter
    sorting: Sorting

    def query(self, **changes: str | int) -> str:
        """The same question, with changes, as the query of an address; empty parts are left out."""
        wanted = self.wanted
        parts: Mapping[str, str | int] = {
            "q": wanted.text,
            "municipality": wanted.municipality_code,
            "class": wanted.settlement_class or "",
            "sort": "" if self.sorting == BY_NAME else str(self.sorting),
        }
        return urlencode({name: value for name, value in {**parts, **changes}.items() if value})


def asked(arguments: Mapping[str, str], columns: list[Column]) -> Asked:
    """Understand an address; what makes no sense in it asks for nothing."""
    wanted = VillageFilter(
        text=text_asked(arguments),
        municipality_code=municipality_asked(arguments),
        settlement_class=_class(arguments.get("class", "")),
    )
    return Asked(wanted, sorting_from(arguments.get("sort"), columns, default=BY_NAME))


def text_asked(arguments: Mapping[str, str]) -> str:
    """What a name shall contain."""
    typed = "".join(sign if sign.isprintable() else " " for sign in arguments.get("q", ""))
    return " ".join(typed.split())[:LONGEST_SEARCH]


def municipality_asked(arguments: Mapping[str, str]) -> str:
    """The municipality that a list is narrowed down to."""
    municipality = arguments.get("municipality", "")
    return municipality if municipality.isascii() else ""


def _class(text: str) -> SettlementClass | None:
    return SettlementClass(text) if text in SettlementClass.__members__ else None
