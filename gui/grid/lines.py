"""The lines of a small grid as values: its columns, what was typed, and what a pasted block makes of them."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from exchange.reading.pasted import Row
from gui.text import counted
from scoring.written.names import text_key


class GridColumn(Struct, frozen=True):
    """A column: `tidy` returns a text as it is to stand, and raises ValueError where it cannot be read."""

    head: str
    tidy: Callable[[str], str]
    stretch: int = 1
    is_right: bool = False
    hint: str = ""
    choices: tuple[str, ...] = ()

    def tidied(self, text: str) -> str:
        """Return a text as it is to stand, as it is where it cannot be read."""
        try:
            return self.tidy(text.strip())
        except ValueError:
            return text


class Line(Struct, frozen=True):
    """The texts of one row. `is_offered`: nobody touched it; `is_checked`: its figures are not another's."""

    texts: Row
    is_offered: bool = False
    is_checked: bool = True

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(text.strip() for text in self.texts)

    @property
    def name(self) -> str:
        """Return what stands in its first cell, as names are compared."""
        return text_key(self.texts[0])


def pasted_over(lines: Sequence[Line], rows: Sequence[Row], at: int) -> tuple[list[Line], int]:
    """Return the lines once a block of whole rows is pasted at a row, and how many offered ones went.

    What was typed stays, but for what the block lies over or names anew. What was only offered stays no
    longer: the block says which there are.
    """
    names = {text_key(row[0]) for row in rows}
    covered = range(at, at + len(rows))
    typed = [
        (number, line)
        for number, line in enumerate(lines)
        if not (line.is_offered or line.is_blank or number in covered or line.name in names)
    ]
    before = [line for number, line in typed if number < at]
    after = [line for number, line in typed if number >= at]
    gone = sum(line.is_offered and line.name not in names for line in lines)
    return [*before, *(Line(row) for row in rows), *after], gone


def left_out_words(gone: int, one: str, several: str) -> str:
    """Return the sentence on offered lines that a pasted block does not have, by what each is called."""
    were = "was offered and is not in it: it is" if gone == 1 else "were offered and are not in it: they are"
    return f"{counted(gone, one, several)} {were} left out (Ctrl+Z takes the block back)."


def filled_from(lines: Sequence[Line], rows: Sequence[Row], at: int, column: int, width: int) -> list[Line]:
    """Return the lines once a block is pasted into the cells from a row and a column on."""
    blank = Line(("",) * width)
    result = [*lines, *[blank] * max(at + len(rows) - len(lines), 0)]
    for number, cells in enumerate(rows, at):
        room = cells[: width - column]
        texts = result[number].texts
        result[number] = Line((*texts[:column], *room, *texts[column + len(room) :]))
    return result
