"""The right side: the line at hand, and the deciding office's answer to it."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.listed.acts import ActButton, Offer, now_offered
from gui.listed.side import Says, Text, Title, Told, lay
from gui.pages.deciding.decisions.acts import ANSWERS, LINKS, LineAt
from gui.pages.deciding.decisions.forms import NEEDED, WHY
from gui.pages.deciding.decisions.lines import CLOSED, Line, line_steps, outcome_words
from gui.pages.deciding.decisions.state import as_begun, in_words
from gui.text import sentence
from gui.theme.look import look
from gui.widgets.buttons import Button
from gui.widgets.flow import flow_of
from gui.widgets.label import Label, small
from gui.widgets.nesting import Card, ScrollPane, column_of, fill, take_out
from gui.widgets.tick_list import TickList
from gui.widgets.tips import let_press
from gui.widgets.typed import TextLine
from models.queries.awards.direct_awards import signing_facts
from models.reference.clauses import conditions_of
from models.reference.defaults import Condition
from models.reference.sign_off import SignOff
from models.values.recommending import FUNDED, LineDecision
from scoring import money
from scoring.written.days import short_day

Library = Sequence[Condition] | None
"""The fund's conditions, to tell those of a line; None leaves them out: a form beside it shows them."""


def line_text(line: Line | None, library: Library) -> Iterator[Told]:
    """Tell what is recommended on a line, and what was decided so far."""
    if line is None:
        yield Says("Choose a line to see what is recommended on it, and why.", "muted")
        return
    yield from _head(f"{line.reference} {line.row.organisation}", "" if line.is_closed else line.row.project)
    if line.is_closed:
        yield Text(CLOSED)
        return
    yield from _say_recommended(line)
    yield from _say_conditions(line.recommended.conditions, library)
    yield from _say_back(line)
    yield from _say_decided(line, library)


def signed_text(line: Line | None, chain: Sequence[SignOff]) -> Iterator[Told]:
    """Tell who signed the line so far, and who has still to."""
    if line is not None and not line.is_closed:
        yield Title("Signed by")
        for words in line_steps(chain, line):
            yield Says(words, "text2")


def _head(words: str, note: str) -> Iterator[Told]:
    yield from (Title(words), Says(note, "muted"))


def _say_recommended(line: Line) -> Iterator[Told]:
    item = line.recommended
    if line.direct is not None:
        yield from _head("Proposed without a competition", line.amount)
        yield from map(Text, signing_facts(line.direct))
        return
    yield from _head("The panel recommends", f"Requested {money.short_pounds(line.row.requested_pence)}")
    yield Text(f"{line.advised}{_on_total(item.total_1e2)}")
    if item.reason:
        yield Text(sentence(money.without_noughts(item.reason)))
    elif item.amount_pence:
        yield Says("The panel gives no reason yet. It needs one before its chair signs.", "warning")
    if said := line.panel_reason.removeprefix(item.reason).strip():
        yield Says(said, "text2")
    if item.is_exception:
        yield Says("An exception to the order or to a floor.", "warning")


def _on_total(total_1e2: int | None) -> str:
    return ", without a total" if total_1e2 is None else f", on a total of {money.score(total_1e2)}"


def _say_back(line: Line) -> Iterator[Told]:
    if line.back is not None and not line.signed:
        yield from _head("Sent back", f"{line.back.post}, {line.back.signed_by}")
        yield Text(line.back.change_reason)


def _say_decided(line: Line, library: Library) -> Iterator[Told]:
    last = line.last
    if last is None or not (last.is_last or last.change_reason or last.reason):
        return
    head = "Decided" if last.is_last else f"Step {last.step + 2} says"  # the panel's is the first
    yield from _head(head, f"{last.post}, {last.signed_by}, {short_day(last.signed_on)}")
    total = _on_total(last.total_1e2) if line.direct is None else ""
    yield Text(f"{outcome_words(last)}{total}")
    if last.change_reason:
        yield Text(f"Changed: {last.change_reason}")
    if last.reason and last.reason not in (line.recommended.reason, line.panel_reason):
        yield Text(last.reason)
    if last.notice:
        yield Says(f"Notice of decision {last.notice} · {last.legal_power or 'from paper'}", "muted")
        yield Says(f"Interests of the person who signed: {last.interests}", "muted")
    yield from _say_conditions(last.conditions, library)


