"""Budget: what each area of a fund is allocated in a year, and what is committed, decided, paid and left.

Does not belong here: the sums (`scoring.budget`), and how a year ended (`gui.pages.awards.year_end`).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct

from exchange.reading.pasted import cells_of, read_areas, read_plan
from gui.listed.acts import Act, At, Confirm, Made
from gui.listed.form import Choice, Form, Line, Money, Note
from gui.listed.page import ListedPage, Wanted
from gui.listed.side import Name, Offers, Says, Side, Sums, Title, Told
from gui.pages.awards.years import (
    ADD_FUND,
    ALLOWED_BY,
    CHOICES,
    MAYBE,
    FundYear,
    decision_form,
    empty_year,
    follows,
    fund_year,
    reason_line,
    start_up_line,
    who_line,
)
from gui.tables.columns import Gives, LineColumn, pounds_of
from gui.text import ours
from gui.theme.look import Tone
from gui.widgets.label import Chip
from gui.widgets.typed import plain
from models.operation import Operation, Topic
from models.operations.awards.budget import (
    Contribute,
    MoveMoney,
    SetSpendingPlan,
    allocating,
    carry_forward_change,
    over_commitment_change,
)
from models.operations.awards.year_end import DecideYearEnd
from models.operations.set_up.rounds import CloseRound, ReopenRound
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import BudgetPage, budget_page, overspends
from models.queries.awards.year_facts import fund_number
from models.queries.permissions.reading import with_sums_for
from models.queries.set_up.rounds import find_round
from scoring.allocating.over_pot import Overspend, allowed_by
from scoring.budget.figures import AreaBudget, FundBudget, RoundDraw
from scoring.budget.limits import PlanLine, SpendingPlan, read_share
from scoring.money import decimal_text, short_pounds
from scoring.written.names import is_same_text, text_key
from scoring.written.text import listed

NOTHING = (
    "{fund} has no rounds and no allocations in {year} yet. Until an allocation is recorded for an area, "
    "nothing is refused there, however much its rounds take."
)
NO_PLAN = "None. Record one where a council or another body spends this money for the office."
NO_OTHER = "No other area has an allocation."
HOW = (
    "A line for each area or service line: its name, its money for projects and its start-up money, with "
    "tabs or semicolons between. A table pasted from a spreadsheet will do. A name without an amount has no "
    "allocation, and nothing is refused there. What is carried forward is not part of it."
)
PLANNED = (
    "A line for each purpose: what it is for, what is planned, awarded and spent, with tabs or semicolons "
    "between. A table pasted from a spreadsheet will do. A line left empty is removed."
)
PLAN_HINT = "Street wardens; 120,000; 100,000; 80,000\nor, of an award: Night shelter; 90,000; A-030-01"
ABOVE = (
    "This much may be committed above the project money of this area in {year}. It replaces any "
    "earlier amount."
)
CLOSED = (
    "Nothing more is decided in a closed round, and what its budget holds goes back to the year.",
    "Awards are paid and reported on as before. It can be reopened.",
)


class Budget(Struct, frozen=True):
    """Which fund's year is on show, and its money."""

    on: FundYear
    found: BudgetPage | None
    overspends: tuple[Overspend, ...] = ()

    @property
    def page(self) -> BudgetPage:
        """Return the money of the fund's year, where there is a fund."""
        assert self.found is not None, "an area belongs to a fund's year"
        return self.found

    @property
    def of(self) -> dict[str, str]:
        """Return the fund and year as changes of it take them."""
        return {"fund": self.on.fund, "year": self.on.year}


Here = At[Budget, AreaBudget]


def _ask(session: Any, wanted: Wanted) -> Budget:
    on = fund_year(session, wanted)
    key = (fund_number(session, on.fund), on.year) if on.fund else None
    with with_sums_for(session, wanted.viewer):
        return Budget(on, key and budget_page(session, key), overspends(session, key) if key else ())


def _left_words(row: AreaBudget) -> str:
    left = row.left_pence
    if left is None:
        return "No allocation"
    return f"{short_pounds(-left)} over" if left < 0 else f"{short_pounds(left)} left"


