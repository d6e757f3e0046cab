"""The rows of the ranked list, printed beside the event loop for what the page showed as it asked."""

from typing import NamedTuple

from gui.tables.ranking.lines import table_rows
from gui.tables.ranking.rows import TableRow, Wanted
from models.queries.deciding.round_list import Answer, RoundFigures, work_out
from models.values.rounds import RoundLine


class PrintedAhead(NamedTuple):
    """Figures, and rows of them with nothing closed, tried or told beside: a thousand take long to print."""

    figures: RoundFigures
    wanted: Wanted
    rows: tuple[TableRow, ...]


def print_ahead(line: RoundLine, wanted: Wanted, answer: Answer) -> PrintedAhead:
    """Return a round's figures with the rows that are wanted of them."""
    figures = work_out(line, answer)
    return PrintedAhead(figures, wanted, table_rows(figures.listed, figures.projects, wanted))
