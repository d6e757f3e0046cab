"""Criteria & scale: how a round is set up, published and amended."""

from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QPainter
from PySide6.QtWidgets import QWidget

from gui.listed.page import ListedPage, Own, Tab, Wanted
from gui.listed.view import ListedView
from gui.pages.page import COPIED, Breakpoints, PageTools, Place
from gui.pages.set_up.criteria import areas, criteria, rules, scale, trying
from gui.pages.set_up.criteria.draft import Change, Draft, KeptAmendment, SetUp
from gui.pages.set_up.criteria.publishing import (
    AMEND,
    PUBLISH,
    PUT_BACK,
    START,
    SUBJECT,
    faults,
    lock_words,
    summary,
)
from gui.pages.set_up.criteria.trying import LeftOut
from gui.pages.set_up.starting.start_dialog import RoundStart
from gui.record.clock import current_day
from gui.tables.columns import LineColumn
from gui.text import ours
from gui.theme.look import Tone, fill_with, look
from gui.widgets.charts.bars import Chart
from gui.widgets.label import ChipLabel, ElidedLabel, Label, PlainLabel
from gui.widgets.nesting import Card, fill, row_of
from gui.widgets.ring import paint_ring
from gui.widgets.tips import set_tip
from gui.widgets.turned import LevelSlider
from models.operation import Outcome, Topic
from models.operations.set_up.scheme import EditScheme
from models.queries.applications.applications import GateLine
from models.queries.set_up.criteria import CriteriaFacts, criteria_facts
from models.role import OFFICE
from scoring import money
from scoring.places.totals import left_to_share, share_words, split_range, with_split
from scoring.scheme import Criterion, Scheme, Side

HEIGHT = 32
RING = 3
GAP = 2
HUNDRED_1E4 = 1_000_000
ARROW_STEP, PAGE_STEP = 1, 5


