"""The applications that a person names to be erased, those that were removed from their rounds among them."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select

from models.queries.retention.how_used import removed_applications
from models.schema.applications import application_table
from models.schema.set_up import round_table
from models.session import Session
from scoring.refused import Refused


def chosen_applications(
    session: Session, references: Sequence[str], round_id: int | None
) -> tuple[tuple[int, str], ...]:
    """Return the round's number of each reference with it; `round_id` None looks in every round.

    Refused where there is no such application, and where several rounds have one.
    """
    known = tuple(_known(session, round_id))
    return tuple(_the_one(known, reference.strip()) for reference in dict.fromkeys(references))


def _the_one(known: Sequence[tuple[int, str]], reference: str) -> tuple[int, str]:
    found = [one for one in known if one[1].casefold() == reference.casefold()]
    if not found:
        raise Refused(f"There is no application {reference} in this record. Nothing was erased.")
    if len(found) > 1:
        raise Refused(f"Several rounds have an application {reference}. Name its round with --round.")
    return found[0]


def _known(session: Session, round_id: int | None) -> Iterator[tuple[int, str]]:
    table = application_table
    rows = session.execute(select(table.c.round_id, table.c.reference).order_by(table.c.id))
    yield from ((of, reference) for of, reference in rows if round_id in (None, of))
    rounds = session.scalars(select(round_table.c.id)).all() if round_id is None else (round_id,)
    removed = (one for number in (*rounds, 0) for one in removed_applications(session, number))
    yield from dict.fromkeys((one.round_id, one.reference) for one in removed)
