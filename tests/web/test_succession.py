"""Workers are replaced while they are asked: nobody is cut off, and there are never too few."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.servers import Server, gunicorn, workers

READERS, EACH, SHARE = 6, 300, 400


@pytest.mark.server
def test_readers_who_keep_asking_notice_no_change_of_workers() -> None:
    with gunicorn("bench.hello:app", first="/", max_requests=SHARE) as server:
        first = two_of(server)
        with ThreadPoolExecutor(READERS) as readers:
            asking = [readers.submit(reading(server)) for _ in range(READERS)]
            seen = []
            while not all(one.done() for one in asking):
                seen.append(set(workers(server.pid)))
                time.sleep(0.01)
        assert [one.result() for one in asking] == [[200] * EACH] * READERS
        assert min(len(at_once) for at_once in seen) == 2
        assert set().union(*seen) > first
        # One that is being forked doesn't hear that the server ends, which would wait for it.
        two_of(server)


def two_of(server: Server) -> set[int]:
    """The workers, once there are as many as there should be."""
    while len(found := set(workers(server.pid))) != 2:
        time.sleep(0.01)
    return found


def reading(server: Server) -> Callable[[], list[int]]:
    """Ask on one connection as long as it is kept, as browsers do."""

    def read() -> list[int]:
        with closing(HTTPConnection(urlsplit(server.address).netloc, timeout=30)) as connection:
            return [status_of(connection) for _ in range(EACH)]

    return read


def status_of(connection: HTTPConnection) -> int:
    connection.request("GET", "/")
    answer = connection.getresponse()
    answer.read()
    return answer.status
