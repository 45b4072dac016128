"""Where it heads, in words: always a range, and never without its age."""

from flask_babel import gettext, ngettext

from outreach.gap.outlook import GOAL_YEAR, LAST_SHOWN, REPORTED_LEAST, Outlook
from outreach.gap.why_words import OF_IN_SENTENCE, THE
from outreach.gap.wording import area_name, plain, share_text
from outreach.measures.forecast import LEAST_DATES, LEVEL, SIMULATED_COVERAGE
from outreach.web import filters


def whole(share: float) -> str:
    """A share without decimals: 98 %."""
    return str(filters.share(share, decimals=0))


def finding(found: Outlook) -> str:
    """The plain sentence: where it is, and when the goal is reached."""
    if found.found is None or found.reached is None:
        return no_forecast(found)
    last = found.seen[-1]
    told = gettext(
        "%(measure)s in %(area)s, %(group)s, was %(share)s on %(day)s.",
        measure=str(THE[found.choice.measure]),
        area=area_name(found.choice.area),
        group=str(OF_IN_SENTENCE[found.of]),
        share=share_text(last.share.value),
        day=plain(filters.day(last.day)),
    )
    return f"{told} {_reached(found)}"


def no_forecast(found: Outlook) -> str:
    """Why there is none."""
    return str(
        gettext(
            "No forecast is made: it takes at least %(least)s dates with figures, and there are "
            "%(dates)s.",
            least=LEAST_DATES,
            dates=len([one for one in found.seen if one.share.value is not None]),
        )
    )


def _reached(found: Outlook) -> str:
    day = found.reached
    goal = whole(found.goal)
    if day is None:
        return ""
    if (found.seen[-1].share.value or 0) >= found.goal:
        return str(gettext("The goal of %(goal)s is already reached.", goal=goal))
    if day.earliest is None:
        return str(
            gettext(
                "If things go on as they have, the goal of %(goal)s is not reached before "
                "%(year)s.",
                goal=goal,
                year=LAST_SHOWN,
            )
        )
    words = {"goal": goal, "earliest": day.earliest.year, "year": LAST_SHOWN}
    if day.latest is None:
        return str(
            gettext(
                "If things go on as they have, the goal of %(goal)s is reached in %(earliest)s at "
                "the earliest, and perhaps not before %(year)s.",
                **words,
            )
        )
    if day.latest.year == day.earliest.year:
        return str(
            gettext(
                "If things go on as they have, the goal of %(goal)s is reached in %(earliest)s.",
                **words,
            )
        )
    return str(
        gettext(
            "If things go on as they have, the goal of %(goal)s is reached between "
            "%(earliest)s and %(latest)s.",
            latest=day.latest.year,
            **words,
        )
    )


def by_goal_year(found: Outlook) -> str:
    """Whether it is reached by 2030."""
    if found.reached is None:
        return ""
    if found.is_on_the_day is None:
        return str(
            gettext("Whether that is by %(year)s is open: both lie in the range.", year=GOAL_YEAR)
        )
    if found.is_on_the_day:
        return str(
            gettext("That is by %(year)s, also at the low end of the range.", year=GOAL_YEAR)
        )
    return str(
        gettext("That is later than %(year)s, also at the high end of the range.", year=GOAL_YEAR)
    )


def age(found: Outlook) -> str:
    """Which dates a forecast rests on, how old the newest is, and which were left out."""
    if not found.seen:
        return ""
    rests_on = ngettext(
        "It rests on %(num)s date, %(first)s to %(last)s.",
        "It rests on %(num)s dates, %(first)s to %(last)s.",
        len(found.seen),
        first=plain(filters.day(found.seen[0].day)),
        last=plain(filters.day(found.seen[-1].day)),
    )
    told = "" if found.found is None else str(rests_on)
    if not found.left_out:
        return told
    days = ", ".join(plain(filters.day(day)) for day in found.left_out)
    left = gettext(
        "Left out, as fewer than %(least)s of those asked have reported: %(days)s.",
        least=whole(REPORTED_LEAST),
        days=days,
    )
    return f"{told} {left}".strip()


def method() -> str:
    """The method, named."""
    return str(
        gettext(
            "A logistic adoption curve on counts, whose slope may fade and drift and whose counts "
            "may scatter more than draws would (overdispersion); all such curves weigh as much as "
            "they fit. The range is of %(level)s: four of five outcomes should lie in it. It "
            "knows nothing of decisions to come.",
            level=whole(LEVEL),
        )
    )


def tested(found: Outlook) -> str:
    """How often the range has been right: here, and in simulated regions."""
    simulated = whole(SIMULATED_COVERAGE)
    if not found.tested.hidden:
        return str(
            gettext(
                "Tested on simulated regions with the last two dates hidden: %(simulated)s of the "
                "outcomes lay in the range. Here there are too few dates to test it.",
                simulated=simulated,
            )
        )
    return str(
        gettext(
            "Tested with the last two dates hidden, over both sides of each municipality here: "
            "%(hits)s of %(hidden)s outcomes (%(share)s) lay in the range; in simulated regions "
            "%(simulated)s.",
            hits=found.tested.hits,
            hidden=found.tested.hidden,
            share=whole(found.tested.share.value or 0.0),
            simulated=simulated,
        )
    )
