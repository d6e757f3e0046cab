"""An award without a competition is proposed, or a proposal changed: whose money, then who and why."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from exchange.cells.values import read_charity, read_company, read_postcode
from gui.access.passphrase_new import pass_gate
from gui.listed.acts import Doing, Run
from gui.listed.confirming import (
    allowances_in,
    authority_fields,
    confirm_fields,
    confirmed_in,
    waits_for_tick,
)
from gui.listed.form import (
    Across,
    Asked,
    Choice,
    Day,
    Field,
    Form,
    Line,
    Money,
    Note,
    Saying,
    Values,
    read_year,
)
from gui.pages.page import PageTools, Place
from gui.record.clock import current_day
from gui.record.turns import Turns, performing, settling, take_turns
from gui.text import ours
from gui.theme.look import Tone
from gui.widgets.message_area import Notice
from gui.widgets.typed import pence_of, plain
from models.operation import Operation
from models.operations.awards.authorities import authorised
from models.operations.awards.direct_awards import ChangeDirectAward, amended_proposal, proposal_change
from models.operations.awards.direct_rows import key_of
from models.permissions.viewing import Viewer
from models.queries.awards.awards_page import AwardLine, Proposing, proposing_from, shown_budget
from models.queries.deciding.award_gate import DirectGate, direct_gate
from models.reference.defaults import ListItem, ListKind
from models.reference.reporting import year_of
from models.session import Session
from models.values.applications import CHOICE_WORDS
from models.values.applications import Choice as Chosen
from models.values.direct_award import DIRECT_ROUND, ROUTE_WORDS, DirectAward, OnwardGrant, Route
from models.values.rounds import RoundKey
from scoring.allocating.gate import Beyond, Doubt
from scoring.budget.figures import FundBudget
from scoring.budget.limits import year_money
from scoring.ranking import Allowance
from scoring.written.text import Refused, Unreadable

TITLE = "Award without a competition"
WAYS = (
    "For a commissioned service, a council's share, a single tender, an extension, a third-party manager or "
    "start-up money.",
    "It goes to those who sign for the fund, and is then paid and reported on like any award.",
)
AREA = "Area or service line"
ONWARD = "is not a recipient, an amount and a purpose with semicolons between."
NO_FUND = "This record has no fund yet. Add one on Funds first."
LISTS = "list"
"""Before the kind of a list in the name of its choice."""
BLANK = DirectAward("", 0, next(iter(Route)), "")
"""What the form of a new award begins with."""


class Begun(Struct, frozen=True):
    """Whose money it takes, who proposes it, and which proposal is changed, None for a new award."""

    fund: str
    year: str
    viewer: Viewer
    proposal: AwardLine | None = None

    @property
    def words(self) -> str:
        return f"{self.fund} {self.year}"

    @property
    def award(self) -> DirectAward:
        return (self.proposal and self.proposal.direct) or BLANK


def ask_award(tools: PageTools, place: Place | None) -> None:
    """Ask whose money an award without a competition takes, then who gets it."""
    query = partial(proposing_from, round_id=None if place is None else place.line.round_id)
    fund = "" if place is None else place.line.fund
    Doing(tools, tools).do(Asked(query, partial(_begin, tools.identity.viewer, fund)))


def _begin(viewer: Viewer, fund: str, found: Proposing) -> Form | Run:
    """Ask which fund and year pay, or which proposal is changed."""
    if not found.funds:
        return Run(_tell_no_fund)
    named = ((f"Change {one.reference}, {one.recipient}", one) for one in found.proposals)
    what = Choice("what", "What", options=(("A new award", None), *named))
    return Form(
        title=TITLE,
        sentences=WAYS,
        action="Continue",
        does=partial(_begun, viewer, found),
        fields=(
            *((what,) if found.proposals else ()),
            Choice(
                "fund",
                "Fund",
                options=tuple((one.name, one.name) for one in found.funds),
                value=fund,
                only=_is_new,
            ),
            Line("year", "Financial year", value=year_of(current_day()), read=read_year, only=_is_new),
        ),
    )


def _tell_no_fund(tools: PageTools) -> None:
    tools.notices.show_notice(Notice("direct", Tone.INFORMATION, NO_FUND, passes=True))


def _is_new(typed: Values) -> bool:
    return typed.get("what") is None


def _begun(viewer: Viewer, found: Proposing, fund: str, year: str, what: AwardLine | None = None) -> Asked:
    of = (fund, year) if what is None else (what.round.fund, what.round.year)
    begun = Begun(*of, viewer, what)
    return Asked(partial(_before, begun=begun), partial(_ask, begun, found))


def _before(session: Session, begun: Begun) -> tuple[DirectGate, FundBudget]:
    """Return what the award is held against as its sum is typed, and the year's money as it is shown."""
    key = key_of(session, begun.fund, begun.year)
    gate = direct_gate(session, key, "" if begun.proposal is None else begun.proposal.key[1])
    return gate, shown_budget(session, begun.fund, begun.year, begun.viewer)