class WeightStrip(Chart):
    """Chart C3: a painted strip that adds to 100; a screen reader reads its weights as a list.

    With the focus, the arrows pick the criterion before or after, and T goes to the table of weights.
    """

    stepped_to = Signal(str)

    def __init__(self) -> None:
        super().__init__("Weights", "weights")
        self._criteria: tuple[Criterion, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        look.follow(self._refresh)

    def show_scheme(self, scheme: Scheme) -> None:
        """Show the weights of a scheme."""
        quality = [c for c in scheme.criteria if c.side is Side.QUALITY]
        self._criteria = (*quality, *(c for c in scheme.criteria if c.side is Side.COST))
        codes = [criterion.code for criterion in self._criteria]
        weights = [money.percent(criterion.weight_1e4) for criterion in self._criteria]
        told = zip(self._criteria, weights, strict=True)
        each = ", ".join(map(" ".join, zip(codes, weights, strict=True)))
        self.show_marks((f"{c.code} {c.title}, {weight} of 100" for c, weight in told), f"Weights: {each}.")

    def pick(self, code: str) -> None:
        """Pick one criterion out."""
        codes = [criterion.code for criterion in self._criteria]
        self.at = codes.index(code) if code in codes else 0
        self._say()
        self.update()

    def slot(self, number: int) -> QRectF:
        """Return where a weight stands."""
        bar = self._bar()
        whole = max(HUNDRED_1E4, sum(c.weight_1e4 for c in self._criteria))
        before = sum(c.weight_1e4 for c in self._criteria[:number])
        width = bar.width() * self._criteria[number].weight_1e4 / whole
        left = bar.left() + bar.width() * before / whole
        return QRectF(left, bar.top(), max(width - GAP, 1.0), bar.height())

    def _go(self, number: int) -> None:
        super()._go(number)
        if 0 <= number < len(self._criteria):
            self.stepped_to.emit(self._criteria[number].code)

    def _bar(self) -> QRectF:
        return QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)

    @Slot()
    def _refresh(self) -> None:
        self.setFixedHeight(look.px(HEIGHT))
        self.update()

    def paint_marks(self, painter: QPainter) -> None:
        """Paint a segment for each criterion, and what is left to 100 as empty track."""
        fill_with(painter, look.theme.track)
        painter.drawRoundedRect(self._bar(), look.px(5), look.px(5))
        for number, criterion in enumerate(self._criteria):
            self._paint_segment(painter, criterion, self.slot(number), is_picked=number == self.at)
        if self.hasFocus():  # it comes by key alone
            paint_ring(painter, QRectF(self.rect()), look.px(5) + 2)

    def _paint_segment(
        self, painter: QPainter, criterion: Criterion, box: QRectF, *, is_picked: bool
    ) -> None:
        theme = look.theme
        is_quality = criterion.side is Side.QUALITY
        fill_with(painter, theme.accent if is_quality else theme.bar_consider)
        painter.drawRoundedRect(box, look.px(4), look.px(4))
        if is_picked:
            painter.setBrush(theme.text)
            foot = look.px(3)
            painter.drawRect(QRectF(box.x() + foot, box.bottom() - foot, box.width() - 2 * foot, foot))
        words = f"{criterion.code}  {money.percent(criterion.weight_1e4)}"
        ink = theme.on_accent if is_quality or not theme.is_dark else theme.window
        painter.setPen(ink)
        painter.setFont(look.font(12, 600))
        if painter.fontMetrics().horizontalAdvance(words) > box.width() - 4:
            words = money.percent(criterion.weight_1e4)
        if painter.fontMetrics().horizontalAdvance(words) <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class SplitCard(Card):
    """Quality on the left, cost on the right; arrows move the split by 1, Page keys by 5."""

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scheme: Scheme | None = None
        self._base: Scheme | None = None
        self._mine: Scheme | None = None
        self.quality = Label(size=15, weight=600)
        self.cost = Label(size=15, weight=600)
        self.slider = LevelSlider()
        self.slider.setSingleStep(ARROW_STEP)
        self.slider.setPageStep(PAGE_STEP)
        self.state = ChipLabel()
        self.strip = WeightStrip()
        row = row_of(self.quality, (self.slider, 1), self.cost, self.state, spacing=10)
        fill(self.body, row, self.strip, spacing=8)
        self.slider.valueChanged.connect(self._move)

    @Slot(int)
    def _move(self, quality: int) -> None:
        """Scale from the weights as they stood when the slide began, so that going back is exact."""
        assert self._scheme is not None, "what slides is on show"
        if self._base is None or self._scheme != self._mine:
            self._base = self._scheme
        self._mine = with_split(self._base, quality)
        self.moved.emit(self._mine)

    def show_scheme(self, scheme: Scheme, *, is_open: bool) -> None:
        """Show the split of a scheme, which slides where it may be changed."""
        self._scheme = scheme
        least, most = split_range(scheme)
        quality, cost = scheme.split
        with QSignalBlocker(self.slider):
            self.slider.setRange(least, most)
            self.slider.setValue(scheme.quality_1e4 // 10_000)
        self.slider.setEnabled(is_open and least < most)
        self.slider.setAccessibleName(f"Split, quality {quality} to cost {cost}")
        self.slider.setAccessibleDescription(_slider_words(least, most))
        set_tip(self.slider, _slider_words(least, most))
        self.quality.setText(f"Quality {quality}")
        self.cost.setText(f"{cost} Cost")
        tone = Tone.FUND if left_to_share(scheme) == 0 else Tone.WARNING
        self.state.show_state(tone, share_words(scheme))
        self.strip.show_scheme(scheme)


def _slider_words(least: int, most: int) -> str:
    if least == most:
        return "All criteria are on one side, so there is no split to move."
    return "Arrows move the split by 1, Page keys by 5. The weights of each side keep their proportions."


LISTS = ("Criteria", "Scale", "Ties, floors", "Areas", "Try it", "Gates")
"""What the pills say in a narrow window: the beginning of their names."""
CRITERIA, SCALE, RULES, AREAS, TRY_IT, GATES = range(6)


class LockLine(QWidget):
    """A padlock, and what stands in the way of a change."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self._padlock = ElidedLabel(size=12, tone="text2"), PlainLabel()
        self.words.give_way_by_clauses()
        row_of(self._padlock, (self.words, 1), spacing=8, edges=(3, 0, 3, 0), inside=self)

    def say(self, words: str) -> None:
        """Say it; nothing takes no room."""
        self.words.setText(words)
        self._padlock.setPixmap(look.glyph("lock", look.theme.text2, 14, self.devicePixelRatioF()))
        self.setVisible(bool(words))


def _ask(session: Any, wanted: Wanted) -> CriteriaFacts:
    """Return what the record has; the page shows it with what is drafted and not handed on yet."""
    assert wanted.round_id is not None, "there is a round"
    return criteria_facts(session, wanted.round_id)


def _sums(set_up: SetUp, shown: Sequence[Any]) -> str:
    """Say what the areas come to where they are listed, else how the criteria stand."""
    is_of_areas = bool(shown) and isinstance(shown[0], areas.AreaRow)
    return areas.sum_words(set_up) if is_of_areas else summary(set_up.facts, set_up.scheme)


def _gate(gate: GateLine) -> str:
    return f"{gate.question}{' Advisory only.' if gate.is_advisory else ''}"


PAGE: ListedPage[Any, Any] = ListedPage(
    key="criteria",
    title="Criteria & scale",
    icon="criteria",
    tab="Criteria",
    list_name="Criteria with their weights",
    ask=_ask,
    rows=criteria.rows,
    row_key=criteria.row_key,
    spoken=criteria.row_words,
    columns=criteria.COLUMNS,
    concerns=frozenset({Topic.SCHEME, Topic.ROUNDS, Topic.GATES, Topic.PANEL, Topic.APPLICATIONS}),
    others=(
        scale.SCALE,
        rules.LIST,
        areas.LIST,
        trying.LIST,
        Tab(
            "Gates",
            attrgetter("facts.gates"),
            lambda set_up: "The round has no gates.",
            columns=(LineColumn("gate", "Before an application is marked", _gate, tip=_gate),),
            row_key=attrgetter("gate_id"),
            list_name="Gates",
        ),
    ),
    sums=_sums,
    acts=(
        PUBLISH,
        START,
        AMEND,
        PUT_BACK,
        criteria.WEIGHTS,
        criteria.ADD,
        scale.ANOTHER,
        rules.ADD,
        areas.ADD,
        trying.MODEL,
    ),
    finds=lambda row, reference: isinstance(row, criteria.CriterionLine) and row.criterion.code == reference,
    shows_added=True,
    of_round=True,
    here=attrgetter("area"),
    between=(
        Own(LockLine, lambda line, set_up: line.say(set_up.lock)),
        Own(SplitCard, lambda card, set_up: card.show_scheme(set_up.scheme, is_open=set_up.is_open)),
    ),
    side=criteria.SIDE,
)


class CriteriaPage(ListedView):
    """The set-up of the round on show. It asks the record, shows the draft, and hands changes on."""

    parts_ahead = PAGE.parts_ahead

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, PAGE)
        self.draft = Draft(self)
        self._facts: CriteriaFacts | None = None
        self._left_out = frozenset[str]()
        self._amendment = KeptAmendment(tools.workspace, self.draft, self)
        self.starting = RoundStart(tools, self)
        self._kept |= {"draft": self.draft, "tools": tools}
        self.publish, self.start, self.amend, self.put_back, self.weights, *_ = self.buttons
        self.split.moved.connect(self._slide)
        self.split.strip.stepped_to.connect(self._pick)
        self.split.strip.table_asked.connect(self.table.setFocus)
        self.doing.told.connect(self._hear)
        self.draft.changed.connect(self._show_draft)
        self.draft.settled.connect(self._hand_on)
        workspace = tools.workspace
        workspace.failed.connect(self._take_failure)
        workspace.closing.connect(self._flush)
        tools.identity_changed.connect(self._look_for_kept)
        tools.identity_changed.connect(self._show_draft)

    @property
    def lock(self) -> LockLine:
        """Return the line that says what stands in the way."""
        found: LockLine = self.between[0]
        return found

    @property
    def split(self) -> SplitCard:
        """Return the split with its strip."""
        found: SplitCard = self.between[1]
        return found

    def show_place(self, place: Place | None) -> None:
        """Show another round, or the area that the header stands at."""
        before = None if self._place is None else self._place.line.round_id
        if place is None or place.line.round_id != before:
            self._flush()
            self._facts = None
            self._tools.questions.forget(self._take)
        self.starting.fund = "" if place is None else place.line.fund
        super().show_place(place)

    def show_reference(self, reference: str) -> None:
        """Show a criterion by its code, when the scheme has it, or the areas with what was copied."""
        if reference == COPIED and self.tabs is not None:
            self.tabs.choose(AREAS)
        else:
            super().show_reference(reference)

    def fit(self, room: Breakpoints) -> None:
        """Say less on the pills of a narrow window."""
        if self.tabs is not None:
            words = LISTS if room.has_tabs else [one.tab for one in self.lists]
            self.tabs.say([ours(word) for word in words])
        super().fit(room)

    def _fit(self) -> None:
        """Stand the split over what follows from it: in a low window without its strip, in a tiny one not."""
        super()._fit()
        has_room = not (self.is_empty or self._room.is_tiny)
        self.lock.setVisible(has_room and bool(self.lock.words.text()))
        self.split.setVisible(has_room and self._number in (CRITERIA, TRY_IT))
        self.split.strip.setVisible(not self._room.is_low)
        self.split.inset_by(14, 3 if self._room.is_low else 10)

    def _show_empty(self, words: str) -> None:
        super()._show_empty(words)
        self._fit()

    @Slot()
    def _show_row(self) -> None:
        super()._show_row()
        if self._number == CRITERIA:
            self.split.strip.pick(str(self.table.current or ""))

    def _take(self, facts: CriteriaFacts) -> None:
        """Let the draft have what the record has; what is under way stays on show."""
        known, self._facts = self._facts, facts
        if known is not None and known.line.stage == facts.line.stage:
            self.draft.take(facts.scheme)
        else:
            self._amendment.leave()
            self.draft.start(facts.scheme)
            self._look_for_kept()

    @Slot()
    def _show_draft(self) -> None:
        facts, draft = self._facts, self.draft
        if facts is None:
            return
        identity, is_draft = self._tools.identity, facts.line.stage == "set up"
        is_open = identity.role in OFFICE and (is_draft or draft.is_amending)
        lock = lock_words(facts, is_amending=draft.is_amending, may_change=is_open)
        may_set = identity.may("set pot") and not facts.line.is_closed
        scheme, today = draft.scheme, current_day()
        super()._take(SetUp(facts, scheme, today, lock, is_open, draft.is_amending, may_set, self._left_out))
        told = self._tools.notices.current
        if draft.is_amending and told is not None and told.subject == SUBJECT:
            self.doing.do(faults(scheme))  # as it is now; what is told of a draft goes as that is saved

    @Slot()
    def _look_for_kept(self) -> None:
        """Bring an amendment back that was begun and not published; only the chair goes on with it."""
        if self._facts is None or self._facts.line.stage != "open":
            return
        if not self._tools.identity.may("amend scheme"):
            self._amendment.leave()
            if self.draft.is_amending:
                self.draft.start(self.draft.stored)
        elif not self.draft.is_amending:
            self._amendment.look_in(self._facts.line.round_id)

    @Slot(object)
    def _hear(self, what: object) -> None:
        """Take another scheme, or let a dummy take part no more, or again."""
        if isinstance(what, Change):
            self.draft.settle(what.scheme, what.what)
        elif isinstance(what, LeftOut):
            self._left_out = self._left_out ^ {what.name}
            self._show_draft()

    @Slot(object)
    def _slide(self, scheme: Scheme) -> None:
        self.draft.propose(scheme, "the split")

    @Slot(object)
    def _take_failure(self, error: Exception) -> None:
        """Show what the record has after a change was refused."""
        if self._facts is not None and self.isVisible():
            if not self.draft.is_amending:
                self.draft.start(self.draft.stored)
                self._facts = None
            self.refresh()

    @Slot(object, object, str)
    def _hand_on(self, before: Scheme, after: Scheme, what: str) -> None:
        workspace = self._tools.workspace
        if self._facts is not None and workspace.facts is not None:
            workspace.perform(EditScheme(self._facts.line.round_id, after, before, what), self._tell_judged)

    def _tell_judged(self, outcome: Outcome) -> None:
        """Say what a change did beyond the criteria themselves, which show it."""
        if Topic.GATES in outcome.touched:
            self._tools.toast_outcome(outcome)

    @Slot()
    def _flush(self) -> None:
        if self._tools.workspace.facts is not None:
            self.draft.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hand on what is under way when another page is shown."""
        super().hideEvent(event)
        self._flush()
