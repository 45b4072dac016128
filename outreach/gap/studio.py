"""One process that draws for all workers, so that none of them has to hold Matplotlib.

Opened by gunicorn before it forks the workers (`gunicorn.conf.py`). It holds what the program has
loaded, shared with everybody, and nothing more; for pictures it forks an artist, who imports
Matplotlib, draws as long as there is something to draw, and goes a moment later with the memory.
Where no studio is open, or it doesn't answer, whoever wants a picture draws it alone.
"""

import atexit
import ctypes
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Client, Connection, wait
from pathlib import Path
from socket import AF_UNIX, socket
from typing import TypeAlias, cast

from outreach.gap.charts.specs import Format, Spec
from outreach.web.charts.widths import Width

Wish: TypeAlias = tuple[Spec, Width, Format]
Draw: TypeAlias = Callable[[Spec, Width, Format], bytes]

IDLE_SECONDS = 2.0
"""An artist without work goes after so long."""
PATIENCE_SECONDS = 30.0
"""Whoever has waited so long draws alone."""
NAME = b"studio"
"""What the process is called in lists of processes."""
_DIE_WITH_PARENT, _SET_NAME = 1, 15
_address: list[str] = []


def open_studio(
    draw: Draw, *, on_fork: Callable[[], None], get_ready: Callable[[], None] = lambda: None
) -> int:
    """Fork the studio; its process id. `on_fork` lets go there of what it must not hold.

    `get_ready` is what an artist does before the first wish is heard.

    Everything that this process forks from now on asks it for pictures.
    """
    folder = Path(tempfile.mkdtemp(prefix="outreach-studio-"))
    door = socket(AF_UNIX)
    door.bind(str(folder / "door"))
    door.listen(64)
    parent = os.getpid()
    studio = os.fork()
    if studio == 0:
        try:
            on_fork()
            _serve(door, draw, get_ready, parent=parent)
        finally:
            os._exit(0)
    _address[:] = [str(folder / "door")]
    door.close()
    atexit.register(_clear_away, folder, owner=parent)
    return studio


def ask(wish: Wish) -> bytes | None:
    """The picture as the studio draws it; None where there is no studio that answers."""
    if not _address:
        return None
    try:
        with Client(_address[0], "AF_UNIX") as connection:
            connection.send(wish)
            if not connection.poll(PATIENCE_SECONDS):
                return None
            return cast("bytes | None", connection.recv())
    except (OSError, EOFError):
        return None


def wake() -> None:
    """Have an artist get ready, while whoever wants a picture still reads what it is of."""
    if not _address:
        return
    with suppress(OSError), Client(_address[0], "AF_UNIX") as connection:
        connection.send(None)


def _clear_away(folder: Path, *, owner: int) -> None:
    """Remove the door when the process that opened the studio ends; its workers come and go."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(door: socket, draw: Draw, get_ready: Callable[[], None], *, parent: int) -> None:
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD, signal.SIGQUIT):
        signal.signal(name, signal.SIG_DFL)
    _end_with_parent()
    while os.getppid() == parent:
        if not wait([door], timeout=1):
            continue
        artist = os.fork()
        if artist == 0:
            _end_with_parent()
            get_ready()
            _draw_while_asked(door, draw)
            os._exit(0)
        os.waitpid(artist, 0)


def _draw_while_asked(door: socket, draw: Draw) -> None:
    while wait([door], timeout=IDLE_SECONDS):
        caller, _ = door.accept()
        with Connection(caller.detach()) as connection:
            _answer(connection, draw)


def _answer(connection: Connection, draw: Draw) -> None:
    """A picture that can't be drawn is left to whoever wants it, who then meets the error."""
    try:
        wish = cast("Wish | None", connection.recv())
        if wish is not None:
            connection.send(draw(*wish))
    except Exception as error:  # noqa: BLE001  # whatever goes wrong, the studio stays open
        sys.stderr.write(f"studio: {error!r}\n")


def _end_with_parent() -> None:
    """Linux ends this process with the one that forked it; elsewhere it notices by itself."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_DIE_WITH_PARENT, signal.SIGTERM)
        prctl(_SET_NAME, NAME)
