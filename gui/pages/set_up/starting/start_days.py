"""The dates of a round that is started; copied from the last round, each moves by the same distance."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.grid.inputs import FigureBox, labelled
from gui.pages.set_up.starting.reading import date_text, in_order, near_date, optional_date, written_date
from gui.text import counted
from gui.theme.office_words import ours
from gui.widgets.label import small
from gui.widgets.nesting import column_of, nest, row_of
from models.operations.set_up.rounds import OwnDates
from models.queries.set_up.criteria import RoundCopy
from models.values.rounds import FIELDS, AreaDates, distance, known_days, moved, moved_like

HINT = "such as 2 December 2026"
DATES = ("Applications open", "Applications close", "Marks close", "Panel meets")
FOLLOW = "Change the first and the others follow. Areas that had other dates keep their distance from these."
MARKS = 2
"""From which day on a day without a year is one to come, or after the day before it."""


class StartDays(QWidget):
    """Four days for all areas, and how far they are from those of the round that is copied."""

    def __init__(self) -> None:
        super().__init__()
        self._source: RoundCopy | None = None
        self._last = AreaDates()
        self._offered = AreaDates()
        self.boxes = tuple(
            FigureBox(words, partial(self._read, at), HINT, written_date, check=partial(self._check, at))
            for at, words in enumerate(DATES)
        )
        self.words = small()
        column = column_of(spacing=6, inside=self)
        for pair in (0, 2):
            row = row_of(spacing=12)
            for at in (pair, pair + 1):
                nest(row, labelled(DATES[at], self.boxes[at]), 1)
            nest(column, row)
        column.addWidget(self.words)
        self.words.hide()
        for at, box in enumerate(self.boxes):
            box.given.connect(partial(self._follow, at))

    def offer(self, source: RoundCopy | None, year: str, today: date) -> None:
        """Offer the days of a round that is copied, moved; None takes back what was offered."""
        kept = self._typed()
        self._source = source
        self._last = usual_dates(source.dates) if source else AreaDates()
        by = timedelta() if source is None else distance(self._last, source.year, year, today)
        opens = self._opens() if 0 in kept else None
        if opens is not None and self._last.opens_on is not None:
            by = opens - self._last.opens_on
        self._show(moved(self._last, by), kept)

    @property
    def dates(self) -> AreaDates:
        """Return the days of all areas; raise ValueError where one cannot be read."""
        opens, closes, marks, meets = (_day(box.value) for box in self.boxes)
        at = self._last.closes_time if closes else None
        return AreaDates(opens, closes, marks, meets, closes_time=at)

    def own_dates(self, areas: Sequence[str]) -> tuple[OwnDates, ...]:
        """Return the days of those areas whose days differed in the round that is copied, moved as theirs."""
        if self._source is None:
            return ()
        new = self.dates
        held = {area.name: own for area, own in zip(self._source.areas, self._source.dates, strict=True)}
        own = {name: moved_like(held[name], self._last, new) for name in areas if name in held}
        return tuple(OwnDates(name, dates) for name, dates in own.items() if dates != new)

    def first_unread(self) -> QWidget | None:
        """Return the first box that says what is wrong, else that cannot be read; None where all can be."""
        for box in sorted(self.boxes, key=lambda one: not one.is_unread):
            try:
                _ = box.value
            except ValueError:
                return box.line
        return None

    def _follow(self, at: int, day: object) -> None:
        """Move the days that nobody typed by the distance of the first that somebody did."""
        offered = self._offered.opens_on
        if isinstance(day, date) and offered is not None and at == 0:
            self._show(moved(self._offered, day - offered), {0} | self._typed())
        for box in self.boxes:
            box.look_again()

    def _check(self, at: int, day: object) -> None:
        """Raise ValueError where a day is before the last one known that it has to follow."""
        days: list[date | None] = [None] * len(DATES)
        days[at] = _day(day)
        for here, before in self._before(at):
            days[here] = before
        opens, closes, marks, meets = days
        in_order(AreaDates(opens, closes, marks, meets))

    def _read(self, at: int, text: str) -> date | None:
        """Read a day: applications may be over when their round is set up, what comes after follows them."""
        near = near_date(text)
        before = next((day for _, day in self._before(at)), None)
        follows = near is not None and before is not None and near >= before
        return near if at < MARKS or follows else optional_date(text)

    def _before(self, at: int) -> Iterator[tuple[int, date]]:
        """Yield the last day that is known before one, with its place; none where none is."""
        for here in reversed(range(at)):
            day = _readable(partial(self._read, here), self.boxes[here].line.text())
            if day is not None:
                yield here, day
                return

    def _opens(self) -> date | None:
        try:
            return _day(self.boxes[0].value)
        except ValueError:
            return None

    def _typed(self) -> set[int]:
        """Return the boxes in which something stands that was not offered."""
        offered = [date_text(getattr(self._offered, name)) for name in FIELDS]
        return {at for at, box in enumerate(self.boxes) if box.line.text().strip() != offered[at]}

    def _show(self, offered: AreaDates, kept: set[int]) -> None:
        self._offered = offered
        for at, (name, box) in enumerate(zip(FIELDS, self.boxes, strict=True)):
            if at not in kept:
                box.show_text(date_text(getattr(offered, name)))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Say by how much the days moved."""
        source, days = self._source, known_days(self._last)
        self.words.setVisible(source is not None and bool(days))
        if source is None or not days:
            return
        by = (known_days(self._offered)[0] - days[0]).days
        weeks = counted(by // 7, "week", "weeks") if by % 7 == 0 else counted(by, "day", "days")
        stays = ", on the same days of the week" if by % 7 == 0 else ""
        self.words.setText(f"Each is {weeks} after the date in {source.words}{stays}. {ours(FOLLOW)}")


def usual_dates(dates: Sequence[AreaDates]) -> AreaDates:
    """Return the dates that most areas have; of equally many the first."""
    counts = Counter(replace(one, allocated_on=None) for one in dates)
    return counts.most_common(1)[0][0] if counts else AreaDates()


def _readable(read: Callable[[str], date | None], text: str) -> date | None:
    try:
        return read(text.strip())
    except ValueError:
        return None


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