def _sums_words(budget: FundBudget) -> str:
    figures, amount = budget.figures, budget.amount_pence
    whole = "No amount of the fund recorded" if amount is None else f"{short_pounds(amount)} for the year"
    if figures.left_pence is None or figures.allocated_pence is None:
        return f"{whole} · nothing allocated"
    parts = [whole, f"{short_pounds(figures.allocated_pence)} allocated"]
    if budget.unshared_pence:
        parts.append(f"{short_pounds(budget.unshared_pence)} not allocated yet")
    parts.append(f"{short_pounds(figures.committed_pence)} committed or held")
    parts.append(f"{short_pounds(figures.left_pence)} left")
    return " · ".join(parts)


def _tell(at: Here) -> Iterator[Told]:
    row, page = at.row, at.answer.page
    yield Name(row.area)
    yield Says(_left_words(row), "warning" if (row.left_pence or 0) < 0 else "text2")
    if row.allocation is None:
        yield Says("No allocation is recorded for this year, so nothing is refused here.", "muted")
    yield Title("Money of the year")
    yield Sums(_money_of(row))
    yield Offers((CARRY, MOVE))
    yield Title("Drawn on it")
    drawn = (("Committed or held", row.committed_pence), ("Decided", row.decided_pence))
    yield Sums((*drawn, ("Paid less returned", row.paid_pence)))
    if row.proposed_words:
        yield Says(row.proposed_words, "warning")
    if page.budget.without:
        yield Says(page.budget.without_words, "warning")
    for one in row.rounds:
        yield Says(_round_words(one), "text2")
    yield Offers((CLOSE, REOPEN, CONTRIBUTE))
    for move in page.moves:
        if row.area in (move.source, move.target):
            what = f"{short_pounds(move.amount_pence)} from {move.source} to {move.target}"
            yield Says(f"{what}, {move.authority}: {move.reason}", "muted")
    for given in page.contributions:
        if given.line == row.area:
            yield Says(f"Contribution {short_pounds(-given.amount_pence)}: {given.reason}", "muted")
    yield Title("Spending plan")
    plan = page.plan_of(row.area)
    yield Says(NO_PLAN if plan is None else plan.plan, "text2")
    for line in () if plan is None else plan.lines:
        yield Says(_line_words(line), "text2")
    for fault in () if plan is None else page.plan_faults(row.area):
        yield Says(fault, "warning")
    yield Offers((PLAN,))
    if row.allocation is not None:
        yield Title("Above the money")
        own = [one for one in at.answer.overspends if is_same_text(one.allowed.area, row.area)]
        if not own:
            yield Says("Nobody allows more.", "text2")
        yield from (Says(_allowed_words(each), "text2") for each in own)
        yield Offers((ALLOW,))


def _allowed_words(one: Overspend) -> str:
    """Return who allows how much over a budget, and how much of it is used."""
    used = short_pounds(one.used_pence)
    state = "all of it used" if one.used_pence == one.allowed.pence else f"{used} of it used"
    over = f"{short_pounds(one.allowed.pence)} over {one.budget}{one.for_awards}"
    whole = f"{over}, {allowed_by(one.allowed, short_pounds)}"
    return f"{whole} ({one.unused or state})."


def _money_of(row: AreaBudget) -> tuple[tuple[str, int], ...]:
    """Return what an area's money is made of; what is nothing is left out, but for the allocation."""
    if row.allocation is None:
        return ()
    parts = (
        ("Start-up money, separate", row.allocation.start_up_pence),
        ("Carried forward", row.carried.whole_pence),
        ("Moved in", row.moved_in_pence),
        ("Moved out", -row.moved_out_pence),
    )
    own = ("Allocated for projects", row.allocation.project_pence)
    return (own, *(part for part in parts if part[1]), ("All together", row.allocated_pence or 0))


