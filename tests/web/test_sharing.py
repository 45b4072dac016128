"""Readers who come at once are shared by the workers: none takes more than it has threads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.servers import gunicorn, workers
from tests.web.gathering import READERS

THREADS = 4


@pytest.mark.server
def test_no_worker_takes_more_readers_than_it_has_threads(tmp_path: Path) -> None:
    own = {"GATHERING": str(tmp_path)}
    with (
        gunicorn("tests.web.gathering:app", first="/", environment=own) as server,
        ThreadPoolExecutor(READERS) as readers,
    ):
        # Nobody is answered before all are, so one too many in a worker's queue would end this.
        asking = [readers.submit(asked, server.address) for _ in range(READERS)]
        took = Counter(one.result() for one in asking)
        assert took == dict.fromkeys(workers(server.pid), THREADS)


def asked(address: str) -> int:
    with urlopen(f"{address}/gather", timeout=20) as answer:
        return int(answer.read())
