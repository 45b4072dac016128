"""Labels of the fields of the session form, and the names of those that come in rows."""

from flask_babel import lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.measures.digcomp import DigCompArea
from outreach.training.rules import AGES, SEXES, AgeGroup, Counted, Sex, Who, field_of
from outreach.training.wording import AGE_GROUPS, AREAS
from outreach.training.wording import SEXES as SEX_WORDS

UNSTATED = lazy_gettext("Choose…")
LATEST_PLACES = lazy_gettext("Places you used last")
FIELDS: dict[str, LazyString] = {
    "organisation": lazy_gettext("Organiser"),
    "state": lazy_gettext("How did it go?"),
    "date": lazy_gettext("Date"),
    "starts_at": lazy_pgettext("time of day", "From"),
    "ends_at": lazy_gettext("Until"),
    "place": lazy_gettext("Place"),
    "head_count": lazy_gettext("How many came?"),
    "is_uncounted": lazy_gettext("Nobody counted"),
    "programme": lazy_gettext("Programme"),
    "form": lazy_gettext("Form"),
    "topics": lazy_gettext("What was it about?"),
    "title": lazy_gettext("Title"),
    "invitation": lazy_gettext("Invitation"),
    "first_timers": lazy_gettext("Of them, for the first time"),
    "leaders": lazy_gettext("Leaders"),
    "volunteers": lazy_gettext("Volunteers"),
    "volunteer_hours": lazy_gettext("Volunteer hours together"),
    "waiting_list": lazy_gettext("On the waiting list"),
    "before_answered": lazy_gettext("Answered before"),
    "after_answered": lazy_gettext("Answered after"),
    "notes": lazy_gettext("Notes"),
    "details_are_meant": lazy_gettext("It is meant: the contact details may stand there"),
    "key": lazy_gettext("Key"),
}


def _rows() -> dict[str, tuple[Who, AgeGroup, Sex]]:
    kinds: list[tuple[Who, AgeGroup, Sex]] = [(Who.LEARNERS, age, Sex.ALL) for age in AGES]
    kinds += [(Who.LEARNERS, AgeGroup.ALL, sex) for sex in SEXES]
    kinds += [(Who.LEARNERS, age, sex) for age in AGES for sex in SEXES]
    kinds += [(Who.HELPERS, age, Sex.ALL) for age in AGES]
    return {field_of(Counted(*kind, people=0)): kind for kind in kinds}


BREAKDOWN = _rows()
"""Each field of a breakdown with whom it counts."""
CHECKS = {
    f"{moment}_{area.value}": (moment, area)
    for area in DigCompArea
    for moment in ("before", "after")
}
"""Each field of the self-check with its moment and area."""


def label_of(name: str) -> LazyString | str:
    """The label of a field that comes in a row or table."""
    if name in CHECKS:
        return AREAS[CHECKS[name][1]]
    _, age, sex = BREAKDOWN[name]
    if sex is Sex.ALL:
        return AGE_GROUPS[age]
    if age is AgeGroup.ALL:
        return SEX_WORDS[sex]
    return lazy_gettext("%(sex)s, %(age)s", sex=SEX_WORDS[sex], age=AGE_GROUPS[age])
