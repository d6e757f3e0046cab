"""A paper in prose, begun from what each has: its title, its marking, and what this copy of it is.

What an office writes into one stands in paragraphs, and as lists where it wrote lists.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from exchange.papers.document.values import Block, Bullets, Document, Look, Para
from models.papers.order import PaperValue
from models.papers.status import PaperStatus
from scoring.money import in_one_form
from scoring.written.text import list_item


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
        subtitle=in_one_form(" · ".join(filter(None, under))),
        above=value.office,
        marking=value.marking,
        status=status.words,
        is_draft=status.is_draft,
        below=status.below,
        is_landscape=is_landscape,
    )


def written(
    texts: Iterable[str], numbers: Iterator[int] | None = None, look: Look = Look.BODY
) -> Iterator[Para | Bullets]:
    """Yield what an office wrote, a paragraph a line, with a number each where there are any.

    Lines that begin with a sign such as "•" or "-" are the items of a list, which have none.
    """
    for is_list, lines in groupby(texts, lambda line: bool(list_item(line))):
        if is_list:
            yield Bullets(tuple(map(list_item, lines)))
        else:
            yield from (
                Para(line, look, number="" if numbers is None else f"{next(numbers)}.") for line in lines
            )
