"""What the pages of reporting rounds share: the round asked for, what was typed, and answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext
from werkzeug.exceptions import NotFound

from outreach.associations.forms.base import several_lines
from outreach.connections.queries.rounds import RoundHead, round_head
from outreach.connections.review_wording import sentence
from outreach.extensions import db
from outreach.rules import RuleBroken
from outreach.settings import settings_of
from outreach.web.answers import see_other

ONE_ROUND = "/review/rounds/<key:round_id>"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form was sent with, and what is wrong with which field."""

    texts: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def refused(self, broken: RuleBroken) -> "Typed":
        """The same with the sentence at its field."""
        return Typed(self.texts, {broken.field: sentence(broken)})


def typed(*names: str) -> Typed:
    """These fields of the form that was sent, without control characters."""
    return Typed({name: several_lines(request.form.get(name, "")) for name in names})


def found_round(round_id: int) -> RoundHead:
    """The round, or 404."""
    head = round_head(db.session(), round_id)
    if head is None:
        raise NotFound
    return head


def carry_forward_months() -> int:
    """For how long a figure is carried forward."""
    return settings_of(current_app).carry_forward_months


def tell_moved_on() -> None:
    """The round is no longer as it was when the page was opened."""
    flash(
        gettext("This can't be done to the round as it stands now. Nothing was changed."),
        "warning",
    )


def to_round(round_id: int) -> Response:
    """Back to the round's page."""
    return seen(url_for("connections.round_page", round_id=round_id))


def seen(address: str) -> Response:
    """On to a page after something was done."""
    return see_other(address)
