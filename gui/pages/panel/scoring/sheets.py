"""One member's sheets as the window holds them, a step ahead of the record, and what is said of them."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, cast

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import DECLARE, PageTools, Place
from gui.pages.panel.kept import KeptTexts
from gui.text import counted, listed
from gui.theme.look import Tone
from models.operation import Operation, Outcome
from models.operations.panel.sheets import SetMark, SetReason
from models.queries.applications.reading import Reading, reading
from models.queries.panel.score_sheets import (
    CLOSED,
    TO_SCORE,
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
from scoring.marks.meeting import reopened_because
from scoring.marks.sheets import SheetTotal, sheet_total
from scoring.round import InterestKind
from scoring.written.days import short_month
from scoring.written.text import as_sentence, with_capital

DECLARE_FIRST = "Declare your interests first. Applications open after that."
CHOOSE_PERSON = "Who is using this laptop…"
NOT_A_MEMBER = "Members of the panel score here, and you are not on this round’s panel."
OWN_NAME = "Members score here under their own names."
AT_FOOT = "A member who sits at this laptop chooses their own name first, at the foot of the window."
CHOOSE_PAPER = (
    "To type in a sheet that was filled in on paper, choose above whose it is. Its marks count as the "
    "member’s, and History keeps that you typed them in."
)
NOT_SCORING = (
    "You said that you do not score in this round: no sheet is expected from you. You still chair the "
    "meeting and decide there."
)
SCORE_AFTER_ALL = "I score after all"
OTHERS_CLOSED = "Others’ marks open when you hand in"
OTHERS_OPEN = "Others’ marks are open"
NOT_ON_MARKS = "Digits give marks on the score sheet. Press F6 to go there, or click a criterion."
NOT_ON_CELL = "Digits give marks in the columns of the criteria. Press Right to go there."

KIND_WORDS = {
    InterestKind.NONE: "None",
    InterestKind.NON_PECUNIARY: "Other interest",
    InterestKind.PECUNIARY: "Money",
    InterestKind.PREJUDICIAL: "Prejudicial",
    InterestKind.ABSTAINED: "Abstained",
}
KIND_MEANINGS = {
    InterestKind.NONE: "no connection with the applicant or the project",
    InterestKind.NON_PECUNIARY: "I know them, or belong to them, without money in it",
    InterestKind.PECUNIARY: "I, my family or my employer could gain or lose money",
    InterestKind.PREJUDICIAL: "a fair person would think I had made up my mind",
}
STAGE_WORDS = {
    "intake": "set up",
    "scoring": "scoring",
    "meeting": "the meeting",
    "recommending": "recommending",
    "deciding": "deciding",
    "done": "done",
}


def no_sheet_words(*, is_paper: bool, is_shared: bool) -> str:
    """Say to whoever has no sheet who scores here; in a record on a server members are at their own desks."""
    way = "They sign on to the office server with their own login." if is_shared else AT_FOOT
    return f"{OWN_NAME} {way} {CHOOSE_PAPER}" if is_paper else f"{NOT_A_MEMBER} {way}"


def sheet_words(item: str, state: str, total: str) -> str:
    """Return what is heard of a sheet that comes on show: which, how it stands, its total if it has one."""
    return " ".join(f"{words.removesuffix('.')}." for words in (item, state, total) if words)


REOPENED_BELOW = "Handed in. As the chair you can reopen it, below the others’ marks."


def opener_words(chairs: Sequence[str], *, may_open: bool) -> str:
    """Return who opens an area and where, for the person at the laptop: "You open it …", "The chair, …"."""
    named = f", {chairs[0]}," if chairs else ""
    who = "You open" if may_open else f"The chair{named} opens"
    return f"{who} it with the stages at the top."


def closed_words(line: SheetLine, opener: str) -> str:
    """Return why an application is closed to the member, or its sheet locked; "" when it is open."""
    if line.state is SheetState.UNDECLARED:
        return DECLARE_FIRST
    if line.state is SheetState.CONFLICT:
        kept = " Your sheet for it is not counted; it is kept in History." if line.is_void else ""
        return (
            f"You declared an interest in {line.reference}. Its text and marks stay closed to you and you "
            f"take no part in it at the meeting. If that is wrong, ask the chair.{kept}"
        )
    if line.state is SheetState.ABSTAINED:
        return f"You abstained on {line.reference}. You have no sheet for it and do not count toward quorum."
    if line.state is SheetState.WAITING:
        return f"{line.area} is not open for scoring yet. {opener}"
    if line.state is SheetState.MISSED:
        return f"Marks closed: {line.area} is at {STAGE_WORDS.get(line.stage, line.stage)}."
    if line.state is SheetState.HANDED_IN:
        return f"Handed in.{' Only the chair can reopen it.' if line.stage == 'scoring' else ''}"
    return ""


def refusal_words(line: SheetLine, code: str, who: str, opener: str) -> str:
    """Return why a digit gives no mark on a criterion, "" when it can; `who` is "" for the own sheets."""
    said = {SheetState.CONFLICT: "declared an interest in", SheetState.ABSTAINED: "abstained on"}
    if line.state in said:
        return f"{who or 'You'} {said[line.state]} {line.reference}: it takes no mark."
    if line.state is SheetState.UNDECLARED:
        return paper_words(who) if who else DECLARE_FIRST
    if code in line.not_applicable:
        why = dict(line.why_not_applicable).get(code, "")
        return (
            f"{code} takes no mark on {line.reference}: the chair set it aside{f' ({why})' if why else ''}."
        )
    return closed_words(line, opener)


def reopened_words(why: str) -> str:
    """Return what stands over a sheet that was reopened."""
    return as_sentence(with_capital(reopened_because(why)))


def paper_words(name: str) -> str:
    """Return what is said of a member who has not declared, whose sheets are then closed to all."""
    return f"{name} has not declared interests yet. Sheets open after that, on paper too."


def reasons_words(reference: str, codes: Sequence[str]) -> str:
    """Return why a sheet is not handed in: "W-003 has no reason on A1 and A4. This round requires …"."""
    return f"{reference} has no reason on {listed(codes)}. This round requires one beside each mark."


def all_scored_words(lines: Sequence[SheetLine]) -> str:
    """Return what is said once nothing is left to score."""
    mine = [line for line in lines if line.state in TO_SCORE]
    ready = sum(line.state is SheetState.READY for line in mine)
    if ready:
        return f"All {len(mine)} scored. {counted(ready, 'sheet is', 'sheets are')} ready to hand in."
    return f"All {len(mine)} scored and handed in."


def runs_words(start: date | None, end: date | None) -> str:
    """Return when a project runs: "Jan–Jul 2027", "" when that is not known."""
    if start is None or end is None:
        return ""
    if start.year == end.year:
        return (
            f"{short_month(start)[:-5]}–{short_month(end)}" if start.month != end.month else short_month(end)
        )
    return f"{short_month(start)}–{short_month(end)}"


def say_interest(reference: str) -> str:
    """Ask for the words that every interest is declared with."""
    return f"Say in a few words what the interest in {reference} is. They are recorded with the declaration."


class NoSheet(NamedTuple):
    """What is said in place of a sheet.

    `button` is what leads on, "" for nothing, and `why_not` why it does nothing here, "" when it does.
    """

    words: str
    button: str = ""
    why_not: str = ""


def no_sheet(
    sheets: ScoreSheets, lines: Sequence[SheetLine], paper: str | None, *, is_shared: bool
) -> NoSheet | None:
    """Return why none of these lines is shown as a sheet, None where they are.

    `paper` names the member whose paper sheets the office types in, None for a member's own sheets;
    `is_shared` says that the record lies on a server.
    """
    is_paper = paper is not None
    if sheets.member is None:
        words = no_sheet_words(is_paper=is_paper, is_shared=is_shared)
        return NoSheet(words, "" if is_shared else CHOOSE_PERSON)
    if not sheets.has_declared:
        return NoSheet(DECLARE_FIRST if paper is None else paper_words(paper), DECLARE)
    if lines:
        return None
    if not sheets.scores and not is_paper:
        return NoSheet(NOT_SCORING, SCORE_AFTER_ALL, sheets.why_not_scoring)
    return NoSheet("No applications to score here yet.")


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
        self.is_paper, self.reference, self.is_by_reference = False, "", False
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

    def turn_order(self) -> None:
        """Change between the member's reading order and that of the references, and stay at the sheet."""
        self.is_by_reference = not self.is_by_reference
        self._hold(self.all)
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
        lines = [line for line in every if area in (None, line.area)]
        if self.is_by_reference:
            areas = [*dict.fromkeys(line.area for line in lines)]
            lines.sort(key=lambda line: (areas.index(line.area), line.reference))
        self.lines = tuple(lines)
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
