"""What papers the options of an export ask for: of which round, area, time, notice and award."""

import argparse
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from models.papers.notice import NoticeOfDecision
from models.papers.order import PaperOrder, PaperValue
from models.papers.paper_kind import PaperKind, Scope
from models.queries.awards.agreements.grant_agreement import agreement_orders
from models.queries.awards.returns.ministry import reporting_fund
from models.queries.awards.variations.finding import find_award
from models.queries.set_up.funds import fund_written
from models.queries.set_up.rounds import find_round
from models.record import Record
from models.reference.reporting import read_period
from scoring.refused import Refused


def orders_of(
    record: Record, kind: PaperKind, options: argparse.Namespace, *, is_folder: bool
) -> tuple[PaperOrder, ...]:
    """Return the orders: one, or for a folder one for each award of a round where none is named."""
    order = order_of(record, kind, options)
    if not kind.is_of_one_award and not order.award:
        return (order,)
    found = record.ask(partial(agreement_orders, order=order))
    if len(found) > 1 and not is_folder:
        raise Refused(f"The round has {len(found)} awards. Say which with --award, or name a folder.")
    return found


def order_of(record: Record, kind: PaperKind, options: argparse.Namespace) -> PaperOrder:
    """Return the order; an option that the kind needs and that is missing is wrong usage."""
    order = _asked(kind, options)
    if kind.scope is Scope.MONTH and (options.month is None) == (not options.period):
        options.usage_error(
            f"{options.kind} is of a month or a period: give --month, such as --month 2026-11, or --period, "
            "such as --period 2026/27-Q3"
        )
    if kind.scope is not Scope.ROUND:
        if options.round is not None or options.areas:
            options.usage_error(f"{options.kind} does not belong to a round: leave out --round and --area")
        is_period = kind.scope is Scope.PERIOD
        return _of_period(record, order, options) if is_period else _of_fund(record, order)
    if options.round is None and not options.areas and order.award:
        of = record.ask(partial(find_award, reference=order.award))
        return replace(order, round_id=of.round_id, fund=None, year=None)
    if options.round is None and kind.may_be_of_all:
        if options.areas:
            options.usage_error("--area keeps to an area of one round: give --round as well")
        return _of_fund(record, order)
    if options.round is None:
        options.usage_error(f"{options.kind} is of a round: --round is missing")
    found = partial(find_round, name=options.round, fund=options.fund, year=options.year)
    return replace(order, round_id=record.ask(found), fund=None, year=None)


def _asked(kind: PaperKind, options: argparse.Namespace) -> PaperOrder:
    """Return the order as the options say it, before it is known what it is of."""
    return PaperOrder(
        kind.code,
        datetime.now(UTC),
        area=options.area,
        areas=() if options.area else options.areas,
        fund=options.fund,
        year=options.year,
        month=options.month,
        notice=options.notice or "",
        with_marks=options.with_marks,
        award=options.award or "",
        confidential_part=options.confidential_part,
        period=read_period(options.period).name if options.period else "",
        reason=options.reason,
        names_declined=options.name_declined,
        names_panel=options.name_panel,
        with_undecided=options.with_undecided,
        purposes_read=options.purposes_read,
    )


def _of_period(record: Record, order: PaperOrder, options: argparse.Namespace) -> PaperOrder:
    """Return the order of a fund's period under the fund's code, by which versions count."""
    if options.year is not None:
        options.usage_error(f"{options.kind} is of a period: write --period {options.year}, not --year")
    if not options.period:
        options.usage_error(
            f"{options.kind} is of a period: --period is missing, such as --period 2026/27-Q3"
        )
    return replace(order, fund=record.ask(partial(reporting_fund, name=options.fund)).code)


def _of_fund(record: Record, order: PaperOrder) -> PaperOrder:
    """Return the order under the fund's name, as the window has it, by which versions count."""
    if order.fund is None:
        return order
    found = record.ask(partial(fund_written, name=order.fund))
    return order if found is None else replace(order, fund=found.name)


def of_its_number(order: PaperOrder, value: PaperValue) -> PaperOrder:
    """Return the order under the notice's own number, said or not, by which versions count."""
    return replace(order, notice=value.number) if isinstance(value, NoticeOfDecision) else order