def _line_words(line: PlanLine) -> str:
    parts = (("planned", line.planned_pence), ("awarded", line.awarded_pence), ("spent", line.spent_pence))
    said = ", ".join(f"{short_pounds(pence)} {name}" for name, pence in parts)
    return f"{line.purpose}: {said}, {short_pounds(line.left_pence)} left"


def _round_words(one: RoundDraw) -> str:
    share = f" as its share of the pot of {listed(one.shared_with)}" if one.shared_with else ""
    pot, decided = (
        f"{short_pounds(one.pot_pence)}{share}",
        f"{short_pounds(one.decided_pence)} decided",
    )
    if one.is_set_up:
        return f"{one.name}: budget {pot}, held once its criteria are published"
    if one.is_open and not (one.pot_pence or one.reserved_pence):
        return f"{one.name}: {decided}"
    if one.is_open:
        over, held = one.over_pot_pence, one.reserved_pence
        left = f"{short_pounds(over)} over" if over else f"{short_pounds(held)} held"
        return f"{one.name}: budget {pot}, {decided}, {left}"
    return f"{one.name}: {decided}; it holds no more"


def _decided(
    of: Mapping[str, str], change: Callable[..., Operation], decision: YearDecision | None, **what: Any
) -> Made:
    return Made(partial(change, **of, decision=decision, **what))


def _allocate_all(at: At[Budget, None]) -> Form:
    page = at.answer.page
    there = {text_key(area.area) for area in page.budget.areas}
    empty = (f"{name}; " for name in page.usual if text_key(name) not in there)
    return Form(
        title=f"Allocations of {page.budget.fund} for {page.budget.year}",
        sentences=(ours(HOW),),
        action="Record the allocations",
        does=partial(_allocated_all, at),
        width=580,
        fields=(
            Note(
                "areas",
                "Allocations",
                height=170,
                value="\n".join((*map(_typed, page.budget.areas), *empty)),
                hint="North; 115,000; 10,000",
                read=lambda text: read_areas("\n".join(filter(_has_amount, text.splitlines()))),
            ),
            who_line(at),
            reason_line(MAYBE),
        ),
    )


def _allocated_all(at: At[Budget, None], areas: Any, who: str, reason: str) -> Made | None:
    allocated = [(area.area, area.allocation) for area in at.answer.page.budget.with_allocation]
    stands = {name: of and (of.project_pence, of.start_up_pence) for name, of in allocated}
    given = {area.name: (area.pot_pence, area.start_up_pence) for area in areas}
    changed: dict[str, Any] = {
        name: money for name, money in given.items() if name not in stands or money != stands[name]
    }
    changed |= {name: None for name in stands if name not in given}
    at.kept["who"] = who
    decision = YearDecision(0, 0, reason, who, at.today)
    return _decided(at.answer.of, allocating, decision, given=changed) if changed else None


def _has_amount(line: str) -> bool:
    """Whether a line says an amount: an area without one is left without an allocation."""
    return any(cells_of(line)[1:])


def _typed(area: AreaBudget) -> str:
    if area.allocation is None:
        return f"{area.area}; "
    return "; ".join((area.area, plain(area.allocation.project_pence), plain(area.allocation.start_up_pence)))


def _carry(at: Here) -> Form:
    def carry(now: YearDecision) -> Made:
        given = {at.row.area: (now.pence, now.start_up_pence)}
        return _decided(at.answer.of, carry_forward_change, now, given=given)

    return decision_form(
        at,
        f"Carry forward of {at.row.area} into {at.answer.of['year']}",
        ("On top of the allocation. It is entered once; Year end changes it later.",),
        "Record the decision",
        carry,
        Money("pence", "Carried forward", may_be_less=True),
        start_up_line(may_be_less=True),
    )


def _contribute(at: Here) -> Form:
    fund, year = at.answer.of.values()
    return Form(
        title=f"Contribution of the office to {at.row.area} in {year}",
        sentences=("What the office itself gives. It lowers what is committed, decided and paid here.",),
        action="Record the contribution",
        does=lambda pence, reason: Contribute(fund, year, at.row.area, pence, reason),
        fields=(Money("pence", "Given by the office"), reason_line("What it is for")),
    )


