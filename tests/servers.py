"""Real gunicorn with two workers, for browser tests, tests that kill, and benchmarks."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = str(Path(sys.executable).parent / "gunicorn")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: where it answers, its master process, and seconds to its first answer.

    `log` is what it has complained about so far.
    """

    address: str
    pid: int
    started_in: float
    log: Path


@contextmanager
def gunicorn(
    application: str,
    *,
    first: str,
    environment: dict[str, str] | None = None,
    access_log: Path | None = None,
    max_requests: int | None = None,
) -> Iterator[Server]:
    """Serve `application` until the block ends; `first` is the path that shows it is up."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [GUNICORN, "-c", "gunicorn.conf.py", "-b", f"127.0.0.1:{port}", "--workers", "2"]
    if max_requests is not None:
        command += ["--max-requests", str(max_requests), "--max-requests-jitter", "0"]
    with tempfile.NamedTemporaryFile(prefix="gunicorn-", suffix=".log") as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--access-logfile", str(access_log or os.devnull), application],
            cwd=ROOT,
            env=os.environ | (environment or {}),
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
        try:
            _wait(address + first, process, Path(log.name))
            yield Server(address, process.pid, time.perf_counter() - began, Path(log.name))
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes], *, patience_seconds: float = 10) -> None:
    """End the server with its workers, at once: nobody is being answered any more.

    A worker that is being forked at that moment doesn't hear that it shall end, and its master
    would wait for it for half a minute.
    """
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(timeout=patience_seconds)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path, *, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"gunicorn ended with {process.returncode}:\n{log.read_text()}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.02)
            continue
        return
    raise RuntimeError(f"no answer from {url}")


def proportional_set_size(processes: Iterable[int]) -> int:
    """Bytes of memory of some processes, shared pages divided among all their sharers."""
    total = 0
    for process in processes:
        # One that has just ended has no memory any more.
        with suppress(FileNotFoundError, ProcessLookupError):
            for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def family(pid: int) -> list[int]:
    """A process, its children, theirs, and so on."""
    return [pid, *(one for child in _children(pid) for one in family(child))]


def workers(pid: int) -> list[int]:
    """The workers of a server; its studio, which draws for them, is none."""
    return [one for one in _children(pid) if _name(one) not in {"studio", ""}]


def _name(pid: int) -> str:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def _children(pid: int) -> list[int]:
    with suppress(FileNotFoundError, ProcessLookupError):
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in listed]
    return []
