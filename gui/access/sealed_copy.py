"""A passphrase on one sheet of paper, for an envelope in the safe: written only where a person says."""

from datetime import datetime
from functools import partial
from pathlib import Path

from shiboken6 import isValid

from gui.access.passphrase import Passphrase
from gui.access.passphrase_box import NewPassphrase
from gui.dialogs.files import Kind
from gui.dialogs.host import DialogHost
from gui.record.runner import Ticket
from gui.record.workspace import Workspace
from models.clock import utc_now
from scoring.written.days import full_moment

KEEP = (
    "Print this sheet once, put it into an envelope, sign across the flap and lock it away, where two "
    "people of the office know of it.",
    "Then delete this file, and empty the bin of the computer. Anyone who has the file has the passphrase.",
    "Nobody can recover the passphrase: without it the record and its copies stay closed for good.",
    "After the passphrase is changed, keep the sheet: copies that were made before still need it.",
)


WRITTEN = "Written to {}. Print it, seal it in an envelope, then delete the file."


def new_passphrase(workspace: Workspace, dialogs: DialogHost, record: Path) -> NewPassphrase:
    """Return what a record's new passphrase is asked in; its sheet is written where somebody says."""
    made = NewPassphrase()
    made.copy_asked.connect(partial(_ask, workspace, dialogs, made, record))
    return made


def _ask(
    workspace: Workspace, dialogs: DialogHost, asked: NewPassphrase, record: Path, key: Passphrase
) -> None:
    name = record.with_name(f"{record.stem} passphrase.pdf")
    path = dialogs.files.save(Kind.COPY, "Sealed copy", name, "PDF (*.pdf)")
    if path is not None:
        sheet = path.with_suffix(".pdf")
        work = partial(write_sealed_copy, record.name, workspace.person, key, sheet, utc_now())
        workspace.work(work, partial(_tell, asked), failed=partial(_tell_failed, asked))


def _tell(asked: NewPassphrase, path: Path) -> None:
    if isValid(asked):  # the dialog may be closed by now
        asked.tell_written(WRITTEN.format(path))


def _tell_failed(asked: NewPassphrase, error: Exception) -> None:
    if isValid(asked):
        asked.form.refuse(str(error))


def write_sealed_copy(
    name: str, person: str, key: Passphrase, path: Path, at: datetime, ticket: Ticket
) -> Path:
    """Write the sheet and return where it is."""
    from exchange.papers.document.pdf import write_document_pdf
    from exchange.papers.document.values import Bullets, Document, Heading, Look, Pairs, Para

    made = at.astimezone()
    facts = (("Record", name), ("Recorded by", person), ("On", full_moment(made)))
    blocks = (
        Pairs(facts),
        Heading("The passphrase"),
        Para(key.reveal(), Look.LEAD),
        Para("Capitals, spaces and signs count.", Look.SMALL),
        Heading("What to do with this sheet"),
        Bullets(KEEP),
    )
    marking = "OFFICIAL-SENSITIVE"
    sheet = Document("Sealed copy of a passphrase", blocks, at, marking=marking)
    return write_document_pdf(sheet, path, is_private=True)
