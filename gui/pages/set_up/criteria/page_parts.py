"""The parts of the set-up page and where they stand."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.set_up.areas.area_form import AreaForm
from gui.pages.set_up.areas.areas_section import AreasSection
from gui.pages.set_up.criteria.criteria_section import CriteriaSection
from gui.pages.set_up.criteria.rules_section import RuleFields, RulesSection
from gui.pages.set_up.criteria.scale_section import ScaleSection
from gui.performance.parts_ahead import PartsAhead
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.empty_state import EmptyState
from gui.widgets.frame.page_head import PageHead
from gui.widgets.label import ElidedLabel, PlainLabel
from gui.widgets.nesting import nest
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.scrolled import tab_through
from gui.widgets.stack import Stack, UnnamedStack

SECTIONS = ("Criteria", "Scale and words", "Ties, floors and money", "Areas and dates")
SHORT = ("Criteria", "Scale", "Ties, floors", "Areas")
"""What the pills say in a narrow window: the beginning of their names."""
CRITERIA, SCALE, RULES, AREAS = range(4)
PARTS = ("List", "Details")
START = "Start a round…"


class CriteriaParts(QWidget):
    """Title, actions, the four sections as pills, and the section on show; or why there is none.

    What is large is made where it stands: whatever moves is restyled with all that it holds. The first
    section is made ahead of the page, each other one as it is first wanted.
    """

    section_made = Signal(int)

    def __init__(self, look: Look, parts: PartsAhead, parent: QWidget) -> None:
        super().__init__(parent)
        self.criteria = parts.take(CriteriaSection)
        self._ahead, self._draft = parts, self.criteria.draft
        self._rule_fields: RuleFields | None = None
        self._look, self._room = look, Breakpoints(1366, 768)
        self.title = ElidedLabel(look, "Criteria & scale", size=20, weight=600)
        self.summary = ElidedLabel(look, tone="text2")
        self.begin = QAction(START, self)
        self.start = Button(look, START).does(self.begin)
        self.amend = Button(look, "Amend with a reason")
        self.put_back = Button(look, "Discard changes")
        self.publish = Button(look, "Publish criteria", kind="primary", icon="check")
        self.sections = PillTabs(look, SECTIONS)
        self.sections.setAccessibleName("Parts of the set-up")
        self.parts = PillTabs(look, PARTS)
        self.lock = ElidedLabel(look, size=12, tone="text2")
        self.lock.give_way_by_clauses()
        self._padlock = PlainLabel()
        self.empty = EmptyState(look, self.begin, START, icon="criteria")
        self._lay_out_head()
        self._lay_out_content()
        stack = self._sections_stack
        stack.addWidget(self.criteria)
        self._makers: dict[int, Callable[[], QWidget]] = {
            SCALE: partial(ScaleSection, look, self._draft, stack),
            RULES: self._make_rules,
            AREAS: self._make_areas,
        }
        self._made: dict[int, QWidget] = {}
        for _ in self._makers:
            stack.addWidget(QWidget(stack))
        self.parts.changed.connect(self._show_parts)
        look.changed.connect(self._space)
        self._space()

    @property
    def scale(self) -> ScaleSection:
        """Return the scale with its words."""
        return cast("ScaleSection", self._section(SCALE))

    @property
    def rules(self) -> RulesSection:
        """Return the rules for ties, floors and money."""
        return cast("RulesSection", self._section(RULES))

    @property
    def areas(self) -> AreasSection:
        """Return the areas with their money and dates."""
        return cast("AreasSection", self._section(AREAS))

    @property
    def is_empty(self) -> bool:
        """Whether there is no round to show."""
        return self._stack.currentIndex() == 0

    def show_empty(self, words: str) -> None:
        """Say why there is nothing to show."""
        self.summary.setText("")
        self.empty.say(words)
        for widget in (self.publish, self.amend, self.put_back, self.start):
            widget.hide()
        self.show_lock("")
        self._stack.setCurrentIndex(0)

    def show_round(self) -> None:
        """Show the section that is chosen."""
        self._stack.setCurrentIndex(1)

    def is_made(self, number: int) -> bool:
        """Whether a section was wanted before."""
        return number in self._made or number == CRITERIA

    def make_rest(self) -> Iterator[None]:
        """Make what nobody wanted yet, and rows for a scheme, one at a step."""
        self.criteria.side.make_try_out()
        yield
        if not self.is_made(RULES):
            self._rule_fields = RuleFields(self._look, self._draft)
            yield
        for number in self._makers:
            self._section(number)
            yield
        yield from self.criteria.list.make_rows_ahead()
        yield from self.scale.make_rows_ahead()

    def show_section(self) -> None:
        """Turn to the section that is chosen."""
        if self.sections.current != CRITERIA:
            self._section(self.sections.current)
        self._sections_stack.setCurrentIndex(self.sections.current)
        self._show_parts()

    def show_lock(self, words: str) -> None:
        """Say what stands in the way of a change; in a narrow window on the title's tip."""
        look = self._look
        self.lock.setText(words)
        self._padlock.setPixmap(look.glyph("lock", look.theme.text2, 14, self.devicePixelRatioF()))
        self.title.setAccessibleDescription(words)
        self._show_lock()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: list and details take turns when it is narrow."""
        self._room = room
        self.summary.setVisible(not room.is_low)
        self.start.show_words("Start…" if room.has_tabs else START, name=START)
        words = SHORT if room.has_tabs else SECTIONS
        self.sections.say([ours(word) for word in words])
        self._show_lock()
        self._show_parts()

    def _show_lock(self) -> None:
        for widget in (self.lock, self._padlock):
            widget.setVisible(bool(self.lock.text()) and not self._room.has_tabs)
        across = QSizePolicy.Policy.Preferred if self._room.has_tabs else QSizePolicy.Policy.Minimum
        self.sections.setSizePolicy(across, QSizePolicy.Policy.Preferred)  # beside them the lock gives way

    @Slot()
    def _show_parts(self) -> None:
        is_narrow = self._room.has_tabs
        self.parts.setVisible(is_narrow and self.sections.current in (CRITERIA, AREAS))
        shows_side = self.parts.current == 1
        self.criteria.fit(self._room, shows_side=shows_side)
        if self.is_made(AREAS):
            self.areas.fit(self._room, shows_side=shows_side)
        if self.is_made(RULES):
            self.rules.fit(is_narrow=is_narrow)

    def _make_rules(self) -> QWidget:
        fields, self._rule_fields = self._rule_fields or RuleFields(self._look, self._draft), None
        return RulesSection(self._look, self._draft, fields, self._sections_stack)

    def _make_areas(self) -> QWidget:
        return AreasSection(self._look, self._ahead.take(AreaForm), self._sections_stack)

    def _section(self, number: int) -> QWidget:
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
            self.section_made.emit(number)
        return self._made[number]

    def _lay_out_head(self) -> None:
        self._column = QVBoxLayout(self)
        actions = (self.start, self.amend, self.put_back, self.publish)
        nest(self._column, PageHead(self._look, self.title, self.summary, actions))
        self._pills = QHBoxLayout()
        self._pills.addWidget(self.sections)
        self._pills.addWidget(self.parts)
        self._pills.addStretch(1)
        self._pills.addWidget(self._padlock)
        self._pills.addWidget(self.lock)

    def _lay_out_content(self) -> None:
        self._stack = UnnamedStack(self)
        self._column.addWidget(self._stack, 1)
        self._stack.addWidget(self.empty)
        content = QWidget(self._stack)
        self._stack.addWidget(content)
        self._inner = QVBoxLayout(content)
        nest(self._inner, self._pills)
        self._sections_stack = Stack("Set-up", content)
        self._inner.addWidget(self._sections_stack, 1)

    @Slot()
    def _space(self) -> None:
        px = self._look.px
        self._column.setContentsMargins(px(17), px(4), px(17), px(10))
        self._column.setSpacing(px(7))
        self._pills.setSpacing(px(8))
        self._inner.setSpacing(px(8))
        self._inner.setContentsMargins(3, 0, 3, 0)
