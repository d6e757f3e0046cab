"""Decisions: the panel's recommendations on the left, the deciding office's answer on the right."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from gui.listed.page import ListedPage, Own, Wanted
from gui.listed.side import OwnSide
from gui.listed.view import ONE, ListedView
from gui.pages.deciding.decisions.acts import ANSWERS, HEAD, LINKS, Answer
from gui.pages.deciding.decisions.lines import (
    CLOSED,
    TONES,
    WORDS,
    ChainStrip,
    Line,
    chain_steps,
    decision_lines,
    totals,
)
from gui.pages.deciding.decisions.office import OfficePane
from gui.pages.deciding.decisions.state import (
    BEGUN,
    Answers,
    DecidingState,
    KeptAnswer,
    card_lines,
    kept_answer,
    progress_words,
    unrecorded_words,
)
from gui.pages.page import SIGN, PageTools, Place
from gui.pages.page_keys import add_keys
from gui.record.changes import read_draft
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import NOTHING, counted
from gui.theme.look import Edges
from gui.widgets.label import Chip, ElidedLabel, Label, small
from gui.widgets.nesting import column_of
from gui.widgets.speech.announcing import announce
from models.operation import Topic
from models.queries.deciding.round_list import Deciding, deciding
from models.values import canonical
from scoring import money
from scoring.written.days import short_day
from scoring.written.text import listed

Shown = TypeVar("Shown")
RECOMMENDED, PROPOSED = "Panel recommends", "Proposed without a competition"


def _open(words: Callable[[Line], Shown], closed: Shown) -> Callable[[Line], Shown]:
    """Return what a cell says of a line that is not closed to who reads."""
    return lambda line: closed if line.is_closed else words(line)


def _recommends(line: Line) -> Chip:
    return Chip(TONES[line.recommended.outcome], WORDS[line.recommended.outcome])


DECISION_COLUMNS: tuple[LineColumn[Line], ...] = (
    LineColumn("reference", "Ref", attrgetter("reference"), width=76, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        attrgetter("row.organisation"),
        under=_open(attrgetter("row.project"), CLOSED),
        is_strong=True,
        brief="Applicant",
    ),
    LineColumn(
        "total",
        "Total",
        _open(lambda line: money.score(line.recommended.total_1e2), ""),
        is_right=True,
        width=64,
        gives_way=Gives.FIGURES,
    ),
    LineColumn(
        "recommends",
        "Recommends",
        _open(lambda line: _recommends(line).word, ""),
        chip=_open(_recommends, None),
        width=124,
        gives_way=Gives.STATE,
        brief="Rec.",
    ),
    LineColumn("amount", "Amount", _open(attrgetter("amount"), ""), is_right=True, width=76),
    LineColumn(
        "signed",
        "Signed by",
        lambda line: line.signed or NOTHING,
        width=110,
        gives_way=Gives.WORDS,
        keeps=Keeps.WHOLE,
        brief="Signed",
    ),
    LineColumn(
        "office",
        "Office decides",
        _open(attrgetter("office.word"), ""),
        chip=_open(attrgetter("office"), None),
        width=172,
        brief="Office",
    ),
)


class CardLines(QWidget):
    """Lines of words over or under the rows in their card."""

    def __init__(self, lines: Sequence[Label], edges: Edges, spacing: int | None = None) -> None:
        super().__init__()
        self.lines = tuple(lines)
        column_of(*lines, spacing=spacing, edges=edges, inside=self)


def _head() -> CardLines:
    title, signed = Label(RECOMMENDED, size=15, weight=600), ElidedLabel(size=12, tone="muted")
    return CardLines((title, signed), (11, 7, 11, 5), spacing=0)


def _show_head(head: CardLines, state: DecidingState) -> None:
    """Say by whom the lines are signed; where nobody competes they are proposed, and no chair signs them."""
    (title, signed), lines = head.lines, state.lines
    title.setText(PROPOSED if state.place.line.is_direct else RECOMMENDED)
    assert isinstance(signed, ElidedLabel), "it is made so"
    signed.keep_whole({line.signed for line in lines})
    signed.setText(signed_words(lines))


def _foot() -> CardLines:
    return CardLines((ElidedLabel(tone="text2"), small(tone="muted")), (11, 6, 11, 6))


def _show_foot(foot: CardLines, state: DecidingState) -> None:
    """Show the sums of the lines, and how the pots stand with them; what is signed states them as well."""
    sums, card = foot.lines
    sums.setText(totals(state.lines))
    found = state.found
    card.setText("\n".join(card_lines(found.pots, state.lines, found.budget, found.waiting)))


def _left() -> Label:
    left = Label(weight=600).wrapped()
    left.setContentsMargins(3, 0, 3, 0)
    left.hide()
    return left


def _show_left(left: Label, state: DecidingState) -> None:
    """Say what is still to do about answers that are not recorded yet."""
    left.setText(unrecorded_words(len(state.chosen), len(state.waiting), state.answer_word))
    left.setVisible(state.hand is not None and bool(state.chosen))


def _show_chain(chain: ChainStrip, state: DecidingState) -> None:
    steps = chain_steps(state.found.chain, state.lines, is_direct=state.place.line.is_direct)
    chain.show_steps(steps if state.lines else ())


def signed_words(lines: Sequence[Line]) -> str:
    """Return who signed what is recommended, on which day where it was one: "Signed 2 Dec 2026 by …"."""
    signed = [line for line in lines if line.signed]
    left = sum(not (line.signed or line.is_decided) for line in lines)
    more = [f"{left} not signed yet"] if left else []
    if not signed:
        return "".join(more)
    days = {line.signed_on for line in signed if line.signed_on}
    day = f" {short_day(*days)}" if len(days) == 1 else ""
    words = f"Signed{day} by {listed(sorted({line.signed for line in signed}))}"
    return " · ".join((words, *more))


def _ask(session: Any, wanted: Wanted) -> Any:
    """Return what the office has before it; the page shows it with what is answered and not recorded yet."""
    assert wanted.round_id is not None, "there is a round"
    return deciding(session, wanted.round_id, wanted.viewer)


def _changed(before: Answers, now: Answers) -> list[str]:
    return [of for of in {**before, **now} if before.get(of) != now.get(of)]


SIDE_WIDTH = 380
NO_LINES = "Nothing is recommended here yet. The panel records its recommendations under Ranking & budget."
PAGE: ListedPage[DecidingState, Line] = ListedPage(
    key="decisions",
    title="Decisions",
    icon="file",
    list_name="What the panel recommends, and what the office decides",
    ask=_ask,
    rows=attrgetter("lines"),
    row_key=attrgetter("reference"),
    spoken=attrgetter("spoken"),
    columns=DECISION_COLUMNS,
    concerns=frozenset(
        {
            Topic.RECOMMENDATIONS,
            Topic.DECISIONS,
            Topic.ROUNDS,
            Topic.PANEL,
            Topic.APPLICATIONS,
            Topic.MARKS,
            Topic.INTERESTS,
        }
    ),
    side=OwnSide(make=OfficePane, width=SIDE_WIDTH, acts=(*ANSWERS, *LINKS), tabs=("List", "Line")),
    summary=lambda state: progress_words(state.lines, state.found.chain) if state.lines else "",
    empty=lambda state: NO_LINES,
    acts=HEAD,
    begins=False,
    of_round=True,
    between=(Own(ChainStrip, _show_chain), Own(_left, _show_left)),
    within=(Own(_head, _show_head), Own(_foot, _show_foot)),
)


class DecisionsPage(ListedView):
    """The page of one round's decisions. What the office answers is kept here until it is recorded."""

    parts_ahead = (*PAGE.parts_ahead, OfficePane)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, PAGE)
        self._facts: Deciding | None = None
        self._past_by: dict[tuple[str, str], list[Answers]] = {}
        """What a person answered: as it stood before each thing to be taken back, and as it stands now."""
        self._is_signing = False
        self._sought_line: str | None = None
        self.go_on, self.record, self.all_agreed, self.sign, self.what = self.buttons
        self.chain, self.left = self.between
        self.office: OfficePane = self.detail
        self._kept |= {
            "answers": lambda: self._past[-1],
            "decide": self.office.decision,
            "demand": self.office.demand,
            "open": lambda: self._open_lines() if self.state else {},
        }
        self.doing.told.connect(self._take_answer)
        self.office.begun.connect(self._keep_begun)
        tools.workspace.closed.connect(self._forget)
        add_keys(self, ((("F2",), self.office.change.press),))

    @property
    def lines(self) -> tuple[Line, ...]:
        return () if self.answer is None else self.answer.lines

    @property
    def _whose(self) -> tuple[str, str]:
        """Return whose answers are on show, and how the fields begin in which they are kept."""
        assert self._place is not None, "answers are given in a round"
        identity = self._tools.identity
        return identity.words, f"answer/{self._place.line.round_id}/{identity.role}/"

    @property
    def _past(self) -> list[Answers]:
        """Return what the person who uses the laptop answered: nobody records what another one did."""
        return self._past_by.get(self._whose, [{}])

    @property
    def state(self) -> DecidingState | None:
        """Return what is to be shown, None while there is nothing."""
        found, place = self._facts, self._place
        if found is None or place is None:
            return None
        lines = self._lines_of(found, place, place.area)
        chosen = tuple(line.pending for line in lines if line.pending is not None)
        return DecidingState(found, place, self._tools.identity, lines, chosen)

    def _lines_of(self, found: Deciding, place: Place, area: str | None = None) -> tuple[Line, ...]:
        """Return the lines of an area, or of all; none before who looks has declared."""
        if found.must_declare:
            return ()
        pending = {of: kept.answer for of, kept in self._past[-1].items() if kept}
        return decision_lines(found, pending, area, [one.name for one in place.line.areas])

    def _move(self, place: Place) -> None:
        self._leave_round()
        super()._move(place)

    def _leave_round(self) -> None:
        self.answer = self._facts = None
        self.office.fill_again()
        self._offer_undo()

    @Slot()
    def _forget(self) -> None:
        """Keep nothing here that was answered in a record that is closed; what is not recorded lies there."""
        self._leave_round()
        self._past_by = {}

    def show_reference(self, reference: str) -> None:
        """Show one application's line, or ask at once what the chair signs."""
        if reference == SIGN:
            self._is_signing = True
            self.refresh()
            return
        self._picked = self._sought_line = reference
        if not self.table.select(reference):
            self.table.setCurrentIndex(QModelIndex())

    def _select_picked(self) -> bool:
        """Select the line at hand; none in the place of one that was asked for and is not there."""
        return super()._select_picked() or self._picked == self._sought_line

    def _take(self, answer: Deciding) -> None:
        self._facts = answer
        if self._place is None:
            return
        if not answer.must_declare:
            if self._whose in self._past_by:
                self._keep(self._past)
            else:
                self._tools.workspace.ask_drafts(self._whose[1], partial(self._bring_back, self._whose))
        self._show_found()
        if self._is_signing and not self.sign.isHidden():
            self.sign.press()
        self._is_signing = False

    def _open_lines(self) -> dict[str, Line]:
        """Return the lines of all areas that the person may answer."""
        state = self.state
        assert state is not None, "answers are given to what is on show"
        lines = self._lines_of(state.found, state.place)
        return {line.reference: line for line in lines if not state.refusal(line)}

    def _bring_back(self, whose: tuple[str, str], found: Mapping[str, str]) -> None:
        """Answer again what was left unrecorded, where the line stands as it stood and has no answer yet."""
        state = self.state
        if not found or state is None or state.found.must_declare or whose != self._whose:
            return
        again: dict[str, Any] = {
            field.removeprefix(whose[1])[:-1]: read_draft(KeptAnswer, text) or ""
            for field, text in found.items()
        }
        self._past_by[whose] = [{**again, **one} for one in self._past]
        self._keep(self._past)
        self.office.fill_again()
        self._show_found()

    def _keep(self, past: Sequence[Answers]) -> None:
        """Keep the last of these answers until they are recorded, whatever becomes of the window.

        Those go that cannot be read, and those to a line that is not open any more or stands otherwise;
        what is begun there stays while it is open.
        """
        lines, before = self._open_lines(), self._past[-1]
        past = [
            {
                of: kept
                for of, kept in one.items()
                if kept
                and (line := lines.get(kept.answer.application))
                and (of not in lines or kept.fits(line))
            }
            for one in past
        ]
        for reference in _changed(before, past[-1]):
            text = canonical.to_text(past[-1][reference]) if reference in past[-1] else ""
            self._tools.workspace.keep_draft(f"{self._whose[1]}{reference}/", text)
        self._past_by[self._whose] = [one for one, _ in groupby(past)]

    @Slot(object)
    def _keep_begun(self, line: Line) -> None:
        """Keep what is begun on the line at hand; no answer that is taken back takes it along.

        A change that was given there before takes the words on show, any other answer is cleared.
        """
        of, begun = BEGUN.format(line.reference), kept_answer(line, self.office.decision())
        self._past_by[self._whose] = [{**one, of: begun} for one in self._past]
        self._tools.workspace.keep_draft(f"{self._whose[1]}{of}/", canonical.to_text(begun))
        changed = self.office.change_as_typed()
        if changed is not None:
            now = self._past[-1] | {line.reference: kept_answer(line, changed)}
            self._keep([*self._past[:-1], now])
            self._show_found()
        elif line.pending is not None:
            self._take_answer(Answer(cleared=line.reference))
            announce(self.office, f"{line.reference} is not answered any more.")

    def _show_found(self) -> None:
        super()._take(self.state)
        self._offer_undo()

    def _offer_undo(self) -> None:
        """Have what was answered last taken back before any change, while its lines are on show."""
        found = self._facts if self._place is not None and self.isVisible() else None
        past = self._past[-2:] if found is not None and not found.must_declare else [{}]
        changed = _changed(past[0], past[-1])
        one = "".join(f"{'' if of in past[-1] else 'cleared '}answer on {of}" for of in changed)
        words = counted(len(changed), "answer") if changed[1:] else one
        self._tools.workspace.undo_stack.put_ahead(words, partial(self._take_back, words, changed))

    def _take_back(self, words: str, changed: Sequence[str]) -> None:
        """Answer lines as they were answered before, and show the first of them."""
        self._keep(self._past[:-1])
        self._show_found()
        self.table.select(changed[0])
        self._tools.workspace.said.emit(f"Undone: {words}")

    def _show_shown(self, shown: Sequence[Any]) -> None:
        if self.answer.found.must_declare:
            self._show_declare_first()
        else:
            super()._show_shown(shown)

    def _show_empty(self, words: str) -> None:
        self.left.hide()
        self.chain.show_steps(())
        super()._show_empty(words)

    @Slot()
    def _show_row(self) -> None:
        """Show the line at hand, which is at hand again once it is on show once more."""
        self._picked = str(self.table.current or self._picked)
        if self.answer is not None:  # else another round is on its way
            super()._show_row()

    @Slot()
    def _open(self) -> None:
        """Go to the line: to its answer, which Enter then gives, where the person has one to give."""
        self._open_beside(self.sides, ONE, self.office.focusable())

    @Slot(object)
    def _take_answer(self, answer: Answer) -> None:
        """Keep what was answered; nothing is saved before it is recorded."""
        now = self._past[-1] | {one.answer.application: one for one in answer.given}
        now.pop(answer.cleared, None)
        self._keep([*self._past, now])
        self._show_found()
        if answer.cleared:
            return
        if not self.answer.waiting:
            self.record.setFocus()
            if answer.is_all:
                self.record.press()
        if not answer.is_all:
            of = answer.given[0].answer.application
            at_hand = self.answer.after(of)
            self.table.select(at_hand)
            coming = f" {at_hand} is at hand." if at_hand != of else ""
            announce(self.office, f"{of} is answered.{coming} {self.left.text()}")

    def showEvent(self, event: QShowEvent) -> None:
        """Have Ctrl+Z take back what is answered here."""
        super().showEvent(event)
        self._offer_undo()

    def hideEvent(self, event: QHideEvent) -> None:
        """Have it take back changes, where something else is on show."""
        super().hideEvent(event)
        self._offer_undo()
