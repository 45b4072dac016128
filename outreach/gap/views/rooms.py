"""What the pages of the analysis have in common: their choice, their files and their pictures.

A room is a page with the tables and pictures on it. `find` reads what it is about; its tables and
pictures are made of that, so that page and files can't tell different things. The template has the
pictures by their names, as `pictures`.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from flask import Response, render_template, request, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from outreach.days import today
from outreach.gap import files, wording
from outreach.gap.charts.specs import Format, Spec
from outreach.gap.disclosed import Audience
from outreach.gap.drawing import draw
from outreach.gap.file_words import field
from outreach.gap.forms import (
    Allowed,
    Asked,
    Field,
    NothingPublished,
    default_choice,
    dwellings_asked,
    fields_of,
    spelled,
)
from outreach.gap.rules import Options
from outreach.gap.views.blueprint import blueprint
from outreach.gap.views.data import Later, Others, answer
from outreach.gap.views.knowing import known_asked
from outreach.gap.views.page import audience_of_page
from outreach.gap.views.pictures import CONTENT_TYPES, inline, noted
from outreach.gap.views.reading import Reading, asked, reading
from outreach.gap.views.tables import file_name, known_fact, with_care
from outreach.web import kept
from outreach.web.access import PUBLIC, open_to
from outreach.web.answers import unkept
from outreach.web.delimited import Cell
from outreach.web.kept_store import Built
from outreach.web.navigation import href_of
from outreach.web.table_files import TableFile, built, kind_asked

T = TypeVar("T")
Parameters: TypeAlias = dict[Field, Allowed]
Found: TypeAlias = Callable[[Reading, Asked, Audience], T]


@dataclass(frozen=True, slots=True)
class Room(Generic[T]):
    """One page of the analysis. `others` are its further parameters with the values allowed.

    `stamp` changes with what the page shows besides what is published in versions. `warning` says
    why what stands together is unlike, `blanks` why its picture lacks dates.
    """

    name: str
    find: Found[T]
    others: Others
    tables: Mapping[str, Callable[[T], files.Table]]
    pictures: Mapping[str, Callable[[T], Spec | None]]
    stamp: Callable[[], Hashable] = tuple
    source: Callable[[], str] = lambda: gettext("Approved reports from fibre associations")
    warning: Callable[[T], str] = lambda _found: ""
    blanks: Callable[[T], str] = lambda _found: ""

    def table(self, name: str) -> Response:
        """One of its tables, in the format that the address ends with."""
        if name not in self.tables:
            raise NotFound
        kind = kind_asked()

        def build(look: Reading, wanted: Asked, audience: Audience) -> Built:
            about = self.find(look, wanted, audience)
            found = self.tables[name](about)
            table = TableFile(
                name,
                [field(one, self.name) for one in found.head],
                found.rows,
                [*_facts(wanted, self.source()), *with_care(self.warning(about))],
            )
            return built(table, kind, filename=self._file_name(name, wanted))

        return answer(
            build,
            name=self._kept_name(f"{name}{kind}"),
            others=self.others,
            takes_beside=False,
        )

    def picture(self, name: str, kind: str) -> Response:
        """One of its pictures as a file; 404 where there is nothing to draw."""
        if name not in self.pictures or kind not in set(Format):
            raise NotFound

        def build(look: Reading, wanted: Asked, audience: Audience) -> Later:
            about = self.find(look, wanted, audience)
            spec = self.pictures[name](about)
            if spec is None:
                raise NotFound
            spec = noted(spec, self.warning(about), self.blanks(about))
            filename = f"{self._file_name(name, wanted)}.{kind}"
            # Drawn once the look is over, as that takes long.
            return lambda: Built(
                draw(spec, kind=Format(kind)), CONTENT_TYPES[Format(kind)], filename
            )

        return answer(
            build,
            name=self._kept_name(f"{name}.{kind}"),
            others=self.others,
            takes_beside=False,
        )

    def page(self, parts: Callable[[T, Asked, Options], Mapping[str, object]]) -> Response:
        """The page in the reader's language; what readers try out is made for them alone."""

        def build() -> str:
            with reading(known_asked(), dwellings=dwellings_asked(request.args)) as look:
                return self._printed(look, parts)

        if Field.VILLAGES in request.args:
            return unkept(build())
        name = (request.query_string, str(get_locale()), today(), self.stamp())
        return kept.page(name, build)

    def _printed(
        self, look: Reading, parts: Callable[[T, Asked, Options], Mapping[str, object]]
    ) -> str:
        try:
            default_choice(look.options)
        except NothingPublished:
            return render_template("gap/nothing.html")
        public: Parameters = {Field.VIEW: (Audience.PUBLIC.value,), Field.ADJUSTED: ()}
        wanted = asked(look, {**self.others(look.options), **public})
        audience = audience_of_page(wanted)
        found = self.find(look, wanted, audience)
        return render_template(
            f"gap/{self.name}.html",
            **parts(found, wanted, look.options),
            pictures=self._pictures(found),
            asked=wanted,
            choice=wanted.choice,
            options=look.options,
            words=wording,
            room=self.name,
            is_internal=audience is Audience.INTERNAL,
            link=lambda endpoint, **path: self._link(endpoint, wanted, audience, path),
            here=lambda **more: self._here(wanted, more),
        )

    def _pictures(self, found: T) -> dict[str, Markup | None]:
        """All of them by name; None where there is nothing to draw."""
        specs = {name: spec_of(found) for name, spec_of in self.pictures.items()}
        return {name: None if spec is None else inline(spec) for name, spec in specs.items()}

    def _own(self) -> dict[Field, str]:
        """This page's further parameters as its address has them."""
        names = (Field.FROM, Field.GROUP, Field.FOR, Field.GOAL, Field.NEAR, Field.VILLAGES)
        return {name: request.args[name] for name in names if name in request.args}

    def _link(
        self, endpoint: str, wanted: Asked, audience: Audience, path: Mapping[str, str]
    ) -> str:
        """A file about the same, for the same audience."""
        fields = fields_of(wanted.choice) | self._own()
        if audience is Audience.INTERNAL:
            fields[Field.VIEW] = Audience.INTERNAL.value
        return f"{href_of(endpoint, room=self.name, **path)}?{spelled(fields)}"

    def _here(self, wanted: Asked, more: Mapping[str, str]) -> str:
        """This page with something changed; None in its place leaves it out."""
        fields = fields_of(wanted.choice) | self._own()
        fields |= {Field(name): value for name, value in more.items()}
        return f"{url_for(f'gap.{self.name}')}?{spelled({k: v for k, v in fields.items() if v})}"

    def _kept_name(self, name: str) -> str:
        return f"{name} {get_locale()} {self.stamp()}"

    def _file_name(self, name: str, wanted: Asked) -> str:
        return file_name(f"{self.name}-{name}", wanted.choice)


