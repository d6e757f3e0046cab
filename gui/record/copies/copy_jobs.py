"""What is done with the open record beside other files: copied, checked, compared, brought in, put back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.access.passphrase import Passphrase
from gui.record import record_jobs
from gui.record.background_jobs import BackgroundJobs
from gui.record.record_session import RecordSession
from gui.record.runner import Done, Failed, Priority

if TYPE_CHECKING:
    from models.copies.diverged import CopiedBack
    from models.copies.restore import Preview
    from models.journal.verify import Verification
    from models.packs.consolidation import ToBringIn
    from models.packs.diverged_copy import DivergedCopy


class CopyJobs:
    """Look at the open record and at others beside it, while it stays open."""

    def __init__(self, session: RecordSession, jobs: BackgroundJobs) -> None:
        self._session, self._jobs = session, jobs

    def back_up(self, path: Path, done: Done) -> None:
        """Write a verified copy of the record to a new file."""
        if not self._session.waits(partial(self.back_up, path, done)):
            self._jobs.keep_up(
                partial(record_jobs.back_up, self._session.held(), path), done, f"Copying to {path.name}"
            )

    def check(self, done: Callable[["Verification"], object]) -> None:
        """Check the whole record: its file, its journal, and that the tables are what the journal says."""
        if not self._session.waits(partial(self.check, done)):
            self._jobs.keep_up(partial(record_jobs.check, self._session.held()), done, "Checking the record")

    def preview(self, copy: Path, done: Callable[["Preview"], object], failed: Failed | None = None) -> None:
        """Tell what going back to a copy would lose; `failed` is told in place of everyone."""
        if not self._session.waits(partial(self.preview, copy, done, failed)):
            self._session.start(
                partial(record_jobs.preview, self._session.held(), copy), done, Priority.QUESTION, failed
            )

    def read_diverged(
        self, copy: Path, key: Passphrase | None, done: Callable[["DivergedCopy"], object], failed: Failed
    ) -> None:
        """Tell what a copy that diverged from the record holds; `key` where its passphrase is another."""
        if not self._session.waits(partial(self.read_diverged, copy, key, done, failed)):
            work = partial(record_jobs.read_diverged, self._session.held(), copy, key)
            self._jobs.keep_up(work, done, f"Comparing with {copy.name}", failed)

    def plan_bring_in(
        self, path: Path, key: Passphrase | None, done: Callable[["ToBringIn"], object], failed: Failed
    ) -> None:
        """Tell what another record would bring in; nothing is changed."""
        if not self._session.waits(partial(self.plan_bring_in, path, key, done, failed)):
            work = partial(record_jobs.plan_bring_in, self._session.held(), path, key)
            self._jobs.keep_up(work, done, f"Looking at {path.name}", failed)

    def copy_back(self, target: Path, done: Callable[["CopiedBack"], object], failed: Failed) -> None:
        """Put the record in the place of the one it was copied from, unless that was changed."""
        if not self._session.waits(partial(self.copy_back, target, done, failed)):
            work = partial(record_jobs.copy_back, self._session.held(), self._session.actor.name, target)
            self._jobs.keep_up(work, done, f"Copying back to {target.name}", failed)

    def delete_plain_copies(self, done: Done) -> None:
        """Delete the automatic copies that anybody can read; `done` is told which could not be."""
        work = partial(record_jobs.delete_plain_copies, self._session.held())
        self._jobs.keep_up(work, done, "Deleting copies that are not encrypted")
