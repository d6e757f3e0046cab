"""Some of the office's facts, with what is said of each and the button that changes them."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from gui.pages.page import PageTools
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.papers.office import FactKind, OfficeKey

WIDEST = 760


class FactsCard(Card):
    """A row for each fact with what is said of it; those that are not `shown` are hidden.

    `act` is what its button does, such as "Change…", and `about` what is said above the rows.
    """

    def __init__(self, tools: PageTools, group: str, keys: Sequence[OfficeKey], act: str, about: str) -> None:
        super().__init__(tools.look)
        self._tools, self.keys, self.shown = tools, tuple(keys), tuple(keys)
        look = tools.look
        self.change = Button(look, act)
        self.change.setAccessibleName(f"{act.removesuffix('…')}: {group}")
        self.values = {key.key: Label(look, "").wrapped() for key in keys}
        self.names = {key.key: Label(look, key.heading, tone="text2").wrapped() for key in keys}
        top = QHBoxLayout()
        top.addWidget(Label(look, group, size=15, weight=600), 1)
        top.addWidget(self.change)
        self._grid = QGridLayout()
        at_top = Qt.AlignmentFlag.AlignTop
        for row, key in enumerate(keys):
            self._grid.addWidget(self.names[key.key], row, 0, at_top)
            self._grid.addWidget(self.values[key.key], row, 1, at_top)
        self._grid.setColumnStretch(1, 1)
        nest(self.body, top)
        if about:
            self.body.addWidget(Label(look, about, tone="text2").wrapped())
        nest(self.body, self._grid)
        look.changed.connect(self._space)
        self._space()

    def narrow(self, keys: Collection[OfficeKey]) -> None:
        """Show some of the facts alone; a logo is not typed, and without any fact the card is hidden."""
        self.shown = tuple(key for key in self.keys if key in keys)
        for key in self.keys:
            self.names[key.key].setVisible(key in keys)
            self.values[key.key].setVisible(key in keys)
        self.change.setVisible(any(key.kind is not FactKind.LOGO for key in self.shown))
        self.setVisible(bool(self.shown))

    @Slot()
    def _space(self) -> None:
        px = self._tools.look.px
        self.setMaximumWidth(px(WIDEST))
        self.body.setSpacing(px(10))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        for name in self.names.values():
            name.setFixedWidth(px(200))
