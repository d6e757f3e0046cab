"""Today's copy of the open record, made slice by slice while nothing else is to be done."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui import lane_work
from gui.runner import Failed, Job, Lane, Priority, Runner
from models.backup_steps import BackupSteps
from models.record import Record


class DailyCopy(QObject):
    """Begin a copy where it is due, and stop it with its record; `made` and `failed` tell how it ended."""

    made = Signal()
    failed = Signal(object)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._steps: BackupSteps | None = None
        self._turn = 0

    def begin(self, record: Record) -> None:
        """Begin today's copy where it is due; a copy has none of its own."""
        if not record.is_copy:
            then = partial(self._go_on_from, record.path, self._turn)
            work = partial(lane_work.begin_copy, record)
            self._runner.start(Job(work, then, self.failed.emit, Lane.RECORD, Priority.UPKEEP))

    def stop(self) -> None:
        """Go on with no copy that was begun: the record stops it as it closes or takes another key."""
        self._steps = None
        self._turn += 1

    def _go_on_from(self, path: Path, turn: int, steps: BackupSteps | None) -> None:
        if steps is not None and turn == self._turn:
            self._steps = steps
            self._go_on(path, steps)

    def _go_on(self, path: Path, steps: BackupSteps) -> None:
        """Copy the next slice when nothing else is to be done."""
        if steps is self._steps:
            work, then = partial(lane_work.copy_slice, steps), partial(self._copied, path, steps)
            self._runner.start(Job(work, then, self._failing(steps), Lane.RECORD, Priority.UPKEEP))

    def _copied(self, path: Path, steps: BackupSteps, is_more: bool) -> None:
        if is_more:
            self._go_on(path, steps)
        else:
            work = partial(lane_work.finish_copy, steps, path)
            self._runner.start(Job(work, self._tell, self._failing(steps)))

    def _tell(self, made: Path) -> None:
        self.made.emit()

    def _failing(self, steps: BackupSteps) -> Failed:
        return partial(self._fail, steps)

    def _fail(self, steps: BackupSteps, error: Exception) -> None:
        if steps is self._steps:  # one that was stopped has nothing to tell
            self.failed.emit(error)
