"""How the lines of one ranking are printed: their money columns, what is told beside, which are wanted."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import Struct

from gui.tables.ranking.extra import Extra
from gui.tables.ranking.rows import Badge, Wanted
from models.queries.deciding.round_list import Listed, Mark
from scoring.ranking import Standing
from scoring.scheme import Scheme

Show = Callable[[int | None], str]


class Shows(NamedTuple):
    """How the money columns of one area print their figures."""

    money: Show
    asked: Show
    running: Show


class Printing(Struct, frozen=True):
    """What is known of each line beside its standing."""

    scheme: Scheme
    projects: Mapping[str, str]
    running: Mapping[str, int]
    pots: Mapping[str, str]
    further: Mapping[str, Extra]
    badges: Mapping[str, Badge]
    split_1e4: tuple[int, int]


def is_wanted(line: Listed, printing: Printing, wanted: Wanted) -> bool:
    """Whether a line is among those that are to be shown."""
    sought = {Mark.EXCEPTION: line.is_exception, Mark.UNREASONED: line.lacks_reason}
    if wanted.mark is not None and not sought.get(wanted.mark, wanted.mark is line.mark):
        return False
    if not wanted.words:
        return True
    standing = line.standing
    text = f"{standing.reference} {standing.organisation} {printing.projects.get(standing.reference, '')}"
    return wanted.words.casefold() in text.casefold()


def line_under(standing: Standing, printing: Printing) -> str:
    """Return the smaller line below an organisation's name."""
    return f"{standing.reference}  {printing.projects.get(standing.reference, '')}".rstrip()
