"""The forms of one service point and of one strategic node: texts to the entries of files."""

import re
from collections.abc import Mapping
from datetime import date

import shapely
from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField, StringField

from outreach.associations.forms.base import EntryForm, options
from outreach.files.crs import SWEREF99_TM, WGS84
from outreach.files.placing import place
from outreach.files.values import day_of
from outreach.personal_data import has_personal_number
from outreach.places.queries.services import NodeRow, ServicePointRow
from outreach.places.reading import LONGEST_CODE, LONGEST_NAME, LONGEST_SOURCE
from outreach.places.rules import checked_name, own_code
from outreach.places.service_files import at_millimetres
from outreach.places.service_rules import NodeEntry, NodeProperty, ServiceKind, ServicePointEntry
from outreach.places.words import ANSWERS, NODE_PROPERTIES, SERVICE_KINDS
from outreach.rules import RuleBroken
from outreach.services.wording import SENTENCES

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?", re.ASCII)
_DEGREES_MOST = 90
WRITTEN = {True: "yes", False: "no", None: ""}
"""The three answers as the form sends them."""


class PointForm(EntryForm):
    """What a service point and a strategic node have in common."""

    name = StringField(lazy_gettext("Name"))
    municipality = SelectField(lazy_gettext("Municipality"), validate_choice=False)
    position = StringField(lazy_gettext("Coordinates"))
    source = StringField(lazy_gettext("Source"))

    def offer(self, municipalities: Mapping[str, str]) -> None:
        """Set what may be chosen."""
        self.municipality.choices = {"": str(lazy_gettext("Choose…"))} | dict(municipalities)

    def sentence(self, rule: RuleBroken, label: str) -> str:
        """What is wrong with the field of that label."""
        own = SENTENCES.get(rule.code)
        return super().sentence(rule, label) if own is None else str(own)

    def line(self, name: str, longest: int) -> str:
        """One line that is there, fits, and names no person."""
        text = self.required(name)
        if len(text) > longest:
            self.refuse(RuleBroken(name, "too_long", facts={"largest": longest}))
        if has_personal_number(text):
            self.refuse(RuleBroken(name, "personal_number"))
        return text

    def named(self) -> str:
        """The name, which holds a letter."""
        text = self.line("name", LONGEST_NAME)
        if text and not self.errors:
            self.read(
                "name", lambda typed: checked_name(typed, column="name", longest=LONGEST_NAME)
            )
        return text

    def where(self) -> bytes | None:
        """The point in SWEREF 99 TM."""
        if not self.required("position"):
            return None
        return self.read("position", _point)

    def chosen_municipality(self, allowed: Mapping[str, str]) -> str:
        """A municipality that the person handles."""
        code = self.municipality.data or ""
        if code not in allowed:
            self.refuse(RuleBroken("municipality", "choose"))
        return code

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was typed or it can't be read."""
        return self.read(name, lambda text: day_of(text, column=name))


class ServicePointForm(PointForm):
    """A service point; it closes by its last day."""

    name = StringField(lazy_gettext("Name"))
    kind = SelectField(lazy_gettext("Offers"), validate_choice=False)
    municipality = SelectField(lazy_gettext("Municipality"), validate_choice=False)
    position = StringField(lazy_gettext("Coordinates"))
    opened = StringField(lazy_gettext("Opened"))
    closed = StringField(lazy_gettext("Closed"))
    source = StringField(lazy_gettext("Source"))

    def offer(self, municipalities: Mapping[str, str]) -> None:
        """Set what may be chosen."""
        super().offer(municipalities)
        self.kind.choices = options(dict(SERVICE_KINDS), ask=lazy_gettext("Choose…"))

    def entry(
        self, row: ServicePointRow | None, allowed: Mapping[str, str]
    ) -> ServicePointEntry | None:
        """The entry, or None with the reasons noted; a stored one keeps its code."""
        kind = self.choice("kind", ServiceKind)
        municipality, name = self.chosen_municipality(allowed), self.named()
        days = {"opened": self.day("opened"), "closed": self.day("closed")}
        if days["opened"] and days["closed"] and days["closed"] < days["opened"]:
            self.refuse(RuleBroken("closed", "closed_before_opened"))
        shape, source = self.where(), self.line("source", LONGEST_SOURCE)
        if self.errors or kind is None:
            return None
        code = row.code if row else own_code(f"{municipality}-{kind}", name)[:LONGEST_CODE]
        return ServicePointEntry(0, code, municipality, name, kind, source, shape, days)


