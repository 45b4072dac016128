"""Training reach, in words."""

from collections.abc import Mapping

from flask_babel import format_decimal, gettext

from outreach.gap.reach import Line, Training
from outreach.gap.taught import AgePair, Topic
from outreach.gap.wording import area_name, plain, share_text, size_text
from outreach.maturity.wording import CLASSES
from outreach.measures.reach import OFFERED_KILOMETRES
from outreach.training.rules import AGES, AgeGroup
from outreach.training.wording import AGE_GROUPS, AREAS
from outreach.web import filters


def distances() -> Mapping[str, str]:
    """How far a reader may take a session to reach."""
    return {
        str(one): str(gettext("%(kilometres)s km", kilometres=one)) for one in OFFERED_KILOMETRES
    }


def finding(found: Training) -> str:
    """The plain sentence: how many have training near them, in the countryside and in towns."""
    words = {
        "area": area_name(found.choice.area),
        "kilometres": str(found.kilometres),
        "whole": share_text(found.whole.reach.value),
        "rural": share_text(found.rural.reach.value),
        "urban": share_text(found.urban.reach.value),
    }
    if found.whole.reach.value is None:
        return str(
            gettext(
                "Nobody has logged a session in the past twelve months, so how many in %(area)s "
                "have training near them is not known.",
                **words,
            )
        )
    if found.points is None:
        return str(
            gettext(
                "%(whole)s of the inhabitants of %(area)s have had a training session within "
                "%(kilometres)s km in the past twelve months.",
                **words,
            )
        )
    return str(
        gettext(
            "In %(area)s %(rural)s of those in the countryside and %(urban)s of those in towns "
            "have had a training session within %(kilometres)s km in the past twelve months.",
            **words,
        )
    )


def gap_sentence(found: Training) -> str:
    """Which side is behind, and by how much."""
    points = found.points
    if points is None:
        return ""
    if abs(points) < 1:
        return str(gettext("Town and countryside are about level."))
    size = size_text(points)
    if points < 0:
        return str(gettext("The countryside is %(size)s percentage points behind.", size=size))
    return str(gettext("The countryside is %(size)s percentage points ahead.", size=size))


def left_out(line: Line) -> str:
    """How many villages are not in the share."""
    missing = line.villages - line.placed
    if not missing:
        return ""
    return str(
        gettext(
            "%(missing)s of %(villages)s villages are left out: their place or their number of "
            "inhabitants is not known.",
            missing=plain(filters.count(missing)),
            villages=plain(filters.count(line.villages)),
        )
    )


def class_name(line: Line) -> str:
    """A settlement class."""
    return str(next(words for one, words in CLASSES.items() if one and one.value == line.key))


def number(value: float | None) -> str:
    """So many for each thousand, with one decimal; unknown is a dash."""
    return "–" if value is None else format_decimal(value, "#,##0.0")


def topic_name(topic: Topic) -> str:
    """An area of competence, as the log of sessions calls it."""
    return str(AREAS[topic.area])


def topic_sentence(found: list[Topic], sessions: int) -> str:
    """The weakest area, and how much it is taught."""
    weakest = found[0]
    if weakest.figure.share.value is None:
        return str(gettext("What people manage has not been measured here, or is not shown."))
    words = {
        "weakest": topic_name(weakest),
        "share": share_text(weakest.figure.share.value),
        "sessions": plain(filters.count(weakest.sessions)),
        "all": plain(filters.count(sessions)),
    }
    if not sessions:
        return str(
            gettext(
                "Fewest manage %(weakest)s (%(share)s). No session was held in the past twelve "
                "months.",
                **words,
            )
        )
    return str(
        gettext(
            "Fewest manage %(weakest)s (%(share)s). %(sessions)s of %(all)s sessions in the past "
            "twelve months were about it.",
            **words,
        )
    )


def ages_name(ages: tuple[AgeGroup, ...]) -> str:
    """Neighbouring ages that are told together, as one span of years."""
    youngest, oldest = ages[0], ages[-1]
    if youngest is oldest:
        return str(AGE_GROUPS[youngest])
    if (youngest, oldest) == (AGES[0], AGES[-1]):
        return str(gettext("All ages"))
    if youngest is AGES[0]:
        return str(gettext("Up to %(years)s", years=oldest.value.split("_")[1]))
    if oldest is AGES[-1]:
        return str(gettext("%(years)s and older", years=youngest.value.split("_")[0]))
    return f"{youngest.value.split('_')[0]}–{oldest.value.split('_')[1]}"


def balance_sentence(found: list[AgePair]) -> str:
    """Whether helpers and learners are of different ages."""
    if not found:
        return str(gettext("Too few were counted by age, or none, to say who helps whom."))
    taught = max(found, key=lambda one: one.learners)
    helping = max(found, key=lambda one: one.helpers)
    if not helping.helpers:
        return str(gettext("The ages of those who help were not counted."))
    return str(
        gettext(
            "Most of those who learn are %(learners)s, most of those who help are %(helpers)s.",
            learners=_within_a_sentence(ages_name(taught.ages)),
            helpers=_within_a_sentence(ages_name(helping.ages)),
        )
    )


def _within_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]
