"""Answers from a spreadsheet, as Kobo and ODK export them: columns found, rows judged one by one.

A group's name before a slash is left out ("about/age" is age). Activities stand in a column each,
as 1 or 0, or together in a column of a select-multiple question, as codes between blanks. What
else such a file says of the person or the device (times, names, positions) is never read.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from outreach.files.sheets import NumberedRow
from outreach.files.text import header as compared
from outreach.files.values import Cell, text_of
from outreach.maturity.queries.places import MunicipalityVillages
from outreach.maturity.questionnaires import Questionnaire
from outreach.maturity.rules import AnswerEntry, Person
from outreach.measures.maturity import AgeGroup, Sex
from outreach.rules import RuleBroken


class Meaning(StrEnum):
    """What a column can hold besides a single activity, which goes by its code."""

    ignored = ""
    village = "village"
    municipality = "municipality"
    age = "age"
    sex = "sex"
    internet = "internet"
    several = "several"


_SYNONYMS: Mapping[Meaning, frozenset[str]] = {
    Meaning.village: frozenset({"village", "village code", "ort", "by", "ortskod", "bykod"}),
    Meaning.municipality: frozenset({"municipality", "kommun", "kommunkod"}),
    Meaning.age: frozenset({"age", "age group", "age_group", "ålder", "åldersgrupp"}),
    Meaning.sex: frozenset({"sex", "gender", "kön"}),
    Meaning.internet: frozenset({"internet", "used internet", "used_internet", "nätet"}),
}
_SEVERAL = frozenset(
    {
        "activities", "aktiviteter", "information", "communication", "content", "safety",
        "problem_solving", "problem solving",
    }
)  # fmt: skip
_AGES: Mapping[str, AgeGroup] = {
    **{age.value: age for age in AgeGroup},
    "-24": AgeGroup.to_24, "–24": AgeGroup.to_24, "16-24": AgeGroup.to_24,
    "0-24": AgeGroup.to_24, "25-44": AgeGroup.from_25, "45-64": AgeGroup.from_45,
    "65-79": AgeGroup.from_65, "80+": AgeGroup.from_80, "80-": AgeGroup.from_80,
    "": AgeGroup.unknown,
}  # fmt: skip
_SEXES: Mapping[str, Sex | None] = {
    "": None, "woman": Sex.woman, "female": Sex.woman, "kvinna": Sex.woman,
    "man": Sex.man, "male": Sex.man, "other": Sex.other, "annat": Sex.other,
}  # fmt: skip
YES = frozenset({"1", "yes", "ja", "true", "sant", "x"})
NO = frozenset({"0", "no", "nej", "false", "falskt"})
_HEADER_ROWS = 10


@dataclass(frozen=True, slots=True)
class Layout:
    """The header row and what each of its columns holds: a Meaning, or an activity's code."""

    row: int
    header: tuple[str, ...]
    meanings: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether a row can say where somebody lives and what they have done."""
        known = set(self.meanings)
        says_where = bool({Meaning.village.value, Meaning.municipality.value} & known)
        says_what = bool(known - {meaning.value for meaning in Meaning}) or (
            Meaning.several.value in known
        )
        return says_where and says_what


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that can't be stored, its column as written, and the code of the reason."""

    row: int
    column: str
    rule: RuleBroken


@dataclass(frozen=True, slots=True)
class Judged:
    """A file's rows: those that can be stored, and those that can't."""

    entries: list[AnswerEntry] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def found_layout(rows: Sequence[NumberedRow], questionnaire: Questionnaire) -> Layout:
    """The row among the first that most columns are known in, and what they hold."""
    layouts = [_layout(number, cells, questionnaire) for number, cells in rows[:_HEADER_ROWS]]
    return max(layouts, key=lambda layout: sum(bool(one) for one in layout.meanings))


def chosen_layout(found: Layout, meanings: Sequence[str], questionnaire: Questionnaire) -> Layout:
    """The same header with what the reader says that its columns hold."""
    allowed = {*(meaning.value for meaning in Meaning), *questionnaire.codes}
    if len(meanings) != len(found.header) or not set(meanings) <= allowed:
        return found
    return Layout(found.row, found.header, tuple(meanings))


