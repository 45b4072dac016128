"""A throw-away PostgreSQL cluster on a unix socket: `python -m tests.postgres COMMAND …`.

The command finds its address in TEST_POSTGRES_URL. Works as root (the server then runs as the
system's postgres user) and as anybody else, and leaves nothing behind.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql")
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "max_wal_size": "4GB",
}


class PostgresMissing(RuntimeError):
    """No PostgreSQL server is installed."""


def _binaries() -> Path:
    versions = [path for path in BINARIES.glob("*/bin") if (path / "initdb").exists()]
    if not versions:
        raise PostgresMissing("No PostgreSQL server found: run 'make test', which installs it.")
    return max(versions, key=lambda path: int(path.parent.name))


def _as_server_user(command: list[str]) -> list[str]:
    # PostgreSQL refuses to run as root.
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def cluster(*, durable: bool = False) -> Iterator[str]:
    """Start a cluster, give its SQLAlchemy address, stop it and remove it.

    `durable` keeps fsync and synchronous commits on, for tests that kill the server.
    """
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="outreach-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        data = folder / "data"
        initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "outreach", "-A", "trust"]
        _run([*initdb, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
        options = f"-k {folder} " + " ".join(
            f"-c {name}={value}"
            for name, value in SETTINGS.items()
            if not (durable and value == "off")
        )
        control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", str(folder / "log"), "-o", options, "start"])
        try:
            yield f"postgresql+psycopg://outreach@/postgres?host={folder}"
        finally:
            _run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    done = subprocess.run(
        _as_server_user(command),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


def main() -> int:
    """Run the command given with a cluster around it and pass its exit code on."""
    with cluster() as url:
        return subprocess.run(
            sys.argv[1:], env=os.environ | {"TEST_POSTGRES_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