def _allow(at: Here) -> Form:
    stands = at.answer.page.authorities.items()
    allowed = sum(one.pence for name, one in stands if is_same_text(name, at.row.area))
    over = -min(at.row.project_left_pence or 0, 0)
    return decision_form(
        at,
        f"Money above the budget of {at.row.area}",
        (ours(ABOVE.format(year=at.answer.of["year"])),),
        "Record who allows it",
        partial(_decided, at.answer.of, over_commitment_change, line=at.row.area),
        Money("pence", "Allowed above the money", value=allowed or over or None),
        takes_out=bool(allowed),
        who=ALLOWED_BY,
    )


def _move(at: Here) -> Form:
    row, (fund, year) = at.row, at.answer.of.values()
    left = max(row.project_left_pence or 0, 0)
    targets = [area.area for area in at.answer.page.budget.with_allocation if area.area != row.area]
    most = f"Type an amount of no more than {short_pounds(left)}."
    return Form(
        title=f"Move money from {row.area}",
        sentences=(
            f"{short_pounds(left)} of the project money of {row.area} is left. Start-up money is not moved.",
        ),
        action="Move it",
        does=lambda target, pence, reason, authority: MoveMoney(
            fund, year, row.area, target, pence, reason, authority
        ),
        focus="pence",
        fields=(
            Choice("target", "To", options=tuple((name, name) for name in targets)),
            Money("pence", "Amount", check=lambda pence: "" if pence and 0 < pence <= left else most),
            reason_line(),
            Line(
                "authority",
                "By whose authority, name and post",
                wanted="Name by whose authority the money is moved.",
            ),
        ),
    )


def _plan(at: Here) -> Form:
    stands = at.answer.page.plan_of(at.row.area) or SpendingPlan()
    share, (fund, year) = stands.frontline_percent, at.answer.of.values()

    def plan(plan: str, lines: Any, share: Any, rationale: str, statutory: bool | None) -> Operation | None:
        new = SpendingPlan(plan, share, rationale, statutory, lines)
        return None if new == stands else SetSpendingPlan(fund, year, at.row.area, new)

    return Form(
        title=f"Spending plan of {at.row.area}",
        sentences=(PLANNED,),
        action="Record the plan",
        does=plan,
        width=580,
        fields=(
            Note("plan", "What it is spent on", height=64, value=stands.plan),
            Note(
                "lines",
                "Lines of the plan",
                height=120,
                value="\n".join(map(_planned, stands.lines)),
                hint=PLAN_HINT,
                read=read_plan,
            ),
            Line(
                "share",
                "Share for frontline delivery, in percent",
                value="" if share is None else f"{decimal_text(share)}%",
                read=read_share,
            ),
            Note("rationale", "Why the majority is not, where it is not", height=64, value=stands.rationale),
            Choice(
                "statutory",
                "Statutory services or posts",
                options=(("Not stated yet", None), ("No", False), ("Yes", True)),
                value=stands.pays_statutory,
            ),
        ),
    )


def _planned(line: PlanLine) -> str:
    if line.award:
        return "; ".join((line.purpose, plain(line.planned_pence), line.award))
    amounts = (line.planned_pence, line.awarded_pence, line.spent_pence)
    return "; ".join((line.purpose, *map(plain, amounts)))


def _of_round(at: Here, change: Callable[[int], Operation]) -> Made:
    return Made(lambda session: change(find_round(session, name=at.part.name, **at.answer.of)))


def _close(at: Here) -> Confirm:
    return Confirm(f"Close the round “{at.part.name}”?", CLOSED, "Close the round", _of_round(at, CloseRound))


def _can_reopen(one: RoundDraw) -> bool:
    return not one.is_open and not one.is_set_up and (not one.committed_pence or bool(one.pot_pence))


