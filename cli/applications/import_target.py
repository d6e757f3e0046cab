"""The round that an import goes into: one that is there, or one to be set up."""

import argparse
from collections.abc import Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from models.operations.rows.write_funds import fund_defaults
from models.operations.set_up.round_state import RoundKey
from models.operations.set_up.rounds import require_scheme
from models.papers.year.year_facts import year_of
from models.queries.applications.applications import applications
from models.queries.applications.importing import import_target, new_target
from models.queries.set_up.funds import fund_named
from models.queries.set_up.rounds import called, find_round, round_line, rounds
from models.record import Record
from models.reference.fund_defaults import FundDefaults, UsualArea
from models.values.importing.import_target import ImportTarget
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow

DEFAULT_FUND = "Active Citizens Fund"


class Target(Struct, frozen=True):
    """A round by name and fund; `line` is None where it is not there yet. `year` is None when not given."""

    name: str
    year: str | None
    fund: FundDefaults
    line: RoundLine | None = None
    existing: tuple[ApplicationRow, ...] = ()

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that the round has already."""
        return () if self.line is None else tuple(area.name for area in self.line.areas)

    @property
    def usual_areas(self) -> tuple[UsualArea, ...]:
        """Return the areas that rounds of the fund usually have."""
        return self.fund.areas

    def held_against(self, record: Record) -> ImportTarget:
        """Return what a dry run is held against: the round, or where it is not there yet its fund."""
        if self.line is not None:
            return record.ask(partial(import_target, round_id=self.line.round_id))
        return record.ask(partial(new_target, defaults=self.fund, name=self.name, year=self.year or ""))

    def key(self, rows: Sequence[ApplicationRow]) -> RoundKey:
        """Return what the round is called; a new one is of the year of the newest application."""
        if self.line is not None:
            return RoundKey(self.line.fund, self.line.year, self.line.name)
        return RoundKey(self.fund.name, self.year or newest_year(rows, date.today()), self.name)


def find_target(record: Record, options: argparse.Namespace) -> Target:
    """Return the round that the options name; refused where several or no fund fit, or one has no scheme."""
    lines = called(record.ask(rounds), options.round)
    if options.fund is not None:
        code = _fund(record, options.fund).code
        lines = [line for line in lines if line.fund_code == code]
    if options.year is not None:
        lines = [line for line in lines if line.year == options.year]
    if not lines:
        fund = _fund(record, options.fund or DEFAULT_FUND)
        require_scheme(fund)
        return Target(options.round, options.year, fund)
    named = partial(find_round, name=options.round, fund=options.fund, year=options.year)
    line = record.ask(partial(round_line, round_id=record.ask(named)))
    existing = record.ask(partial(applications, round_id=line.round_id))
    return Target(line.name, line.year, _fund(record, line.fund_code), line, existing)


def newest_year(rows: Sequence[ApplicationRow], today: date) -> str:
    """Return the financial year, April to March, of the newest received date, else of today."""
    newest = max((row.received_at.date() for row in rows if row.received_at is not None), default=today)
    return year_of(newest)


def _fund(record: Record, name: str) -> FundDefaults:
    fund = record.ask(partial(fund_named, name=name))
    return record.ask(partial(fund_defaults, fund_id=fund.fund_id))
