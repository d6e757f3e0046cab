"""The Papers page laid out: papers at the left, the one on show with its choices at the right."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.breakpoints import Breakpoints
from gui.pages.page import PageTools
from gui.pages.papers.exports.choices import ISSUED, PAPERS, Choices, Parts
from gui.pages.papers.exports.query import FORMS, Chosen, previews_of
from gui.pages.papers.exports.views import Views
from gui.pages.sided_page import SidedPage
from gui.widgets.buttons import Button
from gui.widgets.tips import let_press

NO_PAPER = "There is no paper to write yet: what stands in its place says why."
SIDE_WIDTH, NARROW_SIDE = 404, 360
ROOMY = 1240


class ExportsFrame(SidedPage):
    """The widgets of the page, and which of them there is room for."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Papers")
        look = tools.look
        self._shown: Chosen | None = None
        self._is_draft = self._can_write = False
        self.issue = Button(look, "Issue a version…", icon="lock")
        self.write = Button(look, "Write", kind="primary", icon="export")
        self.publisher_action = QAction("Say who publishes…", self)
        self.parts = Parts(look)
        self.choices = tools.parts.take(Choices)
        self.views = Views(tools, self.publisher_action)
        self._lay_out()
        self.setFocusProxy(self.choices.list)

    def fit(self, room: Breakpoints) -> None:
        """Fit the room: in parts when narrow."""
        self.choices.fit(is_low=room.is_low)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        return (self.choices.list, self.choices.papers.focusable(), self.views.pane)

    def tell_draft(self, *, is_draft: bool, can_write: bool) -> None:
        """Know whether there is a paper to write, and whether it is a draft: the other button issues it."""
        self._is_draft, self._can_write = is_draft, can_write
        self.show_write()

    def show_write(self) -> None:
        """Say on the button what is written, in one word where there is little room."""
        action = self.choices.papers.action
        if self._is_draft:
            action = action.replace("Write ", "Write draft ", 1)
        self.write.show_words("Write" if self._room.has_tabs else action, name=action)
        let_press(self.write, "" if self._can_write else NO_PAPER, action if self._room.has_tabs else "")

    def show_parts(self, chosen: Chosen | None) -> None:
        """Offer the forms of a paper and what was issued; in a narrow window the list of papers, too."""
        self._shown = chosen
        has_tabs, is_there = self._room.has_tabs, chosen is not None
        previews = previews_of(chosen.paper) if chosen is not None else ()
        first = [(PAPERS, "Papers")] if has_tabs else []
        every = [*first, *((form, FORMS[form]) for form in previews), (ISSUED, "Issued")]
        self.parts.offer(every if is_there else [], previews[0] if previews else "")
        self.parts.setVisible(is_there)
        part = self.parts.current
        self.choices.setVisible(is_there and (not has_tabs or part == PAPERS))
        self._right.setVisible(not has_tabs or part != PAPERS or not is_there)
        self._place_what(is_under=has_tabs)
        self.choices.what.setVisible(is_there)
        self.views.show_history(is_on=part == ISSUED)
        self.issue.show_words("Issue…" if has_tabs else "Issue a version…", name="Issue a version…")
        self.show_write()
        width = SIDE_WIDTH if self._room.width >= ROOMY else NARROW_SIDE
        self._stand_beside(self.choices, width, is_alone=has_tabs)

    def _fit(self) -> None:
        self.show_parts(self._shown)

    def _place_what(self, *, is_under: bool) -> None:
        """Stand what can be chosen under the list of papers, or over the paper itself."""
        if is_under and self._beside.indexOf(self.choices.what) >= 0:
            self.choices.take_what()
        elif not is_under and self._beside.indexOf(self.choices.what) < 0:
            self._beside.insertWidget(0, self.choices.what)

    def _lay_out(self) -> None:
        self._right = QWidget()
        self._beside = QVBoxLayout(self._right)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.addWidget(self.views, 1)
        self._lay_out_page((self.parts, self.issue, self.write), (self.choices, self._right), wide=1)

    def dress(self) -> None:
        """Follow the size of text."""
        self._beside.setSpacing(self._look.px(8))
        super().dress()
