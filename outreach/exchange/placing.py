"""Which association and village a row is about, from what it says of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from outreach.exchange.queries.places import ReportedPlace
from outreach.exchange.rules import Column
from outreach.files.text import header
from outreach.files.values import Cell, text_of
from outreach.measures.classes import DwellingType
from outreach.rules import RuleBroken

CODE_LENGTHS = (3, 4)
"""A municipality's code, with or without the zero that spreadsheets eat."""
TYPES: Mapping[str, DwellingType] = {
    "": DwellingType.permanent,
    "permanent": DwellingType.permanent,
    "permanent homes": DwellingType.permanent,
    "permanentbostäder": DwellingType.permanent,
    "helårsbostäder": DwellingType.permanent,
    "åretruntbostäder": DwellingType.permanent,
    "holiday": DwellingType.holiday,
    "holiday homes": DwellingType.holiday,
    "fritidshus": DwellingType.holiday,
    "fritidsbostäder": DwellingType.holiday,
    "workplace": DwellingType.workplace,
    "workplaces": DwellingType.workplace,
    "arbetsställen": DwellingType.workplace,
    "arbetsplatser": DwellingType.workplace,
}


class Places:
    """The villages that a person may report, by code and by name."""

    def __init__(self, places: Iterable[ReportedPlace], *, only_one: bool) -> None:
        self._only_one = only_one
        self._by_code: defaultdict[str, list[ReportedPlace]] = defaultdict(list)
        self._by_name: defaultdict[str, list[ReportedPlace]] = defaultdict(list)
        self._callings: defaultdict[str, set[int]] = defaultdict(set)
        for place in places:
            self._by_code[header(place.code)].append(place)
            self._by_name[header(place.village)].append(place)
            for calling in (str(place.association_id), place.association):
                self._callings[header(calling)].add(place.association_id)
            if place.organisation_number:
                self._callings[place.organisation_number].add(place.association_id)

    def found(self, said: Mapping[Column, Cell]) -> ReportedPlace:
        """The one that a row is about. Raises RuleBroken, with the column to look at."""
        candidates = self._villages(said)
        calling = header(text_of(said.get(Column.ASSOCIATION)))
        if calling:
            known = self._callings.get(calling) or self._callings.get(_digits(calling))
            if not known:
                code = "other_association" if self._only_one else "association_unknown"
                raise RuleBroken(Column.ASSOCIATION, code)
            candidates = [place for place in candidates if place.association_id in known]
        if not candidates:
            raise RuleBroken(_column(said), "village_not_theirs" if calling else "village_unknown")
        if len({place.village_id for place in candidates}) > 1:
            raise RuleBroken(Column.VILLAGE, "village_ambiguous")
        if len(candidates) > 1:
            raise RuleBroken(Column.ASSOCIATION, "association_needed")
        return candidates[0]

    def _villages(self, said: Mapping[Column, Cell]) -> Sequence[ReportedPlace]:
        code = header(text_of(said.get(Column.VILLAGE_CODE)))
        if code:
            # A spreadsheet eats the zero that the code of a municipality begins with.
            found = self._by_code.get(code) or self._by_code.get(f"0{code}")
            if found:
                return found
            raise RuleBroken(Column.VILLAGE_CODE, "village_unknown")
        name = header(text_of(said.get(Column.VILLAGE)))
        if not name:
            raise RuleBroken(_column(said), "village_missing")
        where = header(text_of(said.get(Column.MUNICIPALITY)))
        return [
            place for place in self._by_name.get(name, ()) if not where or _lies_in(place, where)
        ]


def dwelling_type(said: Mapping[Column, Cell]) -> DwellingType:
    """What the row counts; permanent homes where it doesn't say. Raises RuleBroken."""
    known = TYPES.get(header(text_of(said.get(Column.DWELLING_TYPE))))
    if known is None:
        raise RuleBroken(Column.DWELLING_TYPE, "type_unknown")
    return known


def _lies_in(place: ReportedPlace, where: str) -> bool:
    if where.isascii() and where.isdigit() and len(where) in CODE_LENGTHS:
        return place.municipality_code == where.zfill(4)
    name = header(place.municipality)
    return where.removesuffix(" kommun") in {name, f"{name}s"}


def _digits(calling: str) -> str:
    """An organisation number as it is kept: its ten digits."""
    return calling.replace("-", "").replace(" ", "").removeprefix("16")


def _column(said: Mapping[Column, Cell]) -> Column:
    return Column.VILLAGE if Column.VILLAGE in said else Column.VILLAGE_CODE
