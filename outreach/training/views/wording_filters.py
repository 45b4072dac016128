"""The filters that print the training room's closed sets, days and hours."""

from datetime import date

from flask_babel import format_date, format_decimal, gettext
from markupsafe import Markup

from outreach.training import wording
from outreach.training.views.blueprint import blueprint
from outreach.web.filters import unknown


@blueprint.app_template_filter("organisation_kind")
def organisation_kind(value: str) -> str:
    """A kind of organisation in words."""
    return str(wording.ORGANISATION_KINDS[value])


@blueprint.app_template_filter("programme_kind")
def programme_kind(value: str) -> str:
    """A kind of programme in words."""
    return str(wording.PROGRAMME_KINDS[value])


@blueprint.app_template_filter("pilot_outcome")
def pilot_outcome(value: str) -> str:
    """What was decided on a pilot, in words."""
    return str(wording.OUTCOMES[value])


@blueprint.app_template_filter("session_form")
def session_form(value: str) -> str:
    """How people meet, in words."""
    return str(wording.FORMS[value])


@blueprint.app_template_filter("session_state")
def session_state(value: str) -> str:
    """Whether a session lies ahead, was held or called off, in words."""
    return str(wording.STATES[value])


@blueprint.app_template_filter("digcomp_area")
def digcomp_area(value: str) -> str:
    """An area of digital competence in words."""
    return str(wording.AREAS[value])


@blueprint.app_template_filter("age_group")
def age_group(value: str) -> str:
    """An age group in words."""
    return str(wording.AGE_GROUPS[value])


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


@blueprint.app_template_filter("session_gap")
def session_gap(value: str) -> str:
    """What a session lacks, in words."""
    return str(wording.GAPS[value])


@blueprint.app_template_filter("yes_no")
def yes_no(value: bool | None) -> str | Markup:  # noqa: FBT001  # a filter takes its value by place
    """Yes, no, or a dash for not known."""
    return yes_no_text(value) or unknown()


def yes_no_text(value: bool | None) -> str | None:  # noqa: FBT001  # the one value there is
    """Yes, no, or nothing for not known."""
    if value is None:
        return None
    return str(gettext("Yes") if value else gettext("No"))
