"""An award without a competition is proposed, or a proposal changed: whose money, then who and why."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from exchange.cells.values import read_charity, read_company, read_postcode
from gui.access.unencrypted_warning import pass_gate
from gui.dialogs.form import Form
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.record.refusals import Settle, tell_failed
from gui.theme.look import Look
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from gui.widgets.frame.notice_bar import Notice
from gui.widgets.turned import ChoiceList
from gui.widgets.typed import DayField, MoneyField, TextLine, Wrong, pence_of, plain, required_text
from models.operation import Operation, Outcome
from models.operations.awards.direct_awards import ChangeDirectAward, amended_proposal, proposal_change
from models.queries.awards.awards_page import AwardLine, Proposing, budget_named, proposing_from
from models.reference.defaults import ListItem, ListKind
from models.reference.fund_checks import is_financial_year, written_year
from models.reference.reporting import year_of
from models.values.applications import CHOICE_WORDS, Choice
from models.values.direct_award import DIRECT_ROUND, ROUTE_WORDS, DirectAward, OnwardGrant, Route
from models.values.rounds import RoundKey
from scoring.budget.figures import FundBudget
from scoring.budget.limits import year_money
from scoring.money import short_pounds
from scoring.written.text import Unreadable

TITLE = "Award without a competition"
WAYS = (
    "For a commissioned service, a council's share, a single tender, an extension, a third-party manager or "
    "start-up money.",
    "It goes to those who sign for the fund, and is then paid and reported on like any award.",
)
AREA = "Area or service line"
PASSED_ON = "Passed on, a line each: recipient; amount; purpose"
ONWARD = "is not a recipient, an amount and a purpose with semicolons between."
NEW = "A new award"
YEAR_FORM = "Type a financial year like 2026/27."
NO_FUND = "This record has no fund yet. Add one on Funds first."
NOT_PROPOSED = "Nothing was proposed."


class Begun(Struct, frozen=True):
    """Whose money it takes, and which proposal is changed, None for a new award."""

    fund: str
    year: str
    proposal: AwardLine | None = None


class BeginDialog(Form):
    """The first step: which fund and year pay, or which proposal is changed."""

    begun = Signal(object)

    def __init__(self, look: Look, found: Proposing, fund: str, parent: QWidget) -> None:
        super().__init__(look, TITLE, WAYS, "Continue", parent, 520)
        self._proposals = found.proposals
        named = [(f"Change {one.reference}, {one.recipient}", one) for one in found.proposals]
        self.what = self.choice("What", [(NEW, None), *named]) if named else None
        names = [one.name for one in found.funds]
        self.fund = self.choice("Fund", [(name, name) for name in names], fund if fund in names else None)
        self.year = self.line("Financial year", year_of(current_day()))
        if self.what is not None:
            self.what.currentIndexChanged.connect(self._fit_to_what)
        self.finish(self.what or self.fund)

    @property
    def _proposal(self) -> AwardLine | None:
        return None if self.what is None else self.what.currentData()

    @Slot()
    def _fit_to_what(self) -> None:
        """Ask for fund and year of a new award alone."""
        for field in (self.fund, self.year):
            self.show_field(field, is_shown=self._proposal is None)

    def try_action(self) -> None:
        """Tell whose money it is."""
        held = self._proposal
        begun = Begun(str(self.fund.currentData()), written_year(self.year.text().strip()))
        if held is None and not is_financial_year(begun.year):
            raise Wrong(YEAR_FORM, self.year)
        self.accept()
        self.begun.emit(begun if held is None else Begun(held.round.fund, held.round.year, held))


class AwardDialog(Form):
    """The second step: who gets how much, by which route, under what contract, for what and why."""

    proposed = Signal(object, str)

    def __init__(
        self, look: Look, begun: Begun, found: Proposing, budget: FundBudget, parent: QWidget
    ) -> None:
        of = f"{begun.fund} {begun.year}"
        action = "Propose the award" if begun.proposal is None else "Change the proposal"
        super().__init__(look, f"{TITLE}: {of}", (), action, parent, 620, heading=TITLE)
        self._begun, self._budget = begun, budget
        self._stands = None if begun.proposal is None else begun.proposal.direct
        self.sentence(of, tone="text2")
        self._add_money(found)
        self._add_route(found.awards)
        self._add_purpose(found.lists_of(begun.fund))
        self._add_contract()
        self.why = self.line("Why it is changed") if begun.proposal is not None else None
        self.route.currentIndexChanged.connect(self._fit_to_route)
        self._fit_to_route()
        self.finish(self.recipient)

    def _add_money(self, found: Proposing) -> None:
        held = self._stands
        self.recipient = self.line("Recipient", held.organisation if held else "")
        self.charity = TextLine(held.charity_number if held else "")
        self.company = TextLine(held.company_number if held else "")
        self.across(("Charity number, if any", self.charity), ("Company number, if any", self.company))
        self._add_contact()
        self.amount = self.add("Amount", MoneyField("Amount", held.amount_pence if held else None))
        areas = found.areas.get((self._begun.fund, self._begun.year), ())
        first = held.area if held else ""
        self.area: ChoiceList | QLineEdit
        if areas:
            self.area = self.choice(ours(AREA), [(name, name) for name in areas], first or None)
            self.area.currentIndexChanged.connect(self._tell_money)
            self.money = self.sentence("", size=12, tone="text2")
            self._tell_money()
        else:
            self.area = self.line(ours(AREA), first)

    @Slot()
    def _tell_money(self) -> None:
        """Say the year's figures of the area that is chosen."""
        self.money.setText(year_money(self._budget, {self._area()}, short_pounds))

    def _add_contact(self) -> None:
        """Ask where to send letters: the letter and the agreement are addressed there."""
        held = self._stands
        self.contact = TextLine(held.contact_name if held else "")
        self.email = TextLine(held.email if held else "")
        self.across(("Who is written to there", self.contact), ("E-mail", self.email))
        self.address = self.note("Address", 78, held.address if held else "")
        self.postcode = self.line("Postcode", held.postcode if held else "")

    def _add_route(self, awards: Sequence[tuple[str, str]]) -> None:
        held = self._stands
        routes = [(ROUTE_WORDS[route], route) for route in Route]
        self.route = self.choice("Route", routes, held.route if held else None)
        self.route_reason = self.note("Why nobody competes", 48, held.route_reason if held else "")
        named = [(f"{reference}, {to}", reference) for reference, to in awards]
        none = ("Choose the award" if named else "No award yet", "")
        self.extends = self.choice("Extends", [none, *named], held.extends if held else None)
        lines = "\n".join(map(_typed, held.onward)) if held else ""
        self.onward = self.note(PASSED_ON, 84, lines)
        self.onward.setPlaceholderText("Allotment Friends; 1,500; tools")

    def _add_purpose(self, lists: Mapping[ListKind, Sequence[ListItem]]) -> None:
        held = self._stands
        self.project = self.line("What it is for, in a few words", held.project if held else "")
        self.summary = self.note("What it is for, at length", 60, held.summary if held else "")
        self.reason = self.note("Why it reduces crime or helps victims", 60, held.reason if held else "")
        chosen = {one.kind: one.code for one in held.choices} if held else {}
        self.lists: dict[ListKind, ChoiceList] = {}
        for kind, items in lists.items():
            options: list[tuple[str, object]] = [("Not stated", None), *((one.words, one) for one in items)]
            first = next((one for one in items if one.code == chosen.get(kind)), None)
            self.lists[kind] = self.choice(CHOICE_WORDS[kind], options, first)

    def _add_contract(self) -> None:
        held = self._stands
        self.starts = _day("Contract begins", held.starts_on if held else None)
        self.ends = _day("Contract ends", held.ends_on if held else None)
        self.across(("Contract begins", self.starts), ("Contract ends", self.ends))
        years = [(f"{number}", number) for number in range(6)]
        self.options = self.choice("Option years after that", years, held.option_years if held else 0)
        self.breaks = self.add("May be ended on", _day("May be ended on", held.break_on if held else None))

    @Slot()
    def _fit_to_route(self) -> None:
        """Ask only what the route needs."""
        route = Route(self.route.currentData())
        self.show_field(self.extends, is_shown=route is Route.EXTENSION)
        self.show_field(self.onward, is_shown=route is Route.MANAGER)

    def try_action(self) -> None:
        """Tell the award, or say at the field what is missing or cannot be read."""
        award = self._award()
        why = "" if self.why is None else required_text(self.why, "Say in a few words why it is changed.")
        self.accept()
        self.proposed.emit(award, why)

    def _award(self) -> DirectAward:
        route = Route(self.route.currentData())
        reason = self.route_reason.toPlainText().strip()
        if route is Route.TENDER:
            reason = required_text(self.route_reason, "Say why no other provider was asked.")
        held = self._stands
        return DirectAward(
            organisation=required_text(self.recipient, "Say which organisation gets the award."),
            amount_pence=self.amount.that_many,
            route=route,
            reason=required_text(self.reason, "Say why it reduces crime or helps victims: it is published."),
            area=self._area(),
            project=required_text(self.project, "Say in a few words what it is for: papers print it."),
            summary=self.summary.toPlainText().strip(),
            route_reason=reason,
            extends=str(self.extends.currentData()) if route is Route.EXTENSION else "",
            starts_on=self.starts.day,
            ends_on=self.ends.day,
            option_years=int(self.options.currentData()),
            break_on=self.breaks.day,
            charity_number=_read(read_charity, self.charity),
            company_number=_read(read_company, self.company),
            organisation_type=held.organisation_type if held else "",
            contact_name=self.contact.text().strip(),
            email=self.email.text().strip(),
            address=self.address.toPlainText().strip(),
            postcode=_read(read_postcode, self.postcode),
            choices=self._choices(),
            onward=self._onward() if route is Route.MANAGER else (),
        )

    def _area(self) -> str:
        if isinstance(self.area, ChoiceList):
            return str(self.area.currentData())
        return self.area.text().strip()

    def _choices(self) -> tuple[Choice, ...]:
        chosen = ((kind, box.currentData()) for kind, box in self.lists.items())
        return tuple(Choice(kind, item.code, item.words) for kind, item in chosen if item is not None)

    def _onward(self) -> tuple[OnwardGrant, ...]:
        lines = (line for line in self.onward.toPlainText().splitlines() if line.strip())
        return tuple(self._grant(line) for line in lines)

    def _grant(self, line: str) -> OnwardGrant:
        cells = [cell.strip() for cell in line.split(";")]
        pence = pence_of(cells[1]) if len(cells) == len(("recipient", "amount", "purpose")) else None
        if pence is None:
            raise Wrong(f"“{line.strip()}” {ONWARD}", self.onward)
        return OnwardGrant(cells[0], pence, cells[2])