def judged(
    layout: Layout,
    rows: Sequence[NumberedRow],
    *,
    places: Sequence[MunicipalityVillages],
    questionnaire: Questionnaire,
) -> Judged:
    """Every row under the header."""
    result = Judged()
    reader = _Reader(layout, places, questionnaire)
    for number, cells in rows:
        if number <= layout.row:
            continue
        try:
            result.entries.append(reader.entry(cells))
        except RuleBroken as rule:
            result.refused.append(Refused(number, reader.written(rule.field), rule))
    return result


@dataclass(frozen=True, slots=True)
class _Reader:
    layout: Layout
    places: Sequence[MunicipalityVillages]
    questionnaire: Questionnaire

    def written(self, meaning: str) -> str:
        """The first column of a meaning as the file writes it."""
        pairs = zip(self.layout.meanings, self.layout.header, strict=True)
        return next((name for found, name in pairs if found == meaning), "")

    def entry(self, cells: Sequence[Cell]) -> AnswerEntry:
        """The answer of a row. Raises RuleBroken."""
        age = _AGES.get(_simple(self._text(cells, Meaning.age)))
        if age is None:
            raise RuleBroken(Meaning.age, "import_age")
        sex = _simple(self._text(cells, Meaning.sex))
        if sex not in _SEXES:
            raise RuleBroken(Meaning.sex, "import_sex")
        village_id, municipality = self._place(cells)
        person = Person(village_id, municipality, age, _SEXES[sex])
        return AnswerEntry(person, self._done(cells))

    def _text(self, cells: Sequence[Cell], meaning: str) -> str:
        places = [at for at, found in enumerate(self.layout.meanings) if found == meaning]
        texts = [text_of(cells[at]) for at in places if at < len(cells)]
        return next((text for text in texts if text), "")

    def _place(self, cells: Sequence[Cell]) -> tuple[int | None, str]:
        village = self._text(cells, Meaning.village).casefold()
        municipality = self._text(cells, Meaning.municipality).casefold().zfill(4)
        near = [one for one in self.places if municipality in {one.code, one.name.casefold()}]
        if municipality.strip("0") and not near:
            raise RuleBroken(Meaning.municipality, "import_municipality")
        if not village:
            if not near:
                raise RuleBroken(Meaning.municipality, "import_place")
            return None, near[0].code
        alike = [
            (one.id, one.municipality_code)
            for place in near or self.places
            for one in place.villages
            if village in {one.code.casefold(), one.name.casefold()}
        ]
        if len(alike) != 1:
            raise RuleBroken(Meaning.village, "import_villages" if alike else "import_village")
        return alike[0]

    def _done(self, cells: Sequence[Cell]) -> frozenset[str] | None:
        done: set[str] = set()
        for at, meaning in enumerate(self.layout.meanings):
            done |= self._of_column(meaning, _simple(text_of(cells[at])) if at < len(cells) else "")
        internet = _simple(self._text(cells, Meaning.internet))
        if internet in NO:
            return None
        if internet and internet not in YES:
            raise RuleBroken(Meaning.internet, "import_tick")
        if not internet and not done:
            raise RuleBroken(Meaning.internet, "import_nothing")
        return frozenset(done)

    def _of_column(self, meaning: str, text: str) -> set[str]:
        if meaning == Meaning.several:
            return self._several(text)
        if meaning not in self.questionnaire.codes or not text or text in NO:
            return set()
        if text not in YES:
            raise RuleBroken(meaning, "import_tick")
        return {meaning}

    def _several(self, text: str) -> set[str]:
        codes = set(re.split(r"[\s,;]+", text)) - {""}
        if not codes <= self.questionnaire.codes:
            raise RuleBroken(Meaning.several, "import_code")
        return codes


def _layout(number: int, cells: Sequence[Cell], questionnaire: Questionnaire) -> Layout:
    written = tuple(text_of(cell) for cell in cells)
    return Layout(number, written, tuple(_meaning(name, questionnaire) for name in written))


def _meaning(name: str, questionnaire: Questionnaire) -> str:
    own = compared(name).rsplit("/", 1)[-1].strip()
    if own in questionnaire.codes:
        return own
    if own in _SEVERAL:
        return Meaning.several.value
    return next((meaning.value for meaning, names in _SYNONYMS.items() if own in names), "")


def _simple(text: str) -> str:
    return text.strip().casefold().replace("\N{EN DASH}", "-").replace(" - ", "-")
