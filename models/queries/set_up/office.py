"""Whose record it is: the office's facts as they hold on a day, and as they were entered."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from models.schema.set_up import office_fact_table, office_logo_table
from models.session import Session, record_uid
from models.store.parts import part
from models.values.office import Office, OfficeFact
from models.values.office_keys import BY_KEY


class KnownOffice(NamedTuple):
    """The office as it is on a day with its logo as PNG, and what is to hold of it from a later one."""

    office: Office
    coming: tuple[OfficeFact, ...]
    logo: bytes


def known_office(session: Session, day: date) -> KnownOffice:
    """Return what is known of the office on a day, with what was entered for later."""
    coming = tuple(fact for fact in office_facts(session) if fact.from_on > day)
    office = office_on(session, day)
    return KnownOffice(office, coming, logo_of(session, office.get("logo")))


def office_on(session: Session, day: date) -> Office:
    """Return what is known of the office on a day: of each fact the newest that holds by then."""
    found = {fact.key: fact.value for fact in office_facts(session) if fact.from_on <= day}
    facts = tuple((key, found[key]) for key in BY_KEY if found.get(key))
    return Office(facts)


def newest_office(session: Session) -> Office:
    """Return the office as last entered, whatever the day: for what no paper prints."""
    return office_on(session, date.max)


@part
def office_facts(session: Session) -> tuple[OfficeFact, ...]:
    """Return every fact that was entered, in the order of the keys and then of days."""
    table = office_fact_table
    rows = session.execute(select(table.c.key, table.c.value, table.c.from_on).order_by(table.c.from_on))
    facts = [OfficeFact(*row) for row in rows]
    order = {key: number for number, key in enumerate(BY_KEY)}
    return tuple(sorted(facts, key=lambda fact: order.get(fact.key, len(order))))


def office_name(session: Session, day: date) -> str:
    """Return the name that the office has on a day, "" while it has none."""
    return office_on(session, day).name


def logo_of(session: Session, sha256: str) -> bytes:
    """Return the picture that a SHA-256 names, as PNG, b"" where there is none."""
    if not sha256:
        return b""
    table = office_logo_table
    return session.scalar(select(table.c.png).where(table.c.sha256 == sha256)) or b""


def record_identity(session: Session) -> str:
    """Return the identity that the record got when it was made; a copy has the same."""
    return str(record_uid(session))
