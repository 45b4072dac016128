"""What one person answers, and what staff count from paper."""

import re
from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import Form, RadioField, SelectField, SelectMultipleField, StringField

from outreach.maturity.queries.places import MunicipalityVillages
from outreach.maturity.questionnaires import Questionnaire
from outreach.maturity.rules import AnswerEntry, Person, TallyEntry
from outreach.maturity.wording import AGES, AREAS, LEVELS, SEXES, sentence
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex, Tally
from outreach.rules import RuleBroken

_COUNT = re.compile(r"[0-9]{1,6}")


class PersonForm(Form):
    """Where somebody lives and how old they are."""

    place = SelectField(lazy_gettext("Where do you live?"), validate_choice=False)
    age = RadioField(lazy_gettext("How old are you?"), validate_choice=False)

    def offer(self, places: Sequence[MunicipalityVillages]) -> None:
        """Set what may be chosen."""
        groups: dict[str, list[tuple[str, str]]] = {"": [("", gettext("Choose from the list"))]}
        for one in places:
            elsewhere = gettext("Elsewhere in %(name)s", name=one.name)
            villages = [(f"v{village.id}", village.name) for village in one.villages]
            groups[one.name] = [*villages, (f"m{one.code}", elsewhere)]
        self.place.choices = groups
        self.age.choices = [(age.value, str(words)) for age, words in AGES.items()]

    def refuse(self, rule: RuleBroken) -> None:
        """Say beside its field what is wrong."""
        field = self[rule.field]
        field.errors = [*field.errors, sentence(rule)]

    def person(self, places: Sequence[MunicipalityVillages], sex: Sex | None) -> Person | None:
        """Who it is, or None with the reasons noted."""
        place = _place(self.place.data or "", places)
        if place is None:
            self.refuse(RuleBroken("place", "place"))
        age = self.age.data if self.age.data in set(AgeGroup) else None
        if age is None:
            self.refuse(RuleBroken("age", "age"))
        if place is None or age is None:
            return None
        return Person(*place, AgeGroup(age), sex)


class AnswerForm(PersonForm):
    """The questions, with the activities as ticks."""

    sex = RadioField(lazy_gettext("Are you a woman or a man?"), validate_choice=False)
    internet = RadioField(
        lazy_gettext("Have you used the internet in the past three months?"), validate_choice=False
    )
    done = SelectMultipleField(validate_choice=False)

    def offer(self, places: Sequence[MunicipalityVillages]) -> None:
        """Set what may be chosen."""
        super().offer(places)
        self.sex.choices = [(sex.value, str(SEXES[sex])) for sex in Sex]
        self.internet.choices = [("yes", gettext("Yes")), ("no", gettext("No"))]

    def entry(
        self, questionnaire: Questionnaire, places: Sequence[MunicipalityVillages]
    ) -> AnswerEntry | None:
        """The answer, or None with the reasons noted."""
        sex = Sex(self.sex.data) if self.sex.data in set(Sex) else None
        person = self.person(places, sex)
        if self.internet.data not in {"yes", "no"}:
            self.refuse(RuleBroken("internet", "internet"))
            return None
        if person is None:
            return None
        if self.internet.data == "no":
            return AnswerEntry(person, None)
        return AnswerEntry(person, frozenset(self.done.data or []) & questionnaire.codes)


class TallyForm(PersonForm):
    """Persons of one place and age by level, and by area at least basic."""

    place = SelectField(lazy_gettext("Where they live"), validate_choice=False)
    age = RadioField(lazy_gettext("Age group"), validate_choice=False)
    above_basic = StringField(LEVELS[Level.above_basic])
    basic = StringField(LEVELS[Level.basic])
    low = StringField(LEVELS[Level.low])
    narrow = StringField(LEVELS[Level.narrow])
    limited = StringField(LEVELS[Level.limited])
    no_skills = StringField(LEVELS[Level.no_skills])
    not_assessed = StringField(LEVELS[Level.not_assessed])
    information = StringField(AREAS[DigCompArea.INFORMATION])
    communication = StringField(AREAS[DigCompArea.COMMUNICATION])
    content = StringField(AREAS[DigCompArea.CONTENT])
    safety = StringField(AREAS[DigCompArea.SAFETY])
    problem_solving = StringField(AREAS[DigCompArea.PROBLEM_SOLVING])

    def entry(self, places: Sequence[MunicipalityVillages]) -> TallyEntry | None:
        """The counts, or None with the reasons noted."""
        person = self.person(places, None)
        levels = {level: self._count(level.value) for level in Level}
        areas = {area: self._count(area.value) for area in DigCompArea}
        if person is None or self.errors:
            return None
        try:
            return TallyEntry(person, Tally(levels, areas))
        except RuleBroken as rule:
            self.refuse(rule)
            return None

    def _count(self, name: str) -> int:
        text = (self[name].data or "").strip()
        if text and not _COUNT.fullmatch(text):
            self.refuse(RuleBroken(name, "count"))
            return 0
        return int(text or 0)


def _place(text: str, places: Sequence[MunicipalityVillages]) -> tuple[int | None, str] | None:
    """The village's id and its municipality, or only the latter; None for neither."""
    for one in places:
        if text == f"m{one.code}":
            return None, one.code
        for village in one.villages:
            if text == f"v{village.id}":
                return village.id, one.code
    return None
