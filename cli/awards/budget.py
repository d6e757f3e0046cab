"""`grant-panel budget`, `year-end` and `load-history`: a fund's year, from what it has to how it ended."""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from cli.frame.output import Column, Json, Options, answer, as_table, lines, say, told, told_of
from cli.frame.record import opened, perform, person, reader, seen
from cli.frame.typed import NO_AMOUNT, YES_NO, past_day, pence_by_area, pence_of, said_of, today
from exchange.papers.finance.returned import ExpenditureReading, read_expenditure
from exchange.reading.pasted import read_plan
from models.operations.awards.budget import (
    ChangeBudget,
    Contribute,
    Given,
    MoveMoney,
    Part,
    SetSpendingPlan,
    allocating,
    carry_forward_change,
    over_commitment_change,
)
from models.operations.awards.year_end import SetSpent, SpentChange
from models.operations.papers import AddPrintedTables
from models.operations.set_up.rounds import CloseRound, ReopenRound
from models.papers.year.year_end_lines import YearEnd
from models.papers.year.year_facts import YearDecision
from models.queries.awards.budget import (
    BudgetPage,
    budget_page,
    chosen_budget,
    overspends,
    spending_plans,
)
from models.queries.awards.year_facts import fund_number, year_end
from models.queries.papers.year_tables import missing_history
from models.queries.set_up.rounds import area_word, find_round
from models.reference.shipped_history import office_of
from models.session import Session
from scoring.allocating.over_pot import Overspend, allowed_by
from scoring.budget.limits import PlanLine, SpendingPlan, read_share
from scoring.money import decimal_text, plain_pounds, pounds
from scoring.written.area_label import AreaLabel
from scoring.written.names import is_same_text
from scoring.written.text import Refused, counted

FIGURES = (
    Column("Allocated", "figures.allocated_pence", otherwise="–"),
    Column("Committed or held", "figures.committed_pence", otherwise="–"),
    Column("Decided", "figures.decided_pence", otherwise="–"),
    Column("Paid less returned", "figures.paid_pence", otherwise="–"),
    Column("Left", "figures.left_pence", otherwise="–"),
)
_OF_LINE = ("planned_pence", "awarded_pence", "spent_pence", "left_pence")


def show_budget(options: Options) -> None:
    """Make the changes that are asked for, all or none, and print how the year stands."""
    asked = ("allocate", "start_up", "carry", "contribute", "allow", "move", "close", "reopen")
    to_change = is_of_plan(options) or any(getattr(options, option) for option in asked)
    with opened(options, to_change=to_change):
        fund, year = options.ask(chosen_budget, options.fund, options.year)
        words = tuple(_change(options, fund, year))
        key = options.ask(fund_number, fund=fund), year
        page = seen(options, budget_page, for_sums=True, key=key)
        allowed = seen(options, overspends, for_sums=True, key=key)
        label = options.ask(area_word, day=today())
    answer(options, lambda: budget_json(page, allowed), words, budget_lines(page, label, allowed))


def _change(options: Options, fund: str, year: str) -> Iterator[str]:
    parts = options.ask(lambda session: tuple(_parts(session, options, fund, year)))
    rounds = ((CloseRound, options.close), (ReopenRound, options.reopen))
    if sum(map(bool, (parts, options.close, options.reopen, is_of_plan(options)))) > 1:
        raise Refused(
            "Close or reopen a round, or record a spending plan, with a separate command. "
            "Nothing was changed."
        )
    if is_of_plan(options):
        yield perform(options.ask(asked_plan, options=options, fund=fund, year=year), options)
    if parts:
        yield perform(ChangeBudget(f"Change the money of {fund} for {year}", parts), options)
    for kind, name in rounds:
        if name:
            yield perform(kind(options.ask(find_round, name=name, fund=fund, year=year)), options)


