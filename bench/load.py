"""Asking a server: how many requests a second it answers, how long one takes, and what it says."""

import gzip
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTPConnection
from statistics import median
from urllib.parse import urlsplit

CONNECTIONS = 8
GZIP = {"Accept-Encoding": "gzip"}
MOST_SECONDS = 300
SETTLED_SECONDS = 1.0


class WrongAnswer(RuntimeError):
    """A server answered something else than it has to; the benchmark is void."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the reader sees it, and the seconds until it was read."""

    status: int
    body: bytes
    sent_bytes: int
    tag: str | None
    seconds: float

    @property
    def digest(self) -> str:
        """A name for the content."""
        return sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Target:
    """An address under load, and the headers it is asked with."""

    url: str
    headers: Mapping[str, str] = field(default_factory=lambda: GZIP)


def fetch(url: str, headers: Mapping[str, str] = GZIP) -> Answer:
    """One request on a connection of its own. Raises WrongAnswer unless it is 200 or 304."""
    began = time.perf_counter()
    at = urlsplit(url)
    connection = HTTPConnection(at.netloc, timeout=MOST_SECONDS)
    try:
        connection.request("GET", f"{at.path}?{at.query}" if at.query else at.path, headers=headers)
        response = connection.getresponse()
        sent = response.read()
    finally:
        connection.close()
    if response.status not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        raise WrongAnswer(f"{url} answered {response.status}")
    seconds = time.perf_counter() - began
    body = gzip.decompress(sent) if response.headers.get("Content-Encoding") == "gzip" else sent
    return Answer(response.status, body, len(sent), response.headers.get("ETag"), seconds)


def settled(url: str) -> Answer:
    """Ask on many connections until every process answers at once; the answer they agree on."""
    deadline = time.monotonic() + MOST_SECONDS
    calm = 0
    while calm < 2:
        if time.monotonic() > deadline:
            raise WrongAnswer(f"{url} was not ready within {MOST_SECONDS} seconds")
        with ThreadPoolExecutor(2 * CONNECTIONS) as asking:
            answers = list(asking.map(fetch, [url] * 2 * CONNECTIONS))
        if len({answer.digest for answer in answers}) > 1:
            raise WrongAnswer(f"{url} gave different contents to different readers")
        slowest = max(answer.seconds for answer in answers)
        calm = calm + 1 if slowest < SETTLED_SECONDS else 0
    return answers[0]


def rates(targets: Mapping[str, Target], *, seconds: int, runs: int) -> dict[str, float]:
    """Requests a second of each target, the median of runs that take turns.

    Taking turns spreads whatever else the machine does over all of them.
    """
    measured: dict[str, list[float]] = {name: [] for name in targets}
    for _ in range(runs):
        for name, target in targets.items():
            measured[name].append(_requests_per_second(target, seconds=seconds))
    return {name: median(values) for name, values in measured.items()}


def turns(calls: Mapping[str, Callable[[], object]], *, runs: int) -> dict[str, float]:
    """Seconds that each call takes, the median of runs that take turns; one run before them."""
    for call in calls.values():
        call()
    measured: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, call in calls.items():
            measured[name].append(seconds_of(call))
    return {name: median(values) for name, values in measured.items()}


def seconds_of(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def _requests_per_second(target: Target, *, seconds: int) -> float:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s"]
    done = subprocess.run(
        [*command, *_options(target.headers), target.url],
        capture_output=True,
        text=True,
        check=True,
    )
    for trouble in ("Non-2xx", "Socket errors"):
        if trouble in done.stdout:
            raise WrongAnswer(f"{target.url} under load:\n{done.stdout}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if found is None or not float(found.group(1)):
        raise WrongAnswer(f"{target.url} answered nothing under load:\n{done.stdout}")
    return float(found.group(1))


def _options(headers: Mapping[str, str]) -> Iterator[str]:
    for name, value in headers.items():
        yield "-H"
        yield f"{name}: {value}"
