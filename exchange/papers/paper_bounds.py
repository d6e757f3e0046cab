"""How large a paper may be that is read back: it comes from outside, and is read without a worker."""

import stat
from pathlib import Path

import pypdfium2

from models.trouble import Trouble

MOST_BYTES = 50_000_000
MOST_PAGES = 2_000


def require_readable(path: Path) -> None:
    """Refuse what is no ordinary file or is too large for a paper; raises FileNotFoundError for none."""
    about = path.stat()
    if not stat.S_ISREG(about.st_mode):
        raise Trouble(f"{path.name} is not a file. Choose the paper that was issued.")
    if about.st_size > MOST_BYTES:
        raise Trouble(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB, too large for a paper.")


def open_pdf(path: Path) -> pypdfium2.PdfDocument:
    """Open a PDF that is to be read back; raises FileNotFoundError for none and Trouble for any other."""
    require_readable(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Trouble(f"{path.name} cannot be read as a PDF; choose the file that was issued.") from error
    if len(document) > MOST_PAGES:
        document.close()
        raise Trouble(f"{path.name} has more than {MOST_PAGES:,} pages, too many for a paper.")
    return document