def _parts(session: Session, options: Options, fund: str, year: str) -> Iterator[Part]:
    by = options.by.strip()
    decision = YearDecision(0, 0, options.reason.strip(), by or person(options), _decided_on(options))
    projects, start_up = pence_by_area(options.allocate), pence_by_area(options.start_up)
    given: dict[str, Given | None] = {
        area: (projects.get(area), start_up.get(area)) for area in (projects | start_up)
    }
    if given:
        yield allocating(session, fund, year, given, decision)
    if options.carry:
        if not by:
            raise Refused("Say who decided the carry forward, with --by NAME, POST.")
        brought = {area: (pence, 0) for area, pence in pence_by_area(options.carry).items()}
        yield carry_forward_change(session, fund, year, brought, decision)
    for area, pence in pence_by_area(options.contribute).items():
        yield Contribute(fund, year, area, pence, options.reason)
    for area, pence in pence_by_area(options.allow).items():
        yield over_commitment_change(session, fund, year, area, replace(decision, pence=pence, decided_by=by))
    for source, target, amount in options.move:
        where = f"{source} to {target}: "
        pence = pence_of(amount, f"{where}{NO_AMOUNT}", where)
        yield MoveMoney(fund, year, source, target, pence, options.reason, by)


def _decided_on(options: Options) -> date:
    """Return the day that the changes bear; refused where nothing that is changed bears one."""
    if options.on is not None and not any((options.allocate, options.start_up, options.carry, options.allow)):
        raise Refused(
            "--on is the day on which money was allocated, carried or allowed: name which, or leave it out."
        )
    return past_day(options.on, "Money bears the day on which that was decided")


def is_of_plan(options: Options) -> bool:
    """Whether a spending plan is to be recorded; refused where the area or what to record is missing."""
    is_given = bool(said_of(SpendingPlan, options))
    if is_given != bool(options.plan_of):
        raise Refused(
            "Name the area with --plan-of AREA, and give what to record of its plan with --plan TEXT, "
            "--plan-line, --frontline PERCENT, --rationale TEXT or --statutory yes or no."
        )
    return is_given


def asked_plan(session: Session, options: Options, fund: str, year: str) -> SetSpendingPlan:
    """Return the change that is asked for: what is not given stays as it is."""
    stood = spending_plans(session, (fund_number(session, fund), year))
    plan = next((one for of, one in stood.items() if is_same_text(of, options.plan_of)), SpendingPlan())
    said = said_of(SpendingPlan, options)
    if "frontline_percent" in said:
        said["frontline_percent"] = read_share(options.frontline_percent)
    if "pays_statutory" in said:
        said["pays_statutory"] = YES_NO[options.pays_statutory]
    if options.lines:
        said["lines"] = tuple(map(_line, filter(None, options.lines)))
    return SetSpendingPlan(fund, year, options.plan_of, replace(plan, **said))


def _line(text: str) -> PlanLine:
    purpose, sign, amounts = text.rpartition("=")
    if not sign:
        raise Refused(
            f"“{text[:60]}” is not a line of a plan. Write PURPOSE=PLANNED;AWARDED;SPENT, "
            "or with the reference of an award PURPOSE=PLANNED;AWARD."
        )
    return read_plan(f"{purpose.strip()};{amounts}")[0]


def budget_json(page: BudgetPage, allowed: Sequence[Overspend]) -> Json:
    """Return the five figures of the fund and of each area, with what they are made of; null is not known."""
    budget = page.budget
    return {
        **told(budget, "fund year amount_pence left_out=without?"),
        **told_of(FIGURES, budget),
        "areas": [
            {
                "area": area.area,
                **told_of(FIGURES, area),
                **told(
                    area,
                    "project_pence start_up_pence carried_forward=carried.whole_pence moved_in_pence",
                    "moved_out_pence contributed_pence allowed_over=allowed_pence would_add=adds_pence",
                    "would_free=frees_pence",
                ),
                "rounds": [
                    told(
                        one,
                        "round=name open=is_open pot_pence committed_pence decided_pence paid_pence",
                        "would_add=adds_pence would_free=frees_pence",
                    )
                    for one in area.rounds
                ],
            }
            for area in budget.areas
        ],
        "overspends": [
            told(one, "area=allowed.area year? round? amount=allowed_pence used_pence awards=allowed.awards?")
            | told(one.allowed, "name post reason on")
            for one in allowed
        ],
        "moves": [told(one, "from=source to=target amount_pence reason by=authority") for one in page.moves],
        "contributions": [
            {"area": one.line, "amount": plain_pounds(-one.amount_pence), "reason": one.reason}
            for one in page.contributions
        ],
        "spending_plans": [_plan(page, area, plan) for area, plan in page.plans.items()],
    }


