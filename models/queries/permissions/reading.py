"""Asking the record who reads, and what of a round is closed to them."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager

from msgspec import Struct
from msgspec.structs import replace

from models.papers.kinds import KINDS, PaperKind
from models.papers.order import PaperOrder
from models.permissions.viewing import (
    BLIND_STAGE,
    NOT_DECLARED,
    NOTHING_CLOSED,
    Sight,
    Viewer,
    beside_hidden,
    seen,
    sight,
    veiled,
    why_paper_closed,
)
from models.queries.applications.applications import areas_by_reference, entered
from models.queries.awards.variations import half_agreed
from models.queries.deciding.decisions import decisions, final_decisions, half_decided, recommendations
from models.queries.panel.area_panels import areas_of_other_panels
from models.queries.panel.panel import members
from models.queries.permissions.acting import known_as, may_write, refuse_nearly, roles_of, why_not_written
from models.queries.permissions.declarations import own_conflicts, signers_declared, waits_to_declare
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line, rounds
from models.role import DECLARING, OFFICE, not_yours
from models.session import UNTOLD, WITH_FIGURES, Session, Untold, untold
from models.store.closing import closed_rows
from models.store.locks.signing_on import closed_everywhere, may_rank, with_figures
from models.trouble import refuse
from models.values.rows import RoundRows, gathered, scored_round
from scoring.rank import rank
from scoring.ranking import Ranking
from scoring.round import Round
from scoring.written.names import is_same_text
from scoring.written.text import Refused


def viewer_of(session: Session, name: str, round_id: int | None) -> Viewer:
    """Return a person who is only named as a reader of a round, in the first role they have there.

    Who has a role as well that waits for no declaration reads in that one.
    """
    known = known_as(session, name)
    panel = () if round_id is None else members(session, round_id)
    own = next((row.code for row in panel if is_same_text(row.name, known)), None)
    roles = roles_of(session, known, round_id)
    return Viewer(known, next((role for role in roles if role not in DECLARING), roles[0]), own)


def only_viewer_of(session: Session, name: str, round_id: int) -> Viewer:
    """Return a person as a reader of a round; Refused where two of its members have the name, or one nearly.

    One of them may have an interest where the other has none, and a name cannot tell which of them reads.
    """
    refuse_nearly(session, name)
    viewer = viewer_of(session, name, round_id)
    seats = [row.code for row in members(session, round_id) if is_same_text(row.name, viewer.name)]
    if len(seats) > 1:
        raise Refused(
            f"{' and '.join(seats)} are both called {viewer.name} in this round, so a name does not say "
            "which of them reads. Give one a name that tells them apart, such as with an organisation."
        )
    return viewer


def rounds_to_declare_in(session: Session, viewer: Viewer) -> frozenset[int]:
    """Return the rounds of which nothing opens to a person yet, since they have still to declare there."""
    if viewer.role not in DECLARING or not viewer.name:
        return frozenset()
    every = (line.round_id for line in rounds(session))
    return frozenset(at for at in every if waits_to_declare(session, at, viewer_of(session, viewer.name, at)))


def refuse_undeclared(session: Session, name: str, round_name: str | None) -> None:
    """Refuse a person who is only named while nothing opens to them in rounds of a name (None: in any)."""
    for line in rounds(session):
        if round_name in (None, line.name) and line.applications:
            viewer = viewer_of(session, name, line.round_id)
            if waits_to_declare(session, line.round_id, viewer):
                raise Refused(f"{NOT_DECLARED} This does it: grant-panel declare … --round “{line.name}”.")


def sight_of(session: Session, round_id: int, viewer: Viewer) -> Sight:
    return _sight(session, round_id, round_rows(session, round_id), viewer)


def viewer_as(session: Session, name: str, role: str, round_id: int) -> Viewer:
    """Return a person as a reader of a round in one role; of several seats under the name none is theirs."""
    seats = [row.code for row in members(session, round_id) if is_same_text(row.name, name)]
    return Viewer(name, role, seats[0] if len(seats) == 1 else None)


def area_to_read(
    session: Session, kind: PaperKind, round_id: int | None, viewer: Viewer, *, with_marks: bool
) -> str | None:
    """Return the area of which a person reads a paper of all areas, None for all.

    What shows members' marks is closed to other panels as a whole: it opens to each with what is of theirs.
    """
    if round_id is None or "area" not in kind.choices:
        return None
    shut = areas_of_other_panels(session, round_id, viewer)
    is_agreed = bool(shut) and round_rows(session, round_id).scheme.is_agreed
    if not shut or not kind.prints_sheets(is_agreed=is_agreed, with_marks=with_marks):
        return None
    open_ = {*filter(None, areas_by_reference(session, round_id).values())} - shut
    return open_.pop() if len(open_) == 1 else None


def paper_refusal(
    session: Session,
    kind: PaperKind,
    round_id: int | None,
    areas: Collection[str],
    viewer: Viewer,
    *,
    with_marks: bool,
) -> str:
    """Say why a paper of areas (none: of all) of a round is closed to a person, "" where it is open.

    One of no round covers every round.
    """
    if kind.is_kept_open or not viewer.name:
        return ""
    every = (line.round_id for line in rounds(session))
    readers = {at: viewer_as(session, viewer.name, viewer.role, at) for at in every}
    if round_id is not None:
        readers = {round_id: viewer}
    for of_round, reader in readers.items():
        rows = round_rows(session, of_round)
        of = _sight(session, of_round, rows, reader)
        if why := why_paper_closed(kind, rows, of, areas, with_marks=with_marks):
            return why
    return ""


def open_order(session: Session, order: PaperOrder, name: str, *, with_marks: bool) -> PaperOrder:
    """Return an order as it is open to a person who is only named; refused where the paper is closed to them.

    One of all areas is of their own where others are closed: see `area_to_read`.
    """
    at, kind = order.round_id, KINDS[order.kind]
    viewer = viewer_of(session, name, None) if at is None else only_viewer_of(session, name, at)
    if not (order.areas or order.area):
        order = replace(order, area=area_to_read(session, kind, at, viewer, with_marks=with_marks))
    refuse(paper_refusal(session, kind, at, order.named_areas, viewer, with_marks=with_marks))
    return order


@contextmanager
def as_read_by(session: Session, viewer: Viewer) -> Iterator[None]:
    """Read, within, what is open to a person alone: in a file as a server gives it to them.

    For lists of what single awards and applications came to. Sums and places are worked out outside, or with
    `with_figures`.
    """
    with closed_rows(session, closed_numbers(session, viewer)):
        yield


@contextmanager
def with_sums_for(session: Session, viewer: Viewer) -> Iterator[None]:
    """Read, within, all from which sums are made, without the words on what is closed to a person.

    Sums do not have what is proposed there until it is decided: a sum without the others would tell it.
    """
    known = session.info  # of a connection that was lost it is not to be had, and why would be hidden
    closed = tuple(_closed_to(session, viewer))
    before = known.get(UNTOLD)
    known[UNTOLD] = frozenset(_undecided(session, (*closed, *_beside(session, closed, viewer)))) or None
    try:
        with closed_rows(session, _numbers_in_file(session, closed), for_sums=True):
            yield
    finally:
        known[UNTOLD] = before


def closed_numbers(session: Session, viewer: Viewer) -> frozenset[int]:
    """Return the numbers of the record's applications that are closed to a person, none on a server."""
    return _numbers_in_file(session, _closed_to(session, viewer))


