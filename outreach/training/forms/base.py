"""What the forms of the training room share: their sentences, and reading choices and counts."""

import re
from datetime import date, time

from outreach.associations.forms.base import EntryForm, one_line, options, several_lines
from outreach.files.values import count_of, day_of, decimal_of
from outreach.rules import RuleBroken
from outreach.training.wording import sentence

__all__ = ["TrainingForm", "one_line", "options", "several_lines"]

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::[0-9]{2})?")


class TrainingForm(EntryForm):
    """A form whose sentences are those of training, and whose fields are counts and times."""

    def sentence(self, rule: RuleBroken, label: str) -> str:
        """What is wrong with the field of that label."""
        return sentence(rule, label=label)

    def people(self, name: str) -> int | None:
        """A number of people, or None where nothing was typed."""
        return self.read(name, lambda text: count_of(text, column=name))

    def minutes(self, name: str) -> int | None:
        """Hours as typed, in minutes; None where nothing was typed."""
        hours = self.read(name, lambda text: decimal_of(text, column=name))
        return None if hours is None else round(hours * 60)

    def day(self, name: str) -> date | None:
        """A day, or None where nothing was typed or it can't be read."""
        return self.read(name, lambda text: day_of(text, column=name))

    def clock(self, name: str) -> time | None:
        """A time of day, or None where nothing was typed or it can't be read."""
        return self.read(name, lambda text: _time_of(text, name))

    def lines(self, name: str) -> str | None:
        """Several clean lines, or None where nothing was typed."""
        return several_lines(self[name].data or "") or None


def _time_of(text: str, name: str) -> time:
    found = _TIME.fullmatch(text)
    if found is None:
        raise RuleBroken(name, "not_a_time")
    return time(int(found[1]), int(found[2]))
