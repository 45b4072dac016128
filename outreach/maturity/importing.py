"""Answers from a spreadsheet, as Kobo and ODK export them: columns found, rows judged one by one.

A column goes by its name, by the name behind its groups ("about/age", "about-age"), or by an
activity's words, as exports with labels have it. Activities stand in a column each, as 1 or 0, or
together in a column of a select-multiple question, as codes between blanks or as the activities'
words. A row that its collector has not approved is refused. What else such a file says of the
person or the device (times, names, positions) is never read; the export's own number of a row
(`_uuid`, `instanceID`) is hashed, so that no row is stored twice.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cached_property

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
    review = "review"
    uuid = "uuid"


_SYNONYMS: Mapping[Meaning, frozenset[str]] = {
    Meaning.village: frozenset({"village", "village code", "ort", "by", "ortskod", "bykod"}),
    Meaning.municipality: frozenset({"municipality", "kommun", "kommunkod"}),
    Meaning.age: frozenset({"age", "age group", "age_group", "ålder", "åldersgrupp"}),
    Meaning.sex: frozenset({"sex", "gender", "kön"}),
    Meaning.internet: frozenset({"internet", "used internet", "used_internet", "nätet"}),
    Meaning.review: frozenset({"_validation_status", "reviewstate", "review state"}),
    Meaning.uuid: frozenset({"_uuid", "uuid", "instanceid", "key"}),
}
_WHAT = frozenset(Meaning) - {Meaning.several}
"""What is no activity."""
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
NOT_APPROVED = frozenset(
    {"not approved", "validation_status_not_approved", "on hold", "validation_status_on_hold",
     "rejected", "hasissues", "has issues"}
)  # fmt: skip
NOTHING = frozenset({"0", "none", "ingen", "inget", "inga"})
_BEHIND_GROUPS = re.compile(r"[/.:-]")


def found_meanings(
    names: Sequence[str], questionnaire: Questionnaire, memory: Mapping[str, str | None]
) -> tuple[str, ...]:
    """What each column holds by its name: a Meaning, an activity's code, or nothing.

    `memory` is what readers have told of columns of these names, as compared.
    """
    by_words = _by_words(questionnaire)
    found = []
    for name in names:
        told = memory.get(compared(name), "")
        known = told in questionnaire.codes or told in set(Meaning)
        found.append(
            (told or "")
            if compared(name) in memory and (known or told is None)
            else _meaning(compared(name), questionnaire.codes, by_words)
        )
    return tuple(found)


def _meaning(name: str, codes: frozenset[str], by_words: Mapping[str, str]) -> str:
    ending = next((code for words, code in by_words.items() if name.endswith(words)), None)
    if ending is not None:
        return ending
    parts = _BEHIND_GROUPS.split(name.rstrip("*: "))
    for own in (name, name.rsplit("/", 1)[-1].strip(), parts[-1].strip()):
        if own in codes:
            return own
        if own in _SEVERAL:
            return Meaning.several.value
        for meaning, names in _SYNONYMS.items():
            if own in names:
                return meaning.value
    return ""


def _by_words(questionnaire: Questionnaire) -> dict[str, str]:
    """The activities' codes by their words in each language, as compared."""
    return {
        compared(words): one.code for one in questionnaire.activities for words in (one.sv, one.en)
    }


def is_complete(meanings: Sequence[str]) -> bool:
    """Whether a row can say where somebody lives and what they have done."""
    known = set(meanings)
    says_where = bool({Meaning.village.value, Meaning.municipality.value} & known)
    return says_where and bool(known - {meaning.value for meaning in _WHAT})


def may_hold(meaning: str, questionnaire: Questionnaire) -> bool:
    """Whether it is something a column can hold."""
    return meaning in set(Meaning) or meaning in questionnaire.codes


