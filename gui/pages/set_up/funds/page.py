"""Funds: the record's funds at the left, what is known of one at the right."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.pages.page import PageTools, Place
from gui.pages.parts_side import PartsSide
from gui.pages.set_up.funds.controller import FundsController
from gui.pages.set_up.funds.panel_rules import PanelRules
from gui.pages.set_up.funds.rows import (
    CHAIN,
    FACTS,
    FUND_COLUMNS,
    NAMES,
    PANEL,
    ROW_COLUMNS,
    SECTIONS,
    YEARS,
    FundRow,
    accessible_text,
    change_words,
    fund_key,
    is_list,
    may_be_required,
    name_today,
    row_accessible_text,
    row_key,
    rows_of,
)
from gui.pages.sided_page import SidedPage
from gui.tables.line_view import LineView
from gui.text import counted
from gui.theme.look import Look
from gui.widgets.buttons import Button
from gui.widgets.card import Card
from gui.widgets.label import ElidedLabel, Label
from gui.widgets.pill_tabs import PillTabs
from gui.widgets.tips import let_press
from gui.widgets.turned import ChoiceList
from models.operation import Topic
from models.queries.set_up.funds import Fund, fund_list
from models.reference.defaults import ListKind
from models.reference.fund_facts import CLAUSES

NOTHING = "The record has no fund yet. Add one from a template, or import the file of another office."
NO_LINES = "Nothing is recorded here yet."
STAYS = "Only a fund without a round, and never renamed, can be removed. Close it instead."
LIST_WIDTH = 360
LIST, ONE = range(2)


def _funds(look: Look) -> LineView[Fund]:
    table: LineView[Fund] = LineView(look, FUND_COLUMNS, fund_key, accessible_text)
    table.setAccessibleName("Funds")
    return table


def _parts_of_fund(look: Look) -> LineView[FundRow]:
    rows: LineView[FundRow] = LineView(look, ROW_COLUMNS, row_key, row_accessible_text)
    rows.setAccessibleName("What is known of the fund")
    return rows


class FundsPage(SidedPage):
    """The funds, and beside them the part of the current one that is chosen."""

    key = "funds"
    concerns = frozenset({Topic.FUNDS, Topic.ROUNDS, Topic.RECORD})
    parts_ahead = (_funds, _parts_of_fund)

    def __init__(self, tools: PageTools) -> None:
        super().__init__(tools, "Funds", icon="money", way_on="Add a fund…")
        look = tools.look
        self.controller = FundsController(tools, self)
        self.panel_rules = PanelRules(tools, self)
        self.sides = PillTabs(look, ("Funds", "Details"))
        self.add = Button(look, "Add a fund…", kind="primary")
        self.importing = Button(look, "Import…")
        self.table = tools.parts.take(_funds)
        self.name = ElidedLabel(look, size=15, weight=600)
        self.rename, self.close_it = Button(look, "Rename…"), Button(look, "Close…")
        self.remove, self.export = Button(look, "Remove"), Button(look, "Export…", icon="export")
        self.section = ChoiceList()
        self.section.setAccessibleName("Part of the fund")
        for words, key in SECTIONS:
            self.section.addItem(words, key)
        self.more, self.edit = Button(look, "Add…"), Button(look, "Change…")
        self.take_out, self.required = Button(look, "Remove line"), Button(look, "")
        self.template = Button(look, "Template…")
        self.rows = tools.parts.take(_parts_of_fund)
        self.none = Label(look, NO_LINES, tone="text2").wrapped()
        self._lay_out()
        self._connect()

    def show_place(self, place: Place | None) -> None:
        """Show the funds: they belong to the record, not to a round."""
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Ask the record again."""
        if self._tools.workspace.facts is not None:
            self._tools.ask(fund_list, self._take)

    def panes(self) -> tuple[QWidget, ...]:
        """Return the funds, the choice of a part, and its lines."""
        if not self._room.has_tabs:
            return (self.table, self.section, self.rows)
        return (self.table,) if self.sides.current == LIST else (self.section, self.rows)

    @property
    def fund(self) -> Fund | None:
        """Return the current fund."""
        return next((fund for fund in self.table.rows if fund.code == self.table.current), None)

    @property
    def part(self) -> str:
        """Return the part of the fund on show, by its key."""
        return str(self.section.currentData())

    def _take(self, funds: tuple[Fund, ...]) -> None:
        known = {fund.code for fund in self.table.rows}
        added = [fund.code for fund in funds if known and fund.code not in known]
        self.table.show_rows(funds)
        self.summary.setText(counted(len(funds), "fund", "funds") if funds else "")
        self.add.setVisible(bool(funds))  # an empty page has one way on
        if not funds:
            self._show_empty(NOTHING)
        else:
            self._show_list()
            if added:
                self.table.select(added[0])
            elif self.fund is None:
                self.table.select_first()
        self._show_part()
        self._fit()

    @Slot()
    def _show_part(self) -> None:
        fund = self.fund
        if fund is not None:
            self.name.setText(name_today(fund))
            self.rows.show_rows(rows_of(fund, self.part))
            if self.rows.current is None:
                self.rows.select_first()
            self.none.setVisible(not self.rows.rows)
        self._offer()

    @Slot()
    def _offer(self) -> None:
        """Offer what can be done with the fund and the line, by whoever may do it."""
        fund, why_not = self.fund, self._tools.identity.refusal("set fund")
        may = not why_not
        row = "" if self.rows.current is None else str(self.rows.current)
        is_there = may and fund is not None
        for button in (self.rename, self.close_it, self.more, self.required):
            button.setEnabled(is_there)
        for button in (self.add, self.importing):
            let_press(button, why_not)
        self.way_on.setEnabled(may)
        self.export.setEnabled(fund is not None)
        self.edit.setEnabled(is_there and bool(row))
        self.edit.show_words(change_words(next((one for one in self.rows.rows if one.key == row), None)))
        is_unused = fund is not None and not fund.rounds and len(fund.names) == 1
        let_press(self.remove, why_not or ("" if is_unused else STAYS))
        is_last_step = self.part == CHAIN and len(self.rows.rows) == 1
        self.take_out.setEnabled(is_there and bool(row) and not is_last_step)
        self.more.setVisible(self.part != FACTS)
        self.take_out.setVisible(self.part != FACTS)
        self.required.setVisible(may_be_required(self.part))
        self.template.setVisible(self.part == CLAUSES)
        self.template.setEnabled(is_there)
        if fund is not None:
            self.close_it.show_words("Open again" if fund.closed_on is not None else "Close…")
            is_asked = may_be_required(self.part) and ListKind(self.part) in fund.rules.required()
            self.required.show_words("No longer required" if is_asked else "Require before decision")

    @Slot()
    def _ask_more(self) -> None:
        fund = self.fund
        if fund is None:
            return
        if self.part == YEARS:
            self.controller.ask_year(fund, "")
        elif self.part == CHAIN:
            self.controller.ask_step(fund, None)
        elif self.part == PANEL:
            self.panel_rules.ask(fund, None)
        elif is_list(self.part):
            self.controller.ask_line(fund, self.part, "")

    @Slot()
    def _ask_edit(self) -> None:
        fund = self.fund
        if fund is None or self.rows.current is None or not self._tools.identity.may("set fund"):
            return
        kind, _, name = str(self.rows.current).partition(":")
        if kind == NAMES:
            self.controller.ask_rename(fund)
        elif kind == "fact":
            self.controller.ask_fact(fund, name)
        elif kind == "year":
            self.controller.ask_year(fund, name)
        elif kind == "step":
            self.controller.ask_step(fund, int(name) - 1)
        elif kind == "rule":
            self.panel_rules.ask(fund, int(name) - 1)
        else:
            self.controller.ask_line(fund, self.part, name)

    @Slot()
    def _take_out(self) -> None:
        if self.fund is None or self.rows.current is None:
            return
        kind, _, name = str(self.rows.current).partition(":")
        if kind == "rule":
            self.panel_rules.take_out(self.fund, int(name) - 1)
        else:
            self.controller.take_out(self.fund, self.part, str(self.rows.current))

    @Slot()
    def _ask_template(self) -> None:
        if self.fund is not None:
            self.controller.ask_template(self.fund)

    @Slot()
    def _switch_required(self) -> None:
        if self.fund is not None:
            self.controller.switch_required(self.fund, self.part)

    @Slot()
    def _ask_rename(self) -> None:
        if self.fund is not None:
            self.controller.ask_rename(self.fund)

    @Slot()
    def _ask_close(self) -> None:
        if self.fund is not None:
            self.controller.ask_close(self.fund)

    @Slot()
    def _remove(self) -> None:
        if self.fund is not None:
            self.controller.remove(self.fund)

    @Slot()
    def _ask_export(self) -> None:
        if self.fund is not None:
            self.controller.ask_export(self.fund)

    @Slot()
    def _go_to_lines(self) -> None:
        self._open_beside(self.sides, ONE, self.rows)

    def _connect(self) -> None:
        self.way_on.triggered.connect(self.controller.ask_add)
        self.add.clicked.connect(self.controller.ask_add)
        self.importing.clicked.connect(self.controller.ask_import)
        self.rename.clicked.connect(self._ask_rename)
        self.close_it.clicked.connect(self._ask_close)
        self.remove.clicked.connect(self._remove)
        self.export.clicked.connect(self._ask_export)
        self.more.clicked.connect(self._ask_more)
        self.edit.clicked.connect(self._ask_edit)
        self.take_out.clicked.connect(self._take_out)
        self.required.clicked.connect(self._switch_required)
        self.template.clicked.connect(self._ask_template)
        self.section.currentIndexChanged.connect(self._show_part)
        self.table.picked.connect(self._show_part)
        self.table.opened.connect(self._go_to_lines)
        self.rows.picked.connect(self._offer)
        self.rows.opened.connect(self._ask_edit)
        self._tools.identity_changed.connect(self._offer)
        self.sides.changed.connect(self._fit)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self._list = Card(self._look, inset=(3, 3))
        self._list.fill_with(self.table)
        of_fund = (self.rename, self.close_it, self.remove, self.export)
        of_part = (self.section, self.more, self.edit, self.take_out, self.required, self.template)
        self._side = PartsSide(self._look, self.name, (of_fund, of_part), self.none, self.rows)
        self._lay_out_page((self.sides, self.importing, self.add), (self._list, self._side), wide=1)

    @Slot()
    def _fit(self) -> None:
        """Show the fund beside the list, or one of the two where there is room for one."""
        takes_turns = self._room.has_tabs
        self._take_turns(self.sides, (self._list, self._side), is_narrow=takes_turns)
        self.sides.setVisible(takes_turns and not self.is_empty)
        self._stand_beside(self._list, LIST_WIDTH, is_alone=takes_turns)

    def dress(self) -> None:
        """Follow the size of text."""
        self._side.dress()
        super().dress()
