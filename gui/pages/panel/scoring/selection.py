"""Which sheets are on show, and which one of them the member is at."""

from gui.pages.page import Place
from gui.pages.panel.scoring.sheets import EDITABLE, Sheets
from models.queries.panel.score_sheets import SheetLine, SheetState, missing_reasons, next_sheet


class Shown:
    """The sheets of the area in the header, in order, one of them on show."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.place: Place | None = None
        self.reference = ""
        self._skipped: set[str] = set()
        self._every: tuple[SheetLine, ...] = ()
        self._area: str | None = None
        self._lines: tuple[SheetLine, ...] = ()

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        """Return the sheets of the area on show: a thousand are looked through once, and not twenty times."""
        area = self.place.area if self.place else None
        every = self._sheets.all.lines if self._sheets.all else ()
        if every is not self._every or area != self._area:
            self._every, self._area = every, area
            self._lines = tuple(line for line in every if area in (None, line.area))
        return self._lines

    @property
    def current(self) -> SheetLine | None:
        """Return the sheet on show."""
        return next((line for line in self.lines if line.reference == self.reference), None)

    @property
    def number(self) -> int:
        """Return the number of the sheet on show, 0 when there is none."""
        references = [line.reference for line in self.lines]
        return references.index(self.reference) if self.reference in references else 0

    @property
    def ready(self) -> tuple[str, ...]:
        """Return which of the sheets on show are full, with the reasons required, and not handed in."""
        full = (line for line in self.lines if line.state is SheetState.READY)
        return tuple(line.reference for line in full if not self.missing_reasons(line))

    @property
    def lacking(self) -> tuple[str, ...]:
        """Return which of the full sheets lack a reason that the round requires."""
        full = (line for line in self.lines if line.state is SheetState.READY)
        return tuple(line.reference for line in full if self.missing_reasons(line))

    def missing_reasons(self, line: SheetLine) -> tuple[str, ...]:
        """Return the criteria on which a sheet lacks a reason that the round requires."""
        held = self._sheets.all
        return () if held is None else missing_reasons(line, self._sheets.codes, held.reasons)

    @property
    def following(self) -> int | None:
        """Return the number of the sheet to go on to, None when all are scored, and the last one is read."""
        lines, current = self.lines, self.current
        waiting = next_sheet(lines, self.number, self._skipped)
        if waiting is None and current is not None and current.state not in EDITABLE:
            return self.number + 1 if self.number + 1 < len(lines) else None
        return waiting

    def next_area(self, state: SheetState) -> str:
        """Return the next area after the one on show with a sheet in a state, "" for none."""
        every = self._sheets.all.lines if self._sheets.all else ()
        return (
            self.place.next_area({line.area for line in every if line.state is state}) if self.place else ""
        )

    @property
    def is_at_end(self) -> bool:
        """Whether the sheet on show takes no marks, and none comes after it."""
        line = self.current
        return line is not None and line.state not in EDITABLE and self.following is None

    def begin_again(self) -> None:
        """Remember no sheet and none that was skipped: these are another member's, or another round's."""
        self.reference = ""
        self._skipped.clear()

    def skip(self) -> None:
        """Leave the sheet on show for the end, when it is still to be marked."""
        if self.current is not None and self.current.state is SheetState.OPEN:
            self._skipped.add(self.reference)

    def settle(self) -> SheetLine:
        """Return the sheet on show; where there is none, the first to be marked comes on show."""
        if self.current is None:
            first = next_sheet(self.lines, -1, self._skipped)
            self.reference = self.lines[first or 0].reference
        assert self.current is not None, "there is at least one line"
        return self.current
