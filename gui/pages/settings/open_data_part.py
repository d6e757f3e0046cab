"""Who publishes the office's open data, as the record has it, and where it is changed."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.listed.acts import Doing
from gui.listed.form import Asked
from gui.listed.paper_forms import publisher_form
from gui.pages.page import PageTools
from gui.widgets.buttons import Button
from gui.widgets.label import Label
from models.operation import Topic
from models.papers.open_data import Publisher
from models.queries.papers.paper_texts import publisher

NOBODY = "Open data has no publisher yet: it names each grant with a prefix that 360Giving gives an office."
SOMEBODY = "Open data is published as {}, by the funder {}."
ACTION = "Who publishes open data…"


class OpenDataPart(QWidget):
    """A sentence and a button; what is changed there can be undone."""

    def __init__(self, tools: PageTools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._doing = tools, Doing(tools, self)
        self.says = Label(tools.look).wrapped()
        self.change = Button(tools.look, ACTION)
        self.change.clicked.connect(self._ask)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.says, 1)
        self._row.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        for happened in (tools.workspace.opened, tools.workspace.closed):
            happened.connect(self.refresh)
        tools.workspace.watch(frozenset(Topic), self.refresh, self)
        tools.look.changed.connect(self._space)
        self._space()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record; without one there is nothing to show."""
        facts = self._tools.workspace.facts
        self.says.setVisible(facts is not None)
        self.change.setVisible(facts is not None)
        self.change.setEnabled(facts is not None and not facts.is_copy)
        if facts is not None:
            self._tools.workspace.ask(publisher, self._show)

    def _show(self, found: Publisher) -> None:
        self.says.setText(SOMEBODY.format(found.prefix, found.funder) if found.prefix else NOBODY)

    @Slot()
    def _ask(self) -> None:
        self._doing.do(Asked(publisher, publisher_form))

    @Slot()
    def _space(self) -> None:
        self._row.setSpacing(self._tools.look.px(10))
