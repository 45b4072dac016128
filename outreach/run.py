"""`make run`: prepare the embedded demonstration installation and serve it with its worker."""

import argparse
import hashlib
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from honcho.manager import Manager

from outreach.assets import is_current
from outreach.settings import ROOT
from outreach.translations.__main__ import compile_all

HOST = "127.0.0.1"
FIRST_PORT = 8000
LAST_PORT = 8099
WAIT_SECONDS = 60
WORKER_WAITS_SECONDS = 4
SECRETS_FILE = "secrets.env"
STAMP_FILE = "prepared"


def main(arguments: list[str]) -> int:
    """Prepare what is not prepared yet; then serve until interrupted."""
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--prepare-only", action="store_true")
    options = parser.parse_args(arguments)
    instance = Path(os.environ.get("OUTREACH_INSTANCE", ROOT / "instance"))
    instance.mkdir(parents=True, exist_ok=True)
    environment = installation_environment(instance)
    prepare(instance, environment)
    if options.prepare_only:
        return 0
    return serve(environment)


def installation_environment(instance: Path) -> dict[str, str]:
    """The environment of a local installation: its own secrets, plain http on this machine only."""
    kept = instance / SECRETS_FILE
    if not kept.exists():
        names = ("OUTREACH_SECRET_KEY", "OUTREACH_PASSWORD_SALT")
        kept.touch(mode=0o600)
        kept.write_text("".join(f"{name}={secrets.token_urlsafe(48)}\n" for name in names))
    own = dict(line.split("=", 1) for line in kept.read_text().splitlines())
    local = {"OUTREACH_SECURE_COOKIES": "0", "OUTREACH_SECOND_FACTOR": "optional"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return own | local | os.environ | {"OUTREACH_INSTANCE": str(instance), "PATH": path}


def prepare(instance: Path, environment: dict[str, str]) -> None:
    """Front end, catalogue, database and demonstration region; nothing where all is there."""
    # In this process: each further one would take a second to load the program.
    if not is_current(ROOT):
        _call([sys.executable, "-m", "outreach.assets"], environment)
    compile_all()
    stamp = instance / STAMP_FILE
    state = _state_of_the_code(environment)
    if stamp.exists() and stamp.read_text() == state:
        return
    _call([sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"], environment)
    _call([sys.executable, "-m", "flask", "--app", "wsgi", "demo", "load"], environment)
    stamp.write_text(state)


def _state_of_the_code(environment: dict[str, str]) -> str:
    """What decides whether the database must be prepared again: the migrations and the address."""
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    address = environment.get("DATABASE_URL", "")
    return hashlib.sha256("\n".join([address, *names]).encode()).hexdigest()


def _call(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603  # our own programs
    if done.returncode:
        sys.exit(done.returncode)


def serve(environment: dict[str, str]) -> int:
    """Run gunicorn and the job worker together and say where and how to sign in."""
    port = free_port()
    environment = environment | {"OUTREACH_BASE_URL": f"http://{HOST}:{port}"}
    threading.Thread(target=_announce, args=(port,), daemon=True).start()
    manager = Manager()
    manager.add_process(
        "web", f"gunicorn -c gunicorn.conf.py -b {HOST}:{port} wsgi:app", env=environment
    )
    # The pages come first: the worker waits, so as not to compete for the processor.
    worker = "huey_consumer outreach.jobs.huey -w 2 -m 1 -k thread -f -S"
    manager.add_process("worker", f"sleep {WORKER_WAITS_SECONDS}; exec {worker}", env=environment)
    os.chdir(ROOT)
    manager.loop()
    return int(manager.returncode or 0)


def free_port(first: int = FIRST_PORT) -> int:
    """The first port from `first` on that nobody listens on."""
    for port in range(first, LAST_PORT + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    sys.exit(f"No free port from {first} to {LAST_PORT} on {HOST}.")


def _announce(port: int) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if _is_served(port):
            sys.stdout.write(_welcome(f"http://{HOST}:{port}"))
            sys.stdout.flush()
            return
        time.sleep(0.1)


def _is_served(port: int) -> bool:
    with closing(HTTPConnection(HOST, port, timeout=2)) as asked:
        try:
            asked.request("GET", "/health")
            return asked.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False


def _welcome(address: str) -> str:
    accounts = (ROOT / "outreach" / "demo" / "facts" / "accounts.txt").read_text(encoding="utf-8")
    return f"\nOutreach is served at {address}\n\n{accounts}\nStop with Ctrl-C.\n\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
