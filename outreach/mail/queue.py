"""The job queue, and the way to wake the mailer without ever failing a request.

The worker has two threads. All but mail is long work and done by one of them at a time, so that the
other is there to send: a letter that somebody waits for is not kept back by a large file. Letters
too are one thread's at a time, so that a worker that dies has one in its hands and no more.
"""

import logging
from collections.abc import Callable
from threading import Lock

from flask import Blueprint, Flask, current_app
from flask.sansio.app import App
from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.api import TaskWrapper
from huey.serializer import SignedSerializer

from outreach.database.engine import normalised_url
from outreach.database.times import utc_now
from outreach.extensions import db
from outreach.mail.sending import send_outbox
from outreach.settings import Settings

EXTENSION = "outreach_queue"
TASK = "send_outbox"
CONNECT_SECONDS = 2

log = logging.getLogger(__name__)


class OneAtATime:
    """Of several threads that are given work of a kind, one does all of it."""

    def __init__(self) -> None:
        self._mutex = Lock()
        self._waiting: dict[str, Callable[[], object]] = {}
        self._is_busy = False

    def run(self, name: str, work: Callable[[], object]) -> None:
        """Do it, or leave it to the thread that is at something; what waits is done once."""
        with self._mutex:
            self._waiting[name] = work
            if self._is_busy:
                return
            self._is_busy = True
        try:
            while todo := self._next():
                todo()
        except BaseException:
            with self._mutex:
                self._is_busy = False
            raise

    def _next(self) -> Callable[[], object] | None:
        with self._mutex:
            name = next(iter(self._waiting), None)
            self._is_busy = name is not None
            return None if name is None else self._waiting.pop(name)


class JobQueue:
    """The queue of one application, opened when it is first needed."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._lock = Lock()
        self._long, self._post = OneAtATime(), OneAtATime()
        self._work: dict[str, Callable[[], object]] = {TASK: self.run}
        self._opened: tuple[Huey, dict[str, TaskWrapper]] | None = None

    @property
    def huey(self) -> Huey:
        """The queue, with the task of emptying the outbox and those that were added."""
        return self._open()[0]

    def add(self, name: str, work: Callable[[Flask], object]) -> None:
        """Give the worker another task, a long one; to be done before the queue is first used."""
        self._work[name] = lambda: self._long.run(name, lambda: work(self._app))

    def do_added(self) -> None:
        """Do each of the tasks that were added."""
        for name, work in self._work.items():
            if name != TASK:
                work()

    def _open(self) -> tuple[Huey, dict[str, TaskWrapper]]:
        with self._lock:
            if self._opened is None:
                huey = _store(self._settings)
                tasks = {name: huey.task(name=name)(work) for name, work in self._work.items()}
                self._opened = huey, tasks
            return self._opened

    def run(self) -> None:
        """Empty the outbox; what the task does. One letter is under way at a time."""
        self._post.run(TASK, self._send)

    def _send(self) -> None:
        with self._app.app_context():
            send_outbox(db.session(), self._settings, clock=utc_now)

    def close(self) -> None:
        """Let go of this thread's connection to the store, if there is one."""
        with self._lock:
            if self._opened is not None:
                self._opened[0].storage.close()

    def ask(self, name: str) -> None:
        """Have the worker do one of its tasks. Without a mail server there is no mail to send."""
        if name != TASK or self._settings.smtp_url is not None:
            self._open()[1][name]()

    def by_the_clock(self, **when: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Have the worker do a function by itself; `when` is as in a crontab."""

        def declare(work: Callable[[], None]) -> Callable[[], None]:
            self.huey.periodic_task(crontab(**when), name=work.__name__)(work)
            return work

        return declare


def init_app(app: Flask, settings: Settings) -> None:
    """Give the application its queue; opens nothing yet."""
    app.extensions[EXTENSION] = JobQueue(app, settings)


def queue_of(app: App) -> JobQueue:
    """The application's queue."""
    queue = app.extensions[EXTENSION]
    if not isinstance(queue, JobQueue):
        raise TypeError(EXTENSION)
    return queue


def add_task(blueprint: Blueprint, name: str, work: Callable[[Flask], object]) -> None:
    """Give the worker of any application with these pages a task of theirs."""
    blueprint.record_once(lambda state: queue_of(state.app).add(name, work))


def wake_worker(task: str) -> None:
    """Have a task done at once; call it after the commit.

    The worker looks each minute in any case, so a queue that is away costs a minute and nothing
    else.
    """
    try:
        queue_of(current_app).ask(task)
    except Exception:  # whatever is wrong with the queue, the request has succeeded
        log.warning("the worker could not be woken", exc_info=True)


def wake_mailer() -> None:
    """Have waiting messages sent at once; call it after the commit."""
    wake_worker(TASK)


def _store(settings: Settings) -> Huey:
    """A store of its own beside the embedded database, or tables in PostgreSQL."""
    serializer = SignedSerializer(secret=settings.secret_key, salt="job-queue")
    url = normalised_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        settings.queue_path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(
            "outreach", filename=str(settings.queue_path), results=False, serializer=serializer
        )
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(
        "outreach",
        dsn=dsn,
        results=False,
        serializer=serializer,
        connect_timeout=CONNECT_SECONDS,
    )
