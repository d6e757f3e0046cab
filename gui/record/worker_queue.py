"""The one thread that touches the record: edits before questions before upkeep, each in its order.

A pool of one thread was tried first and now and then ran one question before an earlier one; edits that
land out of order would be wrong, so the order is kept here by a number.
"""

import logging
from collections.abc import Callable
from itertools import count
from queue import PriorityQueue
from threading import Thread

LOG = logging.getLogger(__name__)

Queued = tuple[int, int, Callable[[], object] | None]


class WorkerQueue:
    """A queue and its thread, which starts with the first that is put in, and again where it ended."""

    def __init__(self) -> None:
        self._queue: PriorityQueue[Queued] = PriorityQueue()
        self._numbers = count()
        self._thread: Thread | None = None

    def put(self, run: Callable[[], object], priority: int) -> None:
        """Queue what is to be run; a higher priority comes first, equal ones as they came."""
        self._queue.put((-priority, next(self._numbers), run))
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="record", daemon=True)
            self._thread.start()

    def finish(self, wait_seconds: float) -> None:
        """Do what is queued, end the thread and wait for it."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put((1, next(self._numbers), None))
            thread.join(wait_seconds)

    def _run(self) -> None:
        while True:
            run = self._queue.get()[2]
            if run is None:
                return
            try:
                run()
            except BaseException:  # whatever becomes of it, those that wait behind it are run too
                LOG.info("work on the record's queue ended without telling", exc_info=True)