def _ask(begun: Begun, found: Proposing, before: tuple[DirectGate, FundBudget]) -> Form:
    """Ask who gets how much, by which route, under what contract, for what and why."""
    held, (gate, budget) = begun.award, before

    def typed_award(typed: Values) -> DirectAward:
        names = ("organisation", "charity_number", "company_number", "area")
        who, charity, company, area = (typed[name] or "" for name in names)
        award = DirectAward(who, typed["amount_pence"] or 0, typed["route"], "", area)
        return replace(award, charity_number=charity, company_number=company)

    def doubts(typed: Values) -> tuple[Doubt, ...]:
        return gate.doubts(typed_award(typed))

    def beyond(typed: Values) -> tuple[Beyond, ...]:
        return gate.beyond(typed_award(typed))

    why = Line("why", "Why it is changed", wanted="Say in a few words why it is changed.")

    return Form(
        title=f"{TITLE}: {begun.words}",
        heading=TITLE,
        sentences=(begun.words,),
        action="Propose the award" if begun.proposal is None else "Change the proposal",
        does=partial(_proposed, begun),
        width=620,
        waits=partial(waits_for_tick, doubts),
        fields=(
            *_money(held, found.areas.get((begun.fund, begun.year), ()), budget),
            *confirm_fields(doubts),
            *authority_fields(beyond),
            *_route(held, found.awards),
            *_purpose(held, found.lists_of(begun.fund)),
            *_contract(held),
            *(() if begun.proposal is None else (why,)),
        ),
    )


def _line(held: DirectAward, name: str, words: str, **more: Any) -> Line:
    """Return a line for what an award has by the name of it."""
    return Line(name, words, value=getattr(held, name), **more)


def _note(held: DirectAward, name: str, words: str, height: int, **more: Any) -> Note:
    return Note(name, words, height=height, value=getattr(held, name), **more)


def _money(held: DirectAward, areas: Sequence[str], budget: FundBudget) -> Iterator[Field | Across | Saying]:
    yield _line(held, "organisation", "Recipient", wanted="Say which organisation gets the award.")
    yield Across(
        (
            _line(held, "charity_number", "Charity number, if any", read=partial(_read, read_charity)),
            _line(held, "company_number", "Company number, if any", read=partial(_read, read_company)),
        )
    )
    yield Across((_line(held, "contact_name", "Who is written to there"), _line(held, "email", "E-mail")))
    yield _note(held, "address", "Address", 78)
    yield _line(held, "postcode", "Postcode", read=partial(_read, read_postcode))
    yield Money("amount_pence", "Amount", value=held.amount_pence or None)
    if areas:
        options = tuple((name, name) for name in areas)
        yield Choice("area", ours(AREA), options=options, value=held.area)
        yield Saying(lambda typed: year_money(budget, {typed["area"]}), tone="text2")
    else:
        yield _line(held, "area", ours(AREA))


def _route(held: DirectAward, awards: Sequence[tuple[str, str]]) -> Iterator[Field]:
    """Yield what is asked of the route, and of it alone."""
    routes = tuple((ROUTE_WORDS[route], route) for route in Route)
    yield Choice("route", "Route", options=routes, value=held.route)
    yield _note(
        held,
        "route_reason",
        "Why nobody competes",
        48,
        wanted="Say why no other provider was asked.",
        unless=lambda given: given["route"] is not Route.TENDER,
    )
    none = ("Choose the award" if awards else "No award yet", "")
    named = ((f"{reference}, {to}", reference) for reference, to in awards)
    yield Choice(
        "extends",
        "Extends",
        options=(none, *named),
        value=held.extends,
        only=lambda typed: typed["route"] is Route.EXTENSION,
    )
    yield Note(
        "onward",
        "Passed on, a line each: recipient; amount; purpose",
        value="\n".join(map(_typed, held.onward)),
        hint="Allotment Friends; 1,500; tools",
        read=lambda text: tuple(_grant(line) for line in text.splitlines() if line.strip()),
        only=lambda typed: typed["route"] is Route.MANAGER,
    )


