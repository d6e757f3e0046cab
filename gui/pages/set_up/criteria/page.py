"""Criteria & scale: how a round is set up, published and amended."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import COPIED, START_ROUND, PageTools, Place
from gui.pages.set_up.areas import AreasSection
from gui.pages.set_up.criteria.criteria_section import CriteriaSection
from gui.pages.set_up.criteria.draft import KeptAmendment
from gui.pages.set_up.criteria.publishing import Publishing, Rights, rights_of, summary
from gui.pages.set_up.criteria.rules_section import RulesSection
from gui.pages.set_up.criteria.scale_section import ScaleSection
from gui.pages.set_up.starting.start_dialog import RoundStart
from gui.theme.look import look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from gui.widgets.frame.page_head import PageHead
from gui.widgets.label import ElidedLabel, PlainLabel
from gui.widgets.nesting import column_of, nest, row_of
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import tab_through
from gui.widgets.stack import Stack, UnnamedStack
from models.operation import Outcome, Topic
from models.operations.set_up.scheme import EditScheme
from models.queries.set_up.criteria import CriteriaFacts, criteria_facts
from models.values.rounds import RoundLine
from scoring.scheme import Scheme

CONCERNS = frozenset({Topic.SCHEME, Topic.ROUNDS, Topic.GATES, Topic.PANEL, Topic.APPLICATIONS})
SECTIONS = ("Criteria", "Scale and words", "Ties, floors and money", "Areas and dates")
SHORT = ("Criteria", "Scale", "Ties, floors", "Areas")
"""What the pills say in a narrow window: the beginning of their names."""
CRITERIA, SCALE, RULES, AREAS = range(4)


class CriteriaPage(QWidget):
    """The set-up of the round on show: its four sections by turns, or why there is none.

    It asks the record, shows, and hands changes on. What is large is made where it stands: whatever moves is
    restyled with all that it holds. The first section is made ahead, each other one as it is first wanted.
    """

    key = "criteria"
    parts_of_tools = (CriteriaSection,)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools, self._workspace = tools, tools.workspace
        self._room = Breakpoints(1366, 768)
        self._place: Place | None = None
        self._facts: CriteriaFacts | None = None
        self.criteria = tools.parts.take(CriteriaSection, tools)
        self.draft = self.criteria.draft
        self._kept = KeptAmendment(tools.workspace, self.draft, self)
        self.publishing = Publishing(tools, self.draft, self)
        self.starting = RoundStart(tools, self)
        self._make_head()
        self._lay_out()
        stack = self._sections_stack
        stack.addWidget(self.criteria)
        self._rules: RulesSection | None = None
        self._made: dict[int, Any] = {CRITERIA: self.criteria}
        self._makers: dict[int, Callable[[], QWidget]] = {
            SCALE: partial(ScaleSection, self.draft, stack),
            RULES: self._lay_rules_out,
            AREAS: partial(AreasSection, tools),
        }
        for _ in self._makers:
            stack.addWidget(QWidget(stack))
        self._connect()
        self._show_empty()

    @property
    def scale(self) -> ScaleSection:
        """Return the section of the scale and its words."""
        found: ScaleSection = self._section(SCALE)
        return found

    @property
    def rules(self) -> RulesSection:
        """Return the section of ties, floors and money."""
        found: RulesSection = self._section(RULES)
        return found

    @property
    def areas(self) -> AreasSection:
        """Return the section of areas and dates."""
        found: AreasSection = self._section(AREAS)
        return found

    def is_made(self, number: int) -> bool:
        """Whether a section was wanted before."""
        return number in self._made

    def _make_rules(self) -> RulesSection:
        """Make the rules, which are laid out in a turn of their own."""
        if self._rules is None:
            self._rules = RulesSection(self._tools, self.draft, self._sections_stack)
        return self._rules

    def _lay_rules_out(self) -> RulesSection:
        rules = self._make_rules()
        rules.lay_out()
        return rules

    def make_rest(self) -> Iterator[None]:
        """Make the sections that nobody wanted yet, and rows for a scheme, one at a step."""
        self.criteria.side.make_try_out()
        yield
        if not self.is_made(RULES):
            self._make_rules()
            yield
        for number in self._makers:
            self._section(number)
            yield
        yield from self.scale.make_rows_ahead()

    def show_place(self, place: Place | None) -> None:
        """Show another round, or the area that the header stands at."""
        before, line = self._line, None if place is None else place.line
        if line is None or before is None or line.round_id != before.round_id:
            self._flush()
            self._facts = None
        self._place = place
        self.starting.fund = "" if line is None else line.fund
        if place is None:
            self._tools.questions.forget(self._take)
        if self.is_made(AREAS):
            self.areas.show_place(place)
        self.refresh()

    @property
    def _line(self) -> RoundLine | None:
        return None if self._place is None else self._place.line

    def show_reference(self, reference: str) -> None:
        """Show a criterion by its code, when the scheme has it, or the areas with what was copied."""
        if reference == COPIED:
            self.sections.choose(AREAS)
        if self.draft.is_there and reference in [c.code for c in self.draft.scheme.criteria]:
            self.draft.pick(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._line is None:
            self._show_empty()
            return
        self._tools.ask(partial(criteria_facts, round_id=self._line.round_id), self._take)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: list and details take turns when it is narrow."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self.start.show_words("Start…" if room.has_tabs else START_ROUND, name=START_ROUND)
        words = SHORT if room.has_tabs else SECTIONS
        self.sections.say([ours(word) for word in words])
        self._show_lock(self.lock.text())
        self._show_parts()

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self._is_empty:
            return (self.empty.button,)
        index = self.sections.current
        if index == CRITERIA:
            return (self.sections, self.criteria.list.view, self.criteria.side.form["code"].line)
        if index == AREAS:
            return (self.sections, *self.areas.panes())
        first: QWidget = self.scale.scale if index == SCALE else self.rules["combine"]
        return (self.sections, first)

    @Slot()
    def find_words(self) -> None:
        """Go to the weight of the criterion that is picked: the page has no filter."""
        self.sections.choose(CRITERIA)
        self.parts.choose(1)
        self.criteria.go_to_weight()

    def _take(self, facts: CriteriaFacts) -> None:
        self._tools.workspace.in_turns(self, self._show_facts(facts))

    def _show_facts(self, facts: CriteriaFacts) -> Iterator[None]:
        """Show what the record has: the scheme and the areas, then the section that is chosen."""
        known = self._facts
        self._facts = facts
        is_same = known is not None and known.line.round_id == facts.line.round_id
        if is_same and known is not None and known.line.stage == facts.line.stage:
            self.draft.take(facts.scheme)
        else:
            self._kept.leave()
            self.draft.start(facts.scheme)
            self._look_for_kept()
        self.criteria.side.show_gates(facts.gates)
        if self._is_empty:  # nothing was on show before: to show it all takes as long again
            yield
        if self._facts is facts:
            self._stack.setCurrentIndex(1)
            self._show_standing()

    @Slot()
    def _look_for_kept(self) -> None:
        """Bring an amendment back that was begun and not published; only the chair goes on with it."""
        if self._facts is None or self._facts.line.stage != "open":
            return
        if not self._tools.identity.may("amend scheme"):
            self._kept.leave()
            if self.draft.is_amending:
                self.draft.start(self.draft.stored)
        elif not self.draft.is_amending:
            self._kept.look_in(self._facts.line.round_id)

    @Slot()
    def _show_standing(self) -> None:
        if self._facts is None or not self.draft.is_there:
            return
        is_amending = self.draft.is_amending
        found = rights_of(self._facts, self._tools.identity.role, is_amending=is_amending)
        self.summary.setText(summary(self._facts, self.draft.scheme))
        is_office = self._tools.identity.may("set pot")
        self._open_sections(may_change=found.may_change, is_office=is_office)
        self._show_buttons(found, is_office=is_office)
        self._show_lock(found.lock)

    def _open_sections(self, *, may_change: bool, is_office: bool) -> None:
        """Let the sections that are made be changed by whoever may, or only be read."""
        assert self._facts is not None, "what stands was asked for"
        may_set = is_office and not self._facts.line.is_closed
        self.draft.allow(is_open=may_change)
        if self.is_made(RULES):
            self.rules.show_reasons(self._facts, is_open=may_set)

    def _take_section(self, number: int) -> None:
        """Fill a section that was made as it was first wanted."""
        if number == AREAS:
            self.areas.show_place(self._place)
        elif self.draft.is_there:
            self.draft.changed.emit()

    def _show_buttons(self, found: Rights, *, is_office: bool) -> None:
        is_amending = self.draft.is_amending
        is_open = self._facts is not None and self._facts.line.stage == "open"
        self.begin.setEnabled(is_office)
        self.start.setVisible(is_office and not is_amending)
        self.publish.setVisible(is_office and (found.is_draft or is_amending))
        self.amend.setVisible(is_office and is_open and not is_amending)
        self.put_back.setVisible(is_amending)
        self.publish.show_kind("primary" if self._tools.identity.may("publish scheme") else "plain")
        version = self._facts.versions[-1].version + 1 if self._facts is not None else 1
        self.publish.show_words(f"Publish version {version}…" if is_amending else "Publish criteria")

    def _show_empty(self) -> None:
        self.summary.setText("")
        self.empty.say(self._tools.no_round)
        for widget in (self.publish, self.amend, self.put_back, self.start):
            widget.hide()
        self._show_lock("")
        self._stack.setCurrentIndex(0)
        self.begin.setEnabled(self._tools.identity.may("start round"))

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
        if self._line is not None and self._workspace.facts is not None:
            operation = EditScheme(self._line.round_id, after, before, what)
            self._workspace.perform(operation, self._tell_judged)

    def _tell_judged(self, outcome: Outcome) -> None:
        """Say what a change did beyond the criteria themselves, which show it."""
        if Topic.GATES in outcome.touched:
            self._tools.toast_outcome(outcome)

    @Slot()
    def _publish(self) -> None:
        if self._facts is None:
            return
        ask = self.publishing.ask_amendment if self.draft.is_amending else self.publishing.ask
        is_theirs = self._tools.identity.may("publish scheme")
        if not ask(self._facts) and is_theirs:
            self.find_words()

    @Slot()
    def _amend(self) -> None:
        if self._facts is not None and self.publishing.may_amend(self._facts):
            self.draft.amend()
            self._show_standing()

    @Slot()
    def _put_back(self) -> None:
        self.draft.start(self.draft.stored)
        self._show_standing()

    @Slot()
    def _flush(self) -> None:
        if self._workspace.facts is not None:
            self.draft.flush()
            self._kept.flush()

    @Slot()
    def _turn(self) -> None:
        self._flush()
        self._section(self.sections.current)
        self._sections_stack.setCurrentIndex(self.sections.current)
        if self.sections.current == AREAS:
            self.areas.refresh()  # it asks by itself only while it is seen
        self._show_parts()

    def _connect(self) -> None:
        self.begin.triggered.connect(self.starting.ask)
        self.publish.clicked.connect(self._publish)
        self.amend.clicked.connect(self._amend)
        self.put_back.clicked.connect(self._put_back)
        self.sections.changed.connect(self._turn)
        self.parts.changed.connect(self._show_parts)
        self.criteria.list.view.opened.connect(self.find_words)
        self.draft.settled.connect(self._hand_on)
        self.draft.changed.connect(self._show_standing)
        self.draft.changed.connect(self.publishing.look_again)
        self._workspace.watch(CONCERNS, self.refresh, self)
        self._workspace.failed.connect(self._take_failure)
        self._workspace.closing.connect(self._flush)
        self._tools.identity_changed.connect(self._look_for_kept)
        self._tools.identity_changed.connect(self._show_standing)

    @property
    def _is_empty(self) -> bool:
        """Whether there is no round to show."""
        return self._stack.currentIndex() == 0

    def _show_lock(self, words: str) -> None:
        """Say what stands in the way of a change; in a narrow window on the title's tip."""
        has_tabs = self._room.has_tabs
        self.lock.setText(words)
        self._padlock.setPixmap(look.glyph("lock", look.theme.text2, 14, self.devicePixelRatioF()))
        self.title.setAccessibleDescription(words)
        for widget in (self.lock, self._padlock):
            widget.setVisible(bool(words) and not has_tabs)
        across = QSizePolicy.Policy.Preferred if has_tabs else QSizePolicy.Policy.Minimum
        self.sections.setSizePolicy(across, QSizePolicy.Policy.Preferred)  # beside them the lock gives way

    @Slot()
    def _show_parts(self) -> None:
        self.parts.setVisible(self._room.has_tabs and self.sections.current == CRITERIA)
        self.criteria.shows_side = self.parts.current == 1
        for section in self._made.values():
            section.fit(self._room)

    def _section(self, number: int) -> Any:
        """Return a section, made and stood in its place where nobody wanted it before."""
        if number not in self._made:
            section, stack = self._makers[number](), self._sections_stack
            shown, placeholder = stack.currentIndex(), stack.widget(number)
            assert placeholder is not None, "something stands for each section"
            stack.removeWidget(placeholder)
            placeholder.deleteLater()
            stack.insertWidget(number, section)
            stack.setCurrentIndex(shown)
            tab_through(self.parts.last, section)  # Qt puts what is made later behind all else
            self._made[number] = section
            self._show_parts()
            self._take_section(number)
        return self._made[number]

    def _make_head(self) -> None:
        self.title = ElidedLabel("Criteria & scale", size=20, weight=600)
        self.summary = ElidedLabel(tone="text2")
        self.begin = QAction(START_ROUND, self)
        self.start = Button(START_ROUND).does(self.begin)
        self.amend = Button("Amend with a reason")
        self.put_back = Button("Discard changes")
        self.publish = Button("Publish criteria", kind="primary", icon="check")
        self.sections = PillTabs(SECTIONS)
        self.sections.setAccessibleName("Parts of the set-up")
        self.parts = PillTabs(("List", "Details"))
        self.lock = ElidedLabel(size=12, tone="text2")
        self.lock.give_way_by_clauses()
        self._padlock = PlainLabel()
        self.empty = EmptyState(self.begin, START_ROUND, icon="criteria")

    def _lay_out(self) -> None:
        self._column = column_of(spacing=7, edges=(17, 4, 17, 10), inside=self)
        actions = (self.start, self.amend, self.put_back, self.publish)
        nest(self._column, PageHead(self.title, self.summary, actions))
        self._pills = row_of(self.sections, self.parts, 1, self._padlock, self.lock, spacing=8)
        self._stack = UnnamedStack(self)
        self._column.addWidget(self._stack, 1)
        self._stack.addWidget(self.empty)
        content = QWidget(self._stack)
        self._stack.addWidget(content)
        self._inner = column_of(self._pills, spacing=8, edges=(3, 0, 3, 0), inside=content)
        self._sections_stack = Stack("Set-up", content)
        self._inner.addWidget(self._sections_stack, 1)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hand on what is under way when another page is shown."""
        super().hideEvent(event)
        self._flush()
