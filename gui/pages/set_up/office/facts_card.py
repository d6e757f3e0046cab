"""A group of the office's facts as the record has them, with the button that changes them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from gui.pages.page import PageTools
from gui.pages.set_up.office.logo_picture import LogoPicture
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.papers.office import SIGNATORIES, FactKind, OfficeFact, OfficeKey
from models.queries.set_up.office import KnownOffice
from scoring.written.days import short_day

NOT_SAID = "–"
UNSIGNED = "All may stay empty: the contact officer then signs letters, and whoever decided signs the notice."


class FactsCard(Card):
    """A row for each fact, with what is to hold from a later day beneath it."""

    def __init__(self, tools: PageTools, group: str, keys: Sequence[OfficeKey]) -> None:
        super().__init__(tools.look)
        self._tools, self.keys = tools, tuple(keys)
        look = tools.look
        self.change = Button(look, "Change…")
        self.change.setAccessibleName(f"Change: {group}")
        self.head = Label(look, group, size=15, weight=600)
        self.values = {key.key: Label(look, NOT_SAID).wrapped() for key in keys}
        self.names = {key.key: Label(look, key.heading, tone="text2").wrapped() for key in keys}
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.change)
        self._grid = QGridLayout()
        at_top = Qt.AlignmentFlag.AlignTop
        for row, key in enumerate(keys):
            self._grid.addWidget(self.names[key.key], row, 0, at_top)
            self._grid.addWidget(self.values[key.key], row, 1, at_top)
        self._grid.setColumnStretch(1, 1)
        self.logo = LogoPicture(look)
        nest(self.body, top)
        if group == SIGNATORIES:
            self.body.addWidget(Label(look, UNSIGNED, tone="text2").wrapped())
        nest(self.body, self._grid)
        self.body.addWidget(self.logo)
        look.changed.connect(self._space)
        self._space()

    def show_office(self, found: KnownOffice) -> None:
        """Show what holds today, and what will from a later day."""
        for key in self.keys:
            later = [fact for fact in found.coming if fact.key == key.key]
            if key.kind is FactKind.LOGO:
                self._show_logo(found.logo, later)
                continue
            said = [found.office.get(key.key) or NOT_SAID]
            said += [f"From {short_day(fact.from_on)}: {fact.value or 'none'}" for fact in later]
            self.values[key.key].setText("\n".join(said))

    def _show_logo(self, png: bytes, later: Sequence[OfficeFact]) -> None:
        said = [NOT_SAID] if not png else []
        said += [f"One from {short_day(fact.from_on)}" for fact in later]
        self.values["logo"].setText("\n".join(said))
        self.logo.show_png(png)

    @Slot()
    def _space(self) -> None:
        px = self._tools.look.px
        self.body.setSpacing(px(10))
        self._grid.setHorizontalSpacing(px(16))
        self._grid.setVerticalSpacing(px(8))
        for name in self.names.values():
            name.setFixedWidth(px(200))
