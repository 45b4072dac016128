"""The form that changes what is to come of a series: only what is changed here is changed."""

from collections.abc import Mapping

from wtforms import StringField

from outreach.training.forms.filling import Texts
from outreach.training.forms.session import LogForm
from outreach.training.forms.versions import as_fields, form_of
from outreach.training.queries.series import Coming
from outreach.training.rules import SessionEntry
from outreach.web.asking import whole_number

SHARED = ("starts_at", "ends_at", "place", "title", "invitation")
"""What the sessions of a series have in common; days and everything else are each one's own."""


class SeriesForm(LogForm):
    """The first session to come, of which the shared fields are shown."""

    seen = StringField()

    def changed(self, first: Texts) -> dict[str, str]:
        """The shared fields that say something else than the first session to come."""
        return {
            name: self[name].data or ""
            for name in SHARED
            if (self[name].data or "").split() != str(first[name]).split()
        }

    def applied_to(self, texts: Texts, changed: Mapping[str, str]) -> SessionEntry | None:
        """One session with the changes; None with the reasons noted in this form."""
        own = form_of(as_fields(texts | dict(changed)))
        own.details_are_meant.data = self.details_are_meant.data
        entry = own.entry()
        for name in SHARED:
            self[name].errors = [*own[name].errors]
        return entry

    def versions_seen(self) -> dict[int, int]:
        """The version of each session that was shown, as `seen_of` wrote them."""
        pairs = (pair.partition("-") for pair in (self.seen.data or "").split())
        found = ((whole_number(number), whole_number(version)) for number, _, version in pairs)
        return {number: version for number, version in found if number and version}


def seen_of(rows: list[Coming]) -> str:
    """The sessions shown with their versions."""
    return " ".join(f"{one.id}-{one.version}" for one in rows)
