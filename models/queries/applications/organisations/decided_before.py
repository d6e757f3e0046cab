"""What was decided on applications of the organisations of a round, in words as a list of them goes on."""

from collections.abc import Mapping

from sqlalchemy import Select, func, select

from models.schema.applications.application import application_table
from models.schema.awards.award import award_table, return_table
from models.schema.deciding.decision import decision_table, sign_off_table
from models.session import Session
from scoring.money import short_pounds


def decided_before(session: Session, round_id: int) -> Mapping[tuple[int, str], str]:
    """Return what became of each application that is decided, by its round and reference.

    It is "awarded £4,999.99 (A-014-05), £600 of it came back": what an award comes to today, as varied.
    """
    of, award, returned = application_table.c, award_table.c, return_table.c
    back = select(returned.application_id, func.sum(returned.amount_pence).label("pence"))
    came_back = back.group_by(returned.application_id).subquery()
    rows = session.execute(
        select(of.round_id, of.reference, of.withdrawn, award.reference, award.amount_pence)
        .add_columns(came_back.c.pence)
        .outerjoin(award_table, award.application_id == of.id)
        .outerjoin(came_back, came_back.c.application_id == of.id)
        .where(of.organisation_id.in_(select(of.organisation_id).where(of.round_id == round_id)))
        .where(of.id.in_(final_lines()))
    )
    found = dict[tuple[int, str], str]()
    for number, reference, is_withdrawn, made, pence, returned_pence in rows:
        words = "nothing awarded" if made is None else f"awarded {short_pounds(pence)} ({made})"
        back_words = f", {short_pounds(returned_pence)} of it came back" if returned_pence else ""
        gone = ", withdrawn since" if is_withdrawn else ""
        found[number, reference] = f"{words}{back_words}{gone}"
    return found


def final_lines() -> Select[int]:
    """Return the question which applications, by number, are decided by a decision that stands."""
    line, step = decision_table.c, sign_off_table.c
    return (
        select(line.application_id)
        .join(sign_off_table, step.id == line.sign_off_id)
        .where(step.is_last, line.ended_by.is_(None), line.verdict != "send_back")
    )
