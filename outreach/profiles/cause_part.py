"""The part of a profile about why the coverage has changed: a sentence, a waterfall, its table."""

from flask_babel import gettext

from outreach.gap import why_words
from outreach.gap.views.why import warning, waterfall
from outreach.gap.why import Bridge, Why
from outreach.gap.wording import plain
from outreach.measures.change import Cause
from outreach.profiles.material import Drawn, Made, Material, texts
from outreach.profiles.rules import DocumentTable
from outreach.web import filters


def causes(material: Material) -> Made:
    """What the change of the coverage and of the gap comes from, exact to the sum."""
    of_all, of_gap = material.why
    paragraphs = [why_words.finding(of_all)]
    if of_gap.bridge is not None:
        paragraphs.append(why_words.finding(of_gap))
    spec = waterfall(of_all)
    heading = gettext(
        "From %(start)s to %(end)s, cause by cause",
        start=plain(filters.day(of_all.start)),
        end=plain(filters.day(of_all.choice.day)),
    )
    drawn = (
        []
        if spec is None
        else [Drawn(str(heading), spec, sentence=" ".join(paragraphs), warning=warning(of_all))]
    )
    tables = [] if of_all.bridge is None else [_table(of_all, of_all.bridge, of_gap.bridge)]
    return paragraphs, [], drawn, tables


def _table(found: Why, bridge: Bridge, gap: Bridge | None) -> DocumentTable:
    rows = [
        (
            why_words.cause_name(cause, found.choice.measure),
            why_words.part_text(cause, bridge, found, 2),
            why_words.behind(cause, bridge),
            _points(None) if gap is None else why_words.part_text(cause, gap, found, 2),
        )
        for cause in Cause
    ]
    whole = (
        str(gettext("The change")),
        _points(bridge.change),
        str(
            gettext(
                "%(before)s to %(after)s",
                before=why_words.value_text(bridge.start, found.of),
                after=why_words.value_text(bridge.end, found.of),
            )
        ),
        _points(None if gap is None else gap.change),
    )
    caption = gettext(
        "The causes, from %(start)s to %(end)s",
        start=plain(filters.day(found.start)),
        end=plain(filters.day(found.choice.day)),
    )
    head = (
        gettext("Cause"),
        gettext("Coverage, percentage points"),
        gettext("Behind it"),
        gettext("The gap, percentage points"),
    )
    note = gettext("The parts are what the figures consist of, not what made people connect.")
    return DocumentTable(str(caption), texts(head), (1, 2, 3), (*rows, whole), note=str(note))


def _points(points: float | None) -> str:
    return plain(filters.points(points, 2))