class NodeForm(PointForm):
    """A strategic node as it was found on a day."""

    name = StringField(lazy_gettext("Name"))
    municipality = SelectField(lazy_gettext("Municipality"), validate_choice=False)
    position = StringField(lazy_gettext("Coordinates"))
    assessed_on = StringField(lazy_gettext("Assessed on"))
    basic_service = RadioField(NODE_PROPERTIES["basic_service"], validate_choice=False)
    public_service = RadioField(NODE_PROPERTIES["public_service"], validate_choice=False)
    culture = RadioField(NODE_PROPERTIES["culture"], validate_choice=False)
    public_transport = RadioField(NODE_PROPERTIES["public_transport"], validate_choice=False)
    jobs = RadioField(NODE_PROPERTIES["jobs"], validate_choice=False)
    broadband = RadioField(NODE_PROPERTIES["broadband"], validate_choice=False)
    source = StringField(lazy_gettext("Source"))

    def offer(self, municipalities: Mapping[str, str]) -> None:
        """Set what may be chosen."""
        super().offer(municipalities)
        answers = {WRITTEN[answer]: str(words) for answer, words in ANSWERS.items()}
        for field in self:
            if isinstance(field, RadioField):
                field.choices = answers

    def entry(
        self, row: NodeRow | None, allowed: Mapping[str, str], *, today: date
    ) -> NodeEntry | None:
        """The entry, or None with the reasons noted; a stored node keeps its code."""
        municipality, name = self.chosen_municipality(allowed), self.named()
        self.required("assessed_on")
        day = self.day("assessed_on")
        if day and day > today:
            self.refuse(RuleBroken("assessed_on", "day_ahead"))
        shape, source = self.where(), self.line("source", LONGEST_SOURCE)
        if self.errors or day is None:
            return None
        code = row.code if row else own_code(municipality, name)[:LONGEST_CODE]
        answers = {written: answer for answer, written in WRITTEN.items()}
        told = {one.value: answers.get(self[one].data or "") for one in NodeProperty}
        return NodeEntry(0, code, municipality, name, day, source, shape, told)


def texts_of_service(row: ServicePointRow) -> dict[str, str]:
    """A service point as the texts of its form."""
    return _texts(row) | {
        "kind": row.kind.value,
        "opened": row.opened.isoformat() if row.opened else "",
        "closed": row.closed.isoformat() if row.closed else "",
    }


def texts_of_node(row: NodeRow) -> dict[str, str]:
    """A node's newest assessment as the texts of its form."""
    answers = zip(NodeProperty, row.properties, strict=True)
    return (
        _texts(row)
        | {"assessed_on": row.assessed_on.isoformat()}
        | {one.value: WRITTEN[answer] for one, answer in answers}
    )


def written_position(north: float, east: float) -> str:
    """A place in SWEREF 99 TM as the form shows it."""
    return ", ".join(f"{metres:.3f}".rstrip("0").rstrip(".") for metres in (north, east))


def _texts(row: ServicePointRow | NodeRow) -> dict[str, str]:
    return {
        "name": row.name,
        "municipality": row.municipality_code,
        "position": written_position(row.north, row.east),
        "source": row.source,
    }


def _point(text: str) -> bytes:
    """Two numbers in either order: in Sweden north is always the larger one."""
    numbers = sorted(float(one.replace(",", ".")) for one in _NUMBER.findall(text))
    if len(numbers) != 2:
        raise RuleBroken("position", "not_a_position")
    crs = WGS84 if numbers[1] <= _DEGREES_MOST else SWEREF99_TM
    [shape] = place([shapely.Point(*numbers)], stated=crs).shapes
    if shape is None:
        raise RuleBroken("position", "outside_sweden")
    return at_millimetres(shape)
