"""A limit on the work one file may cause, checked between its rows."""

import time

from outreach.files.faults import FileRefused
from outreach.files.limits import WORK_SECONDS


class Budget:
    """Processor time of this thread from now on, so that a busy machine refuses nothing more."""

    def __init__(self, seconds: float = WORK_SECONDS) -> None:
        self._end = time.thread_time() + seconds

    @property
    def is_spent(self) -> bool:
        """Whether the time is used up."""
        return time.thread_time() > self._end

    def check(self) -> None:
        """Refuse the file when its time is used up."""
        if self.is_spent:
            raise FileRefused("too_slow")
