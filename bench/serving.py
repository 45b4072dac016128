"""What two gunicorn workers serve: a second's requests, first answers, memory, start."""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from bench import peers
from bench.browsing import browsed
from bench.figures import Figure, Goal
from bench.load import GZIP, Answer, Target, WrongAnswer, fetch, rates, settled, turns
from bench.plan import Plan
from tests.servers import Server, family, gunicorn, proportional_set_size, workers

HELLO = "bench.hello:app"
OURS = "wsgi:app"
HEALTH = "/health"
VILLAGES = "/gap/villages.geojson"
SHAPES = "/gap/shapes.geojson"
VALUES = "/gap/values.json"
GAP = "/gap"
PLACES = "/places"
FILES = {"map GeoJSON": VILLAGES, "shapes": SHAPES, "values": VALUES}
PAGES = {
    "gap page": GAP,
    "difference map": "/gap/map?mode=change",
    "list of places": PLACES,
}
HELLO_WORLD = "hello-world"
SHARE = Goal(0.35, is_floor=True)
MEMORY = Goal(220, of_value=True)
MEGABYTE = 1_000_000
LOG_END = 4_000
REST_SECONDS = 5
"""By then the studio's artist has gone."""


@dataclass(frozen=True, slots=True)
class _Memory:
    """Megabytes of the master and its workers, and of all that it forked: the studio as well."""

    serving: float
    whole: float


def served(engine: Engine, plan: Plan, environment: dict[str, str]) -> Iterator[Figure]:
    """Everything about the running program."""
    yield _start(plan, environment)
    with (
        gunicorn(HELLO, first="/") as hello,
        gunicorn(OURS, first=HEALTH, environment=environment) as ours,
    ):
        try:
            yield from _running(hello, ours, engine, plan)
        except WrongAnswer as wrong:
            raise WrongAnswer(f"{wrong}\n{ours.log.read_text()[-LOG_END:]}") from wrong


def _running(hello: Server, ours: Server, engine: Engine, plan: Plan) -> Iterator[Figure]:
    answers = _settle(ours, FILES)
    _check_villages(answers["map GeoJSON"], plan.size.villages)
    floor = _memory(hello).whole
    before = _memory(ours)
    answers |= _settle(ours, PAGES)
    yield from _warm(hello, ours, plan, answers)
    yield from _cold(ours, engine, plan, answers)
    drawing = _memory(ours)
    yield from browsed(ours.address, runs=plan.runs)
    time.sleep(REST_SECONDS)
    measured = {"before a chart": before, "while drawing": drawing, "after all this": _memory(ours)}
    for when, memory in measured.items():
        yield Figure(f"memory {when}", "MB", memory.serving, HELLO_WORLD, floor, MEMORY)
        yield Figure(f"memory {when}, with who draws", "MB", memory.whole, HELLO_WORLD, floor)


def _memory(server: Server) -> _Memory:
    serving = proportional_set_size([server.pid, *workers(server.pid)])
    return _Memory(serving / MEGABYTE, proportional_set_size(family(server.pid)) / MEGABYTE)


def _start(plan: Plan, environment: dict[str, str]) -> Figure:
    """Seconds from starting gunicorn to the first answer."""
    ours, theirs = [], []
    for _ in range(plan.runs):
        with gunicorn(HELLO, first="/") as server:
            theirs.append(server.started_in)
        with gunicorn(OURS, first=HEALTH, environment=environment) as server:
            ours.append(server.started_in)
    return Figure("start to first answer", "s", median(ours), HELLO_WORLD, median(theirs))


def _settle(server: Server, paths: Mapping[str, str]) -> dict[str, Answer]:
    return {name: settled(server.address + path) for name, path in paths.items()}


def _warm(
    hello: Server, ours: Server, plan: Plan, answers: Mapping[str, Answer]
) -> Iterator[Figure]:
    """Requests a second of what is kept, of a reader who has it, and of the whole bytes."""
    paths = FILES | PAGES
    targets = {HELLO_WORLD: Target(hello.address + "/")}
    targets |= {name: Target(ours.address + path) for name, path in paths.items()}
    targets["map GeoJSON, 304"] = _known(ours.address + VILLAGES, answers["map GeoJSON"])
    targets["map GeoJSON, not gzipped"] = Target(ours.address + VILLAGES, {})
    measured = rates(targets, seconds=plan.seconds, runs=plan.runs)
    floor = measured.pop(HELLO_WORLD)
    for name, rate in measured.items():
        goal = SHARE if name == "map GeoJSON" else None
        yield Figure(f"{name}, warm", "req/s", rate, HELLO_WORLD, floor, goal)


def _known(url: str, answer: Answer) -> Target:
    """The address as a browser asks again for what it has; it must then be spared the body."""
    headers = {**GZIP, "If-None-Match": str(answer.tag)}
    if fetch(url, headers).status != 304:
        raise WrongAnswer(f"{url} sent again what the reader has")
    return Target(url, headers)


def _cold(
    ours: Server, engine: Engine, plan: Plan, answers: Mapping[str, Answer]
) -> Iterator[Figure]:
    """Seconds of the first answer after the data has changed."""
    with Session(engine) as session:
        compared = {
            "map GeoJSON": ("one SQL text", lambda: session.execute(peers.GEOJSON).scalar_one()),
            "gap page": ("one SQL aggregate", lambda: session.execute(peers.AGGREGATE).all()),
        }
        for name, (peer, call) in compared.items():
            floor = turns({peer: call}, runs=plan.runs)[peer]
            session.rollback()
            seconds = [_first_answer(ours, engine, name, answers[name]) for _ in range(plan.runs)]
            yield Figure(f"{name}, cold", "s", median(seconds), peer, floor)


def _first_answer(ours: Server, engine: Engine, name: str, before: Answer) -> float:
    with engine.begin() as connection:
        connection.execute(text("UPDATE data_version SET number = number + 1"))
    answer = fetch(ours.address + (FILES | PAGES)[name])
    if answer.digest != before.digest:
        raise WrongAnswer(f"{name}: the same data gave another content")
    return answer.seconds


def _check_villages(answer: Answer, expected: int) -> None:
    found = len(json.loads(answer.body)["features"])
    if found != expected:
        raise WrongAnswer(f"{VILLAGES} holds {found} villages, not {expected}")
