"""What is set of the round on show, and where each of it is changed."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.page import PageTools, Place
from gui.text import column_money, counted
from gui.theme.look import space
from gui.theme.office_words import ours
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import Label
from gui.widgets.nesting import nest, row_of
from gui.widgets.turned import ChoiceList
from models.operations.set_up.rounds import SetMarking
from models.queries.deciding.decisions import chain_of
from models.queries.papers.issues import has_issues
from models.reference.defaults import MARKINGS
from models.reference.sign_off import Chain
from scoring.written.text import listed

PANEL = "Panel"
EVERY = "Every paper of the round prints it."
FOR_GOOD = "A paper was issued under it, so it stays."
NO_RECORD = "Open a record to see its round."


class RoundCard(Card):
    """Areas and pots, who sits on the panel, and who decides; a button leads to each."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__()
        self._tools = tools
        self.areas, self.panel, self.chain = (Label().wrapped() for _ in range(3))
        self._place: Place | None = None
        self.choice = ChoiceList()
        self.choice.setAccessibleName("Marking of this round")
        self.choice.addItems(list(MARKINGS))
        self.says = Label(tone="text2").wrapped()
        self.to_areas = Button(ours("Change areas, pots and dates"))
        self.to_panel = Button("Change the panel")
        self.to_chain = Button("Show decisions")
        grid = QGridLayout()
        rows = (
            (ours("Areas and pots"), self.areas, self.to_areas, "criteria"),
            ("Panel", self.panel, self.to_panel, "panel"),
            ("Who decides", self.chain, self.to_chain, "decisions"),
        )
        names: list[Label] = []
        for row, (name, words, button, page) in enumerate(rows):
            names.append(Label(name))
            grid.addWidget(names[-1], row, 0)
            grid.addWidget(words, row, 1)
            grid.addWidget(button, row, 2, Qt.AlignmentFlag.AlignRight)
            button.clicked.connect(partial(tools.go, page))
        names.append(Label("Marking"))
        grid.addWidget(names[-1], len(rows), 0)
        marking = QWidget(self)
        row_of((self.choice, 0, Qt.AlignmentFlag.AlignTop), (self.says, 1), inside=marking)
        grid.addWidget(marking, len(rows), 1, 1, 2)
        grid.setColumnStretch(1, 1)
        space(grid, 10)
        self._of_a_round = (*names, self.panel, self.chain, marking)
        nest(self.body, grid)
        self.choice.activated.connect(self._set_marking)
        tools.identity_changed.connect(self._show_marking)
        self.show_place(None)

    def show_place(self, place: Place | None) -> None:
        """Show another round; None when the record has none."""
        self._place = place
        self._offer(has_round=place is not None)
        self.panel.setText("")
        self.chain.setText("")
        self._show_marking()
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

    @Slot()
    def _show_marking(self) -> None:
        """Show how the papers of the round are marked, which stays once one was issued under it."""
        if self._place is None:
            return
        line = self._place.line
        if self.choice.findText(line.marking) < 0:  # a round that was loaded may say more
            self.choice.addItem(line.marking)
        self.choice.setCurrentText(line.marking)
        self.choice.setEnabled(False)
        self._tools.workspace.ask(partial(has_issues, round_id=line.round_id), self._fix_marking)

    def _fix_marking(self, is_for_good: bool) -> None:
        may, words = self._tools.identity.may("set marking"), FOR_GOOD if is_for_good else EVERY
        self.choice.setEnabled(may and not is_for_good)
        self.choice.setVisible(may)
        self.says.setText(words if may else f"{self.choice.currentText()}. {EVERY}")
        self.choice.setAccessibleDescription(self.says.text())

    @Slot()
    def _set_marking(self) -> None:
        assert self._place is not None, "the choice is there with a round"
        line, wanted = self._place.line, self.choice.currentText()
        if wanted != line.marking:
            self._tools.perform(SetMarking(line.round_id, wanted, line.marking))

    def _offer(self, *, has_round: bool) -> None:
        """Offer the pages that the person has, once there is a round; nothing stands without one."""
        for part in self._of_a_round:
            part.setVisible(has_round)
        for button, page, kind in (
            (self.to_areas, "criteria", "set pot"),
            (self.to_panel, "panel", "add member"),
            (self.to_chain, "decisions", ""),
        ):
            may = page in self._tools.pages and not (kind and self._tools.identity.refusal(kind))
            button.setVisible(has_round and may)
