"""The form for a commitment."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField

from outreach.associations.forms.base import EntryForm, one_line, options, several_lines
from outreach.associations.queries.commitments import CommitmentRow
from outreach.associations.rules import CommitmentEntry, CommitmentKind, CommitmentStatus
from outreach.associations.wording import COMMITMENT_KINDS, COMMITMENT_STATUSES, FIELDS
from outreach.files.values import count_of, day_of, is_digits
from outreach.rules import RuleBroken

DIGITS_MOST = 9


class CommitmentForm(EntryForm):
    """What an association takes on."""

    kind = SelectField(FIELDS["kind"])
    title = StringField(FIELDS["title"])
    description = TextAreaField(FIELDS["description"])
    details_are_meant = BooleanField(lazy_gettext("It is meant: the details may be public"))
    villages = SelectMultipleField(FIELDS["villages"], validate_choice=False)
    target = StringField(FIELDS["target"])
    due_date = StringField(FIELDS["due_date"])
    status = SelectField(FIELDS["status"])

    def offer(self, villages: dict[str, str]) -> None:
        """Fill the lists to choose from; the villages as their names by their codes."""
        ask = lazy_gettext("Choose…")
        self.kind.choices = options(COMMITMENT_KINDS, ask=ask)
        self.status.choices = options(COMMITMENT_STATUSES, ask=ask)
        self.villages.choices = villages

    def chosen_codes(self) -> list[str]:
        """The codes of the villages ticked."""
        return [one_line(code) for code in self.villages.data or []]

    def entry(self) -> CommitmentEntry | None:
        """The entry, or None with the reasons noted."""
        kind = self.choice("kind", CommitmentKind)
        status = self.choice("status", CommitmentStatus)
        entry = CommitmentEntry(
            kind=kind or CommitmentKind.OTHER,
            title=self.required("title"),
            description=several_lines(self.description.data or "") or None,
            status=status or CommitmentStatus.WANTED,
            village_codes=tuple(dict.fromkeys(self.chosen_codes())),
            target=self.read("target", self._count),
            due_date=self.read("due_date", self._day),
            details_are_meant=bool(self.details_are_meant.data),
        )
        self.refuse_all(entry.broken_rules())
        return None if self.errors else entry

    @staticmethod
    def _count(text: str) -> int | None:
        digits = text.replace(" ", "")
        if is_digits(digits) and len(digits) > DIGITS_MOST:
            raise RuleBroken("target", "too_large")
        return count_of(text, column="target")

    @staticmethod
    def _day(text: str) -> date | None:
        return day_of(text, column="due_date")


def texts_of(row: CommitmentRow) -> dict[str, str | list[str]]:
    """A commitment as the texts of its form."""
    return {
        "kind": row.kind.value,
        "title": row.title,
        "description": row.description or "",
        "villages": [village.code for village in row.villages],
        "target": str(row.target or ""),
        "due_date": row.due_date.isoformat() if row.due_date else "",
        "status": row.status.value,
    }
