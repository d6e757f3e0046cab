"""Applications: what came in, its gates, and what went before. Officers and the chair work; members read."""

from collections.abc import Iterator
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLayout, QWidget

from gui.keys.key_map import KeyHint
from gui.listed.page import ListedPage
from gui.listed.view import LIST, ONE, ListedView
from gui.pages.applications.acts import CHOOSE, OF_PAGE
from gui.pages.applications.detail import GATES, SIDE
from gui.pages.applications.importing.check_step import CheckStep
from gui.pages.applications.importing.steps import MatchStep, SheetStep
from gui.pages.applications.importing.wizard import ImportWizard
from gui.pages.applications.lines import (
    APPLICATION_COLUMNS,
    WORK,
    ApplicationLine,
    ApplicationList,
    Filter,
    Filters,
    ask_applications,
    summary,
)
from gui.pages.page import GATES_TO_CHECK, WHAT_IT_IS_FOR, Breakpoints, PageTools, Place
from gui.pages.page_keys import to_focus
from gui.theme.look import space
from gui.widgets.nesting import tab_through
from gui.widgets.pill import PillTabs
from models.operation import Topic

GREY_AFTER_MS = 150
NONE_SUCH = "No application is of what is chosen and typed above the list."

PAGE: ListedPage[ApplicationList, ApplicationLine] = ListedPage(
    key="applications",
    title="Applications",
    icon="file",
    list_name="Applications",
    ask=ask_applications,
    rows=attrgetter("of_area"),
    row_key=attrgetter("reference"),
    spoken=attrgetter("spoken"),
    columns=APPLICATION_COLUMNS,
    concerns=frozenset(
        {
            Topic.APPLICATIONS,
            Topic.GATES,
            Topic.ROUNDS,
            Topic.SCHEME,
            Topic.INTERESTS,
            Topic.MARKS,
            Topic.AGREED,
            Topic.RECOMMENDATIONS,
            Topic.ATTACHMENTS,
        }
    ),
    summary=summary,
    empty=attrgetter("nothing"),
    finds=lambda line, reference: line.reference == reference,
    narrowing=Filters,
    side=SIDE,
    acts=OF_PAGE,
    sums=lambda answer, shown: summary(answer) if shown else NONE_SUCH,
)


class ApplicationsPage(ListedView):
    """The page of one round's applications. One opens at full width, and an import takes the whole page."""

    parts_ahead = (*PAGE.parts_ahead, SheetStep, MatchStep, CheckStep)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, PAGE)
        self._asks_of = ""
        self._wizard: ImportWizard | None = None
        self._grey = QTimer(self, singleShot=True, interval=GREY_AFTER_MS)
        self._grey.timeout.connect(partial(self.table.set_stale, is_stale=True))
        KeyHint(tools.actions.keys, "find", self.narrowing.typed.show_key, self)
        self.doing.told.connect(self.start_import)

    @property
    def wizard(self) -> ImportWizard:
        """Return what imports applications, made as it is first wanted."""
        if self._wizard is None:
            self._wizard = wizard = ImportWizard(self._tools, self)
            self._whole.addWidget(wizard)
            for layout in wizard.findChildren(QLayout):
                layout.invalidate()  # what was measured on the way into the window had no style yet
            tab_through(self.table, wizard)  # Qt puts what is made later behind all else
            wizard.fit(self._room)
            wizard.left.connect(self._leave_wizard)
        return self._wizard

    def make_rest(self) -> Iterator[None]:
        """Make what imports applications."""
        self.wizard.fit(self._room)
        yield

    def show_place(self, place: Place | None) -> None:
        """Show another round or area, and leave the import into the round before."""
        before = None if self._place is None else self._place.line.round_id
        if place is None or place.line.round_id != before:
            self._leave_wizard()
        super().show_place(place)

    def show_reference(self, reference: str) -> None:
        """Select one application in the list and ask what it is for, or show those with gates to check."""
        if reference == GATES_TO_CHECK:
            self.narrowing.choose(Filter.TO_CHECK)
            self.detail.sections.choose(GATES)
            return
        wanted = self._picked = reference.removeprefix(WHAT_IT_IS_FOR).strip()
        self._asks_of = wanted if wanted != reference else ""
        super().show_reference(wanted)

    def _lead_to(self, reference: str) -> Any:
        """Show an application beside the list, where there is room for both; ask what it is for if wanted."""
        found = super()._lead_to(reference)
        if not self._room.has_tabs:
            self.sides.choose(LIST)
        if found is not None and reference == self._asks_of:
            self._asks_of = ""
            for offer in CHOOSE.offers(self.at(found)):
                self.doing.press(offer)
        return found

    @Slot()
    def start_import(self) -> None:
        """Show the wizard that imports applications; officers and the chair only."""
        if self._place is not None and self._tools.identity.may(WORK):
            self._show_whole(self.wizard)
            self.wizard.start(self._place.line)

    @Slot()
    def _leave_wizard(self) -> None:
        """Leave the wizard for the list."""
        self._show_whole(None)
        (to_focus(self.table, self.panes()) or self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def refresh(self) -> None:
        """Ask the record again; what it says late is grey meanwhile."""
        self._grey.start()
        super().refresh()

    def fit(self, room: Breakpoints) -> None:
        """Fit the room, the import too."""
        if self._wizard is not None:
            self._wizard.fit(room)
        super().fit(room)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the page's panes in reading order, for F6."""
        if self._wizard is not None and self._wizard.isVisible():
            return self._wizard.panes()
        return super().panes()

    def _take(self, answer: ApplicationList) -> None:
        self._grey.stop()
        self.table.set_stale(is_stale=False)
        super()._take(answer)

    @Slot()
    def _ask_if_seen(self) -> None:
        super()._ask_if_seen()
        if self._wizard is not None and self._wizard.isVisible():
            self._wizard.take_change()

    def _open_beside(self, turns: PillTabs, number: int, pane: QWidget) -> None:
        """Show the application at full width; Esc goes back to its row."""
        turns.choose(number)
        pane.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _is_wide(self) -> bool:
        """Whether an application was opened at full width."""
        return not self._room.has_tabs and self.sides.number == ONE

    def _fit(self) -> None:
        super()._fit()
        if self._is_wide:
            self.sides.setVisible(not self.is_empty)

    def _stand_beside(self, side: QWidget, width: float, *, is_alone: bool) -> None:
        """Give the application all the room where it was opened."""
        space(self._listed, 4)
        if self._is_wide:
            self._list.hide()
        super()._stand_beside(side, width, is_alone=is_alone or self._is_wide)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back from the application to its row with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.detail.isAncestorOf(self.focusWidget()):
            self.sides.choose(LIST)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave an import that is done with the page: what it offers is not true for long."""
        super().hideEvent(event)
        is_imported = self._wizard is not None and self._wizard.summary.is_done
        if not event.spontaneous() and is_imported:
            self._show_whole(None)
