"""The filters that print the training room's closed sets, days and hours."""

from datetime import date

from flask_babel import format_date, format_decimal
from flask_babel.speaklater import LazyString
from markupsafe import Markup

from outreach.training import wording
from outreach.training.views.blueprint import blueprint
from outreach.web.filters import put_in_words, unknown

put_in_words(
    blueprint,
    {
        "organisation_kind": wording.ORGANISATION_KINDS,
        "programme_kind": wording.PROGRAMME_KINDS,
        "pilot_outcome": wording.OUTCOMES,
        "session_form": wording.FORMS,
        "session_state": wording.STATES,
        "digcomp_area": wording.AREAS,
        "age_group": wording.AGE_GROUPS,
        "session_gap": wording.GAPS,
    },
)


@blueprint.app_template_filter("weekday")
def weekday(value: date) -> str:
    """A day with its name: tisdag 17 mars 2026."""
    return str(format_date(value, format="EEEE d MMMM y"))


@blueprint.app_template_filter("hours")
def hours(minutes: int | None) -> str | Markup:
    """Minutes as hours, with at most two decimals; a dash for unknown."""
    if minutes is None:
        return unknown()
    return str(format_decimal(minutes / 60, format="#,##0.##"))


@blueprint.app_template_filter("weekday_name")
def weekday_name(value: date) -> str:
    """The name of a day of the week."""
    return str(format_date(value, format="EEEE"))


@blueprint.app_template_filter("month_name")
def month_name(value: date) -> str:
    """A month with its year: mars 2026."""
    return str(format_date(value, format="LLLL y"))


@blueprint.app_template_filter("yes_no")
def yes_no(answer: object) -> LazyString | Markup:
    """Yes, no, or a dash for not known."""
    return wording.YES_NO.get(answer) or unknown()
