"""What finance books awards under: the codes of a round, and the number of a payee."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import func, select

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_award
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.write_areas import area_ids
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_known_round
from models.queries.awards.finance_codes import FinanceCodes, finance_codes, known_payees
from models.schema.applications import application_table
from models.schema.awards import award_table, finance_codes_table, supplier_number_table
from models.session import Session
from scoring.refused import Refused

LONGEST = 40
"""Most characters of a code or a number."""
_TOUCHED = frozenset({Topic.AWARDS})


class SetFinanceCodes(RegisteredOperation, frozen=True):
    """Set the codes of a round and of those areas that have others; the first of them is the round's.

    A code is text, and what an area leaves blank is as the round's.
    """

    kind: ClassVar[str] = "set finance codes"
    round_id: int
    codes: tuple[FinanceCodes, ...]
    replacing: tuple[FinanceCodes, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return "Set the finance codes"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set them; refused before there is an award, and for codes that are none."""
        require_known_round(session, self.round_id)
        before = finance_codes(session, self.round_id)
        refuse_changed(before, self.replacing, "The finance codes", "were changed")
        counted = select(func.count()).select_from(award_table).join(application_table)
        if not session.scalar(counted.where(application_table.c.round_id == self.round_id)):
            raise Refused("No award is made in this round yet. Finance codes come with the first.")
        there = area_ids(session, self.round_id)
        kept = tuple(row for row in self.codes if any(row.parts))
        self._check(kept, there)
        table = finance_codes_table
        remove(session, table, table.c.round_id == self.round_id)
        put(
            session,
            table,
            [
                {
                    "round_id": self.round_id,
                    "position": position,
                    "area_id": there.get(row.area),
                    "cost_centre": row.cost_centre,
                    "nominal_code": row.nominal_code,
                    "project_code": row.project_code,
                }
                for position, row in enumerate(kept)
            ],
        )
        return Outcome(_TOUCHED, replace(self, codes=before, replacing=kept), "The finance codes were saved.")

    def _check(self, kept: tuple[FinanceCodes, ...], there: dict[str, int]) -> None:
        named = [row.area for row in kept]
        unknown = [area for area in named if area and area not in there]
        if unknown:
            raise Refused(f"There is no area {unknown[0]} in the round. Correct the name.")
        if len(set(named)) < len(named):
            raise Refused("Each area has its codes once. Remove one of the two.")
        for code in (code for row in kept for code in row.parts if code):
            _check_code(code, "A finance code")


class SetSupplierNumber(RegisteredOperation, frozen=True):
    """Set the number that finance's system knows a payee by, for all its awards; "" takes it out."""

    kind: ClassVar[str] = "set supplier number"
    round_id: int
    application: str
    number: str
    replacing: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set the supplier number of {self.application}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Set it; refused where there is no award, or where it is none."""
        award = the_award(session, self.round_id, self.application)
        refuse_changed(award.supplier_number, self.replacing, f"The supplier number of {self.application}")
        if self.number:
            _check_code(self.number, "A supplier number")
        organisation = session.scalars(
            select(application_table.c.organisation_id).where(
                application_table.c.round_id == self.round_id,
                application_table.c.reference == self.application,
            )
        ).one()
        table = supplier_number_table
        one = {payee.of for payee in known_payees(session) if payee.now == organisation}
        remove(session, table, table.c.organisation_id.in_(one))
        if self.number:
            put(session, table, [{"organisation_id": organisation, "number": self.number}])
        state = f"is supplier {self.number}" if self.number else "has no supplier number"
        return Outcome(_TOUCHED, self.exchanged("number"), f"The payee of {award.reference} {state}.")


def _check_code(code: str, what: str) -> None:
    if code != code.strip() or not code.isprintable() or len(code) > LONGEST:
        raise Refused(
            f"{what} must be on one line, without spaces around it, with up to {LONGEST} characters."
        )