def _purpose(held: DirectAward, lists: Mapping[ListKind, Sequence[ListItem]]) -> Iterator[Field]:
    few = "Say in a few words what it is for: papers print it."
    why = "Say why it reduces crime or helps victims: it is published."
    yield _line(held, "project", "What it is for, in a few words", wanted=few)
    yield _note(held, "summary", "What it is for, at length", 60)
    yield _note(held, "reason", "Why it reduces crime or helps victims", 60, wanted=why)
    chosen = {one.kind: one.code for one in held.choices}
    for kind, items in lists.items():
        options = (("Not stated", None), *((one.words, Chosen(kind, one.code, one.words)) for one in items))
        first = next((one for _, one in options if one and one.code == chosen.get(kind)), None)
        yield Choice(f"{LISTS} {kind}", CHOICE_WORDS[kind], options=options, value=first)


def _contract(held: DirectAward) -> Iterator[Field | Across]:
    day = partial(Day, is_past=False, is_needed=False)
    yield Across(
        (
            day("starts_on", "Contract begins", value=held.starts_on),
            day("ends_on", "Contract ends", value=held.ends_on),
        )
    )
    years = tuple((f"{number}", number) for number in range(6))
    yield Choice("option_years", "Option years after that", options=years, value=held.option_years)
    yield day("break_on", "May be ended on", value=held.break_on)


def _proposed(begun: Begun, why: str = "", **said: Any) -> Run:
    """Propose the award, or change the proposal."""
    confirmed, allowed = confirmed_in(said), allowances_in(said, said["area"])
    lists = [name for name in said if name.startswith(LISTS)]
    choices = tuple(filter(None, [said.pop(name) for name in lists]))
    said |= {"extends": said["extends"] or "", "onward": said["onward"] or ()}
    award = DirectAward(organisation_type=begun.award.organisation_type, choices=choices, **said)
    typed = (begun, award, why, confirmed, allowed)
    return Run(lambda tools: take_turns(tools.workspace, _propose(*typed, tools)))


def _grant(line: str) -> OnwardGrant:
    cells = [cell.strip() for cell in line.split(";")]
    pence = pence_of(cells[1]) if len(cells) == len(("recipient", "amount", "purpose")) else None
    if pence is None:
        raise Refused(f"“{line.strip()}” {ONWARD}")
    return OnwardGrant(cells[0], pence, cells[2])


def _read(read: Callable[[str], str | None], text: str) -> str:
    """Return a number or postcode as an import reads it, "" for none; refused where it is none."""
    try:
        return read(text) or ""
    except Unreadable as no:
        raise Refused(str(no)) from no


def _typed(grant: OnwardGrant) -> str:
    return "; ".join((grant.recipient, plain(grant.amount_pence), grant.purpose))


def _propose(
    begun: Begun,
    award: DirectAward,
    why: str,
    confirmed: tuple[str, ...],
    allowed: tuple[Allowance, ...],
    tools: PageTools,
) -> Turns:
    """Work the change out of what stands; the dialog comes back with all typed where it is refused."""
    held, workspace = begun.proposal, tools.workspace
    money = begun.fund, begun.year

    def make(session: Session) -> Operation:
        if held is None or held.direct is None:
            return authorised(session, proposal_change(session, *money, award, confirmed), allowed)
        change = ChangeDirectAward(*held.key, award, held.direct, why, confirmed=confirmed)
        return authorised(session, amended_proposal(session, change), allowed)

    with settling(workspace) as settle:
        assert settle is not None, "an award is proposed from its dialog"
        operation = yield partial(workspace.ask, make)
        yield from pass_gate(tools, begun.fund, begun.words, partial(settle, "Nothing was proposed."))
        outcome = yield performing(workspace.perform, operation, settle=settle)
        tools.choose_round(RoundKey(begun.fund, begun.year, DIRECT_ROUND))
        tools.toast(outcome.words)
