"""The papers of the guide: the whole of it with its contents, and a card of one page for a role."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

import resources
from exchange.guide.markdown import blocks_of
from exchange.papers.document.pdf import write_document_pdf
from exchange.papers.document.values import Block, Contents, Document, Heading, NewPage, Picture, Together
from models.reference.guide_contents import pages
from models.version import version
from scoring.written.days import full_day

TITLE = "Grant Panel: user guide"
HALF_A_SHEET = 28
"""So many lines have room below the heading of a page, or it begins on the next sheet."""


def whole_guide(made_at: datetime) -> Document:
    """Return the guide as one paper: its contents, then each page, from the top of a sheet or its half."""
    parts = [tuple(_page(name)) for name in pages()]
    heads = [part[0] for part in parts if isinstance(part[0], Heading)]
    contents = Contents(tuple(head.text for head in heads))
    begun = [(Together((head,), HALF_A_SHEET), *rest) for head, (_, *rest) in zip(heads, parts, strict=True)]
    blocks = (contents, NewPage(), *(block for part in begun for block in part))
    return _paper(TITLE, f"Version {version()}, {full_day(made_at.date())}", blocks, made_at)


def card(role: str, made_at: datetime) -> Document:
    """Return the page of the guide for a role ("member", "chair") as a card, without its pictures."""
    head, *rest = (block for block in _page(f"{role}.md") if not isinstance(block, Picture))
    assert isinstance(head, Heading)
    blocks = (replace(block, level=1) if isinstance(block, Heading) else block for block in rest)
    return _paper(head.text, "", tuple(blocks), made_at)


def write_guide(role: str, path: Path, made_at: datetime) -> Path:
    """Write the card for a role, or for "" the whole guide, as a PDF; return the path it really has."""
    return write_document_pdf(card(role, made_at) if role else whole_guide(made_at), path)


def _paper(title: str, subtitle: str, blocks: tuple[Block, ...], made_at: datetime) -> Document:
    below = (f"Grant Panel {version()}", "")
    return Document(title, blocks, made_at, subtitle=subtitle, marking="", below=below)


def _page(name: str) -> Iterator[Block]:
    return blocks_of(resources.text(f"help/{name}"), _picture)


def _picture(name: str) -> bytes:
    return resources.path(f"help/{name}").read_bytes()
