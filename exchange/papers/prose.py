"""A paper in prose, begun from what each has: its title, its marking, and what this copy of it is."""

from collections.abc import Iterable

from exchange.papers.document.values import Block, Document
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.money import without_noughts


def prose(
    value: PaperValue,
    status: PaperStatus,
    blocks: Iterable[Block],
    under: Iterable[str],
    *,
    is_landscape: bool = False,
) -> Document:
    """Return a paper of these blocks; `under` stands below its title, what is empty left out."""
    return Document(
        title=value.title,
        blocks=tuple(blocks),
        made_at=status.made_at,
        subtitle=without_noughts(" · ".join(filter(None, under))),
        above=value.office,
        marking=value.marking,
        status=status.words,
        is_draft=status.is_draft,
        below=status.below,
        is_landscape=is_landscape,
    )
