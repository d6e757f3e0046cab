"""Which caps of open rounds two organisations pass once they count as one."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from sqlalchemy import select

from models.permissions.viewing import Viewer
from models.queries.deciding.allowances import given_amounts
from models.queries.permissions.declarations import closed_applications
from models.queries.permissions.reading import viewer_of
from models.queries.set_up.rounds import rounds, scheme
from models.schema.applications import application_table
from models.session import Session
from models.values.rounds import RoundLine
from models.values.stored import each_read
from scoring.money import short_pounds
from scoring.written.names import round_names


class CappedRound(Struct, frozen=True):
    """An open round in which one organisation may have `cap_pence` at most.

    `pence` is what each has there by its number: recommended or decided, else what it asks for.
    """

    name: str
    cap_pence: int
    pence: Mapping[int, int]

    def words(self, kept: int, merged: int) -> str:
        """Say that two organisations together pass the cap, "" where they do not or one has nothing."""
        own = [self.pence.get(number, 0) for number in (kept, merged)]
        if not all(own) or sum(own) <= self.cap_pence:
            return ""
        parts = " and ".join(map(short_pounds, own))
        return (
            f"{self.name}: {parts} together are {short_pounds(sum(own))}, and one organisation can have "
            f"{short_pounds(self.cap_pence)}."
        )


def capped_rounds(session: Session, viewer: Viewer) -> tuple[CappedRound, ...]:
    """Return the open rounds with a cap for an organisation, without what is closed to a person."""
    found = []
    there = (line for line in rounds(session) if not (line.is_closed or line.is_direct))
    for line, cap in each_read(lambda line: (line, _cap(session, line)), there):
        if cap is not None:
            name = " ".join(round_names(line.fund, f"{line.year} {line.name}"))
            found.append(CappedRound(name, cap, _pence(session, line.round_id, viewer)))
    return tuple(found)


def _cap(session: Session, line: RoundLine) -> int | None:
    return scheme(session, line.round_id).cap_per_organisation_pence


def caps_passed(found: Sequence[CappedRound], kept: int, merged: int) -> tuple[str, ...]:
    """Return a sentence for each cap that two organisations, by their numbers, pass together."""
    return tuple(filter(None, (one.words(kept, merged) for one in found)))


def _pence(session: Session, round_id: int, viewer: Viewer) -> Mapping[int, int]:
    of, given, found = application_table.c, given_amounts(session, round_id), Counter[int]()
    columns = select(of.organisation_id, of.reference, of.requested_pence)
    rows = session.execute(columns.where(of.round_id == round_id, ~of.withdrawn)).all()
    reading = viewer_of(session, viewer.name, round_id) if viewer.name else viewer
    closed = closed_applications(session, round_id, reading, [row.reference for row in rows])
    for row in rows:
        if row.reference not in closed:
            found[row.organisation_id] += given.get(row.reference, row.requested_pence)
    return dict(found)
