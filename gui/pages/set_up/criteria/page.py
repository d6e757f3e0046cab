"""Criteria & scale: how a round is set up, published and amended."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.dialogs.authority import AuthorityDialog
from gui.pages.page import PageTools, Place
from gui.pages.set_up.areas.area_form import AreaForm
from gui.pages.set_up.areas.areas_section import AreasSection
from gui.pages.set_up.criteria.criteria_section import CriteriaSection
from gui.pages.set_up.criteria.draft import KeptAmendment
from gui.pages.set_up.criteria.page_parts import AREAS, CRITERIA, RULES, SCALE, CriteriaParts
from gui.pages.set_up.criteria.publishing import Publishing, Rights, rights_of, summary
from gui.pages.set_up.criteria.rules_section import RulesSection
from gui.pages.set_up.criteria.scale_section import ScaleSection
from gui.pages.set_up.starting.start_dialog import RoundStart
from gui.pages.set_up.trying import ModelTestDialog
from gui.record.clock import current_day
from models.operation import Outcome, Topic
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.set_up.rounds import SetReasonRule
from models.operations.set_up.scheme import EditScheme
from models.queries.set_up.criteria import CriteriaFacts, criteria_facts
from models.values.rounds import ReasonRule, RoundLine
from scoring.money import short_pounds
from scoring.ranking import Allowance
from scoring.round import Area
from scoring.scheme import Scheme

CONCERNS = frozenset({Topic.SCHEME, Topic.ROUNDS, Topic.GATES, Topic.PANEL, Topic.APPLICATIONS})


class CriteriaPage(QWidget):
    """The set-up of the round on show. It asks the record, shows, and hands changes on."""

    key = "criteria"
    parts_ahead = (AreaForm, CriteriaSection)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.holder)
        self.setObjectName("page")
        self._tools = tools
        self._look = tools.look
        self._workspace = tools.workspace
        self._line: RoundLine | None = None
        self._facts: CriteriaFacts | None = None
        self._area: str | None = None
        self.layout_parts = parts = CriteriaParts(self._look, tools.parts, self)
        self.draft = parts.criteria.draft
        self._kept = KeptAmendment(tools.workspace, self.draft, self)
        self.publishing = Publishing(tools, self.draft, self)
        self.starting = RoundStart(tools, self)
        self.title, self.summary, self.lock, self.empty = parts.title, parts.summary, parts.lock, parts.empty
        self.begin, self.start, self.amend = parts.begin, parts.start, parts.amend
        self.put_back, self.publish = parts.put_back, parts.publish
        self.sections, self.parts = parts.sections, parts.parts
        self.criteria = parts.criteria
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(parts)
        self._connect()
        self._show_empty()

    @property
    def scale(self) -> ScaleSection:
        """Return the section of the scale and its words."""
        return self.layout_parts.scale

    @property
    def rules(self) -> RulesSection:
        """Return the section of ties, floors and money."""
        return self.layout_parts.rules

    @property
    def areas(self) -> AreasSection:
        """Return the section of areas and dates."""
        return self.layout_parts.areas

    def make_rest(self) -> Iterator[None]:
        """Make the sections that are not on show, one at a step."""
        return self.layout_parts.make_rest()

    def show_place(self, place: Place | None) -> None:
        """Show another round, or the area that the header stands at."""
        line = None if place is None else place.line
        is_same = line is not None and self._line is not None and line.round_id == self._line.round_id
        if not is_same:
            self._flush()
            self._facts = None
        self._line = line
        self.starting.fund = "" if line is None else line.fund
        if place is None:
            self._tools.questions.forget(self._take)
            self._show_empty()
            return
        self._follow(place.area)
        self.refresh()

    def show_reference(self, reference: str) -> None:
        """Show a criterion by its code, when the scheme has it."""
        if self.draft.is_there and reference in [c.code for c in self.draft.scheme.criteria]:
            self.criteria.pick(reference)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._line is None:
            self._show_empty()
            return
        self._tools.ask(partial(criteria_facts, round_id=self._line.round_id), self._take)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: list and details take turns when it is narrow."""
        self.layout_parts.fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self.layout_parts.is_empty:
            return (self.empty.button,)
        index = self.sections.current
        if index == CRITERIA and self.criteria.list.rows:
            return (self.sections, self.criteria.list.rows[0].weight, self.criteria.side.form.code.line)
        if index == AREAS:
            return (self.sections, self.areas.table, self.areas.form.name.line)
        first: QWidget = self.scale.scale if index == SCALE else self.rules.combine
        return (self.sections, first)

    @Slot()
    def find_words(self) -> None:
        """Go to the first weight: the page has no filter."""
        self.sections.choose(CRITERIA)
        if self.criteria.list.rows:
            self.criteria.list.rows[0].weight.setFocus()

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
        if self.layout_parts.is_made(AREAS):
            self.areas.show_facts(facts, current_day())
        if self.layout_parts.is_empty:  # nothing was on show before: to show it all takes as long again
            yield
        if self._facts is facts:
            self.layout_parts.show_round()
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
        self.layout_parts.show_lock(found.lock)

    def _open_sections(self, *, may_change: bool, is_office: bool) -> None:
        """Let the sections that are made be changed by whoever may, or only be read."""
        assert self._facts is not None, "what stands was asked for"
        parts = self.layout_parts
        may_set = is_office and not self._facts.line.is_closed
        self.criteria.set_open(may_change)
        if parts.is_made(SCALE):
            self.scale.set_open(may_change)
        if parts.is_made(RULES):
            self.rules.set_open(may_change)
            is_handed_in = self._facts.is_handed_in
            self.rules.show_reasons(self._facts.reasons, is_open=may_set, is_handed_in=is_handed_in)
        if parts.is_made(AREAS):
            self.areas.set_open(may_set)

    @Slot(int)
    def _take_section(self, number: int) -> None:
        """Connect a section that was made as it was first wanted, and fill it."""
        if number == AREAS:
            self.areas.asked.connect(self._tools.perform)
            self.areas.authority_asked.connect(self._ask_authority)
            self._follow(self._area)
            if self._facts is not None:
                self.areas.show_facts(self._facts, current_day())
        if number == RULES:
            self.rules.reasons_asked.connect(self._set_reasons)
        if self.draft.is_there:
            self.draft.changed.emit()

    def _follow(self, area: str | None) -> None:
        """Pick the area that the header stands at, when its section shows areas next."""
        self._area = area
        if area is not None and self.layout_parts.is_made(AREAS):
            self.areas.follow(area)

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
        self.layout_parts.show_empty(self._tools.no_round)
        self.begin.setEnabled(self._tools.identity.may("start round"))

    @Slot(object)
    def _take_change(self, topics: frozenset[Topic]) -> None:
        if topics & CONCERNS and self.isVisible():
            self.refresh()

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
        if not ask(self._facts) and is_theirs and self.criteria.list.rows:
            self.sections.choose(CRITERIA)
            self.criteria.list.rows[0].weight.setFocus()

    @Slot()
    def _amend(self) -> None:
        if self._facts is not None and self.publishing.may_amend(self._facts):
            self.draft.amend()
            self._show_standing()

    @Slot()
    def _test_model(self) -> None:
        tools = self._tools
        tools.dialogs.show(ModelTestDialog(tools, self.draft.scheme, tools.dialogs.window))

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
        self.layout_parts.show_section()

    @Slot(object)
    def _set_reasons(self, rule: ReasonRule) -> None:
        if self._facts is not None and rule is not self._facts.reasons:
            self._tools.perform(SetReasonRule(self._facts.line.round_id, rule, self._facts.reasons))

    @Slot(object)
    def _ask_authority(self, area: Area) -> None:
        """Ask who allows more than an area's pot."""
        tools = self._tools
        words = f"The pot of {area.name} is {short_pounds(area.pot_pence)}."
        dialog = AuthorityDialog(tools.look, area.name, words, 0, tools.dialogs.window)
        dialog.agreed.connect(self._allow)
        tools.dialogs.show(dialog)

    @Slot(object)
    def _allow(self, allowed: Allowance) -> None:
        if self._facts is not None:
            self._tools.perform(AllowOverPot(self._facts.line.round_id, allowed))

    def _connect(self) -> None:
        self.begin.triggered.connect(self.starting.ask)
        self.publish.clicked.connect(self._publish)
        self.amend.clicked.connect(self._amend)
        self.put_back.clicked.connect(self._put_back)
        self.sections.changed.connect(self._turn)
        self.layout_parts.section_made.connect(self._take_section)
        self.criteria.side.test_asked.connect(self._test_model)
        self.draft.settled.connect(self._hand_on)
        self.draft.changed.connect(self._show_standing)
        self.draft.changed.connect(self.publishing.look_again)
        self._workspace.changed.connect(self._take_change)
        self._workspace.failed.connect(self._take_failure)
        self._workspace.closing.connect(self._flush)
        self._tools.identity_changed.connect(self._look_for_kept)
        self._tools.identity_changed.connect(self._show_standing)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hand on what is under way when another page is shown."""
        super().hideEvent(event)
        self._flush()
