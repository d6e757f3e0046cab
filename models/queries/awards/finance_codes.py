"""The codes of the finance system and the layouts in which payments are exported to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import null, select

from models.queries.applications.applications import entered
from models.queries.applications.merges import merged_into
from models.queries.rows import columns_of, grouped
from models.schema.applications import organisation_alias_table, organisation_table
from models.schema.awards import (
    finance_codes_table,
    payment_column_table,
    payment_layout_table,
    supplier_number_table,
)
from models.schema.set_up import area_table
from models.session import Session
from models.store.parts import part
from models.values.payments import STANDARD, LayoutColumn, PaymentLayout
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.names import text_key


class FinanceCodes(Struct, frozen=True):
    """Codes as text, of a whole round (`area` "") or one area; "" in an area's is as the round's."""

    area: str = ""
    cost_centre: str = ""
    nominal_code: str = ""
    project_code: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """Return the three codes: cost centre, nominal and project."""
        return (self.cost_centre, self.nominal_code, self.project_code)


def booked_words(codes: FinanceCodes) -> str:
    """Say what an award is booked under: "Booked under 0042 · 003100"; that nothing is recorded yet."""
    held = " · ".join(code for code in codes.parts if code)
    return f"Booked under {held}" if held else "No finance codes yet"


@part
def finance_codes(session: Session, round_id: int) -> tuple[FinanceCodes, ...]:
    """Return the codes of a round, as they were recorded: the round's own, then its areas'."""
    table = finance_codes_table
    rows = session.execute(
        select(area_table.c.name, table.c.cost_centre, table.c.nominal_code, table.c.project_code)
        .select_from(table)
        .outerjoin(area_table, area_table.c.id == table.c.area_id)
        .where(table.c.round_id == round_id)
        .order_by(table.c.position)
    )
    return tuple(FinanceCodes(area or "", *codes) for area, *codes in rows)


def codes_in(codes: Iterable[FinanceCodes], area: str) -> FinanceCodes:
    """Return what an award of an area is booked under: the area's own codes, else the round's."""
    by_area = {row.area: row for row in codes}
    whole, own = by_area.get("", FinanceCodes()), by_area.get(area, FinanceCodes())
    return FinanceCodes(area, *(mine or theirs for mine, theirs in zip(own.parts, whole.parts, strict=True)))


@part
def supplier_numbers(session: Session, round_id: int) -> Mapping[str, tuple[str, ...]]:
    """Return the numbers that finance knows each payee by, by the application's reference.

    An organisation without a number of its own has those of what was merged into it, and of what its name and
    numbers became one with. Several that differ wait for somebody to set the right one.
    """
    found: dict[int, dict[str, None]] = {}
    for payee in known_payees(session):
        found.setdefault(payee.now, {})[payee.number] = None
    rows = entered(session, round_id).items()
    return {reference: tuple(found.get(of.organisation_id, ())) for reference, of in rows}


class Payee(NamedTuple):
    """A supplier number, the organisation that it was set for, and the one that this is now."""

    number: str
    of: int
    now: int


def known_payees(session: Session) -> Iterator[Payee]:
    """Yield every supplier number that is set.

    An organisation whose names are all another's by now is that one, found by the name it was first known by.
    """
    now, alias, table = merged_into(session), organisation_alias_table.c, supplier_number_table.c
    owners: dict[str, set[int]] = {}
    for key, of in session.execute(select(alias.name_key, alias.organisation_id)):
        owners.setdefault(key, set()).add(of)
    every = set().union(*owners.values())
    named = select(table.number, table.organisation_id, organisation_table.c.name)
    joined = named.join(organisation_table, organisation_table.c.id == table.organisation_id)
    for number, of, name in session.execute(joined.order_by(table.organisation_id)):
        others = {of} if of in every else owners.get(text_key(name), set())
        one = min(others) if len(others) == 1 else of
        yield Payee(number, of, now.get(one, one))


def unsettled_supplier(numbers: Sequence[str]) -> str:
    """Say that a payee has several supplier numbers, "" for one or none."""
    return f"supplier numbers {listed(numbers)}: set the right one" if len(numbers) > 1 else ""


def saved_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts that the office saved, by name."""
    column, layout = payment_column_table, payment_layout_table
    rows = select(column.c.layout, *columns_of(LayoutColumn, column))
    columns = grouped(session, LayoutColumn, rows.order_by(column.c.layout, column.c.position))
    saved = select(*columns_of(PaymentLayout, layout, columns=null())).order_by(layout.c.name)
    return tuple(
        PaymentLayout(**{**row._asdict(), "columns": columns.get(row.name, ())})
        for row in session.execute(saved)
    )


def payment_layouts(session: Session) -> tuple[PaymentLayout, ...]:
    """Return the layouts there are to choose from: the standard one first, as it stands, then the others."""
    saved = saved_layouts(session)
    first = tuple(one for one in saved if one.name == STANDARD.name) or (STANDARD,)
    return (*first, *(one for one in saved if one.name != STANDARD.name))


def payment_layout(session: Session, name: str) -> PaymentLayout:
    """Return the layout of a name, in any case and spacing; refused where there is none."""
    found = payment_layouts(session)
    layout = next((one for one in found if text_key(one.name) == text_key(name)), None)
    if layout is None:
        known = listed([one.name for one in found])
        raise Refused(f"There is no layout “{name}” of payment files. The layouts: {known}.")
    return layout
