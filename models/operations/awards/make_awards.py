"""Making the awards that decisions call for, with the fund's usual instalments."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, select

from models.operations.deciding.decision_lines import LineDecision
from models.operations.rows.write_applications import application_ids
from models.operations.rows.writing import put
from models.queries.awards.awards import parts_of, payments
from models.queries.awards.variations import variations
from models.schema.applications import application_table
from models.schema.awards import award_table, instalment_table
from models.session import Session
from models.values.awards import Instalment
from models.values.recommending import FUNDED
from scoring.counted import first_of
from scoring.refused import Refused


def make_awards(
    session: Session, round_id: int, notice: str, lines: Sequence[LineDecision], numbers: Mapping[str, int]
) -> None:
    """Make an award of each line that is funded, in place of one it had; its parts are the fund's usual.

    A hold on the one before holds on.
    """
    applicants = application_ids(session, round_id)
    held = dict(session.execute(select(award_table.c.application_id, award_table.c.held_for)).all())
    _take_out(session, [applicants[line.application] for line in lines])
    funded = [line for line in lines if line.outcome in FUNDED and line.verdict != "send_back"]
    usual = payments(session, round_id)[0]
    prefix = _prefix(session, notice)
    rows = []
    for index, line in enumerate(funded, start=1):
        rows.append(
            {
                "application_id": applicants[line.application],
                "decision_id": numbers[line.application],
                "reference": f"{prefix}-{index:02d}",
                "amount_pence": line.amount_pence,
                "profile": usual.code,
                "agreed_on": None,
                "held_for": held.get(applicants[line.application]),
            }
        )
    put(session, award_table, rows)
    for line in funded:
        assert line.amount_pence is not None
        put_parts(session, applicants[line.application], parts_of(line.amount_pence, usual))


def put_parts(session: Session, application_id: int, parts: Sequence[Instalment]) -> None:
    """Put an award's instalments in, in place of those it had; none of them is paid."""
    table = instalment_table
    session.execute(delete(table).where(table.c.application_id == application_id))
    put(
        session,
        instalment_table,
        [
            {
                "application_id": application_id,
                "number": number,
                "amount_pence": part.amount_pence,
                "trigger": part.trigger,
                "paid_on": None,
                "authorised_by": "",
                "due_on": part.due_on,
                "proof_on": part.proof_on,
                "proof": part.proof or None,
            }
            for number, part in enumerate(parts, start=1)
        ],
    )


def require_no_agreement(session: Session, round_id: int, references: Sequence[str]) -> None:
    """Refuse where the agreement on an award is signed, or it was varied: that is not decided again."""
    found = session.scalars(
        select(application_table.c.reference)
        .join(award_table, award_table.c.application_id == application_table.c.id)
        .where(application_table.c.round_id == round_id, award_table.c.agreed_on.is_not(None))
    )
    agreed = sorted(set(found) & set(references))
    if agreed:
        raise Refused(f"The agreement on {first_of(agreed)} is signed. Remove its date before correcting.")
    held = {row.application for row in variations(session, round_id) if not row.ended_because}
    varied = sorted(held & set(references))
    if varied:
        raise Refused(f"The award on {first_of(varied)} was varied. Vary it again instead of correcting it.")


def require_unpaid(session: Session, round_id: int, reference: str) -> None:
    """Refuse where a part of an application's award is paid: it is not withdrawn then."""
    part, of = instalment_table, application_table
    paid = (
        select(part.c.number)
        .join(of, of.c.id == part.c.application_id)
        .where(of.c.round_id == round_id, of.c.reference == reference, part.c.paid_on.is_not(None))
    )
    if session.execute(paid).first() is not None:
        raise Refused(f"A part of the award on {reference} is paid, so it can no longer be withdrawn.")


def _prefix(session: Session, notice: str) -> str:
    """Return what the references of a notice's awards begin with: "A-031" for 031/2026.

    Numbers begin anew each year, so one that another year's awards bear has its own year in it.
    """
    number, _, year = notice.partition("/")
    prefix = f"A-{number}"
    taken = session.scalars(
        select(award_table.c.reference).where(award_table.c.reference.startswith(f"{prefix}-"))
    )
    return f"{prefix}-{year}" if taken.first() is not None else prefix


def _take_out(session: Session, applicants: Sequence[int]) -> None:
    chosen = [{"of": number} for number in applicants]
    for table in (instalment_table, award_table):
        session.execute(delete(table).where(table.c.application_id == bindparam("of")), chosen)
