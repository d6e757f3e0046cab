"""One member's sheets as the window holds them, a step ahead of the record, and the one on show."""

from collections.abc import Callable
from functools import partial
from typing import cast

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools, Place
from gui.pages.panel.kept import KeptTexts
from gui.text import counted
from gui.theme.tokens import Tone
from models.operation import Operation, Outcome
from models.operations.panel.sheets import SetMark, SetReason
from models.queries.applications.reading import Reading, reading
from models.queries.panel.score_sheets import (
    CLOSED,
    PeerSheet,
    ScoreSheets,
    SheetLine,
    SheetState,
    missing_reasons,
    next_sheet,
    peer_sheets,
    score_sheets,
    with_mark,
    with_reason,
)
from scoring.marks.sheets import SheetTotal, sheet_total
from scoring.written.text import with_capital

EDITABLE = (SheetState.OPEN, SheetState.READY)
Done = Callable[[Outcome], object]


class OnShow(Struct, frozen=True):
    """One of the sheets that are held, as it is drawn; `item` says which it is.

    `closed` says why it cannot be changed, "" where it can. `onward` is what the button at the foot leads to
    where no sheet follows one that is locked, "" is nowhere; None where one does.
    """

    held: ScoreSheets
    line: SheetLine
    item: str
    closed: str
    may_set_aside: bool
    onward: str | None

    @property
    def is_in(self) -> bool:
        """Whether it is handed in."""
        return self.line.state is SheetState.HANDED_IN

    @property
    def total(self) -> SheetTotal | None:
        """Return what its marks come to, None where the application is closed to the member."""
        line = self.line
        return (
            None if line.state in CLOSED else sheet_total(self.held.scheme, line.marks, line.not_applicable)
        )

    def given(self, number: int) -> tuple[int | None, str]:
        """Return mark and reason of a criterion; a line that is closed to the member has none."""
        line = self.line
        return (line.marks[number], line.reasons[number]) if line.marks else (None, "")

    def tell(self, total: SheetTotal) -> tuple[Tone, str]:
        """Say what is still to be given before it is handed in."""
        codes = self.held.scheme.judged_codes
        if self.line.state not in EDITABLE:
            return Tone.FUND if self.is_in else Tone.INFORMATION, with_capital(self.line.state)
        if total.missing:
            return Tone.INFORMATION, counted(len(total.missing), "mark to give", "marks to give")
        if lacking := len(missing_reasons(self.line, codes, self.held.reasons)):
            return Tone.INFORMATION, counted(lacking, "reason to give", "reasons to give")
        return Tone.FUND, "Ready to hand in"


