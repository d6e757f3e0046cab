"""The registers that were loaded, what they say under a key, and what is looked for in one."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import select

from models.queries.applications.applications import corrections_everywhere
from models.queries.applications.merges import organisation_aliases
from models.queries.awards.variations import recipients, successors
from models.queries.rows import columns_of, grouped
from models.reference.defaults import ACCOUNTS, ADDRESS, NUMBER, SANCTIONS, STANDING
from models.schema.applications import application_table
from models.schema.awards import award_agreement_table, succession_table
from models.schema.monitoring import register_entry_table, register_extract_table
from models.session import Session
from models.values.diligence import (
    CHARITY,
    CLEAR,
    COMPANY,
    CONCERN,
    NOT_CHECKED,
    REGISTERS,
    Extract,
    Finding,
    RegisterEntry,
    Wanted,
    is_english_charity,
    is_in_latin,
    listed_key,
    other_register,
    person_key,
)
from models.values.diligence import SANCTIONS_LIST as LIST
from models.values.rows import address_lines
from scoring.written.days import full_day
from scoring.written.identities import Likeness, address_of, charity_number, company_number
from scoring.written.text import listed


class LoadedRegister(Struct, frozen=True):
    """A register with the extract that was loaded last, and who loaded it when."""

    extract: Extract
    loaded_by: str
    loaded_at: datetime

    def said_of(self, key: str) -> tuple[RegisterEntry, ...]:
        """Return what it says under a key: nothing where the key was not looked for when it was loaded."""
        return tuple(entry for entry in self.extract.entries if entry.key == key)


def loaded_registers(session: Session, of: Sequence[str] = tuple(REGISTERS)) -> Mapping[str, LoadedRegister]:
    """Return those of some registers that were loaded, by code."""
    table, entry = register_extract_table, register_entry_table
    columns = select(entry.c.register, *columns_of(RegisterEntry, entry)).where(entry.c.register.in_(of))
    said = grouped(session, RegisterEntry, columns.order_by(entry.c.register, entry.c.key, entry.c.place))
    rows = session.execute(select(table).where(table.c.register.in_(of)).order_by(table.c.register))
    found = {}
    for row in rows:
        entries = said.get(row.register, ())
        extract = Extract(row.extract_on, row.file, row.rows, row.odd_rows, entries)
        found[row.register] = LoadedRegister(extract, row.loaded_by, row.loaded_at)
    return found


def wanted(session: Session) -> Wanted:
    """Return what is looked for: every number and name that organisations of the record have gone by.

    And everybody whom an application names as its contact, or who signed an agreement for a recipient.
    """
    aliases = organisation_aliases(session)
    said = _corrected(session)
    names = (
        *(row.name for row in aliases),
        *said["organisation"],
        *(name for _, name in recipients(session)),
    )
    taken = [one for each in successors(session).values() for one in each]
    charity = (*said["charity_number"], *(one.charity_number for one in taken))
    company = (*said["company_number"], *(one.company_number for one in taken))
    charities = {*(row.charity_number for row in aliases), *map(charity_number, charity)}
    companies = {*(row.company_number for row in aliases), *map(company_number, company)}
    return Wanted(
        tuple(sorted(filter(is_english_charity, charities))),
        tuple(sorted(companies - {""})),
        tuple(sorted(set(map(listed_key, names)) - {""})),
        tuple(sorted(set(map(listed_key, _people(session, said["contact_name"]))) - {""})),
    )


def _people(session: Session, corrected: Sequence[str]) -> Iterator[str]:
    yield from corrected
    acting = award_agreement_table.c.recipient_signer, succession_table.c.contact_name
    for column in (application_table.c.contact_name, *acting):
        yield from session.scalars(select(column).distinct())


def _corrected(session: Session) -> Mapping[str, list[str]]:
    """Return names and numbers that were corrected beside what applicants wrote."""
    fields = ("organisation", "charity_number", "company_number", "contact_name")
    said = corrections_everywhere(session, fields).values()
    return {name: [one[name] for one in said if name in one] for name in fields}


_OVERDUE = ("overdue", "default")
_WOUND_UP = ("liquidation", "administration", "receiver", "voluntary arrangement", "strike off", "insolven")
_CALLED = {CHARITY: "Charity", COMPANY: "Company"}


class Recipient(Struct, frozen=True):
    """Who gets an award, as the application has it: its names and numbers, its address and postcode.

    The last name is the one that it goes by now.

    `people` act for it: the contact of the application, and who signed the agreement.
    """

    names: tuple[str, ...]
    charity_number: str = ""
    company_number: str = ""
    address: tuple[str, str] = ("", "")
    people: tuple[str, ...] = ()


class _Said(NamedTuple):
    """What an extract of a register says of one number of a recipient."""

    who: Recipient
    called: str
    entry: RegisterEntry
    extract: Extract

    def found(self, words: str, state: str = "", *, is_bad: bool = False) -> Finding:
        """Return what the extract says of the number: a state, else a concern where it is bad."""
        told = f"{self.called}: {words}, in {self.extract.words}."
        return Finding(state or (CONCERN if is_bad else CLEAR), told)


def register_findings(who: Recipient, registers: Mapping[str, LoadedRegister]) -> Mapping[str, Finding]:
    """Return what loaded registers say of a recipient, by check."""
    numbers = {CHARITY: who.charity_number, COMPANY: who.company_number}
    said = [_said(who, number, of, registers.get(of)) for of, number in numbers.items() if number]
    none = [Finding(NOT_CHECKED, "No charity or company number is recorded.")]
    found = {code: _together(said or none, check) for code, check in _CHECKS.items()}
    return found | {SANCTIONS: _sanctions(who, registers.get(LIST))}


def _said(who: Recipient, number: str, register: str, loaded: LoadedRegister | None) -> _Said | Finding:
    """Return what a register says of a number, or that it is not checked and why."""
    called = f"{_CALLED[register]} {number}"
    if register == CHARITY and not is_english_charity(number):
        whose = other_register(number)
        return Finding(NOT_CHECKED, f"{called} is of the {whose} register, which is not loaded: not checked.")
    if loaded is None:
        return Finding(NOT_CHECKED, f"{called}: the {REGISTERS[register]} is not loaded: not checked.")
    entry = next(iter(loaded.said_of(number)), None)
    if entry is None:
        return _came_later(called, loaded)
    if not entry.is_found:
        beyond = " (the file holds no dissolved companies)" if register == COMPANY else ""
        return Finding(CONCERN, f"{called} is not in {loaded.extract.words}{beyond}.")
    return _Said(who, called, entry, loaded.extract)


def _came_later(what: str, loaded: LoadedRegister) -> Finding:
    words = f"{what} was not looked for when {loaded.extract.words} was loaded. Load it again."
    return Finding(NOT_CHECKED, words)


def _together(said: Iterable[_Said | Finding], check: Callable[[_Said], Finding]) -> Finding:
    """Return what a check finds as one: any concern is one, and what is not checked is not clear."""
    found = [one if isinstance(one, Finding) else check(one) for one in said]
    states = {one.state for one in found}
    state = next(one for one in (CONCERN, NOT_CHECKED, CLEAR) if one in states)
    return Finding(state, " ".join(dict.fromkeys(one.words for one in found)))


def _number(said: _Said) -> Finding:
    entry, who = said.entry, said.who
    words = f"{said.called} is {entry.name}, {entry.status or 'no status given'}, in {said.extract.words}."
    names = {listed_key(name): name for name in who.names}
    had = next((name for name in entry.former_names if listed_key(name) in names), "")
    if listed_key(entry.name) not in names and not had:
        return Finding(CONCERN, f"{words} The name differs from the recipient's.")
    if listed_key(entry.name) not in names:
        words += f" It was formerly {had}, the name that the recipient gives."
    elif listed_key(entry.name) != listed_key(who.names[-1]):
        words += f" That is a former name of the recipient, which is {who.names[-1]} now."
    return Finding(CONCERN if _is_gone(entry) else CLEAR, words)


def _accounts(said: _Said) -> Finding:
    entry, extract = said.entry, said.extract
    if _is_gone(entry):
        return said.found("off the register, to which no accounts are due", NOT_CHECKED)
    if entry.accounts_due_on is not None:
        words = f"next accounts due {full_day(entry.accounts_due_on)}"
        return said.found(words, is_bad=entry.accounts_due_on < extract.extract_on)
    if not entry.accounts:
        return Finding(NOT_CHECKED, f"{said.called}: {extract.words} says nothing about its accounts.")
    return said.found(entry.accounts, is_bad=any(word in entry.accounts.casefold() for word in _OVERDUE))


def _standing(said: _Said) -> Finding:
    entry = said.entry
    ended = "" if entry.ended_on is None else f"ended {full_day(entry.ended_on)}"
    what = ", ".join(filter(None, (entry.status or "no status given", ended, entry.insolvency)))
    is_wound_up = any(word in entry.status.casefold() for word in _WOUND_UP)
    return said.found(what, is_bad=_is_gone(entry) or is_wound_up or bool(entry.insolvency))


def _address(said: _Said) -> Finding:
    own, theirs = address_of(*said.who.address), address_of(said.entry.address, said.entry.postcode)
    in_register, dated = ", ".join(address_lines(said.entry.address, said.entry.postcode)), said.extract.words
    if own.key and own.key == theirs.key:
        return Finding(CLEAR, f"{said.called}: {in_register}, as in {dated}.")
    for one, where in ((own, "the application"), (theirs, dated)):
        if not one.key and own.likeness(theirs) is not Likeness.OTHER:
            return Finding(NOT_CHECKED, f"{said.called}: {where} does not give the whole address.")
    near = " Only a part is the same." if own.likeness(theirs) is Likeness.HINT else ""
    in_own = ", ".join(address_lines(*said.who.address))
    return Finding(CONCERN, f"{said.called}: {in_register} in {dated}, {in_own} in the application.{near}")


_CHECKS = {NUMBER: _number, ACCOUNTS: _accounts, STANDING: _standing, ADDRESS: _address}


def _is_gone(entry: RegisterEntry) -> bool:
    return entry.ended_on is not None or any(
        word in entry.status.casefold() for word in ("removed", "dissolved", "closed")
    )


def _sanctions(who: Recipient, loaded: LoadedRegister | None) -> Finding:
    if loaded is None:
        return Finding(NOT_CHECKED, f"The {REGISTERS[LIST]} is not loaded: not checked.")
    meant = [(name, listed_key(name), "it") for name in who.names]
    meant += [(name, person_key(name), f"that of {name}, who acts for it,") for name in who.people]
    hits: dict[str, list[RegisterEntry]] = {}
    foreign = [name for name, _, _ in meant if not is_in_latin(name)]
    missing = []
    for name, key, whose in meant:
        said = loaded.said_of(key)
        missing += [] if said or name in foreign else [name]
        own = hits.setdefault(whose, [])
        own += [entry for entry in said if entry.is_found and entry not in own]
    found = " ".join(_like(whose, own, loaded) for whose, own in hits.items() if own)
    unsaid = [_came_later(_quoted(missing), loaded).words] if missing else []
    unsaid += [_foreign(foreign)] if foreign else []
    if found:
        return Finding(CONCERN, " ".join((found, "Probable match, for a person to decide.", *unsaid)))
    if unsaid:
        return Finding(NOT_CHECKED, " ".join(unsaid))
    whom = " Who acts for it is not either." if who.people else ""
    return Finding(CLEAR, f"Not in {loaded.extract.words}, by main and good-quality names.{whom}")


def _quoted(names: Sequence[str]) -> str:
    return listed([f"“{name}”" for name in names], "and")


def _foreign(names: Sequence[str]) -> str:
    """Return that names cannot be held against the list: it would be clear of them without a look."""
    what, whom = ("is", "it") if len(names) == 1 else ("are", "them")
    said = f"{what} not written in Latin letters alone, as the list is"
    return f"{_quoted(names)} {said}. Look {whom} up by hand."


def _like(whose: str, hits: Sequence[RegisterEntry], loaded: LoadedRegister) -> str:
    named = "; ".join(f"“{one.name}” ({one.listed}, {one.what})" for one in hits)
    return f"A name like {whose} is in {loaded.extract.words}: {named}."
