"""The rows of the page: an area or line, or one award of it, and how their cells are printed."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from msgspec import Struct

from gui.tables.columns import Gives
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from gui.theme.tokens import Tone
from models.papers.year.year_end_lines import YearEnd, YearEndLine
from models.papers.year.year_facts import LineEnd, YearAward
from scoring.money import short_pounds


class EndRow(Struct, frozen=True):
    """A line, or one award of it."""

    line: YearEndLine
    award: YearAward | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return the line and no award, or no line and the award's reference."""
        return (self.line.name, "") if self.award is None else ("", self.award.reference)

    @property
    def name(self) -> str:
        """Return the row's name."""
        return self.line.name if self.award is None else self.award.reference

    @property
    def end(self) -> LineEnd:
        """Return what was recorded for it."""
        return self.line.end if self.award is None else self.award.end

    @property
    def money_pence(self) -> int:
        """Return the money there is: budget with what was brought forward, or what was awarded."""
        return self.line.money_pence if self.award is None else self.award.awarded_pence

    @property
    def spent_pence(self) -> int:
        """Return what was spent, start-up money included."""
        return self.line.whole_spent_pence if self.award is None else self.award.spent_pence

    @property
    def start_up_spent_pence(self) -> int:
        """Return what was spent of start-up money."""
        return self.line.start_up_spent_pence if self.award is None else 0

    @property
    def given_pence(self) -> int:
        """Return what the office itself gave a line, taken off what its awards spent."""
        return self.line.pot.contributed_pence if self._is_of_payments else 0

    @property
    def back_pence(self) -> int:
        """Return what came back of a line's awards of other years, taken off what its awards spent."""
        return self.line.pot.recovered_pence if self._is_of_payments else 0

    @property
    def before_pence(self) -> int:
        """Return what was spent before these two are taken off."""
        return self.spent_pence + self.given_pence + self.back_pence

    @property
    def _is_of_payments(self) -> bool:
        return self.award is None and self.end.spent is None

    @property
    def left_pence(self) -> int:
        """Return what is left by subtraction."""
        return self.money_pence - self.spent_pence

    @property
    def promised_pence(self) -> int:
        """Return the part of it that a line has promised to its awards; what an award has left is its own."""
        return self.line.promised_pence if self.award is None else 0

    @property
    def held_pence(self) -> int:
        """Return the part of it that open rounds of a line hold."""
        return self.line.held_left_pence if self.award is None else 0

    @property
    def free_pence(self) -> int:
        """Return what is left and neither promised nor held, start-up money not counted: what is offered."""
        return self.left_pence - self.start_up_left_pence - self.promised_pence - self.held_pence

    @property
    def is_bound(self) -> bool:
        """Whether a part of what is left is promised or held."""
        return self.promised_pence + self.held_pence > 0

    @property
    def start_up_left_pence(self) -> int:
        """Return the part of it that is start-up money."""
        return max(self.line.start_up_left_pence, 0) if self.award is None else 0

    @property
    def is_over(self) -> bool:
        """Whether more is committed than there is money for."""
        return self.award is None and self.line.over_pence > 0


def line_rows(found: YearEnd) -> tuple[EndRow, ...]:
    """Return a row for each area or line."""
    return tuple(EndRow(line) for line in found.lines)


def award_rows(found: YearEnd) -> tuple[EndRow, ...]:
    """Return a row for each award."""
    return tuple(EndRow(line, award) for line in found.lines for award in line.awards)


def sums_words(rows: Sequence[EndRow]) -> str:
    """Return the sums of rows in a line of words."""
    left = sum(row.left_pence for row in rows)
    carried = sum(row.end.carried.whole_pence for row in rows if row.end.carried)
    open_ones = sum(1 for row in rows if row.end.carried is None)
    words = f"{spent_words(rows)} · {short_pounds(left)} left · {short_pounds(carried)} carried forward"
    return words if not open_ones else f"{words} · {open_ones} not decided"


