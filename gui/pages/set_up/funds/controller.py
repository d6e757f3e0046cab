"""The actions of the page: it asks what is wanted, then has the record do it."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from exchange.pack_files import read_fund, write_fund
from gui.dialogs.files import Kind
from gui.dialogs.form import Form
from gui.file_names import with_ending
from gui.pages.page import PageTools
from gui.pages.set_up.funds.dialogs import (
    AddFundDialog,
    ChooseDialog,
    CloseDialog,
    FundYearDialog,
    LineDialog,
    RenameDialog,
    StepDialog,
    TextDialog,
)
from gui.pages.set_up.funds.rows import FACT_WORDS, FIGURES, may_be_required, typed_fact, with_named_fact
from gui.pages.set_up.funds.template_dialog import USE, WRITE, TemplateDialog
from gui.record.runner import Ticket
from gui.theme.office_words import ours
from models.operations.awards.agreements import SetAgreementTemplate
from models.operations.set_up.fund_changes import CloseFund, RenameFund, SetFund, SetFundYear
from models.operations.set_up.office import AddFund, RemoveFund
from models.papers.office import Office
from models.queries.awards.agreements import agreement_template
from models.queries.set_up.funds import Fund, FundYearMoney
from models.queries.set_up.office import newest_office
from models.reference.defaults import CHECKS, FundDefaults, ListKind
from models.reference.fund_checks import RETURNS_HINT
from models.reference.fund_facts import (
    CONDITIONS,
    GATES,
    LINE_LISTS,
    PAYMENTS,
    Line,
    fund_from,
    lines_of,
    requiring,
    with_chain,
    with_fact,
    with_line,
    without_line,
)
from models.reference.reporting import Every
from models.reference.sign_off import SignOff

FILES = "Funds (*.toml)"
TEMPLATES = "Word (*.docx)"
CHOICES = {
    "marking": ("OFFICIAL", "OFFICIAL-SENSITIVE"),
    "reports_every": ("", *(each.value for each in Every)),
}
"""The facts of which there are few to choose from."""
BETWEEN = "Enter several one a line, or separate them with semicolons."
_HINTS = {
    "areas": BETWEEN,
    "also_known_as": BETWEEN,
    "postcodes": "The first letters of postcodes there, separated by commas: HR, SY, WR.",
    "cap_per_award": "In pounds; empty for none.",
    "cap_per_organisation": "In pounds; empty for none.",
    "agreement_days": "How long a recipient has to sign and return it. From 1 to 366.",
    "letter_up_to": "Offer and agreement are one letter up to this award. In pounds; empty for none.",
    "checks": f"Which of {', '.join(CHECKS)}, separated by commas; empty for all.",
    "returns": RETURNS_HINT,
    "needs": BETWEEN,
    "indicators": BETWEEN,
    "required_checks": f"The agreement waits for these of {', '.join(CHECKS)}; empty for none.",
}
_ON = {CONDITIONS: "Goes with every award", GATES: "Advises only, and never fails an application"}


class FundsController(QObject):
    """It asks, makes the change, and leaves the record to refuse it."""

    def __init__(self, tools: PageTools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools

    def ask_add(self) -> None:
        """Ask for a new fund."""
        self._show(AddFundDialog(self._tools.look, self._window), self._add)

    def ask_rename(self, fund: Fund) -> None:
        """Ask for another name and its day."""
        self._show(RenameDialog(self._tools.look, fund.name, self._window), partial(self._rename, fund))

    def ask_close(self, fund: Fund) -> None:
        """Ask from when the fund is closed, or open it again."""
        if fund.closed_on is not None:
            self._tools.perform(CloseFund(fund.code, None, fund.closed_on))
        else:
            self._show(CloseDialog(self._tools.look, fund.name, self._window), partial(self._close, fund))

    def remove(self, fund: Fund) -> None:
        """Take a fund out that has no round; undo brings it back."""
        self._tools.perform(RemoveFund(fund.whole()))

    def ask_fact(self, fund: Fund, key: str) -> None:
        """Ask for a fact."""
        look, text, title = self._tools.look, typed_fact(fund, key), ours(FACT_WORDS[key])
        read = partial(with_named_fact, fund.rules, key)
        box: Form = (
            ChooseDialog(look, title, CHOICES[key], text, self._window)
            if key in CHOICES
            else TextDialog(
                look, title, text, _HINTS.get(key, ""), read, self._window, is_figure=key in FIGURES
            )
        )
        self._show(box, partial(self._set_fact, fund, key))

    def ask_year(self, fund: Fund, year: str) -> None:
        """Ask for the money of a year, "" for one that is not there yet."""
        money = next((one for one in fund.years if one.year == year), None)
        self._show(FundYearDialog(self._tools.look, year, money, self._window), partial(self._set_year, fund))

    def ask_step(self, fund: Fund, number: int | None) -> None:
        """Ask for a step of the chain, None for one more."""
        step = None if number is None else fund.rules.chain[number]
        title = "Add a step" if number is None else f"Step {number + 1}"
        read = partial(_with_step, fund.rules, number)
        box = StepDialog(self._tools.look, title, step, read, self._window)
        self._show(box, partial(self._set_step, fund, number))

    def ask_line(self, fund: Fund, which: str, code: str) -> None:
        """Ask for a line of a list, "" for one more."""
        line = next((one for one in lines_of(fund.rules, which) if one.code == code), None)
        words = LINE_LISTS[which]
        title = f"Add to the {words}" if line is None else f"“{code}” of the {words}"
        taken = [one.code for one in lines_of(fund.rules, which)]
        has_parts = which == PAYMENTS
        box = LineDialog(
            self._tools.look, title, line, _ON.get(which, ""), taken, self._window, has_parts=has_parts
        )
        self._show(box, partial(self._set_line, fund, which))

    def take_out(self, fund: Fund, section: str, key: str) -> None:
        """Take a line, a step or a year out."""
        kind, _, name = key.partition(":")
        if kind == "line":
            self._change(fund, without_line(fund.rules, section, name), LINE_LISTS[section])
        elif kind == "step":
            chain = tuple(step for number, step in enumerate(fund.rules.chain, 1) if str(number) != name)
            self._change(fund, replace(fund.rules, chain=chain), "sign-off chain")
        elif kind == "year":
            there = next((one for one in fund.years if one.year == name), None)
            self._tools.perform(SetFundYear(fund.code, name, None, there))

    def switch_required(self, fund: Fund, section: str) -> None:
        """Ask each application for a line of a list before it is decided, or no longer."""
        if may_be_required(section):
            kind = ListKind(section)
            is_required = kind not in fund.rules.required()
            rules = requiring(fund.rules, kind, is_required=is_required)
            self._change(fund, rules, LINE_LISTS[section])

    def ask_template(self, fund: Fund) -> None:
        """Ask whether the template of agreements is written to be edited, or an edited one is taken."""
        box = TemplateDialog(self._tools.look, fund.name, self._window)
        self._show(box, partial(self._template, fund))

    def _template(self, fund: Fund, what: str) -> None:
        files = self._tools.dialogs.files
        name = f"{fund.name} agreement.docx"
        if what == WRITE:
            path = files.save(Kind.FUND, "Write the template", name, TEMPLATES)
            if path is not None:
                self.write_template(fund, with_ending(path, ".docx"))
        elif what == USE:
            path = files.open(Kind.FUND, "Use a template", TEMPLATES)
            if path is not None:
                self.use_template(fund, path)
        else:
            self._ask_current(fund, "")

    def write_template(self, fund: Fund, path: Path) -> None:
        """Write the template in use to a file."""
        query = partial(agreement_template, fund_id=fund.fund_id)
        self._tools.workspace.ask(query, partial(self._write_template, path))

    def _write_template(self, path: Path, content: str) -> None:
        work = partial(_template_written, content, path)
        self._tools.write(path, work, "The template was written to “{}”.")

    def use_template(self, fund: Fund, path: Path) -> None:
        """Read an edited template, and take it."""
        self._tools.workspace.work(partial(_template_read, path), partial(self._ask_current, fund))

    def _ask_current(self, fund: Fund, content: str) -> None:
        query = partial(agreement_template, fund_id=fund.fund_id)
        self._tools.workspace.ask(query, partial(self._use, fund, content))

    def _use(self, fund: Fund, content: str, stands: str) -> None:
        if content != stands:
            self._tools.perform(SetAgreementTemplate(fund.code, content, stands))

    def ask_import(self) -> None:
        """Ask for the file of a fund, and add it."""
        path = self._tools.dialogs.files.open(Kind.FUND, "Import a fund", FILES)
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Read the file of a fund, then add it."""
        self._tools.workspace.work(partial(_read, path), self._add_read)

    def ask_export(self, fund: Fund) -> None:
        """Ask where the fund is written to."""
        path = self._tools.dialogs.files.save(Kind.FUND, "Export a fund", f"{fund.name}.toml", FILES)
        if path is not None:
            self.export(fund, with_ending(path, ".toml"))

    def export(self, fund: Fund, path: Path) -> None:
        """Write a fund to a file."""
        work = partial(_written, fund.whole(), path)
        self._tools.write(path, work, "The fund was written to “{}”.")

    @property
    def _window(self) -> QWidget:
        return self._tools.dialogs.window

    def _show(self, box: Form, then: Callable[..., None]) -> None:
        box.agreed.connect(then)
        self._tools.dialogs.show(box)

    def _add(self, name: str, code: str, start: str) -> None:
        self._tools.workspace.ask(newest_office, partial(self._add_for, name, code, start))

    def _add_for(self, name: str, code: str, start: str, office: Office) -> None:
        self._tools.perform(AddFund(fund_from(name, code, start, office.get("force"))))

    def _add_read(self, fund: FundDefaults) -> None:
        self._tools.perform(AddFund(fund))

    def _rename(self, fund: Fund, name: str, day: date) -> None:
        there = next((one.name for one in fund.names if one.held_from == day), "")
        self._tools.perform(RenameFund(fund.code, name, day, there))

    def _close(self, fund: Fund, day: date) -> None:
        self._tools.perform(CloseFund(fund.code, day, fund.closed_on))

    def _set_fact(self, fund: Fund, key: str, text: str) -> None:
        self._change(fund, with_fact(fund.rules, key, text), FACT_WORDS[key].casefold())

    def _set_year(self, fund: Fund, money: FundYearMoney) -> None:
        there = next((one for one in fund.years if one.year == money.year), None)
        self._tools.perform(SetFundYear(fund.code, money.year, money, there))

    def _set_step(self, fund: Fund, number: int | None, step: SignOff) -> None:
        self._change(fund, _with_step(fund.rules, number, step), "sign-off chain")

    def _set_line(self, fund: Fund, which: str, line: Line) -> None:
        self._change(fund, with_line(fund.rules, which, line), LINE_LISTS[which])

    def _change(self, fund: Fund, rules: FundDefaults, what: str) -> None:
        if rules != fund.rules:
            self._tools.perform(SetFund(fund.code, rules, fund.rules, what))


def _read(path: Path, ticket: Ticket) -> FundDefaults:
    return read_fund(path)


def _written(fund: FundDefaults, path: Path, ticket: Ticket) -> Path:
    return write_fund(fund, path)


def _template_read(path: Path, ticket: Ticket) -> str:
    from exchange.papers.letters.agreements import read_template

    return read_template(path)


def _template_written(content: str, path: Path, ticket: Ticket) -> Path:
    from exchange.papers.letters.agreements import write_template

    return write_template(content, path)


def _with_step(rules: FundDefaults, number: int | None, step: SignOff) -> FundDefaults:
    chain = list(rules.chain)
    if number is None:
        chain.append(step)
    else:
        chain[number] = step
    return with_chain(rules, tuple(chain))
