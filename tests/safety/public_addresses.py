"""Every address that anybody may read, from the routes themselves: none can be forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from flask import Flask
from werkzeug.routing import Rule

from outreach.gap.charts.specs import Format
from outreach.gap.files import TABLES
from outreach.gap.map_shapes import Detail
from outreach.gap.marks import Overlay
from outreach.gap.rules import Beside
from outreach.gap.views.pictures import NAMES as PICTURES
from outreach.gap.views.rooms import ROOMS
from outreach.maturity.tables import NAMES as SURVEY_TABLES
from outreach.measures.classes import Scheme
from outreach.measures.rates import Measure
from outreach.measures.reach import OFFERED_KILOMETRES
from outreach.official.files import TABLES as COMPARED
from outreach.official.rules import OfficialMeasure
from outreach.profiles.rules import Part
from tests.accounts.policy_table import POLICY, PUBLIC

BY_A_SECRET = {
    "accounts.welcome",
    "associations.still_you",
    "connections.links.enter",
    "connections.links.form",
    "connections.links.receipt",
    "maturity.enter",
    "maturity.survey",
    "maturity.thanks",
    "questions.follow",
    "security.reset_password",
}
"""What only the holder of a secret link is shown; none of them tells a count of others."""
NOT_PAGES = {"static", "language.switch", "health.health", "training.record_token"}
TABULAR = {"gap.plain_csv", "gap.room_csv", "gap.map_changes"}
PICTURED = {"gap.chart", "gap.room_chart", "gap.map_picture", "gap.workbook", "gap.geopackage"}
OF_NO_EDITION = {
    "profiles.edition_file",
    "profiles.show_edition",
    "profiles.edition_json",
    "profiles.download",
}
"""Frozen from what `profiles.show` says; without an edition there is none."""


def public_rules(app: Flask) -> list[Rule]:
    """The routes that the policy opens to everybody for reading."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and POLICY.get(rule.endpoint, frozenset()) is PUBLIC
        and not rule.endpoint.startswith("security.")
        and rule.endpoint not in BY_A_SECRET | NOT_PAGES
    ]


def addresses_of(rule: Rule, *, keys: Mapping[str, Sequence[object]]) -> Iterator[str]:
    """Every address of a route, with its parameters; KeyError where one is not known here."""
    for chosen in _parameters(rule, keys):
        built = rule.build(chosen)
        assert built is not None, rule
        for query in _queries(rule, keys, room=chosen.get("room")):
            yield built[1] + query


def _parameters(rule: Rule, keys: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    if rule.endpoint in {"gap.room_csv", "gap.room_chart"}:
        of = "tables" if rule.endpoint == "gap.room_csv" else "pictures"
        for room, held in ROOMS.items():
            for name in getattr(held, of):
                kind = {} if of == "tables" else {"kind": Format.SVG}
                yield {"room": room, "name": name, **kind}
        return
    names = sorted(rule.arguments)
    for values in product(*(_values(rule, name, keys) for name in names)):
        yield dict(zip(names, values, strict=True))


def _values(rule: Rule, name: str, keys: Mapping[str, Sequence[object]]) -> Sequence[object]:
    known: Mapping[str, Sequence[object]] = {
        "name maturity.table_csv": SURVEY_TABLES,
        "name gap.chart": PICTURES,
        "name gap.plain_csv": list(TABLES),
        "name official.table": list(COMPARED),
        "detail gap.map_shapes_json": list(Detail),
        "layer gap.map_marks": [Overlay.SERVICES, Overlay.NODES],
        # One picture is the same picture in every format.
        "kind gap.chart": [Format.SVG],
        "kind gap.map_picture": [Format.SVG],
        "kind official.chart": [Format.SVG],
        "code profiles.slide": keys["area"][:1],
        "part profiles.slide": list(Part),
        "language training.form_shell": ["sv"],
        "language training.queue_shell": ["sv"],
    }
    key = f"{name} {rule.endpoint}"
    if key in known:
        return known[key]
    return keys[key] if key in keys else keys[name]


def _queries(rule: Rule, keys: Mapping[str, Sequence[object]], *, room: object) -> list[str]:
    """The choices that a page or file offers, one after the other; of plain tables in pairs."""
    asked = {
        "training.calendar": ["", *(f"?month={day:%Y-%m}" for day in keys["held"])],
        "maturity.show": ["", *(f"?round={one}" for one in keys["round_id"])],
        "questions.new": [f"?village={one}" for one in keys["code places.village"][:4]],
        "gap.map_village": ["", *(f"?measure={one}" for one in Beside)],
    }
    if rule.endpoint in asked:
        return asked[rule.endpoint]
    if rule.endpoint.startswith("official."):
        pairs = product(keys["area"][:3], OfficialMeasure)
        return ["", *(f"?area={area}&measure={measure}" for area, measure in pairs)]
    if not rule.endpoint.startswith("gap."):
        return [""]
    choices = _choices(rule, keys, room=room)
    if rule.endpoint == "gap.map_changes":
        # There is no such file without two dates.
        two_dates = f"before={keys['days'][0]}&mode=change"
        return [f"{one}&{two_dates}" if one else f"?{two_dates}" for one in choices]
    return choices


def _choices(rule: Rule, keys: Mapping[str, Sequence[object]], *, room: object) -> list[str]:
    days, areas, schemes = keys["days"], keys["area"], list(Scheme)[1:]
    measures = [*Measure, *Beside]
    if rule.rule.endswith(("-excel.csv", ".xlsx", ".json")) and rule.endpoint in TABULAR:
        # The same table as the plain file, otherwise written.
        return [f"?area={areas[1]}"]
    if rule.endpoint in PICTURED:
        return ["", f"?area={areas[1]}"]
    by_scheme = [f"?scheme={one}" for one in schemes]
    if rule.endpoint in {"gap.plain_csv", "gap.values"}:
        pairs = [f"?area={a}&measure={m}" for a, m in product(areas, measures)]
        pairs += [f"?area={a}&scheme={s}" for a, s in product(areas, schemes)]
        return [*pairs, f"?date={days[0]}"]
    others = [*(f"?area={one}" for one in areas[:3]), f"?date={days[0]}", *by_scheme]
    if rule.endpoint == "gap.room_csv":
        if room in {"reach", "maturity"}:
            return [*others, f"?km={OFFERED_KILOMETRES[0]}"]
        return [*others, *(f"?measure={one}" for one in measures[1:4])]
    inside = ("?view=internal", f"?as_known_on={days[0]}") if rule.endpoint == "gap.show" else ()
    before = [f"?before={days[0]}&mode=change", f"?km={OFFERED_KILOMETRES[0]}"]
    return ["", *inside, *others[1:], *(f"?measure={one}" for one in measures[1:]), *before]