def _say_conditions(conditions: Sequence[str], library: Library) -> Iterator[Told]:
    if conditions and library is not None:
        yield Says("Conditions:", "muted")
        for condition in in_words(conditions, library):
            yield Says(f"• {condition}", "text2")


USE, USE_PROPOSED = "Use the panel's reason", "Use the proposal's reason"
NO_WORDS = "The panel wrote no reason of its own here; the list's own note is not one."
AS_PANEL = "If left empty, the applicant is given the panel's reason."
ANOTHER = "Another condition, in words"
TICKED, MOST_TICKED = 27, 6
"""How high a condition is for a 13 px base, and how many are seen without scrolling."""
ROOM_TO_SAY = 60
"""So much stands below the reason once it is wanted: that it is."""


class OfficePane(Card):
    """The line at hand, and what is answered to it; `begun` tells of each change that is made here by hand.

    The reason starts empty: only what was typed, or asked for by a button, is put in.
    """

    pressed = Signal(object)
    begun = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.line: Line | None = None
        self._filled: tuple[object, ...] = ()
        """Whose answer is filled in, on what, where one is given."""
        self.reading = ScrollPane("The selected line")
        self.title = Label("Office decides", size=15, weight=600)
        self._head = Label(WHY, size=12, weight=600)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.problem = small(NEEDED, tone="danger")
        self.problem.hide()
        self.use = Button(USE, kind="link")
        self._every: tuple[str, ...] = ()
        self.ticks = TickList("Conditions")
        self.more = TextLine()
        self.more.setPlaceholderText(ANOTHER)
        self.more.setAccessibleName(ANOTHER)
        self._answers = [ActButton(act) for act in ANSWERS]
        self.as_recommended, self.change, self.send_back = self._answers
        self._links = [ActButton(act, "link") for act in LINKS]
        self.clear, self.correct, self.take_back = self._links
        self._acts = [*self._answers, *self._links]
        self._says = small()
        self._buttons, self.answer = QWidget(), QWidget()
        self._lay_out()
        for button in self._acts:
            button.pressed.connect(self.pressed)
        self.use.clicked.connect(self.use_panel_reason)
        self.reason.textChanged.connect(self._begin)
        self.ticks.itemChanged.connect(self._begin)
        self.more.textEdited.connect(self._begin)
        look.follow(self._follow)

    @property
    def words(self) -> str:
        return self.reason.toPlainText().strip()

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return the conditions that are ticked, and those in words."""
        ticked, words = self.ticks.ticked, self.more.text().strip()
        return (*(one for one in self._every if one in ticked), *([words] if words else []))

    def panes(self) -> tuple[QWidget, ...]:
        return (self.reading,)

    @property
    def offers(self) -> tuple[Offer, ...]:
        return now_offered(self._acts)

    def show_at(self, at: LineAt | None, key: object) -> None:
        """Show a line, None where none is picked; the person's answer where they may give one."""
        line = self.line = None if at is None else at.row
        refusal = " " if at is None else at.answer.refusal(at.row)
        chain, library = (at.answer.found.chain, at.answer.found.conditions) if at is not None else ((), ())
        for button in self._acts:
            button.show_at(at)
        self._show_text(0, line_text(line, library if refusal else None))
        self._show_text(2, signed_text(line, chain))
        self._says.setText(refusal)
        self._says.setVisible(bool(refusal))
        for widget in (self.answer, self._buttons):
            widget.setVisible(not refusal)
        if at is None or refusal:
            self.fill_again()
        elif self._filled != (filled := (at.identity.words, at.row.current, at.row.pending)):
            self._filled = filled
            self.fill_in(at.row, library, as_begun(at.row, library, at.kept["answers"]()).answer)

    def fill_again(self) -> None:
        """Fill in the line at hand anew as it is shown next, whatever stands here."""
        self._filled = ()

    def fill_in(self, line: Line, library: Sequence[Condition], begun: LineDecision) -> None:
        """Show what was chosen on a line, else `begun` on it, or what an earlier step wrote."""
        answer = begun if line.pending is None or line.pending.conditions is None else line.pending
        is_changed = line.pending is not None and line.pending.verdict == "change"
        outcome = line.pending.outcome if line.pending and is_changed else line.current.outcome
        head = WHY if outcome in FUNDED else "What the applicant is told"
        self._head.setText(head)
        self.reason.setAccessibleName(head)
        self.reason.setPlaceholderText("" if head == WHY else AS_PANEL)
        self.use.show_words(USE if line.direct is None else USE_PROPOSED)
        let_press(self.use, "" if line.panel_reason else NO_WORDS)
        self._demand_no_more()
        with QSignalBlocker(self.reason):
            self.reason.setPlainText(answer.reason or line.own_reason)
        chosen = in_words(answer.conditions or (), library)
        kept = conditions_of(chosen, is_contract=line.is_contract)
        offered = (*(condition.words for condition in library), *kept)
        self._every = tuple(dict.fromkeys(conditions_of(offered, is_contract=line.is_contract)))
        self.ticks.clear()
        for words in self._every:
            self.ticks.put(words, words, is_ticked=words in kept)
        self.ticks.setFixedHeight(look.px(TICKED) * min(len(self._every), MOST_TICKED))
        self.more.clear()

    def demand(self) -> None:
        """Say that the reason is needed, and put the focus there."""
        self.problem.show()
        self.reason.setAccessibleDescription(NEEDED)
        self.reason.setFocus()
        self.reading.ensureWidgetVisible(self.reason, 0, look.px(ROOM_TO_SAY))

    def focusable(self) -> QWidget:
        """Return what takes the focus when the line is opened: its answer, or what can be read of it."""
        return self.reading if self._buttons.isHidden() else self.as_recommended

    def decision(self, verdict: str = "agree") -> LineDecision:
        """Return the line as its answer stands."""
        assert self.line is not None, "a decision is on the line at hand"
        return LineDecision(self.line.reference, verdict, reason=self.words, conditions=self.conditions)

    def change_as_typed(self) -> LineDecision | None:
        """Return a change that was answered in the words on show; any other answer is given anew."""
        pending = None if self.line is None else self.line.pending
        if pending is None or pending.verdict != "change":
            return None
        return replace(pending, reason=self.words, conditions=self.conditions)

    @Slot()
    def use_panel_reason(self) -> None:
        """Put the panel's own words in, to be kept or changed."""
        assert self.line is not None, "it is offered on a line with a reason"
        self.reason.setPlainText(self.line.panel_reason)
        self.reason.setFocus()

    @Slot()
    def _begin(self) -> None:
        self._filled = (*self._filled[:-1], self.change_as_typed())  # what is typed here stays as it stands
        self.begun.emit(self.line)
        if self.words:
            self._demand_no_more()

    def _demand_no_more(self) -> None:
        self.problem.hide()
        self.reason.setAccessibleDescription("")

    def _show_text(self, at: int, told: Iterable[Told]) -> None:
        """Show a text above (0) or below (2) the answer, in place of the one that stood there."""
        text = QWidget()
        lay(column_of(inside=text, spacing=3), told)
        take_out(self._scrolled, self._parts[at])
        self._parts[at] = text
        self._scrolled.insertWidget(at, text)
        text.show()

    def _lay_out(self) -> None:
        inside = QWidget()
        row = flow_of((self._head, self.use), 8)
        named = Label("Conditions", size=12, weight=600)
        parts = (row, self.reason, self.problem, named, self.ticks, self.more)
        column_of(*parts, edges=(0, 8, 0, 0), spacing=5, inside=self.answer)
        self._parts = [QWidget(), self.answer, QWidget()]
        self._scrolled = column_of(*self._parts, 1, edges=(0, 0, 8, 0), spacing=8, inside=inside)
        self.reading.setWidget(inside)
        inside.setAutoFillBackground(False)
        flow_of(self._answers, 6, self._buttons)
        fill(self.body, self.title, (self.reading, 1), self._says, self._buttons, *self._links, spacing=8)
        self.ring_for(self.reading)

    @Slot()
    def _follow(self) -> None:
        """Follow the look: the size of text, and the height that fields need for it."""
        self.reason.setFont(look.font())
        self.reason.setFixedHeight(look.px(64))
        self.more.setFont(look.font())
        self.ticks.setFont(look.font(12))
