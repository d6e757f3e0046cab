"""What is told beside what is held: why, for how long, who sees it; and which are to be erased."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, select

from models.operations.applications.applications import (
    BringBackApplications,
    ImportApplications,
    RemoveApplications,
)
from models.operations.applications.corrections import ChangeApplications
from models.operations.erasure import TEXTS
from models.operations.finders import Rounds
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.replace import ReplaceRound
from models.papers.held import HeldTable
from models.queries.retention.retention import Keeping, Years, years, years_later
from models.schema.applications import application_table, disposal_table
from models.schema.journal import journal_table
from models.schema.packs import pack_item_table, pack_table
from models.schema.panel import member_table, person_table
from models.schema.set_up import round_table
from models.session import Session
from models.store.chain import said_rows
from models.values import canonical
from models.values.rows import ApplicationRow
from scoring.counted import listed
from scoring.refused import Refused
from scoring.written.days import full_day

NAME = "how it is used"
BASIS = (
    "A task in the public interest that the law gives the office (UK GDPR, article 6(1)(e)): to decide on "
    "grants and to account for public money. Notices of decision name the Act."
)
SEEN = (
    "Members of a panel who assess an application, without those who declared an interest in it; those who "
    "sign decisions; finance, and auditors. Of an award the organisation's name, the amount, the purpose and "
    "the reason are published, where its name is not withheld; nobody's contact details, marks or bank "
    "details are."
)
APPLIED = "What was sent with an application and since, and public registers."
AT_WORK = (
    "From the person, from the office they work for or whose panel they sit on, and from what they did in "
    "this record."
)
RIGHTS = (
    "To have it corrected, to have it erased where the office need not keep it, to have its use limited, or "
    "to object to it: write to the office. You may complain to the Information Commissioner, at ico.org.uk."
)


def how_used(
    session: Session,
    rounds: Iterable[int],
    applications: Sequence[str] = (),
    *,
    note: str,
    came_from: str = APPLIED,
    erased: Iterable[str] = (),
) -> HeldTable:
    """Return why, on what basis and how long it is held, and who has had it.

    `rounds` are those of whose applications something is held, `applications` what packs know these by;
    `note` says what is not there, `erased` a sentence for each application of which nothing is said any more.
    """
    kept = dict.fromkeys(years(session, number) for number in rounds) or {Years(): None}
    shared = tuple(_packs(session, applications))
    rows = (
        ("What it is used for", "To decide on grants, to manage them and to account for public money."),
        ("Lawful basis", BASIS),
        ("Where it comes from", came_from),
        ("How long it is kept", " ".join(map(_kept, kept))),
        ("Who sees it", SEEN),
        ("Sealed packs written", "\n".join(shared)),
        ("What you may ask", RIGHTS),
        ("What was erased", "\n".join(erased)),
        ("What this copy holds", note),
    )
    return HeldTable(NAME, ("what you may want to know", "answer"), tuple(row for row in rows if row[1]))


def _kept(found: Years) -> str:
    return (
        f"Applications that were given money: {found.awarded_words} after the financial year of the grant "
        f"closes. Others: {found.declined_words} after the decision. Bank details: until all is paid and "
        "shown. Decisions are not erased."
    )


def erased_words(session: Session, applications: ColumnElement[bool]) -> tuple[str, ...]:
    """Say of each of some applications that was erased when that was, by whom and why, and what stays."""
    gone, of = disposal_table.c, application_table.c
    rows = session.execute(
        select(of.reference, gone.erased_at, gone.erased_by, gone.person, gone.ground)
        .join(disposal_table, gone.application_id == of.id)
        .where(applications)
        .order_by(of.id)
    )
    return tuple(
        f"{reference} was erased on {full_day(at)}, by {by} at the word of {person}: {ground.rstrip('.')}. "
        "Its reference, names, amounts, marks and what was decided stay."
        for reference, at, by, person, ground in rows
    )


def _packs(session: Session, applications: Sequence[str]) -> Iterator[str]:
    """Yield for whom packs with some of these applications were written, and when."""
    table, item, name = pack_table.c, pack_item_table.c, person_table.c.name
    rows = session.execute(
        select(table.issued_at, name)
        .join(pack_item_table, item.pack == table.pack)
        .join(member_table, member_table.c.uid == table.member)
        .join(person_table, person_table.c.id == member_table.c.person_id)
        .where(item.application.in_(applications))
        .order_by(table.issued_at, name)
        .distinct()
    )
    days: dict[str, list[str]] = {}
    for at, who in rows:
        days.setdefault(full_day(at.date()), []).append(who)
    for day, names in days.items():
        yield f"{day}: for {listed(names)}."


_HOLDING: dict[str, type[Any]] = {
    kind.kind: kind
    for kind in (
        ImportApplications,
        LoadRound,
        ReplaceRound,
        BringBackApplications,
        RemoveApplications,
        ChangeApplications,
    )
}
_REMOVING = (RemoveApplications.kind, ChangeApplications.kind, RemoveRound.kind)


def removed_applications(session: Session, round_id: int) -> tuple[Keeping, ...]:
    """Return how long the journal keeps what they wrote, in order of references.

    Those of rounds that are gone themselves come with every round, under the number 0.
    """
    removing = select(journal_table.c.seq).where(journal_table.c.kind.in_(_REMOVING)).limit(1)
    if session.scalar(removing) is None:
        return ()
    table, rounds = application_table, Rounds(session)
    there = set(session.scalars(select(table.c.reference).where(table.c.round_id == round_id)))
    found: dict[tuple[int, str], tuple[str, date]] = {}
    for entry in said_rows(session, _HOLDING):
        operation = canonical.from_text(_HOLDING[entry.kind], entry.body)
        for number, row in _written(rounds, operation):
            found[number, row.reference] = row.organisation, entry.at.date()
        for key in _taken_out(rounds, operation):
            if key in found:
                found[key] = found[key][0], entry.at.date()
    clock = years(session, round_id)
    why = f"removed: {clock.declined_words} after that"
    return tuple(
        Keeping(number, reference, organisation, why, years_later(on, clock.declined), is_removed=True)
        for (number, reference), (organisation, on) in sorted(found.items())
        if number == 0 or (number == round_id and reference not in there)
    )


def _written(rounds: Rounds, value: Any, number: int | None = None) -> Iterator[tuple[int, ApplicationRow]]:
    """Yield the applications with words of their own in a change, with the numbers of their rounds."""
    if isinstance(value, ApplicationRow):
        if number is not None and (value.answers or any(getattr(value, name) for name in TEXTS)):
            yield number, value
    elif isinstance(value, tuple):
        for part in value:
            yield from _written(rounds, part, number)
    elif isinstance(value, Struct):
        own = rounds.number_of(value)
        for name in value.__struct_fields__:
            yield from _written(rounds, getattr(value, name), number if own is None else own)


def _taken_out(rounds: Rounds, operation: Any) -> Iterator[tuple[int, str]]:
    """Yield what a change takes out of its round."""
    parts = operation.parts if isinstance(operation, ChangeApplications) else (operation,)
    for part in parts:
        if isinstance(part, RemoveApplications):
            number = rounds.number_of(part) or 0
            yield from ((number, reference) for reference in part.references)


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
