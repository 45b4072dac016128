"""The words of digital maturity: levels, areas, ages, sexes, and what is wrong with an entry."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext, lazy_gettext, lazy_pgettext
from flask_babel.speaklater import LazyString

from outreach.maturity.rules import SurveyState
from outreach.measures.classes import SettlementClass
from outreach.measures.digcomp import DigCompArea
from outreach.measures.maturity import AgeGroup, Level, Sex
from outreach.rules import RuleBroken

LEVELS: Mapping[Level, LazyString] = {
    Level.above_basic: lazy_gettext("Above basic"),
    Level.basic: lazy_pgettext("skills", "Basic"),
    Level.low: lazy_pgettext("skills", "Low"),
    Level.narrow: lazy_pgettext("skills", "Narrow"),
    Level.limited: lazy_pgettext("skills", "Limited"),
    Level.no_skills: lazy_gettext("No skills"),
    Level.not_assessed: lazy_gettext("Not assessed"),
}
MEANINGS: Mapping[Level, LazyString] = {
    Level.above_basic: lazy_gettext("above basic in all five areas"),
    Level.basic: lazy_gettext("at least basic in all five areas"),
    Level.low: lazy_gettext("at least basic in four areas"),
    Level.narrow: lazy_gettext("at least basic in three areas"),
    Level.limited: lazy_gettext("at least basic in two areas"),
    Level.no_skills: lazy_gettext("at least basic in one area at most"),
    Level.not_assessed: lazy_gettext("not used the internet for three months"),
}
AREAS: Mapping[DigCompArea, LazyString] = {
    DigCompArea.INFORMATION: lazy_gettext("Information and data"),
    DigCompArea.COMMUNICATION: lazy_gettext("Communication and collaboration"),
    DigCompArea.CONTENT: lazy_gettext("Creating digital content"),
    DigCompArea.SAFETY: lazy_gettext("Safety"),
    DigCompArea.PROBLEM_SOLVING: lazy_gettext("Problem solving"),
}
AGES: Mapping[AgeGroup, LazyString] = {
    AgeGroup.to_24: lazy_gettext("Up to 24"),
    AgeGroup.from_25: lazy_gettext("25–44"),
    AgeGroup.from_45: lazy_gettext("45–64"),
    AgeGroup.from_65: lazy_gettext("65–79"),
    AgeGroup.from_80: lazy_gettext("80 or older"),
    AgeGroup.unknown: lazy_gettext("Would rather not say"),
}
SEXES: Mapping[Sex | None, LazyString] = {
    Sex.woman: lazy_gettext("Woman"),
    Sex.man: lazy_gettext("Man"),
    Sex.other: lazy_gettext("Other"),
    None: lazy_gettext("Not said"),
}
CLASSES: Mapping[SettlementClass | None, LazyString] = {
    SettlementClass.tatort: lazy_gettext("Tätort"),
    SettlementClass.smaort: lazy_gettext("Småort"),
    SettlementClass.outside: lazy_gettext("Outside tätort and småort"),
    None: lazy_gettext("Not said which"),
}
STATES: Mapping[SurveyState, LazyString] = {
    SurveyState.OPEN: lazy_pgettext("survey", "Open"),
    SurveyState.CLOSED: lazy_pgettext("survey", "Closed"),
}
CAVEAT = lazy_gettext(
    "These are self-checks of people who chose to answer, not a random sample. The interval says "
    "how far chance alone could move the share; who chose to answer can move it further."
)
_SENTENCES: Mapping[str, LazyString] = {
    "choose": lazy_gettext("Choose one from the list."),
    "place": lazy_gettext("Choose where you live."),
    "age": lazy_gettext("Choose an age group."),
    "internet": lazy_gettext("Answer whether you have used the internet."),
    "day": lazy_gettext("Write a date as year-month-day."),
    "round_there": lazy_gettext("The county has a round on that date already."),
    "threshold": lazy_gettext("Write a whole number from 1 to %(largest)s."),
    "not_a_label": lazy_gettext("Write where the link is used, with at most %(longest)s signs."),
    "personal": lazy_gettext("Write a place and nothing about a person."),
    "count": lazy_gettext("Write a whole number, or leave it empty for none."),
    "nobody": lazy_gettext("Write how many persons there are at each level."),
    "too_large": lazy_gettext("Write at most %(largest)s in each box."),
    "import_age": lazy_gettext("The age is none of the groups: -24, 25-44, 45-64, 65-79, 80+."),
    "import_sex": lazy_gettext("The sex is none of woman, man and other."),
    "import_municipality": lazy_gettext("The county has no such municipality."),
    "import_place": lazy_gettext("The row says neither village nor municipality."),
    "import_village": lazy_gettext("The county has no such village."),
    "import_villages": lazy_gettext("Several villages have this name. Write the village's code."),
    "import_tick": lazy_gettext("Write 1 for yes and 0 for no."),
    "import_code": lazy_gettext("There is a code or a word among them that no activity has."),
    "import_review": lazy_gettext(
        "Whoever collected the answer has marked it as %(state)s. "
        "Approve it there, or leave it out."
    ),
    "import_nothing": lazy_gettext("The row has no activities and doesn't say why."),
    "import_twice": lazy_gettext("The same answer stands in row %(row)s already."),
    "does_not_fit": lazy_gettext(
        "The numbers by area don't fit those by level. Each person at basic or above counts in "
        "all five areas, each at low in four, and so on."
    ),
}


COLUMNS: Mapping[str, LazyString] = {
    "": lazy_gettext("Not read"),
    "village": lazy_gettext("Village"),
    "municipality": lazy_gettext("Municipality"),
    "age": lazy_gettext("Age group"),
    "sex": lazy_gettext("Sex"),
    "internet": lazy_gettext("Has used the internet"),
    "several": lazy_gettext("Several activities, as codes or words"),
    "review": lazy_gettext("Whether it is approved"),
    "uuid": lazy_gettext("The export's own number of the row"),
}


def sentence(rule: RuleBroken) -> str:
    """What is wrong, for the reader."""
    return str(_SENTENCES[rule.code]) % dict(rule.facts)


def enough(k: int) -> str:
    """About how many answers are needed where counts under `k` are not shown."""
    return str(
        gettext(
            "A village's figure needs some %(village)s answers to be shown, a municipality's "
            "breakdown some %(breakdown)s.",
            village=4 * k,
            breakdown=20 * k,
        )
    )


def levels_words(members: Iterable[Level]) -> str:
    """Levels that are shown together."""
    return str(gettext(" and ")).join(str(LEVELS[member]) for member in members)


def ages_words(members: Iterable[AgeGroup]) -> str:
    """Age groups that are shown together."""
    return str(gettext(" and ")).join(str(AGES[member]) for member in members)


def sexes_words(members: Iterable[Sex | None]) -> str:
    """Sexes that are shown together."""
    return str(gettext(" and ")).join(str(SEXES[member]) for member in members)
