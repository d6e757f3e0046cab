"""Who is meant by a name: everybody in the record who goes by it, each told from the others."""

from collections.abc import Container, Iterable, Iterator, Sequence

from msgspec import Struct
from sqlalchemy import select

from models.permissions.role import role_words
from models.queries.applications.applications import applications
from models.queries.retention.naming import Named, is_called, places_of
from models.queries.set_up.rounds import rounds
from models.schema.applications import application_table, organisation_table
from models.schema.journal import journal_table
from models.schema.panel import member_table, person_table, round_role_table
from models.schema.set_up import round_table
from models.session import Session
from models.values.round_line import RoundLine
from models.values.rows import ApplicationRow
from scoring.refused import Refused
from scoring.written.names import text_key, unaccented

OFFICE = "office"
"""The key of whoever goes by a name in the office's own work, without a seat or a role."""
MOST_NAMED = 8


class PersonMeant(Struct, frozen=True):
    """Somebody who goes by a name: `key` tells them from the others, `words` say it to a person.

    `person` is their number where they sit on a panel or have a role, `members` those of their seats;
    `organisation` is that of the applicant whose contact they are, with the `email` given there.
    """

    key: str
    name: str
    words: str
    person: int | None = None
    members: tuple[int, ...] = ()
    organisation: int | None = None
    email: str = ""


def people_named(session: Session, said: str) -> tuple[PersonMeant, ...]:
    """Return everybody who goes by a name, or whom applications give under an e-mail."""
    wanted = said.strip()
    if not wanted:
        return ()
    contacts = _contacts(session, wanted)
    if "@" in wanted and contacts:
        return contacts
    seats, places = tuple(_seats(session, wanted)), places_of(session, wanted)
    others = tuple(_of_applicants(session, wanted, places, {one.organisation for one in contacts}))
    known = (*seats, *contacts, *others)
    is_actor = any(not one.is_of_applicant and one.is_whole for one in places) or _acted(session, wanted)
    if not seats and (is_actor or (places and not known)):
        return (PersonMeant(OFFICE, wanted, "of the office"), *known)
    return known


def the_person(
    found: Sequence[PersonMeant], said: str, *, email: str = "", organisation: str = ""
) -> PersonMeant:
    """Return the one who is meant; refused where nobody goes by the name, or several do."""
    left = [one for one in found if not email or text_key(one.email) == text_key(email)]
    wanted = text_key(unaccented(organisation))
    left = [one for one in left if wanted in text_key(unaccented(one.words))]
    if len(left) == 1:
        return left[0]
    if not left:
        raise Refused(nobody_words(said))
    named = "; ".join(one.words for one in left[:MOST_NAMED])
    raise Refused(f"“{said}” is several people: {named}. Say which, by e-mail or by organisation.")


def nobody_words(said: str) -> str:
    """Say that nobody goes by a name."""
    return (
        f"Nobody called “{said}” is in this record. Check the spelling, and give the full name. "
        "Whom an erased application named is found by its organisation alone."
    )


def _seats(session: Session, name: str) -> Iterator[PersonMeant]:
    """Yield the people of panels and roles of that name; two on one panel are two."""
    people = session.execute(select(person_table.c.id, person_table.c.name).order_by(person_table.c.id)).all()
    for number, known in people:
        if is_called(known, name):
            yield from _of_person(session, number, known)


def _of_person(session: Session, number: int, name: str) -> Iterator[PersonMeant]:
    table, of = member_table, round_table
    seats = session.execute(
        select(table.c.id, table.c.code, table.c.organisation, of.c.id.label("round"), of.c.name)
        .join(of, of.c.id == table.c.round_id)
        .where(table.c.person_id == number)
        .order_by(table.c.id)
    ).all()
    told = ((row.id, (f"{row.code} on the panel of {row.name}", row.organisation)) for row in seats)
    said = {seat: ", ".join(filter(None, parts)) for seat, parts in told}
    if len({row.round for row in seats}) < len(seats):
        for seat, words in said.items():
            yield PersonMeant(f"member:{seat}", name, words, number, (seat,))
        return
    words = "; ".join((*said.values(), *_roles(session, number))) or "of the office"
    yield PersonMeant(f"person:{number}", name, words, number, tuple(said))


def _roles(session: Session, number: int) -> Iterator[str]:
    table, of = round_role_table, round_table
    columns = select(table.c.role, of.c.name).join(of, of.c.id == table.c.round_id)
    rows = session.execute(columns.where(table.c.person_id == number).order_by(of.c.id, table.c.role))
    return (f"{role_words(role)} in {name}" for role, name in rows)


def _acted(session: Session, name: str) -> bool:
    """Whether somebody of that name changed anything in the record."""
    actors = session.scalars(select(journal_table.c.actor).distinct())
    return any(is_called(actor, name) for actor in actors)


def _of_applicants(
    session: Session, name: str, places: Iterable[Named], known: Container[int | None]
) -> Iterator[PersonMeant]:
    """Yield whom an applicant names in its own words, where it is not its contact."""
    table = organisation_table
    owners = dict.fromkeys(owner_of(session, place) for place in places if place.is_of_applicant)
    for owner in owners:
        if owner is not None and owner not in known:
            of = session.scalar(select(table.c.name).where(table.c.id == owner))
            yield PersonMeant(f"applicant:{owner}", name, f"named by {of}", organisation=owner)


def _contacts(session: Session, said: str) -> tuple[PersonMeant, ...]:
    """Return the contacts of that name or e-mail, one for each organisation and e-mail."""
    found: dict[str, PersonMeant] = {}
    for number, of, row in _applied(session):
        if is_called(row.contact_name, said) or text_key(row.email) == text_key(said):
            key = f"contact:{number}:{text_key(row.email)}"
            words = ", ".join(part for part in (f"contact of {of}", row.email) if part)
            name = row.contact_name or said
            found.setdefault(key, PersonMeant(key, name, words, organisation=number, email=row.email))
    return tuple(found.values())


_Applied = tuple[int, str, ApplicationRow]


def _applied(session: Session) -> Iterator[_Applied]:
    """Yield every application of the record with its organisation's number and name."""
    for of in rounds(session):
        yield from ((number, name, row) for number, name, _, row in applied_in(session, of))


def applied_in(session: Session, of: RoundLine) -> Iterator[tuple[int, str, int, ApplicationRow]]:
    """Yield a round's applications, each with the number and name of its organisation, and its own."""
    table, named = application_table, organisation_table
    columns = select(table.c.reference, table.c.id, named.c.id, named.c.name)
    rows = session.execute(
        columns.join(named, named.c.id == table.c.organisation_id).where(table.c.round_id == of.round_id)
    )
    owners = {reference: (number, owner, name) for reference, number, owner, name in rows}
    for row in applications(session, of.round_id):
        number, owner, name = owners[row.reference]
        yield owner, name, number, row


def owner_of(session: Session, place: Named) -> int | None:
    """Return the organisation of the application that a place is about, None where it is about none."""
    if place.application_id is None:
        return None
    table = application_table
    return session.scalar(select(table.c.organisation_id).where(table.c.id == place.application_id))
