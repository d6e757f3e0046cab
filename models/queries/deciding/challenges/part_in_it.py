"""What part somebody had in a decision, so that they do not look at a challenge to it."""

from collections.abc import Iterator

from sqlalchemy import select

from models.queries.awards.direct.direct_rounds import is_direct
from models.queries.awards.variations.variations import variations
from models.queries.deciding.decisions import decisions, declared_by, signatures
from models.schema.applications import application_table
from models.schema.panel import mark_table, member_table, person_table, sheet_table
from models.session import Session
from scoring.written.names import is_same_text


def part_in(session: Session, round_id: int, application: str, name: str) -> str:
    """Return what a person did on an application, as "signed it as Commander", "" where they did nothing.

    Whoever decided or signed, now or before it was corrected, signed a variation, marked it, sat on the panel
    that recommended it, or declared an interest in it has a part.
    """
    parts = (*_signed(session, round_id, application, name), *_on_panel(session, round_id, application, name))
    return next(iter(parts), "")


def _signed(session: Session, round_id: int, application: str, name: str) -> Iterator[str]:
    for row in decisions(session, round_id):
        if row.application == application and not row.is_taken_back and is_same_text(row.signed_by, name):
            yield f"{'decided' if row.is_last else 'signed'} it as {row.post}"
    for varied in variations(session, round_id):
        for one in varied.signatures:
            if varied.application == application and is_same_text(one.signed_by, name):
                yield f"signed its variation as {one.post}"
    for signed in signatures(session, round_id):
        if signed.application == application and is_same_text(signed.signed_by, name):
            yield "proposed it" if is_direct(session, round_id) else "signed the panel's recommendation on it"


def _on_panel(session: Session, round_id: int, application: str, name: str) -> Iterator[str]:
    if application in declared_by(session, round_id, name):
        yield "declared an interest in it"
    if any(is_same_text(who, name) for who in _markers(session, round_id, application)):
        yield "marked it"
    people = select(person_table.c.name).join(member_table, member_table.c.person_id == person_table.c.id)
    here = session.scalars(people.where(member_table.c.round_id == round_id))
    if any(is_same_text(who, name) for who in here):
        yield "sat on the panel that recommended it"


def _markers(session: Session, round_id: int, application: str) -> tuple[str, ...]:
    of = application_table
    columns = (
        select(person_table.c.name)
        .distinct()
        .join(member_table, member_table.c.person_id == person_table.c.id)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(mark_table, mark_table.c.sheet_id == sheet_table.c.id)
        .join(of, of.c.id == sheet_table.c.application_id)
    )
    here = (of.c.round_id == round_id) & (of.c.reference == application) & mark_table.c.mark.is_not(None)
    return tuple(session.scalars(columns.where(here)))
