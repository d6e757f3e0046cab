"""The registers that were loaded, what they say under a key, and what is looked for in one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from models.queries.awards.variations.variations import recipients
from models.schema.applications import application_table, correction_table, organisation_alias_table
from models.schema.awards import award_agreement_table
from models.schema.monitoring import register_entry_table, register_extract_table
from models.session import Session
from models.values.diligence.registers import (
    REGISTERS,
    Extract,
    RegisterEntry,
    Wanted,
    is_english_charity,
    listed_key,
)
from models.values.importing.correction import value_of


class LoadedRegister(Struct, frozen=True):
    """A register with the extract that was loaded last, and who loaded it when."""

    register: str
    extract: Extract
    loaded_by: str
    loaded_at: datetime

    def said_of(self, key: str) -> tuple[RegisterEntry, ...]:
        """Return what it says under a key: nothing where the key was not looked for when it was loaded."""
        return tuple(entry for entry in self.extract.entries if entry.key == key)


def loaded_registers(session: Session, of: Sequence[str] = tuple(REGISTERS)) -> Mapping[str, LoadedRegister]:
    """Return those of some registers that were loaded, by code."""
    table, said = register_extract_table, _entries(session, of)
    rows = session.execute(
        select(
            table.c.register,
            table.c.extract_on,
            table.c.file,
            table.c.rows,
            table.c.odd_rows,
            table.c.loaded_by,
            table.c.loaded_at,
        )
        .where(table.c.register.in_(of))
        .order_by(table.c.register)
    )
    return {
        register: LoadedRegister(
            register, Extract(on, file, many, odd, tuple(said.get(register, ()))), by, at
        )
        for register, on, file, many, odd, by, at in rows
    }


def wanted(session: Session) -> Wanted:
    """Return what is looked for: every number and name that organisations of the record have gone by.

    And everybody whom an application names as its contact, or who signed an agreement for a recipient.
    """
    table = organisation_alias_table
    aliases = session.execute(select(table.c.name, table.c.charity_number, table.c.company_number)).all()
    said = _corrected(session)
    names = (*(row.name for row in aliases), *said["organisation"], *recipients(session).values())
    charities = {*(row.charity_number for row in aliases), *said["charity_number"]}
    companies = {*(row.company_number for row in aliases), *said["company_number"]}
    return Wanted(
        tuple(sorted(filter(is_english_charity, charities))),
        tuple(sorted(companies - {""})),
        tuple(sorted(set(map(listed_key, names)) - {""})),
        tuple(sorted(set(map(listed_key, _people(session, said["contact_name"]))) - {""})),
    )


def _people(session: Session, corrected: Sequence[str]) -> Iterator[str]:
    yield from corrected
    for column in (application_table.c.contact_name, award_agreement_table.c.recipient_signer):
        yield from session.scalars(select(column).distinct())


def _corrected(session: Session) -> Mapping[str, list[str]]:
    """Return names and numbers that were corrected beside what applicants wrote."""
    table = correction_table
    fields = ("organisation", "charity_number", "company_number", "contact_name")
    found: dict[str, list[str]] = {name: [] for name in fields}
    rows = session.execute(select(table.c.field, table.c.value).where(table.c.field.in_(found)))
    for field, value in rows:
        found[field].append(value_of(field, value))
    return found


def _entries(session: Session, of: Sequence[str]) -> dict[str, list[RegisterEntry]]:
    table, found = register_entry_table, dict[str, list[RegisterEntry]]()
    rows = session.execute(
        select(
            table.c.register,
            table.c.key,
            table.c.place,
            table.c.listed,
            table.c.name,
            table.c.status,
            table.c.ended_on,
            table.c.insolvency,
            table.c.accounts,
            table.c.accounts_due_on,
            table.c.address,
            table.c.postcode,
            table.c.what,
        )
        .where(table.c.register.in_(of))
        .order_by(table.c.register, table.c.key, table.c.place)
    )
    for register, *values in rows:
        found.setdefault(register, []).append(RegisterEntry(*values))
    return found
