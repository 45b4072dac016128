"""What the map's script is told: where its data are, and its words in the reader's language."""

from collections.abc import Mapping

from flask import url_for
from flask_babel import get_locale, gettext

from outreach.gap.disclosed import Audience
from outreach.gap.forms import Field, fields_of, spelled
from outreach.gap.results import Findings
from outreach.gap.wording import DENOMINATORS, MEASURES, NUMERATORS, SHORT_STATES, STATES, area_name
from outreach.measures.classes import POLICY_LIMITS


def map_settings(findings: Findings) -> Mapping[str, object]:
    """Settings as JSON can say them."""
    choice = findings.choice
    fields = fields_of(choice)
    area = {Field.AREA: fields.pop(Field.AREA)}
    fields.pop(Field.SCHEME)
    if findings.audience is Audience.INTERNAL:
        fields[Field.VIEW] = Audience.INTERNAL.value
    return {
        "shapes": f"{url_for('gap.shapes')}?{spelled(area)}",
        "values": f"{url_for('gap.values')}?{spelled(area | fields)}",
        "village": url_for("places.village", code="CODE"),
        "area": choice.area.code,
        "language": str(get_locale()),
        "limits": POLICY_LIMITS,
        "words": {
            "measure": str(MEASURES[choice.measure]),
            "numerator": str(NUMERATORS[choice.measure]),
            "denominator": str(DENOMINATORS[choice.measure]),
            "map": gettext(
                "Map of %(measure)s in %(area)s. Arrow keys move it, plus and minus zoom.",
                measure=str(MEASURES[choice.measure]).lower(),
                area=area_name(choice.area),
            ),
            "zoomIn": gettext("Zoom in"),
            "zoomOut": gettext("Zoom out"),
            "whole": gettext("Show all of the map"),
            "close": gettext("Close"),
            "page": gettext("To the village's page"),
            "of": gettext("of"),
            "dwellings": gettext("dwellings"),
            "figureFrom": gettext("Figure from"),
            "internal": gettext("Not shown to the public"),
            "shown": gettext("shown on the map"),
            "states": {state.value: str(words) for state, words in STATES.items()},
            "brief": {state.value: str(words) for state, words in SHORT_STATES.items()},
        },
    }
