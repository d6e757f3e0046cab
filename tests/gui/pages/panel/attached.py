"""Files of an application for the pages of the panel."""

import io
from functools import partial
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from models.operation import Actor
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.record import Opener, Record
from models.values.attachments import APPLICATION, kept_file

OFFICER = Actor("Ann Price")


def quotes(pages: int = 3) -> bytes:
    """Return a PDF with a line on each page."""
    written = io.BytesIO()
    canvas = Canvas(written)
    for number in range(pages):
        canvas.drawString(72, 700, f"Quote {number + 1} for boxing gloves")
        canvas.showPage()
    canvas.save()
    return written.getvalue()


FILES = {
    "quotes.pdf": quotes(),
    "costs.csv": b"Item,Cost\nGloves,40",
    "run.exe": b"MZ\0\0",
    "launch.pdf": quotes(1).replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction<</S/Launch/F(x)>>"),
}


def attach_files(path: Path, reference: str = "W-003") -> None:
    """Attach the files to an application of a closed record; all but the last are ticked."""
    with Record.open(path, Opener("Ann Price", "tests")) as record:
        of = (APPLICATION, 1, reference, "")
        kept = tuple(kept_file(name, content, "quote") for name, content in FILES.items())
        put = partial(put_attached, contents=FILES.values())
        record.perform_beside(AttachFiles(*of, kept), put, OFFICER)
        record.perform(TickAttachments(*of, (1, 2, 3)), OFFICER)