class Sheets(QObject):
    """Ask for a member's sheets, and give marks and reasons on them.

    `round_id` is 0 for no round. `lines` are those of the header's area, `reference` is of the one on show.
    A mark or a reason shows at once, as the record will have it; what it answers to another question takes
    its place as soon as nothing is under way.
    """

    came = Signal()
    changed = Signal(str)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._workspace = tools, tools.workspace
        self.round_id, self.member = 0, cast("str | None", None)
        self._under_way, self._is_stale = 0, False
        self._skipped: set[str] = set()
        self.place: Place | None = None
        self.is_paper, self.reference = False, ""
        self.all: ScoreSheets | None = None
        self.lines: tuple[SheetLine, ...] = ()
        self.codes: tuple[str, ...] = ()
        self.kept = KeptTexts(tools.workspace)
        self._workspace.failed.connect(self._put_right)

    @property
    def is_away(self) -> bool:
        """Whether they are in a record of the member's own, where nobody else's marks are."""
        return self._tools.identity.is_away

    def line(self, reference: str) -> SheetLine | None:
        """Return one sheet."""
        lines = self.all.lines if self.all else ()
        return next((line for line in lines if line.reference == reference), None)

    @property
    def current(self) -> SheetLine | None:
        """Return the sheet on show."""
        return next((line for line in self.lines if line.reference == self.reference), None)

    @property
    def number(self) -> int:
        """Return the number of the sheet on show, 0 when there is none."""
        return next((n for n, line in enumerate(self.lines) if line.reference == self.reference), 0)

    @property
    def full(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return which of the full sheets are ready to be handed in, and which lack a required reason."""
        full = [line for line in self.lines if line.state is SheetState.READY]
        lacking = tuple(line.reference for line in full if self.missing_reasons(line))
        return tuple(line.reference for line in full if line.reference not in lacking), lacking

    def missing_reasons(self, line: SheetLine) -> tuple[str, ...]:
        """Return the criteria on which a sheet lacks a reason that the round requires."""
        return () if self.all is None else missing_reasons(line, self.codes, self.all.reasons)

    @property
    def following(self) -> int | None:
        """Return the number of the sheet to go on to, None when all are scored, and the last one is read."""
        current, after = self.current, self.number + 1
        waiting = next_sheet(self.lines, self.number, self._skipped)
        if waiting is None and current is not None and current.state not in EDITABLE:
            return after if after < len(self.lines) else None
        return waiting

    def next_area(self, state: SheetState) -> str:
        """Return the next area after the one on show with a sheet in a state, "" for none."""
        every = self.all.lines if self.all else ()
        areas = {line.area for line in every if line.state is state}
        return self.place.next_area(areas) if self.place else ""

    def go_to(self, reference: str) -> None:
        """Let another sheet come on show."""
        self.reference = reference
        self.came.emit()

    def skip(self) -> None:
        """Leave the sheet on show for the end, when it is still to be marked."""
        if self.current is not None and self.current.state is SheetState.OPEN:
            self._skipped.add(self.reference)

    def settle(self) -> SheetLine:
        """Return the sheet on show; where there is none, the first to be marked comes on show."""
        if self.current is None:
            self.reference = self.lines[next_sheet(self.lines, -1, self._skipped) or 0].reference
        assert self.current is not None, "there is at least one line"
        return self.current

    def look_at(self, place: Place | None, member: str | None = None, *, is_paper: bool = False) -> bool:
        """Go to a member's sheets in a round, None for somebody who has none, or (None) to no round.

        With `is_paper` somebody else types in what the member gave on paper. The record is not asked yet.
        Return whether they are others than those looked at before, of which nothing stays.
        """
        of = (0, None, is_paper) if place is None else (place.line.round_id, member, is_paper)
        self.place, is_other = place, of != (self.round_id, self.member, self.is_paper)
        if is_other:
            self.round_id, self.member, self.is_paper = of
            self._under_way, self.reference = 0, ""
            self._skipped.clear()
            self.kept.begin("" if place is None else f"reason/{self.round_id}/{self.member or ''}/")
            self._tools.questions.forget(self._take)  # an answer under way is of sheets that were left
        self._hold(None if is_other else self.all)
        return is_other

    @property
    def is_under_way(self) -> bool:
        """Whether a change of one's own is on its way to the record."""
        return self._under_way > 0

    def refresh(self) -> None:
        """Ask the record again."""
        if self.round_id:
            viewer = self._tools.identity.viewer
            query = partial(score_sheets, round_id=self.round_id, viewer=viewer, of=self.member)
            self._tools.ask(query, self._take)

    def read(self, done: Callable[[Reading], object]) -> None:
        """Ask for the text of the application on show."""
        viewer = self._tools.identity.viewer
        query = partial(reading, round_id=self.round_id, viewer=viewer, reference=self.reference)
        self._workspace.ask(query, done)

    def ask_peers(self, done: Callable[[tuple[PeerSheet, ...]], object]) -> None:
        """Ask for the others' sheets of the application on show; the own one is handed in."""
        viewer = self._tools.identity.viewer
        if self.member is not None and self.member == viewer.member:
            query = partial(peer_sheets, round_id=self.round_id, viewer=viewer, reference=self.reference)
            self._workspace.ask(query, done)

    @Slot(str, str, object)
    def mark(self, reference: str, code: str, value: int | None) -> None:
        """Give a mark, or take it back (None)."""
        line = self._open_line(reference)
        stands = None if line is None else line.marks[self.codes.index(code)]
        if line is not None and stands != value and not self._workspace.refuses():
            self._put(with_mark(line, self.codes, code, value))
            self._write(SetMark(*self.whose, reference, code, value, stands, self.is_paper))

    @Slot(str, str, str)
    def explain(self, reference: str, code: str, text: str) -> None:
        """Write a reason; it is kept as a draft until it stands, and offered again where it is refused."""
        line = self._open_line(reference)
        stands = "" if line is None else line.reasons[self.codes.index(code)]
        if stands == text:
            return
        self.kept.texts[reference, code] = text
        if line is None or self._workspace.refuses():
            self.kept.keep(reference, code, text)
            return
        self._put(with_reason(line, self.codes, code, text))
        operation = SetReason(*self.whose, reference, code, text, stands, self.is_paper)
        self._write(operation, lambda outcome: self.kept.drop_saved(reference, code, text))

    @Slot(str, str, bool)
    def keep_for_panel(self, reference: str, code: str, is_kept: bool) -> None:
        """Keep a reason for the panel, so that no draft for an applicant tells it, or let it be told."""
        line = self._open_line(reference)
        if line is None:
            return
        if self._workspace.refuses():
            self._put(line)
            return
        stands = line.reasons[self.codes.index(code)]
        self._put(replace(line, for_panel=line.for_panel | {code} if is_kept else line.for_panel - {code}))
        self._write(SetReason(*self.whose, reference, code, stands, stands, self.is_paper, is_kept))

    def _open_line(self, reference: str) -> SheetLine | None:
        """Return a sheet that takes marks, None where it does not."""
        line = self.line(reference)
        return line if line is not None and line.state in EDITABLE and self.member is not None else None

    @property
    def whose(self) -> tuple[int, str]:
        """Return the round and the member whose sheets are changed."""
        assert self.member is not None, "whose sheet is changed"
        return self.round_id, self.member

    def drafts_of(self, reference: str) -> dict[str, str]:
        """Return the text that was typed and is not saved, by criterion, where it says more."""
        line = self.line(reference)
        if line is None or line.state not in EDITABLE:
            return {}
        return self.kept.of(reference, dict(zip(self.codes, line.reasons, strict=True)))

    def perform(self, operation: Operation, done: Done) -> None:
        """Make another change to these sheets, then do something and ask the record what they are."""
        self._is_stale = True
        self._write(operation, done)

    def _write(self, operation: Operation, done: Done | None = None) -> None:
        self._under_way += 1
        self._workspace.perform(operation, partial(self._performed, done))

    def _performed(self, done: Done | None, outcome: Outcome) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if done is not None:
            done(outcome)
        if self._is_stale and not self._under_way:
            self.refresh()

    def _put(self, line: SheetLine) -> None:
        assert self.all is not None, "a line of sheets that are held"
        lines = tuple(line if old.reference == line.reference else old for old in self.all.lines)
        self._hold(replace(self.all, lines=lines))
        self.changed.emit(line.reference)

    def _hold(self, sheets: ScoreSheets | None) -> None:
        """Hold these sheets; those of the area on show are picked out once, and not at every look."""
        area, every = self.place and self.place.area, sheets.lines if sheets else ()
        self.lines = tuple(line for line in every if area in (None, line.area))
        if sheets is None or self.all is None or sheets.scheme is not self.all.scheme:
            self.codes = sheets.scheme.judged_codes if sheets else ()
        self.all = sheets

    def _take(self, sheets: ScoreSheets) -> None:
        self._is_stale = bool(self._under_way)  # it may have been read before what is under way is written
        if not self._under_way:
            self._hold(sheets)
            self.came.emit()
            self._plan_ahead(sheets)

    def _plan_ahead(self, sheets: ScoreSheets) -> None:
        """Let a server get ready for the first mark on one of these sheets."""
        line = next((line for line in sheets.lines if line.state in EDITABLE), None)
        if self.member is not None and line is not None:
            first = SetMark(*self.whose, line.reference, self.codes[0], 0, line.marks[0], self.is_paper)
            self._workspace.session.plan_ahead(first)

    @Slot(object)
    def _put_right(self, error: Exception) -> None:
        """Show what stands in the record after a change was refused."""
        if self._under_way:
            self._under_way = 0
            self.refresh()
