"""What is set of the round on show, and where each of it is changed."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout

from gui.pages.page import PageTools, Place
from gui.pages.settings.marking_row import MarkingRow
from gui.text import column_money, counted
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest
from models.queries.deciding.decisions import chain_of
from models.reference.sign_off import Chain
from scoring.written.text import listed

PANEL = "Panel"
NO_RECORD = "Open a record to see its round."


class RoundCard(Card):
    """Areas and pots, who sits on the panel, and who decides; a button leads to each."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools.look)
        self._tools = tools
        look = tools.look
        self.areas, self.panel, self.chain = (Label(look).wrapped() for _ in range(3))
        self.marking = MarkingRow(tools, self)
        self.to_areas = Button(look, ours("Change areas, pots and dates"))
        self.to_panel = Button(look, "Change the panel")
        self.to_chain = Button(look, "Show decisions")
        grid = QGridLayout()
        rows = (
            (ours("Areas and pots"), self.areas, self.to_areas, "criteria"),
            ("Panel", self.panel, self.to_panel, "panel"),
            ("Who decides", self.chain, self.to_chain, "decisions"),
        )
        names: list[Label] = []
        for row, (name, words, button, page) in enumerate(rows):
            names.append(Label(look, name))
            grid.addWidget(names[-1], row, 0)
            grid.addWidget(words, row, 1)
            grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignRight)
            button.clicked.connect(partial(tools.go, page))
        names.append(Label(look, "Marking"))
        grid.addWidget(names[-1], len(rows), 0)
        grid.addWidget(self.marking, len(rows), 1, 1, 2)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        self._of_a_round = (*names, self.panel, self.chain, self.marking)
        nest(self.body, grid)
        look.changed.connect(self._space)
        self._space()
        self.show_place(None)

    def show_place(self, place: Place | None) -> None:
        """Show another round; None when the record has none."""
        self._offer(has_round=place is not None)
        self.panel.setText("")
        self.chain.setText("")
        self.marking.show_place(place)
        if place is None:
            is_open = self._tools.workspace.facts is not None
            self.areas.setText(self._tools.no_round if is_open else NO_RECORD)
            return
        pots = [area.pot_pence for area in place.line.areas]
        show = column_money((sum(pots),))
        self.areas.setText(f"{ours(counted(len(pots), 'area', 'areas'))}, {show(sum(pots))} in the pots")
        query = partial(chain_of, round_id=place.line.round_id)
        self._tools.workspace.ask(query, self._take)

    def _take(self, chain: Chain) -> None:
        self.chain.setText(" › ".join((PANEL, *(listed(step.posts) for step in chain))))
        self.panel.setText(ours("Members, what they declare, and the areas they mark"))

    def _offer(self, *, has_round: bool) -> None:
        """Offer the pages that the person has, once there is a round; nothing stands without one."""
        for part in self._of_a_round:
            part.setVisible(has_round)
        for button, page in (
            (self.to_areas, "criteria"),
            (self.to_panel, "panel"),
            (self.to_chain, "decisions"),
        ):
            button.setVisible(has_round and page in self._tools.pages)

    @Slot()
    def _space(self) -> None:
        self._grid.setSpacing(self._look.px(10))