def _numbers_in_file(session: Session, closed: Iterable[Untold]) -> frozenset[int]:
    is_file = session.dialect.name == "sqlite"
    return frozenset(one.number for one in closed) if is_file else frozenset()


def _closed_to(session: Session, viewer: Viewer) -> Iterator[Untold]:
    """Yield the record's applications that are closed to a person; on a server, to whoever is signed on."""
    if session.dialect.name != "sqlite":
        yield from closed_everywhere(session)
        return
    for line in rounds(session) if viewer.name else ():
        at = line.round_id
        waits = waits_to_declare(session, at, viewer_of(session, viewer.name, at))
        closed = frozenset[str]() if waits else own_conflicts(session, at, Viewer(viewer.name))
        if not (waits or closed):
            continue  # as in nearly every round: nothing is asked of its applications then
        numbers = entered(session, at)
        closed = frozenset(numbers) if waits else closed
        yield from (Untold(at, numbers[of].number, of) for of in sorted(closed) if of in numbers)


def _beside(session: Session, closed: Iterable[Untold], viewer: Viewer) -> Iterator[Untold]:
    """Yield the other lines of lists that tell a person of these; a server closes them by itself."""
    is_file = session.dialect.name == "sqlite"
    for at in {one.round_id for one in closed} if is_file else ():
        beside = sight_of(session, at, viewer_of(session, viewer.name, at)).untold
        yield from (Untold(at, one.number, of) for of, one in entered(session, at).items() if of in beside)


