"""Writing any paper in any of its forms; each writer is loaded when it is first used."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from exchange.papers.document.values import Document
from exchange.papers.headed import headed
from models.papers.kinds import KINDS
from models.papers.order import PaperValue
from models.papers.paper_kind import PaperKind, has_pence
from models.papers.status import PaperStatus
from scoring.counted import listed
from scoring.money import one_form
from scoring.refused import Refused

Tick = Callable[[int, int], None] | None
"""Called with (done, total); may raise to cancel."""


def write_paper(
    kind: str, value: PaperValue, status: PaperStatus, path: Path, tick: Tick = None, **beside: Any
) -> Path:
    """Write a paper in the form that the path's ending asks for and return the path it really has.

    `beside` is what a writer takes that is not among the values: `sure` of an award schedule.
    """
    found = KINDS[kind]
    with one_form(has_pence=found.always_has_pence or has_pence(value)):
        return _written(found, value, status, path, tick, **beside)


def _written(
    found: PaperKind, value: PaperValue, status: PaperStatus, path: Path, tick: Tick, **beside: Any
) -> Path:
    ending = path.suffix.casefold()
    name = found.writers.get(ending) or found.writers.get("")
    if name is not None:
        written: Path = found.load(name)(value, status, path, tick, **beside)
        return written
    if ending not in found.prose:
        endings = listed(found.endings, "or")
        raise Refused(f"{found.code} writes a file that ends in {endings}; {path.name} does not. Rename it.")
    return _write_document(headed(found.load(found.document)(value, status), value, status), path, tick)


def _write_document(document: Document, path: Path, tick: Tick) -> Path:
    if path.suffix.casefold() == ".pdf":
        from exchange.papers.document.pdf import write_document_pdf

        return write_document_pdf(document, path, tick)
    from exchange.papers.document.docx import write_document_docx

    return write_document_docx(document, path, tick)
