"""The workers that answer requests; named in gunicorn.conf.py."""

from gunicorn.sock import TCPSocket
from gunicorn.workers.gthread import ThreadWorker


class SharingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """A worker with threads that takes no connection while all of them are busy.

    Gunicorn's own takes whatever comes and lets it queue, though another worker may be idle: of
    eight readers who come at once the quickest worker took all more often than not, and who came
    during its slow answers waited for them. Here what it has no thread for stays with the system,
    whence the next worker with a free one takes it.
    """

    def accept(self, listener: TCPSocket) -> None:
        """Take one more connection, the last one if it keeps the last thread busy."""
        super().accept(listener)
        self.set_accept_enabled(enabled=True)

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001  # gunicorn's own call
        """Listen if that is wished and there is a thread; asked again whenever one is done."""
        super().set_accept_enabled(enabled and self._busy() < self.cfg.threads)

    def _busy(self) -> int:
        """Connections of which a request is being answered or is about to be."""
        idle = len(self.keepalived_conns) + len(self.pending_conns)
        return int(self.nr_conns - idle)