def _plan(page: BudgetPage, area: str, plan: SpendingPlan) -> Json:
    share = plan.frontline_percent
    return {
        "area": area,
        "plan": plan.plan,
        "frontline_percent": None if share is None else decimal_text(share),
        **told(plan, "rationale pays_statutory"),
        "lines": [
            told(line, "purpose", *_OF_LINE) | ({"award": line.award} if line.award else {})
            for line in plan.lines
        ],
        "to_settle": list(page.plan_faults(area)),
    }


def budget_lines(page: BudgetPage, label: AreaLabel, allowed: Sequence[Overspend]) -> Iterator[str]:
    """Yield the figures as a table in the office's word for an area, and what is to be said beside it."""
    budget = page.budget
    amount = "no amount of the fund recorded" if budget.amount_pence is None else pounds(budget.amount_pence)
    yield f"{budget.fund} {budget.year}: {amount}"
    if not budget.areas:
        yield "There are no rounds and no allocations in this year yet."
        return
    whole = label.said("Areas with an allocation")
    area = Column(label.heading, "area", lambda one: getattr(one, "area", whole))
    yield from as_table((area, *FIGURES), (*budget.areas, budget))
    yield from lines(
        "budget",
        page=page,
        allowed=[(one, allowed_by(one.allowed)) for one in allowed],
        without=[one.area for one in budget.areas if one.allocation is None],
        plans=[(name, plan, page.plan_faults(name)) for name, plan in page.plans.items()],
    )
    if budget.without:
        yield budget.without_words


_NAME = "Area, line or award"
MONEY = (
    Column("Money", "money_pence"),
    Column("Commitment", "committed_pence"),
    Column("Spent", "spent=whole_spent_pence"),
    Column("", "spent_up_to=end.spent.as_at"),
    Column("", "spent_from", lambda line: "payments" if line.end.spent is None else line.end.spent.source),
    Column("Unspent", "left_pence"),
    Column("", "held_by_open_rounds=held_left_pence"),
    Column("Carried forward", "carried_forward=carried_pence", otherwise="not decided"),
)


def show_year_end(options: Options) -> None:
    """Record what the workbook says, where one is given, and print how the year stands."""
    if options.dry_run and options.expenditure is None:
        raise Refused("Name the workbook to try, with --expenditure FILE.")
    to_change = options.expenditure is not None and not options.dry_run
    with opened(options, to_change=to_change):
        fund, year = options.ask(chosen_budget, fund=options.fund, year=options.year)
        words = tuple(_spent(options, fund, year)) if options.expenditure is not None else ()
        found = options.ask(year_end, fund=fund, year=year, viewer=reader(options))
    answer(
        options,
        lambda: {
            **told(found, "of.fund of.year"),
            "lines": [told_of((Column("", "line=name"), *MONEY), line) for line in found.lines],
            "notes": list(found.notes),
        },
        words,
        _lines(found),
    )


def _spent(options: Options, fund: str, year: str) -> Iterator[str]:
    stands = options.ask(year_end, fund=fund, year=year)
    reading = read_expenditure(options.expenditure, stands, today())
    changes = tuple(SpentChange(one.line, one.award, one.now, one.before) for one in reading.figures)
    if options.dry_run:
        many = f"{counted(len(reading.figures), 'figure')}, {pounds(reading.total_pence)},"
        yield f"Sheet {reading.sheet}: {many} would be recorded. Nothing was changed."
        yield from _told(reading)
    elif changes:
        yield perform(SetSpent(fund, year, changes), options)
    else:
        yield "Every figure in the workbook is recorded already. Nothing was changed."


def _told(reading: ExpenditureReading) -> Iterator[str]:
    for one in reading.figures:
        before = "" if one.before is None else f" (before: {pounds(one.before.whole_pence)})"
        yield f"{one.award or one.line}: {pounds(one.now.whole_pence)}{before}"


def _lines(found: YearEnd) -> Iterator[str]:
    yield f"{found.of.fund} {found.of.year}"
    yield from as_table((Column(found.area_label.labelled(_NAME), "line=name"), *MONEY), found.lines)
    yield from found.notes


def load_history(options: Options) -> None:
    """Import the tables that the record does not have, as one change; say so where it has them all."""
    with opened(options, to_change=True):
        every = options.ask(missing_history)
        missing = tuple(table for table in every if options.of in (None, office_of(table)))
        if not missing:
            say("The record has every shipped table of earlier years already. Nothing was added.")
            return
        say(perform(AddPrintedTables(missing), options))
