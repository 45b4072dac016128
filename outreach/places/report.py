"""The summary of an import, for people and for programs."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from outreach.files.faults import Fault, FileRefused
from outreach.places.outcomes import ImportResult
from outreach.places.rules import ImportKind
from outreach.places.wording import sentence

ALL_TAKEN, NOTHING_STORED, SOME_REFUSED = 0, 1, 3
MOST_LINES = 50
"""Of each list in the text; the JSON has them all."""


@dataclass(frozen=True, slots=True)
class Told:
    """An import with what was asked for and whether it was kept."""

    kind: ImportKind
    file: str
    result: ImportResult
    is_kept: bool
    is_dry_run: bool
    all_or_nothing: bool

    @property
    def is_stored(self) -> bool:
        """Whether anything was written."""
        return self.is_kept and self.result.writes

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        if not self.result.refused:
            return ALL_TAKEN
        has_good = bool(self.result.writes or self.result.unchanged)
        return SOME_REFUSED if has_good and not self.all_or_nothing else NOTHING_STORED


def as_text(told: Told) -> str:
    """The summary in lines."""
    result = told.result
    counts = (
        (gettext("New"), len(result.new)),
        (gettext("Changed"), len(result.changed)),
        (gettext("Unchanged"), result.unchanged),
        (gettext("Refused"), result.refused_rows),
    )
    width = max(len(name) for name, _ in counts)
    lines = [f"{told.kind}: {told.file}"]
    lines += [f"  {name:<{width}}  {count:>6}" for name, count in counts]
    lines.append(_verdict(told))
    lines += _listed(gettext("Refused rows"), [_line(one) for one in result.refused])
    lines += _listed(gettext("To know"), [_line(one) for one in result.warnings])
    lines += _listed(
        gettext("Not in this file any more, and kept"),
        [f"{village.code} {village.name}" for village in result.missing],
    )
    return "\n".join(lines)


def as_json(told: Told) -> str:
    """The summary as one object; `reason` is for people, `code` for programs."""
    result = told.result
    return _dumped(
        {
            "kind": told.kind,
            "file": told.file,
            "stored": told.is_stored,
            "dry_run": told.is_dry_run,
            "new": len(result.new),
            "changed": len(result.changed),
            "unchanged": result.unchanged,
            "refused": result.refused_rows,
            "refusals": [_as_object(one) for one in result.refused],
            "warnings": [_as_object(one) for one in result.warnings],
            "not_in_file": [
                {"code": village.code, "name": village.name} for village in result.missing
            ],
            "codes": {"new": list(result.new), "changed": list(result.changed)},
            "exit_code": told.exit_code,
        }
    )


def refusal_as_text(kind: ImportKind, file: str, *, error: FileRefused) -> str:
    """What is said of a file that can't be read."""
    return "\n".join((f"{kind}: {file}", sentence(error), gettext("Nothing was stored.")))


def refusal_as_json(kind: ImportKind, file: str, *, error: FileRefused) -> str:
    """The same for programs."""
    return _dumped(
        {
            "kind": kind,
            "file": file,
            "stored": False,
            "error": {"code": error.code, "reason": sentence(error)},
            "exit_code": NOTHING_STORED,
        }
    )


def _verdict(told: Told) -> str:
    return str(_verdict_in_words(told))


def _verdict_in_words(told: Told) -> LazyString:
    if told.is_dry_run:
        return lazy_gettext("Nothing was stored: this was a dry run.")
    if not told.is_kept:
        return lazy_gettext("Nothing was stored, because a row was refused.")
    if not told.result.writes and told.exit_code == NOTHING_STORED:
        return lazy_gettext("Nothing was stored: every row was refused.")
    if not told.result.writes:
        return lazy_gettext("Nothing was stored: nothing is new.")
    if told.result.refused:
        return lazy_gettext("The good rows were stored, the refused ones were not.")
    return lazy_gettext("Everything was stored.")


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"{heading}:", *(f"  {line}" for line in lines[:MOST_LINES])]
    left = len(lines) - MOST_LINES
    return [*shown, f"  … +{left}"] if left > 0 else shown


def _line(one: Fault) -> str:
    where = [] if one.row is None else [gettext("row %(number)s", number=one.row)]
    where += [one.column] if one.column else []
    where += [f"“{one.value}”"] if one.value else []
    text = sentence(one)
    return f"{', '.join(where)}: {text}" if where else text


def _as_object(one: Fault) -> dict[str, str | int | None]:
    return {
        "row": one.row,
        "column": one.column,
        "value": one.value,
        "code": one.code,
        "reason": sentence(one),
    }


def _dumped(summary: dict[str, object]) -> str:
    return json.dumps(summary, ensure_ascii=False, indent=2)