def _read(read: Callable[[str], str | None], line: QLineEdit) -> str:
    """Return a number or postcode as an import reads it, "" for none; wrong at its line where it is none."""
    try:
        return read(line.text().strip()) or ""
    except Unreadable as no:
        raise Wrong(str(no), line) from no


def _typed(grant: OnwardGrant) -> str:
    return "; ".join((grant.recipient, plain(grant.amount_pence), grant.purpose))


def _day(name: str, day: date | None) -> DayField:
    return DayField(name, day, is_past=False, is_needed=False)


def ask_award(tools: PageTools, place: Place | None) -> None:
    """Ask whose money an award without a competition takes, then who gets it."""
    DirectAwardController(tools, place).begin()


class DirectAwardController(QObject):
    """The way from the action to an award that is before those who sign."""

    def __init__(self, tools: PageTools, place: Place | None) -> None:
        super().__init__(tools)
        self._tools, self._place = tools, place
        self._found: Proposing | None = None

    def begin(self) -> None:
        """Ask the record for its funds, then show the first question."""
        round_id = None if self._place is None else self._place.line.round_id
        self._tools.workspace.ask(partial(proposing_from, round_id=round_id), self._show)

    def _show(self, found: Proposing) -> None:
        if not found.funds:
            self._tools.notices.show_notice(Notice("direct", Tone.INFORMATION, NO_FUND, passes=True))
            return
        self._found = found
        fund = "" if self._place is None else self._place.line.fund
        dialog = BeginDialog(self._tools.look, found, fund, self._tools.dialogs.window)
        dialog.begun.connect(self._go_on)
        self._tools.dialogs.show(dialog)

    def _go_on(self, begun: Begun) -> None:
        query = partial(budget_named, fund=begun.fund, year=begun.year)
        self._tools.workspace.ask(query, partial(self._ask_award, begun))

    def _ask_award(self, begun: Begun, budget: FundBudget) -> None:
        assert self._found is not None, "the second question follows the first"
        dialog = AwardDialog(self._tools.look, begun, self._found, budget, self._tools.dialogs.window)
        dialog.proposed.connect(partial(self._take, begun))
        self._tools.dialogs.show(dialog)

    def _take(self, begun: Begun, award: DirectAward, why: str) -> None:
        held, settle = begun.proposal, self._tools.dialogs.claim()
        assert settle is not None, "an award is proposed from its dialog"
        make: Callable[..., Operation]
        if held is not None and held.direct is not None:
            change = ChangeDirectAward(*held.key, award, held.direct, why)
            make = partial(amended_proposal, change=change)
        else:
            make = partial(proposal_change, fund=begun.fund, year=begun.year, award=award)
        failed = partial(tell_failed, settle, self._tools.workspace.failed.emit)
        self._tools.workspace.ask(make, partial(self._perform, begun, settle), failed)

    def _perform(self, begun: Begun, settle: Settle, operation: Operation) -> None:
        workspace = self._tools.workspace
        go = partial(workspace.perform, operation, partial(self._done, begun), settle=settle)
        of = f"{begun.fund} {begun.year}"
        pass_gate(self._tools, begun.fund, of, go, partial(settle, NOT_PROPOSED))

    def _done(self, begun: Begun, outcome: Outcome) -> None:
        self._tools.choose_round(RoundKey(begun.fund, begun.year, DIRECT_ROUND))
        self._tools.toast(outcome.words)
