"""The parts of a profile about people: what they can do digitally, and whom training reaches."""

from flask_babel import gettext

from outreach.gap import reach_words, skills_words
from outreach.gap.blank_words import blanks_among
from outreach.gap.charts.specs import Pair, RankSpec
from outreach.gap.picturing import levels
from outreach.gap.reach import Line, Told
from outreach.gap.rules import Beside
from outreach.gap.skills import Corner, Sides, Skills
from outreach.gap.views.reach import reach_series
from outreach.gap.wording import SCHEMES, plain, points_text, share_text
from outreach.maturity.results import Figure
from outreach.maturity.wording import CAVEAT
from outreach.profiles.material import Drawn, Made, Material, texts
from outreach.profiles.rules import DocumentTable, Fact
from outreach.web import filters


def maturity(material: Material) -> Made:
    """At least basic skills on both sides, with how many answered and how sure it is."""
    found = material.maturity.skills
    sentences = [skills_words.finding(found)]
    if found.here is None:
        return sentences, [], [], []
    behind = found.within(Corner.CONNECTED_ONLY)
    if behind:
        told = skills_words.corner_sentence(Corner.CONNECTED_ONLY, behind)
        sentences.append(f"{told} {skills_words.corner_names(behind)}")
    sides = (
        (gettext("At least basic skills"), found.here.whole),
        (gettext("Rural"), found.here.rural),
        (gettext("Urban"), found.here.urban),
    )
    facts = [Fact(str(name), share_text(one.share.value), _answers(one)) for name, one in sides]
    drawn = []
    if len(found.municipalities) > 1:
        label = f"{gettext('Digital maturity')}. {sentences[0]}"
        heading = gettext("At least basic digital skills, municipality by municipality")
        spec = _pairs(found, label)
        drawn = [Drawn(str(heading), spec, _maturity_note(found), sentence=sentences[0])]
    return sentences, facts, drawn, [_maturity_table(found, found.here)]


def _answers(figure: Figure) -> str:
    if figure.interval is None:
        return str(gettext("not shown, or nobody has answered"))
    return str(
        gettext(
            "of %(answers)s who answered; %(low)s to %(high)s with 95 percent certainty",
            answers=plain(filters.count(figure.persons)),
            low=share_text(figure.interval.low),
            high=share_text(figure.interval.high),
        )
    )


def _pairs(found: Skills, label: str) -> RankSpec:
    rows = sorted(found.municipalities, key=lambda one: (one.points is None, one.points or 0.0))
    return RankSpec(
        label=label,
        rural=gettext("Rural"),
        urban=gettext("Urban"),
        gap=gettext("percentage points"),
        levels=levels(),
        pairs=tuple(
            Pair(one.name, one.rural.share.value, one.urban.share.value, points_text(one.points))
            for one in rows
        ),
        source=skills_words.source(),
    )


def _maturity_table(found: Skills, here: Sides) -> DocumentTable:
    head = (
        gettext("Area"),
        gettext("Answers"),
        gettext("At least basic"),
        gettext("95 percent interval"),
        gettext("Rural"),
        gettext("Urban"),
        gettext("Gap"),
    )
    others = [one for one in found.municipalities if one.code != here.code]
    rows = tuple(_maturity_row(one) for one in (here, *others))
    return DocumentTable(
        str(gettext("At least basic digital skills, of those who answered")),
        texts(head),
        (1, 2, 3, 4, 5, 6),
        rows,
        note=_maturity_note(found),
    )


def _maturity_row(one: Sides) -> tuple[str, ...]:
    interval = one.whole.interval
    between = "–"
    if interval is not None:
        between = f"{share_text(interval.low)}–{share_text(interval.high)}"
    return (
        one.name,
        plain(filters.count(one.whole.persons)),
        share_text(one.whole.share.value),
        between,
        share_text(one.rural.share.value),
        share_text(one.urban.share.value),
        points_text(one.points),
    )


def _maturity_note(found: Skills) -> str:
    here = found.here
    told = gettext(
        "Source: a survey that people choose to answer, %(day)s. Definition: Eurostat's digital "
        "skills indicator, DSI 2.0. %(scheme)s.",
        day=filters.day(here.day if here else None),
        scheme=SCHEMES[found.choice.scheme],
    )
    made_up = gettext("These answers are a demonstration: nobody has given them.")
    return f"{told} {CAVEAT}{f' {made_up}' if found.is_demonstration else ''}"


def reach(material: Material) -> Made:
    """Who has had a session near them, and what was held for each thousand inhabitants."""
    look = material.reach
    training = look.training
    finding = f"{reach_words.finding(training)} {reach_words.gap_sentence(training)}".strip()
    sentences = [finding, reach_words.topic_sentence(look.topics, look.sessions)]
    sides = (
        (gettext("Within %(kilometres)s km", kilometres=training.kilometres), training.whole),
        (gettext("Rural"), training.rural),
        (gettext("Urban"), training.urban),
    )
    facts = [Fact(str(name), share_text(one.reach.value), _people(one)) for name, one in sides]
    spec = reach_series(look)
    heading = gettext(
        "Inhabitants with a session within %(kilometres)s km in the past twelve months",
        kilometres=training.kilometres,
    )
    drawn = []
    if spec is not None:
        blanks = blanks_among(training.over_time, Beside.reach)
        sentences.append(blanks)
        sentence = f"{finding} {blanks}".strip()
        drawn = [Drawn(str(heading), spec, _reach_note(material), sentence=sentence)]
    named = [
        (material.findings.choice.area.name, training.whole),
        (str(gettext("Rural")), training.rural),
        (str(gettext("Urban")), training.urban),
        *((one.name, one) for one in training.municipalities if len(training.municipalities) > 1),
    ]
    head = (
        gettext("Area"),
        gettext("Within %(kilometres)s km", kilometres=training.kilometres),
        gettext("Sessions per 1 000 inhabitants, %(year)s", year=look.year),
        gettext("Participants per 1 000"),
        gettext("Participant-hours per 1 000"),
    )
    table = DocumentTable(
        str(gettext("Training within reach, and what was held")),
        texts(head),
        (1, 2, 3, 4),
        tuple((name, share_text(one.reach.value), *_held(one.held)) for name, one in named),
        note=_reach_note(material),
    )
    return sentences, facts, drawn, [table]


def _people(line: Line) -> str:
    return str(
        gettext(
            "%(part)s of %(whole)s inhabitants",
            part=plain(filters.count(line.reach.numerator)),
            whole=plain(filters.count(line.reach.denominator)),
        )
    )


def _held(told: Told | None) -> tuple[str, str, str]:
    if told is None:
        return "–", "–", "–"
    sessions, participants, hours = told.per_thousand
    return (
        reach_words.number(sessions),
        reach_words.number(participants),
        reach_words.number(hours),
    )


def _reach_note(material: Material) -> str:
    choice = material.findings.choice
    return str(
        gettext(
            "Source: sessions logged by civil society, twelve months up to %(day)s, as the crow "
            "flies from the middle of each village. How many came is told when a year is over, to "
            "the nearest ten, and not where it would be too few. %(scheme)s.",
            day=filters.day(choice.day),
            scheme=SCHEMES[choice.scheme],
        )
    )