class Reader:
    """Reads rows whose columns are known."""

    def __init__(
        self,
        meanings: Sequence[str],
        header: Sequence[str],
        *,
        places: Sequence[MunicipalityVillages],
        questionnaire: Questionnaire,
    ) -> None:
        """`header` is as the file writes it."""
        self._meanings, self._header = meanings, header
        self._places, self._questionnaire = places, questionnaire

    def column(self, meaning: str) -> tuple[int | None, str]:
        """The first column of a meaning, counted from 0, and its name as the file writes it."""
        pairs = enumerate(zip(self._meanings, self._header, strict=True))
        return next(((at, name) for at, (found, name) in pairs if found == meaning), (None, ""))

    def uuid(self, cells: Sequence[Cell]) -> str:
        """The export's own name of the row; empty where it has none."""
        return self._text(cells, Meaning.uuid).casefold().removeprefix("uuid:")

    def entry(self, cells: Sequence[Cell]) -> AnswerEntry:
        """The answer of a row. Raises RuleBroken."""
        review = self._text(cells, Meaning.review)
        if _simple(review) in NOT_APPROVED:
            raise RuleBroken(Meaning.review, "import_review", facts={"state": review})
        age = _AGES.get(_as_age(self._text(cells, Meaning.age)))
        if age is None:
            raise RuleBroken(Meaning.age, "import_age")
        sex = _simple(self._text(cells, Meaning.sex))
        if sex not in _SEXES:
            raise RuleBroken(Meaning.sex, "import_sex")
        village_id, municipality = self._place(cells)
        person = Person(village_id, municipality, age, _SEXES[sex])
        return AnswerEntry(person, self._done(cells))

    def _text(self, cells: Sequence[Cell], meaning: str) -> str:
        places = [at for at, found in enumerate(self._meanings) if found == meaning]
        texts = [text_of(cells[at]) for at in places if at < len(cells)]
        return next((text for text in texts if text), "")

    @cached_property
    def _villages(self) -> Mapping[tuple[str, str], Sequence[tuple[int, str]]]:
        """Villages by municipality (empty for any) and by code or name."""
        found: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        for place in self._places:
            for one in place.villages:
                for name in {one.code.casefold(), one.name.casefold()}:
                    for code in ("", place.code):
                        found[code, name].append((one.id, one.municipality_code))
        return found

    @cached_property
    def _municipalities(self) -> Mapping[str, str]:
        names = {one.name.casefold(): one.code for one in self._places}
        return names | {one.code: one.code for one in self._places}

    def _place(self, cells: Sequence[Cell]) -> tuple[int | None, str]:
        village = self._text(cells, Meaning.village).casefold()
        written = self._text(cells, Meaning.municipality).casefold().zfill(4)
        code = self._municipalities.get(written)
        if written.strip("0") and code is None:
            raise RuleBroken(Meaning.municipality, "import_municipality")
        if not village:
            if code is None:
                raise RuleBroken(Meaning.municipality, "import_place")
            return None, code
        alike = self._villages.get((code or "", village), ())
        if len(alike) != 1:
            raise RuleBroken(Meaning.village, "import_villages" if alike else "import_village")
        return alike[0]

    def _done(self, cells: Sequence[Cell]) -> frozenset[str] | None:
        done: set[str] = set()
        said = False
        for at, meaning in enumerate(self._meanings):
            text = _simple(text_of(cells[at])) if at < len(cells) else ""
            done |= self._of_column(meaning, text)
            said |= bool(text) and meaning in {*self._questionnaire.codes, Meaning.several}
        internet = _simple(self._text(cells, Meaning.internet))
        if internet in NO:
            return None
        if internet and internet not in YES:
            raise RuleBroken(Meaning.internet, "import_tick")
        if not internet and not said:
            raise RuleBroken(Meaning.internet, "import_nothing")
        return frozenset(done)

    def _of_column(self, meaning: str, text: str) -> set[str]:
        if meaning == Meaning.several:
            return self._several(text)
        if meaning not in self._questionnaire.codes or not text or text in NO:
            return set()
        if text not in YES:
            raise RuleBroken(meaning, "import_tick")
        return {meaning}

    def _several(self, text: str) -> set[str]:
        codes = _parts(text)
        if not codes <= self._questionnaire.codes:
            codes, text = set(), _simple(compared(text))
            for words, code in self._by_words:
                if words in text:
                    codes.add(code)
                    text = text.replace(words, " ")
            if _parts(text):
                raise RuleBroken(Meaning.several, "import_code")
        return codes

    @cached_property
    def _by_words(self) -> Sequence[tuple[str, str]]:
        """Activities by their words, the longest first, as one may stand within another."""
        found = ((_simple(words), code) for words, code in _by_words(self._questionnaire).items())
        return sorted(found, key=lambda one: -len(one[0]))


def texts_of(entry: AnswerEntry) -> dict[str, str]:
    """An answer as texts, to be kept until somebody decides about its file."""
    person, done = entry.person, entry.done
    texts = {
        "village": "" if person.village_id is None else str(person.village_id),
        "municipality": person.municipality_code,
        "age": person.age_group.value,
        "sex": "" if person.sex is None else person.sex.value,
    }
    return texts if done is None else texts | {"done": " ".join(sorted(done))}


def entry_from(texts: Mapping[str, str]) -> AnswerEntry:
    """The answer that these texts were made of."""
    return AnswerEntry(
        Person(
            int(texts["village"]) if texts["village"] else None,
            texts["municipality"],
            AgeGroup(texts["age"]),
            Sex(texts["sex"]) if texts["sex"] else None,
        ),
        frozenset(texts["done"].split()) if "done" in texts else None,
    )


def _parts(text: str) -> set[str]:
    """What stands between blanks and separators, but for what says that there is nothing."""
    return set(re.split(r"[\s,;|]+", text)) - {"", *NOTHING}


def _as_age(text: str) -> str:
    """An age as it is compared: "65 – 79 år" is 65-79, and so is 65_79."""
    plain = re.sub(r"\s*(år|years)( eller äldre| or older| och äldre)?$", r"\2", _simple(text))
    plain = re.sub(r" (eller äldre|or older|och äldre)$", "+", plain)
    return plain if plain in _AGES else plain.replace("_", "-").replace(" ", "")


def _simple(text: str) -> str:
    return text.strip().casefold().replace("\N{EN DASH}", "-").replace(" - ", "-")