def _facts(wanted: Asked, source: str) -> list[tuple[str, Cell]]:
    """What holds for all of a file: what it is about, and where it is from."""
    choice = wanted.choice
    return [
        (gettext("Area"), wording.area_name(choice.area)),
        (gettext("Measure"), wording.measure_name(choice)),
        (gettext("Reference date"), choice.day),
        *known_fact(choice),
        (gettext("Source"), source),
        (gettext("Definition"), wording.DEFINITION),
        (gettext("Address"), request.url),
    ]


class _Files(Protocol):
    """What the addresses of files need of a room, whatever it is about."""

    def table(self, name: str) -> Response: ...

    def picture(self, name: str, kind: str) -> Response: ...


ROOMS: dict[str, _Files] = {}
"""The rooms by name; each adds itself."""


def _room(name: str) -> _Files:
    if name not in ROOMS:
        raise NotFound
    return ROOMS[name]


@blueprint.get("/gap/<room>/<name>.csv")
@open_to(PUBLIC)
def room_csv(room: str, name: str) -> Response:
    """A table of the analysis, in the format that its address ends with."""
    return _room(room).table(name)


@blueprint.get("/gap/<room>/chart/<name>.<kind>")
@open_to(PUBLIC)
def room_chart(room: str, name: str, kind: str) -> Response:
    """A picture of the analysis."""
    return _room(room).picture(name, kind)
