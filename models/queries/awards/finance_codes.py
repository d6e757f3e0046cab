"""The codes that finance books a round under, and the numbers it knows payees by."""

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import select

from models.queries.applications.organisations.merges import members_of_organisations
from models.schema.applications.application import application_table
from models.schema.awards.finance import finance_codes_table, supplier_number_table
from models.schema.set_up.round import area_table
from models.session import OF_ROUND, Session

_ONE = members_of_organisations()
_NUMBERS = (
    select(application_table.c.reference, supplier_number_table.c.number)
    .join(_ONE, _ONE.c.organisation_id == application_table.c.organisation_id)
    .join(supplier_number_table, supplier_number_table.c.organisation_id == _ONE.c.member_id)
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(_ONE.c.member_id != application_table.c.organisation_id, _ONE.c.member_id)
)


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


def supplier_numbers(session: Session, round_id: int) -> dict[str, str]:
    """Return the number of each payee that has one, by the application's reference.

    An organisation without a number of its own has that of the first that was merged into it.
    """
    found: dict[str, str] = {}
    for reference, number in session.execute(_NUMBERS, {"of_round": round_id}):
        found.setdefault(reference, number)
    return found
