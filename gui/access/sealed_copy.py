"""A passphrase on one sheet of paper, for an envelope in the safe: written only where a person says."""

from datetime import datetime
from pathlib import Path

from gui.access.passphrase import Passphrase
from gui.record.runner import Ticket
from scoring.written.days import full_moment

KEEP = (
    "Print this sheet once, put it into an envelope, sign across the flap and lock it away, where two "
    "people of the office know of it.",
    "Then delete this file, and empty the bin of the computer. Anyone who has the file has the passphrase.",
    "Nobody can recover the passphrase: without it the record and its copies stay closed for good.",
    "After the passphrase is changed, keep the sheet: copies that were made before still need it.",
)


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
