"""Codes, names and the entries that places are stored from, with the rules on them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from outreach.measures.classes import DwellingType, SettlementClass
from outreach.rules import RuleBroken

COUNTY_CODE = re.compile(r"\d{2}", re.ASCII)
MUNICIPALITY_CODE = re.compile(r"\d{4}", re.ASCII)
LOCALITY_CODE = re.compile(r"\d{4}[TS][A-Z]\d{3}", re.ASCII)
"""SCB's code of a locality since 2018: municipality, T (tätort) or S (småort), type, number."""
OWN_CODE = re.compile(r"\d{4}-[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
"""Our code of a village that SCB has none for: `1080-torstava`."""

COUNTY_NAMES = {
    "01": "Stockholms län",
    "03": "Uppsala län",
    "04": "Södermanlands län",
    "05": "Östergötlands län",
    "06": "Jönköpings län",
    "07": "Kronobergs län",
    "08": "Kalmar län",
    "09": "Gotlands län",
    "10": "Blekinge län",
    "12": "Skåne län",
    "13": "Hallands län",
    "14": "Västra Götalands län",
    "17": "Värmlands län",
    "18": "Örebro län",
    "19": "Västmanlands län",
    "20": "Dalarnas län",
    "21": "Gävleborgs län",
    "22": "Västernorrlands län",
    "23": "Jämtlands län",
    "24": "Västerbottens län",
    "25": "Norrbottens län",
}
"""Sweden's counties by SCB's code. Files spell the names in several ways; the code decides."""

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})


@dataclass(frozen=True, slots=True)
class MunicipalityPlace:
    """The municipality a page is about."""

    code: str
    name: str
    county_code: str
    county_name: str


@dataclass(frozen=True, slots=True)
class VillagePlace:
    """The village a page is about."""

    id: int
    code: str
    name: str
    municipality_code: str
    municipality_name: str
    county_code: str


def folded(text: str) -> str:
    """The text as it is compared: composed, without case, single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def slug(name: str) -> str:
    """A name in ASCII letters, digits and single hyphens; å and ä become a, ö becomes o."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def own_code(municipality_code: str, name: str) -> str:
    """The code of a village that SCB has none for."""
    return f"{municipality_code}-{slug(name)}"


def checked_code(text: str, pattern: re.Pattern[str], *, column: str) -> tuple[str, bool]:
    """A code and whether its leading zero had to be put back.

    Spreadsheets eat the zero of 0780; every code has the same number of digits, so what one
    missing digit was is never in doubt.
    """
    if pattern.fullmatch(text):
        return text, False
    if pattern.fullmatch(f"0{text}"):
        return f"0{text}", True
    raise RuleBroken(column, "not_a_code")


def checked_municipality(text: str, *, column: str) -> tuple[str, bool]:
    """A municipality's code within one of Sweden's counties, and whether it was repaired."""
    code, is_repaired = checked_code(text, MUNICIPALITY_CODE, column=column)
    if code[:2] not in COUNTY_NAMES:
        raise RuleBroken(column, "county_unknown", facts={"county": code[:2]})
    return code, is_repaired


def checked_name(text: str, *, column: str, longest: int) -> str:
    """A place's name: something with a letter in it that fits, and no broken letters."""
    if not text:
        raise RuleBroken(column, "missing")
    if len(text) > longest:
        raise RuleBroken(column, "too_long", facts={"longest": longest})
    if "\N{REPLACEMENT CHARACTER}" in text or any(
        unicodedata.category(sign) in {"Cc", "Co", "Cs"} for sign in text
    ):
        raise RuleBroken(column, "letters_broken")
    if not any(sign.isalpha() for sign in text):
        raise RuleBroken(column, "not_a_name")
    return text


def looks_garbled(name: str) -> bool:
    """Whether a name looks like UTF-8 read as Latin-1: `KarlshÃ¤ll`."""
    return bool(re.search(r"Ã[\x80-\xbf…„–]", name))


def short_municipality_name(name: str) -> tuple[str, bool]:
    """The name without `kommun` or `stad`, and whether it may still be a genitive.

    A final s may be the name's own (Borås) or a genitive's (Kalmars kommun): only a list of short
    names can tell.
    """
    found = re.fullmatch(r"(.+?) (?:kommun|stad)", name, re.IGNORECASE)
    if not found:
        return name, False
    return found[1], found[1].endswith(("s", "x", "z"))


def is_same_name(one: str, other: str) -> bool:
    """Whether two spellings of a place differ by no more than case, a genitive s, or its kind."""
    forms = []
    for name in (one, other):
        stem = re.sub(r" (?:kommun|stad|län)$", "", folded(name))
        forms.append({stem, stem.removesuffix("s"), f"{stem}s"})
    return bool(forms[0] & forms[1])


@dataclass(frozen=True, slots=True)
class CountyEntry:
    """A county to be stored; its area in SWEREF 99 TM as well-known binary, None if not given."""

    row: int
    code: str
    area: bytes | None = None


@dataclass(frozen=True, slots=True)
class MunicipalityEntry:
    """A municipality to be stored. A doubtful name may be a genitive and gives way to another."""

    row: int
    code: str
    name: str | None
    name_is_doubtful: bool = False
    area: bytes | None = None


@dataclass(frozen=True, slots=True)
class VillageEntry:
    """A village to be stored; None says that the file doesn't tell, and changes nothing.

    Geometries are well-known binary in SWEREF 99 TM. The class holds for the delimitation year,
    the figures for the reference date.
    """

    row: int
    code: str
    municipality_code: str
    source: str
    name: str | None = None
    point: bytes | None = None
    area: bytes | None = None
    settlement_class: SettlementClass | None = None
    delimitation_year: int | None = None
    reference_date: date | None = None
    inhabitants: int | None = None
    area_hectares: int | None = None
    dwellings: tuple[tuple[DwellingType, int], ...] = ()

    @property
    def shape(self) -> bytes | None:
        """Where it lies: the stated point, or else the area."""
        return self.point or self.area


def delimitation_start(year: int) -> date:
    """The day from which a delimitation's classes hold."""
    return date(year, 12, 31)


class ImportKind(StrEnum):
    """What a file holds."""

    COUNTIES = "counties"
    MUNICIPALITIES = "municipalities"
    LOCALITIES = "localities"
    VILLAGES = "villages"
    CODES = "codes"
    SERVICE_POINTS = "service-points"
    NODES = "nodes"
