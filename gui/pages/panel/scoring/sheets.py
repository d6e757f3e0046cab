"""One member's sheets as the window holds them, a step ahead of the record, and the one on show."""

from collections.abc import Callable, Mapping
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import PageTools, Place
from gui.record.server.planning_ahead import plan_ahead
from models.operation import Operation, Outcome
from models.operations.panel.sheets import SetMark, SetReason
from models.queries.applications.reading import Reading, reading
from models.queries.panel.score_sheets import (
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

EDITABLE = (SheetState.OPEN, SheetState.READY)


class Sheets(QObject):
    """Ask for a member's sheets, and give marks and reasons on them.

    A mark or a reason shows at once, as the record will have it; what it answers to another question takes
    its place as soon as nothing is under way.
    """

    came = Signal()
    changed = Signal(str)

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._workspace = tools, tools.workspace
        self._key: tuple[int, str | None] | None = None
        self._under_way = 0
        self._is_stale = False
        self.is_paper = False
        self.all: ScoreSheets | None = None
        self.kept: dict[str, str] = {}
        self._workspace.failed.connect(self._put_right)

    @property
    def round_id(self) -> int:
        """Return the number of the round that is looked at, 0 for none."""
        return self._key[0] if self._key else 0

    @property
    def member(self) -> str | None:
        """Return whose sheets these are."""
        return self._key[1] if self._key else None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of the criteria that are marked, in order."""
        return self.all.scheme.judged_codes if self.all else ()

    def line(self, reference: str) -> SheetLine | None:
        """Return one sheet."""
        lines = self.all.lines if self.all else ()
        return next((line for line in lines if line.reference == reference), None)

    def is_at(self, round_id: int, member: str | None, *, is_paper: bool = False) -> bool:
        """Whether these are the sheets that are looked at already."""
        return (self._key, self.is_paper) == ((round_id, member), is_paper)

    def look_at(self, round_id: int, member: str | None, *, is_paper: bool = False) -> None:
        """Go to a round's sheets of a member, None for somebody who has none.

        With `is_paper` somebody else types in what the member gave on paper.
        """
        if not self.is_at(round_id, member, is_paper=is_paper):
            self._key, self.is_paper = (round_id, member), is_paper
            self.all = None
            self.kept = {}
            self._under_way = 0
            self._workspace.ask_drafts(self._field(""), self._take_drafts)
        self.refresh()

    @Slot()
    def leave(self) -> None:
        """Hold nothing: no round is on show."""
        self._key, self.all, self.kept = None, None, {}
        self._tools.questions.forget(self._take)  # an answer under way is of a round that was left

    def follow_change(self) -> None:
        """Ask the record again, but for changes of one's own, which are shown already or ask when done."""
        if not self._under_way:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._key is not None:
            round_id, member = self._key
            viewer = self._tools.identity.viewer
            query = partial(score_sheets, round_id=round_id, viewer=viewer, of=member)
            self._tools.ask(query, self._take)

    def read(self, reference: str, done: Callable[[Reading], object]) -> None:
        """Ask for the text of one application."""
        viewer = self._tools.identity.viewer
        query = partial(reading, round_id=self.round_id, viewer=viewer, reference=reference)
        self._workspace.ask(query, done)

    def ask_peers(self, reference: str, done: Callable[[tuple[PeerSheet, ...]], object]) -> None:
        """Ask for the others' sheets; the own one is handed in."""
        viewer = self._tools.identity.viewer
        if self.member is not None and self.member == viewer.member:
            query = partial(peer_sheets, round_id=self.round_id, viewer=viewer, reference=reference)
            self._workspace.ask(query, done)

    def mark(self, reference: str, code: str, value: int | None) -> None:
        """Give a mark, or take it back (None)."""
        line = self.line(reference)
        if line is None or line.state not in EDITABLE or self._key is None or self._key[1] is None:
            return
        stands = line.marks[self.codes.index(code)]
        if stands == value or self._workspace.refuses():
            return
        self._put(with_mark(line, self.codes, code, value))
        self._write(SetMark(self._key[0], self._key[1], reference, code, value, stands, self.is_paper))

    def explain(self, reference: str, code: str, text: str) -> None:
        """Write a reason; it is kept as a draft until it stands, and offered again where it is refused."""
        line = self.line(reference)
        if line is None or line.state not in EDITABLE or self._key is None or self._key[1] is None:
            return
        stands = line.reasons[self.codes.index(code)]
        if stands == text:
            return
        self.kept[f"{reference}/{code}"] = text
        if self._workspace.refuses():
            self.keep(reference, code, text)
            return
        self._put(with_reason(line, self.codes, code, text))
        operation = SetReason(self._key[0], self._key[1], reference, code, text, stands, self.is_paper)
        self._write(operation, partial(self._drop_saved, reference, code, text))

    def keep(self, reference: str, code: str, text: str) -> None:
        """Keep what is being typed against a crash."""
        if self._key is not None and not self._is_copy:
            self._workspace.keep_draft(self._field(f"{reference}/{code}"), text)

    def drop(self, reference: str, code: str) -> None:
        """Drop what was kept of a reason."""
        self.kept.pop(f"{reference}/{code}", None)
        self.keep(reference, code, "")

    def _drop_saved(self, reference: str, code: str, text: str) -> None:
        """Drop what is saved by now, but not what was typed after it."""
        if self.kept.get(f"{reference}/{code}") == text:
            self.drop(reference, code)

    def drafts_of(self, reference: str) -> dict[str, str]:
        """Return the text that was typed and is not saved, by criterion, where it says more."""
        line = self.line(reference)
        if line is None or line.state not in EDITABLE:
            return {}
        standing = dict(zip(self.codes, line.reasons, strict=True))
        found = {code: self.kept.get(f"{reference}/{code}", "") for code in self.codes}
        return {code: text for code, text in found.items() if text and text != standing[code]}

    def perform(self, operation: Operation, done: Callable[[], object] | None = None) -> None:
        """Make another change to these sheets, and ask the record what they are then."""
        self._write(operation, done, is_shown=False)

    @property
    def _is_copy(self) -> bool:
        facts = self._workspace.facts
        return facts is None or facts.is_copy

    def _field(self, rest: str) -> str:
        round_id, member = self._key or (0, None)
        return f"reason/{round_id}/{member or ''}/{rest}"

    def _write(
        self, operation: Operation, done: Callable[[], object] | None = None, *, is_shown: bool = True
    ) -> None:
        self._under_way += 1
        self._is_stale = self._is_stale or not is_shown
        self._workspace.perform(operation, partial(self._performed, done))

    def _performed(self, done: Callable[[], object] | None, outcome: Outcome) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if done is not None:
            done()
        if self._is_stale and not self._under_way:
            self.refresh()

    def _put(self, line: SheetLine) -> None:
        assert self.all is not None, "a line of sheets that are held"
        lines = tuple(line if old.reference == line.reference else old for old in self.all.lines)
        self.all = replace(self.all, lines=lines)
        self.changed.emit(line.reference)

    def _take(self, sheets: ScoreSheets) -> None:
        self._is_stale = bool(self._under_way)  # it may have been read before what is under way is written
        if not self._under_way:
            self.all = sheets
            self.came.emit()
            self._plan_ahead(sheets)

    def _plan_ahead(self, sheets: ScoreSheets) -> None:
        """Let a server get ready for the first mark on one of these sheets."""
        line = next((line for line in sheets.lines if line.state in EDITABLE), None)
        if self.member is not None and line is not None:
            on = self.round_id, self.member, line.reference, self.codes[0]
            plan_ahead(self._workspace.session, SetMark(*on, 0, line.marks[0], self.is_paper))

    def _take_drafts(self, found: Mapping[str, str]) -> None:
        start = self._field("")
        self.kept = {field.removeprefix(start): text for field, text in found.items()}

    @Slot(object)
    def _put_right(self, error: Exception) -> None:
        """Show what stands in the record after a change was refused."""
        if self._under_way:
            self._under_way = 0
            self.refresh()


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
