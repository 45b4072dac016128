"""What the map's script is told: where its data are, and its words in the reader's language."""

from collections.abc import Mapping, Sequence

from flask import url_for
from flask_babel import get_locale, gettext

from outreach.gap.charts.specs import LegendEntry
from outreach.gap.disclosed import Audience
from outreach.gap.forms import ASKED, Field, fields_of, spelled
from outreach.gap.map_pictures import Looked
from outreach.gap.map_shapes import Detail
from outreach.gap.marks import Overlay
from outreach.gap.people_words import states_of
from outreach.gap.results import Findings
from outreach.gap.wording import (
    SHORT_STATES,
    area_name,
    denominator_name,
    measure_name,
    numerator_name,
)
from outreach.measures.classes import DIFFERENCE_LIMITS, POLICY_LIMITS
from outreach.measures.rates import Measure

NOT_COUNTED = "not_counted"
"""What the script calls a village that has an outline but no figures."""


def map_settings(findings: Findings) -> Mapping[str, object]:
    """Settings as JSON can say them."""
    choice = findings.choice
    fields = fields_of(choice)
    area = {Field.AREA: fields.pop(Field.AREA)}
    fields.pop(Field.SCHEME)
    if findings.audience is Audience.INTERNAL:
        fields[Field.VIEW] = Audience.INTERNAL.value
    return {
        "shapes": f"{url_for('gap.map_shapes_json', detail=Detail.WIDE.value)}?{spelled(area)}",
        "nearShapes": f"{url_for('gap.map_shapes_json', detail=Detail.NEAR.value)}?{spelled(area)}",
        "values": f"{url_for('gap.values')}?{spelled(area | fields)}",
        "village": url_for("places.village", code="CODE"),
        "area": choice.area.code,
        "language": str(get_locale()),
        "limits": POLICY_LIMITS,
        "words": _words(findings),
    }


def _words(findings: Findings) -> dict[str, object]:
    choice = findings.choice
    return {
        "measure": measure_name(choice),
        "numerator": numerator_name(choice),
        "denominator": denominator_name(choice),
        "map": gettext(
            "Map of %(measure)s in %(area)s. Arrow keys move it, plus and minus zoom.",
            measure=measure_name(choice).lower(),
            area=area_name(choice.area),
        ),
        "zoomIn": gettext("Zoom in"),
        "zoomOut": gettext("Zoom out"),
        "whole": gettext("Show all of the map"),
        "close": gettext("Close"),
        "page": gettext("To the village's page"),
        "of": gettext("of"),
        "dwellings": denominator_name(choice, Measure.connection_rate),
        "figureFrom": gettext("Figure from"),
        "internal": gettext("Not shown to the public"),
        "shown": gettext("shown on the map"),
        "states": {
            **{state.value: str(words) for state, words in states_of(choice.shown).items()},
            NOT_COUNTED: gettext(
                "The village isn't counted on this date: nobody has reported dwellings of this "
                "kind here."
            ),
        },
        "brief": {
            **{state.value: str(words) for state, words in SHORT_STATES.items()},
            NOT_COUNTED: gettext("No figure"),
        },
    }


def page_settings(
    looked: Looked, legend: Sequence[LegendEntry], *, fields: Mapping[Field, str]
) -> Mapping[str, object]:
    """What the map page's script needs besides: both dates, and where its files are."""
    findings, view = looked.findings, looked.view
    values = {name: fields[name] for name in (*ASKED, Field.VIEW, Field.KNOWN) if name in fields}
    values.pop(Field.SCHEME)
    earlier = None if view.before is None else values | {Field.DATE: view.before.isoformat()}
    return {
        **map_settings(findings),
        "values": f"{url_for('gap.values')}?{spelled(values)}",
        "before": None if earlier is None else f"{url_for('gap.values')}?{spelled(earlier)}",
        "mode": view.mode.value,
        "mark": view.mark,
        "layers": [one for one in Overlay if one in view.overlays],
        "limits": list(looked.limits),
        "changeLimits": DIFFERENCE_LIMITS,
        "classes": {entry.mark: entry.text for entry in legend},
        "associations": f"{url_for('gap.map_associations')}?{spelled(_placed(fields))}",
        "marks": {
            layer.value: f"{url_for('gap.map_marks', layer=layer.value)}?{spelled(_placed(fields))}"
            for layer in (Overlay.SERVICES, Overlay.NODES)
        },
        "history": f"{url_for('gap.map_village', code='CODE')}?{spelled(values)}",
        "picture": f"{url_for('gap.map_picture', kind='KIND')}?{spelled(fields)}",
        "words": {**_words(findings), **_page_words()},
    }


def _placed(fields: Mapping[Field, str]) -> Mapping[Field, str]:
    return {name: fields[name] for name in (Field.AREA, Field.DATE)}


def _page_words() -> dict[str, object]:
    return {
        "history": gettext("The share over time"),
        "figures": gettext("All figures of the village"),
        "points": gettext("percentage points"),
        "found": gettext("villages found"),
        "foundOne": gettext("village found"),
        "marked": gettext("villages stand out on the map"),
        "markedOne": gettext("village stands out on the map"),
        "layerShown": gettext("shown on the map"),
        "layerHidden": gettext("not shown on the map"),
        "before": gettext("Before"),
        "after": gettext("After"),
    }
