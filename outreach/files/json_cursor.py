"""JSON read a value at a time, so that a large file is never held in memory as parsed lists."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn, TypeAlias

from outreach.files.faults import FileRefused
from outreach.files.limits import JSON_VALUE_BRACKETS, JSON_VALUE_CHARACTERS

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

_SPACE = re.compile(r"[ \t\r\n]*")
_FIRST_WINDOW = 4 * 1024


def _no_constant(name: str) -> NoReturn:
    raise FileRefused("json_number", value=name)


_DECODER = json.JSONDecoder(parse_constant=_no_constant)


class JsonCursor:
    """A place in a JSON text that moves over names, items and values."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._skip()

    def is_at(self, sign: str) -> bool:
        """Whether this sign comes next."""
        return self._text.startswith(sign, self._at)

    def names(self) -> Iterator[str]:
        """The names of the object here; the caller takes the value after each."""
        self._expect("{")
        while not self.is_at("}"):
            name = self.value()
            if not isinstance(name, str):
                raise FileRefused("json_broken")
            self._expect(":")
            yield name
            self._comma_or("}")
        self._expect("}")

    def items(self) -> Iterator[Json]:
        """The values of the list here."""
        self._expect("[")
        while not self.is_at("]"):
            yield self.value()
            self._comma_or("]")
        self._expect("]")

    def value(self) -> Json:
        """The value here, parsed as a whole.

        A growing window keeps one value from taking more than it may. A value that ends where its
        window ends might go on behind it, so that is tried again.
        """
        size = _FIRST_WINDOW
        while True:
            window = self._text[self._at : self._at + size]
            is_whole = self._at + size >= len(self._text)
            if window.count("[") + window.count("{") > JSON_VALUE_BRACKETS:
                raise FileRefused("json_value_too_large")
            found = self._decoded(window, is_whole=is_whole)
            if found is not None and (is_whole or found[1] < len(window)):
                self._at += found[1]
                self._skip()
                return found[0]
            if size >= JSON_VALUE_CHARACTERS:
                raise FileRefused("json_value_too_large")
            size *= 2

    def end(self) -> None:
        """Refuse anything behind the last value."""
        if self._at != len(self._text):
            raise FileRefused("json_broken")

    def _decoded(self, window: str, *, is_whole: bool) -> tuple[Json, int] | None:
        try:
            value, end = _DECODER.raw_decode(window)
        except FileRefused:
            raise
        except RecursionError as error:
            raise FileRefused("json_too_deep") from error
        except ValueError as error:
            if is_whole:
                raise FileRefused("json_broken") from error
            return None
        return value, end

    def _comma_or(self, end: str) -> None:
        if not self.is_at(end):
            self._expect(",")

    def _expect(self, sign: str) -> None:
        if not self.is_at(sign):
            raise FileRefused("json_broken")
        self._at += 1
        self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at
