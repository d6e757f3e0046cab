"""What is done with the open record beside other files: copied, checked, compared, brought in, put back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gui.access.passphrase import Passphrase, revealed
from gui.record import record_jobs
from gui.record.background_jobs import BackgroundJobs
from gui.record.opening_jobs import PROGRAM
from gui.record.record_session import RecordSession
from gui.record.runner import Done, Failed, Priority, Ticket
from models.record import Opener, Record

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

    def _beside(
        self,
        work: Callable[[Record, Ticket], object],
        done: Done,
        label: str,
        failed: Failed | None = None,
    ) -> None:
        """Do work with the open record, once it is unlocked; the progress strip shows that it is done."""
        if not self._session.waits(partial(self._beside, work, done, label, failed)):
            self._jobs.keep_up(partial(work, self._session.held()), done, label, failed)

    def back_up(self, path: Path, done: Done) -> None:
        """Write a verified copy of the record to a new file."""
        self._beside(lambda record, ticket: record.backup(path, ticket.tick), done, f"Copying to {path.name}")

    def check(self, done: Callable[["Verification"], object]) -> None:
        """Check the whole record: its file, its journal, and that the tables are what the journal says."""
        self._beside(record_jobs.check, done, "Checking the record")

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

        def read(record: Record, ticket: Ticket) -> "DivergedCopy":
            from models.packs.diverged_copy import read_diverged

            return read_diverged(record, copy, revealed(key), ticket.tick)

        self._beside(read, done, f"Comparing with {copy.name}", failed)

    def plan_bring_in(
        self, path: Path, key: Passphrase | None, done: Callable[["ToBringIn"], object], failed: Failed
    ) -> None:
        """Tell what another record would bring in; nothing is changed."""

        def plan(record: Record, ticket: Ticket) -> "ToBringIn":
            from models.packs.consolidation import plan_bring_in

            return plan_bring_in(record, path, revealed(key), ticket.tick)

        self._beside(plan, done, f"Looking at {path.name}", failed)

    def copy_back(self, target: Path, done: Callable[["CopiedBack"], object], failed: Failed) -> None:
        """Put the record in the place of the one it was copied from, unless that was changed."""
        opener = Opener(self._session.actor.name, PROGRAM)

        def put_back(record: Record, ticket: Ticket) -> "CopiedBack":
            from models.copies.diverged import copy_back

            return copy_back(record, target, opener, tick=ticket.tick)

        self._beside(put_back, done, f"Copying back to {target.name}", failed)

    def delete_plain_copies(self, done: Done) -> None:
        """Delete the automatic copies that anybody can read; `done` is told which could not be."""
        self._beside(record_jobs.delete_plain_copies, done, "Deleting copies that are not encrypted")
