"""What a profile is made of: finished words and numbers, so that it can be frozen as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

TEXT_MAXIMUM = 4000
LANGUAGES = ("sv", "en")
WORKBOOK = "tables.xlsx"


class Part(StrEnum):
    """The parts of a profile, in their order."""

    POSITION = "position"
    DEVELOPMENT = "development"
    CAUSES = "causes"
    COMPARISON = "comparison"
    VILLAGES = "villages"
    MATURITY = "maturity"
    REACH = "reach"
    ASSOCIATIONS = "associations"
    NEXT = "next"


class PaperKind(StrEnum):
    """What a PDF holds: one area, or a county with all of its municipalities for a meeting."""

    AREA = "area"
    PACK = "pack"
    EDITION = "edition"


class PaperState(StrEnum):
    """Where the making of a PDF stands."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with its name, and what it is divided by."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing as SVG with what it shows in one sentence.

    `narrow` is the same for a telephone, where it was drawn. `warning` says why what stands in it
    is to be compared with care.
    """

    finding: str
    svg: str
    warning: str = ""
    narrow: str = ""


@dataclass(frozen=True, slots=True)
class DocumentTable:
    """A table of finished texts. `numbers` are the positions of columns of numbers."""

    caption: str
    head: tuple[str, ...]
    numbers: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part: what the figures say in words, or what staff wrote instead, then the figures.

    `generated` is kept beside `written`, so that a reader of the editor sees what it replaces.
    """

    part: Part
    heading: str
    generated: tuple[str, ...]
    written: str | None = None
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[DocumentTable, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text that is read: what staff wrote, or else what was generated."""
        if self.written is None:
            return self.generated
        return tuple(line.strip() for line in self.written.split("\n") if line.strip())


@dataclass(frozen=True, slots=True)
class Document:
    """A profile of one area on one date in one language."""

    area_code: str
    title: str
    day: str
    lead: str
    standing: str
    passport: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file that goes with a frozen profile. `name` is what its address ends with."""

    locale: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AreaTexts:
    """What staff have written in one language, by part."""

    by_part: Mapping[Part, str]

    def of(self, part: Part) -> str | None:
        """The text of a part; None where the generated one stands."""
        return self.by_part.get(part)


NO_TEXTS = AreaTexts({})