def spent_words(rows: Sequence[EndRow]) -> str:
    """Return what was spent of the money of rows, and what was taken off it: it may be below nothing then."""
    spent = short_pounds(sum(row.spent_pence for row in rows))
    before = short_pounds(sum(row.before_pence for row in rows))
    given, back = sum(row.given_pence for row in rows), sum(row.back_pence for row in rows)
    less = [f"{short_pounds(given)} that the office gave"] if given else []
    less += [f"{short_pounds(back)} back of other years’ awards"] if back else []
    of = f"of {short_pounds(sum(row.money_pence for row in rows))}"
    return f"{before} spent less {' and '.join(less)}: {spent} {of}" if less else f"{spent} spent {of}"


row_key: Callable[[EndRow], tuple[str, str]] = attrgetter("key")
"""Return what a row stays known by."""


def row_name(row: EndRow) -> str:
    """Return a row as a screen reader says it."""
    left = f"{short_pounds(row.left_pence)} left"
    return f"{row.name}, {spent_words((row,))}, {left}, {_carried(row)} carried forward"


_name: Callable[[EndRow], str] = attrgetter("name")


def _under(row: EndRow) -> str:
    if row.award is not None:
        return ", ".join(filter(None, (row.award.organisation, row.award.area)))
    start_up = row.line.pot.start_up_pence
    parts = [f"Start-up {short_pounds(start_up)}"] if start_up else []
    brought = row.line.pot.brought_pence
    parts += [f"brought forward {short_pounds(brought)}"] if brought else []
    return ", ".join(parts)


def _money(row: EndRow) -> str:
    return short_pounds(row.money_pence)


def _committed(row: EndRow) -> str:
    return short_pounds(row.line.committed_pence) if row.award is None else NOTHING


def _committed_words(row: EndRow) -> str:
    return f"{_committed(row)}, {row.line.committed_words} of the money" if row.award is None else NOTHING


def _committed_chip(row: EndRow) -> Chip | None:
    if not row.is_over:
        return None
    return Chip(Tone.PART if row.line.authority else Tone.DANGER, row.line.committed_words)


def _spent(row: EndRow) -> str:
    return short_pounds(row.spent_pence)


def _spent_under(row: EndRow) -> str:
    off = row.given_pence + row.back_pence
    if off:
        word = "given" if not row.back_pence else "given or back" if row.given_pence else "back"
        return f"less {short_pounds(off)} {word}"
    if row.end.spent is None:
        return "from payments" if row.award is not None or row.line.awards else "not recorded"
    start_up = row.start_up_spent_pence
    return f"start-up {short_pounds(start_up)}" if start_up else ""


def _left(row: EndRow) -> str:
    return short_pounds(row.left_pence)


def _left_under(row: EndRow) -> str:
    free = row.free_pence + row.start_up_left_pence
    return f"{short_pounds(free)} free" if row.is_bound and row.end.carried is None else ""


def _carried(row: EndRow) -> str:
    return NOTHING if row.end.carried is None else short_pounds(row.end.carried.whole_pence)


def _carried_words(row: EndRow) -> str:
    return "Not decided" if row.end.carried is None else f"{_carried(row)} carried forward"


def _apart(row: EndRow) -> str:
    if row.end.carried is None:
        return "not decided"
    apart = row.end.carried.whole_pence - row.left_pence
    if not apart:
        return "all that is left"
    return f"{short_pounds(abs(apart))} {'more' if apart > 0 else 'less'} than left"


def _next(row: EndRow) -> str:
    return NOTHING if row.end.allocated is None else short_pounds(row.end.allocated.whole_pence)


COLUMNS = (
    LineColumn(
        "name", "Area, line or award", _name, row_name, under=_under, is_strong=True, brief="Line or award"
    ),
    LineColumn("money", "Money", _money, _money, is_right=True, width=88),
    LineColumn(
        "committed",
        "Commitment",
        _committed,
        _committed_words,
        _committed_words,
        chip=_committed_chip,
        is_right=True,
        width=110,
        gives_way=Gives.FIGURES + 2,
    ),
    LineColumn("spent", "Spent", _spent, _spent, under=_spent_under, is_right=True, width=116),
    LineColumn(
        "left",
        "Unspent",
        _left,
        _left,
        under=_left_under,
        is_right=True,
        width=96,
        gives_way=Gives.FIGURES + 3,
    ),
    LineColumn("carried", "Carry forward", _carried, _carried_words, under=_apart, is_right=True, width=140),
    LineColumn("next", "Next year", _next, _next, is_right=True, width=86, gives_way=Gives.FIGURES + 1),
)