_act = partial(Act[Budget, AreaBudget], tells=True)
CARRY = _act(
    words="Carry forward into the year…",
    kind=DecideYearEnd.kind,
    where=lambda at: at.row.allocation is not None and not at.row.carried.whole_pence,
    does=_carry,
)
MOVE = _act(
    words=lambda at: ours("Move to another area…"),
    kind=MoveMoney.kind,
    where=lambda at: at.row.allocation is not None,
    why_not=lambda at: "" if len(at.answer.page.budget.with_allocation) > 1 else ours(NO_OTHER),
    does=_move,
)
CLOSE = _act(
    words=lambda at: f"Close {at.part.name}…",
    kind=CloseRound.kind,
    parts=lambda at: (one for one in at.row.rounds if one.is_open and not one.is_set_up),
    does=_close,
)
REOPEN = _act(
    words=lambda at: f"Reopen {at.part.name}…",
    kind=ReopenRound.kind,
    parts=lambda at: filter(_can_reopen, at.row.rounds),
    does=lambda at: _of_round(at, ReopenRound),
)
CONTRIBUTE = _act(words="Record a contribution…", kind=Contribute.kind, does=_contribute)
PLAN = _act(words="Spending plan…", kind=SetSpendingPlan.kind, does=_plan)
ALLOW = _act(
    words="Name who allows more…",
    kind=DecideYearEnd.kind,
    look=lambda at: "link" if at.row.allowed_pence else "plain",
    where=lambda at: at.row.allocation is not None,
    does=_allow,
)


def _chip(row: AreaBudget) -> Chip | None:
    if row.left_pence is None or row.left_pence >= 0:
        return None
    return Chip(Tone.WARNING if -row.left_pence <= row.allowed_pence else Tone.DANGER, _left_words(row))


def _figure(name: str, head: str, after: int, width: int = 96, brief: str = "") -> LineColumn[AreaBudget]:
    """Return a column of money; of those the one with the lowest `after` gives way first."""
    return LineColumn(
        name,
        head,
        pounds_of(f"{name}_pence"),
        is_right=True,
        width=width,
        gives_way=Gives.FIGURES + after,
        brief=brief,
    )


COLUMNS: tuple[LineColumn[AreaBudget], ...] = (
    LineColumn("area", "Area or service line", attrgetter("area"), is_strong=True),
    _figure("allocated", "Allocated", 1),
    _figure("committed", "Committed or held", 4, width=132),
    _figure("decided", "Decided", 3),
    _figure("paid", "Paid less returned", 2, width=124, brief="Net paid"),
    LineColumn("left", "Left", pounds_of("left_pence"), _left_words, chip=_chip, is_right=True, width=150),
)
PAGE: ListedPage[Budget, AreaBudget] = ListedPage(
    key="budget",
    title="Budget",
    icon="money",
    list_name="Areas and service lines",
    ask=_ask,
    rows=lambda answer: None if answer.found is None else answer.found.budget.areas,
    row_key=attrgetter("area"),
    columns=COLUMNS,
    wide_minimum=150,
    summary=lambda answer: "" if answer.found is None else _sums_words(answer.found.budget),
    empty=empty_year(NOTHING),
    concerns=frozenset(
        {
            Topic.FUNDS,
            Topic.ROUNDS,
            Topic.SCHEME,
            Topic.APPLICATIONS,
            Topic.RECOMMENDATIONS,
            Topic.DECISIONS,
            Topic.AWARDS,
        }
    ),
    choices=CHOICES,
    follows=follows,
    acts=(
        ADD_FUND,
        Act(
            words="Allocations…",
            kind=DecideYearEnd.kind,
            tells=True,
            look="primary",
            where=lambda at: at.answer.found is not None,
            tip="What each area or service line gets this year, typed or pasted as a table",
            does=_allocate_all,
        ),
    ),
    side=Side(
        name="The selected area",
        width=330,
        nothing="Choose an area to see what draws on its money.",
        tell=_tell,
        acts=(
            CARRY,
            MOVE,
            CLOSE,
            REOPEN,
            CONTRIBUTE,
            PLAN,
            ALLOW,
        ),
        tabs=("List", "Area"),
    ),
)
