"""What was awarded in the time of a list for the public and taken back since, below or beside the list."""

from collections.abc import Iterator, Sequence

from exchange.papers.document.values import Block, Bullets, Heading
from exchange.papers.headed import named
from exchange.papers.paper_words import paper_sentence
from exchange.xlsx.table_book import TableColumn, TableSheet
from models.papers.order import PaperValue

GONE = "Taken back since"


def gone_blocks(gone: Sequence[str]) -> Iterator[Block]:
    """Yield it as pages have it: an earlier list may name it."""
    if gone:
        yield Heading(GONE)
        yield Bullets(tuple(paper_sentence(f"{words}.") for words in gone))


def gone_sheet(value: PaperValue, gone: Sequence[str]) -> Iterator[TableSheet]:
    """Yield it as a sheet of its own."""
    if gone:
        note = f"{named(value)}. An earlier list may name it; it is in no sum."
        rows = [(paper_sentence(words),) for words in gone]
        yield TableSheet(GONE, GONE, note, (TableColumn("What was decided", 110, "wrapped"),), rows)