def _undecided(session: Session, closed: Collection[Untold]) -> Iterator[Untold]:
    """Yield those for which a decision, a correction or a variation waits for a signature."""
    if not closed:  # as at every start of the office's: nothing is asked then
        return
    before = {one.number for one in untold(session)}
    for at, own in gathered((one.round_id, one) for one in closed).items():
        with with_figures(session, at):  # on a server no other row tells what waits for a closed one
            waiting = before | half_decided(session).keys() | half_agreed(session).keys()
            made = decisions(session, at)
            proposed = {row.application for row in recommendations(session, at)}
            proposed |= {row.application for row in made}
            proposed -= final_decisions(made).keys()
        yield from (one for one in own if one.reference in proposed or one.number in waiting)


class SeenRound(Struct, frozen=True):
    """A round as one person may read it.

    `rows` hold nothing that is closed. Where something is, `ranking` was worked from the whole round all the
    same, so that no figure is wrong, and is told without what is closed.
    """

    rows: RoundRows
    sight: Sight = NOTHING_CLOSED
    ranking: Ranking | None = None


def seen_round(session: Session, round_id: int, viewer: Viewer) -> SeenRound:
    """Return a round as one person may read it."""
    rows = round_rows(session, round_id)
    of = _sight(session, round_id, rows, viewer)
    if not of.without_sheets:
        return SeenRound(rows, of)
    return SeenRound(seen(rows, of), of, veiled(rank(scored_round(rows)), of))


def scored_with_closed(session: Session, round_id: int, of: Sight) -> Round | None:
    """Return a round with the marks that are closed and wait for nothing, so that its list comes out right.

    They are closed by an interest, or given by another panel. No name, reason or text goes with them. None
    where nothing is closed so, or an interest closes all that does not wait.
    """
    if not (of.other_panels or (of.closed and not of.blind)):
        return None
    rows = round_rows(session, round_id)
    return scored_round(seen(rows, replace(of, other_panels=frozenset())) if of.blind else rows)


def _sight(session: Session, round_id: int, rows: RoundRows, viewer: Viewer) -> Sight:
    stages, others = round_line(session, round_id).stages, areas_of_other_panels(session, round_id, viewer)
    of = sight(rows, stages, viewer, signers_declared(session, round_id), others)
    if of.unseen and not of.must_declare:
        settled = frozenset(final_decisions(decisions(session, round_id))) - of.blind
        of = replace(of, settled=settled)
        of = replace(of, untold=beside_hidden(rows, of))
    if WITH_FIGURES not in session.info or of.must_declare:
        return of
    may = may_rank(session, round_id)
    reopened = {one.application for one in rows.sheets if one.reopened and not one.submitted}
    shut = [
        row.reference
        for row in rows.applications
        if row.reference in of.closed
        and (not may or stages.get(row.area or "") == BLIND_STAGE or row.reference in reopened)
    ]
    return replace(of, hides_whose=may, without_marks=of.ties.areas_telling(shut))


def refuse_closed_paper(
    session: Session, order: PaperOrder, viewer: Viewer, *, with_marks: bool = False
) -> None:
    """Refuse a person a paper that their role does not write, or that is closed to them."""
    refuse(why_not_written(viewer.role, order.kind) if viewer.name else "")
    refuse(
        paper_refusal(
            session, KINDS[order.kind], order.round_id, order.named_areas, viewer, with_marks=with_marks
        )
    )


def refuse_other_roles(session: Session, name: str, round_id: int | None, paper: str = "") -> None:
    """Refuse a person a paper that none of their roles writes, or ("") the whole round as a workbook."""
    roles = roles_of(session, known_as(session, name), round_id)
    if not paper and not set(roles) & set(OFFICE):
        raise Refused(not_yours(OFFICE, "writes a whole round as a workbook", roles[0]))
    if paper and not any(may_write(role, paper) for role in roles):
        raise Refused(why_not_written(roles[0], paper))
