"""Who has declared in a round, so that it opens to them, and what those who sign after the panel declared.

Their signature repeats it.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import select

from models.permissions.viewing import (
    DECLARE_FIRST,
    YOU_DECLARED,
    Viewer,
    codes_among,
    conflicts_of,
    must_declare,
)
from models.queries.applications.applications import corrected_fields
from models.queries.panel.panel import as_declared, interests, members
from models.queries.panel.sheets import handed_in
from models.queries.set_up.rounds import is_direct, round_line
from models.role import DECLARING, SIGNING
from models.schema.applications import application_table
from models.schema.deciding import sign_off_table
from models.schema.panel import person_table, signer_interest_table
from models.schema.set_up import area_table
from models.session import OF_ROUND, Session
from models.store.locks.signing_on import with_figures
from models.store.parts import part
from models.values.rounds import BEFORE_MEETING
from models.values.rows import InterestRow, opened_again
from scoring.round import InterestKind
from scoring.written.names import is_same_text
from scoring.written.text import first_of, listed, with_capital

SAID = {
    InterestKind.PECUNIARY: "a financial interest",
    InterestKind.NON_PECUNIARY: "an interest that is not financial",
    InterestKind.PREJUDICIAL: "a prejudicial interest",
}
NONE = "none"
STATEMENT = "I have read the list of applicants. These are all my interests."
"""What a member of the panel states of interests where nothing else is written."""
_OWN, _PAPER = signer_interest_table.c, sign_off_table.c
_DECLARED = (
    select(person_table.c.name, application_table.c.reference, _OWN.application_id, _OWN.kind, _OWN.detail)
    .join(person_table, person_table.c.id == _OWN.person_id)
    .outerjoin(application_table)
    .where(_OWN.round_id == OF_ROUND)
    .order_by(_OWN.id)
)
_SIGNED = select(_PAPER.signed_by, _PAPER.interests).where(_PAPER.round_id == OF_ROUND).order_by(_PAPER.id)


@part
def signer_interests(session: Session, round_id: int) -> tuple[InterestRow, ...]:
    """Return what those who sign declared, each under their name, in the order in which they did."""
    return as_declared(session, round_id, _DECLARED)


def signers_declared(session: Session, round_id: int) -> tuple[InterestRow, ...]:
    """Return the same with whoever has declared beside the list: who signed, and all where nobody competes.

    A signature states the signer's interests, also one that was put down from paper; awards without a
    competition come one by one, each signed with such a statement.
    """
    rows = signer_interests(session, round_id)
    signed = session.execute(_SIGNED, {"of_round": round_id}).all()
    stated = [InterestRow(by, None, InterestKind.NONE, words) for by, words in signed]
    if not is_direct(session, round_id):
        return (*rows, *stated)
    from models.queries.deciding.signatories import signatories  # the window's start need not wait for it

    people = signatories(session, round_id)
    return (*rows, *stated, *(InterestRow(one.name, None, InterestKind.NONE) for one in people))


def who_declared(session: Session, round_id: int) -> frozenset[str] | None:
    """Return who has declared, members by code and signers by name; None where nobody is asked to."""
    if is_direct(session, round_id):
        return None
    every = (*interests(session, round_id), *signers_declared(session, round_id))
    return frozenset(row.member for row in every)


class Applicant(Struct, frozen=True):
    """All of an application that is seen before the declaration is made."""

    reference: str
    organisation: str
    project: str
    organisation_id: int = 0
    area: str = ""


def applicants_of(session: Session, round_id: int) -> tuple[Applicant, ...]:
    """Return what is declared on, by area; also what a server closes to whoever asks, by its name."""
    table = application_table.c  # these columns alone: a server gives no word of the gates before that
    columns = (table.reference, table.organisation, table.project, table.organisation_id, area_table.c.name)
    with with_figures(session, round_id):
        rows = session.execute(
            select(*columns)
            .outerjoin(area_table)
            .where(table.round_id == round_id, table.withdrawn.is_(False))
            .order_by(area_table.c.position, table.reference)
        ).all()
        now = corrected_fields(session, round_id)
    return tuple(
        Applicant(
            reference,
            said.get("organisation", organisation),
            said.get("project", project),
            number,
            area or "",
        )
        for reference, organisation, project, number, area in rows
        for said in [now.get(reference, {})]
    )


class OwnList(Struct, frozen=True):
    """What one person declares on, by name alone, and what they declared so far.

    `member` is the code of a member, None of one who signs; `key` is what their rows are under. Who has not
    declared starts from the `statement`.
    """

    key: str
    member: str | None
    applicants: tuple[Applicant, ...]
    declared: tuple[InterestRow, ...]
    statement: str = STATEMENT


def own_list(session: Session, round_id: int, name: str, member: str | None) -> OwnList:
    """Return the list that a person declares on."""
    from models.queries.deciding.settled import standing_interests  # nor for this

    applicants = applicants_of(session, round_id)
    if member is None:
        own = declared_as(signer_interests(session, round_id), name)
        return OwnList(name, None, applicants, own, standing_interests(session))
    own = tuple(row for row in interests(session, round_id) if row.member == member)
    return OwnList(member, member, applicants, own)


def waits_to_declare(session: Session, round_id: int, viewer: Viewer) -> bool:
    """Whether nothing of a round opens to a person before they declare."""
    if viewer.role not in DECLARING or is_direct(session, round_id):
        return False
    read = signers_declared if viewer.role in SIGNING else interests
    return must_declare(viewer, (row.member for row in read(session, round_id)))


def own_conflicts(session: Session, round_id: int, viewer: Viewer) -> frozenset[str]:
    """Return the applications of a round in which a person declared an interest, in whatever part of it."""
    codes = codes_among(members(session, round_id), viewer)
    seats = (row for row in interests(session, round_id) if row.member in codes and row.kind.is_conflict)
    on_panel = frozenset(row.application for row in seats if row.application is not None)
    return on_panel | conflicts_of(signer_interests(session, round_id), viewer.name)


def declared_by(session: Session, round_id: int, name: str) -> frozenset[str]:
    """Return the same of somebody by name."""
    return own_conflicts(session, round_id, Viewer(name))


def declared_as(rows: Iterable[InterestRow], name: str) -> tuple[InterestRow, ...]:
    return tuple(row for row in rows if name and is_same_text(row.member, name))


def stated(rows: Sequence[InterestRow]) -> str:
    """Return a declaration as a signature repeats it: its statement, then each interest; "none" for neither.

    Example: "A financial interest in ACF-003 (sits on its board)."
    """
    said = next((row.detail.strip() for row in rows if row.application is None), "")
    found = [_stated(row) for row in rows if row.application is not None and row.kind.is_conflict]
    declared = f"{with_capital(listed(found))}." if found else ""
    return " ".join(filter(None, (said, declared))) or NONE


def stated_by(session: Session, round_id: int, name: str, otherwise: str) -> str:
    """Return the interests that somebody's signature states: what they declared, else what it says itself."""
    own = declared_as(signer_interests(session, round_id), name)
    return stated(own) if own else otherwise


def _stated(row: InterestRow) -> str:
    why = f" ({row.detail.strip()})" if row.detail.strip() else ""
    return f"{SAID[row.kind]} in {row.application}{why}"


def what_stays(
    session: Session, round_id: int, before: Sequence[InterestRow], after: Sequence[InterestRow]
) -> str | None:
    """Say what a member may not take back, as others' marks could be read since they declared it.

    That is the first application on which `after` has no interest any more, "" for a whole declaration once
    an area has met, None where nothing stays.
    """
    opened = sorted(of for _, of in opened_again(before, after, handed_in(session, round_id)))
    if opened:
        return first_of(opened)
    is_withdrawn, areas = bool(before) and not after, round_line(session, round_id).areas
    has_met = is_withdrawn and any(area.stage not in BEFORE_MEETING for area in areas)
    return "" if has_met else None


def closed_applications(
    session: Session, round_id: int, viewer: Viewer, references: Iterable[str]
) -> dict[str, str]:
    """Return which of a round's applications are closed to a person, each with why."""
    if waits_to_declare(session, round_id, viewer):
        return dict.fromkeys(references, DECLARE_FIRST)
    return dict.fromkeys(own_conflicts(session, round_id, viewer), YOU_DECLARED)
