"""The registers that were loaded, what they say under a key, and what is looked for in one."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import select

from models.queries.awards.variations.variations import recipients
from models.reference.fund_defaults import ACCOUNTS, ADDRESS, NUMBER, SANCTIONS, STANDING
from models.schema.applications import application_table, correction_table, organisation_alias_table
from models.schema.awards import award_agreement_table
from models.schema.monitoring import register_entry_table, register_extract_table
from models.session import Session
from models.values.applications import value_as_typed
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
from scoring.counted import listed
from scoring.written.days import full_day
from scoring.written.names import spelling_key


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
        found[field].append(value_as_typed(field, value))
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


_OVERDUE = ("overdue", "default")
_WOUND_UP = ("liquidation", "administration", "receiver", "voluntary arrangement", "strike off", "insolven")
_CALLED = {CHARITY: "Charity", COMPANY: "Company"}
_LIVE_ONLY = " (the file holds no dissolved companies)"


class Recipient(Struct, frozen=True):
    """Who gets an award, as the application has it: its names and numbers, and its postcode.

    The last name is the one that it goes by now.

    `people` act for it: the contact of the application, and who signed the agreement.
    """

    names: tuple[str, ...]
    charity_number: str = ""
    company_number: str = ""
    postcode: str = ""
    people: tuple[str, ...] = ()


class _RegisterAnswer(Struct, frozen=True):
    """What a register says of one number: the entry, or why there is none."""

    number: str
    register: str
    entry: RegisterEntry | None = None
    missing: Finding | None = None
    loaded: LoadedRegister | None = None

    @property
    def called(self) -> str:
        return f"{_CALLED[self.register]} {self.number}"


def register_findings(who: Recipient, registers: Mapping[str, LoadedRegister]) -> Mapping[str, Finding]:
    """Return what loaded registers say of a recipient, by check."""
    said = [_register_answer(number, register, registers) for register, number in _numbers(who)]
    if not said:
        none = Finding(NOT_CHECKED, "No charity or company number is recorded.")
        found = dict.fromkeys((NUMBER, ACCOUNTS, STANDING, ADDRESS), none)
    else:
        found = {
            NUMBER: _together(_number(one, who) for one in said),
            ACCOUNTS: _together(_accounts(one) for one in said),
            STANDING: _together(_standing(one) for one in said),
            ADDRESS: _together(_address(one, who) for one in said),
        }
    return found | {SANCTIONS: _sanctions(who, registers.get(LIST))}


def _numbers(who: Recipient) -> Iterator[tuple[str, str]]:
    if who.charity_number:
        yield CHARITY, who.charity_number
    if who.company_number:
        yield COMPANY, who.company_number


def _register_answer(number: str, register: str, registers: Mapping[str, LoadedRegister]) -> _RegisterAnswer:
    """Return what a register says of a number, or that it is not checked and why."""
    loaded = registers.get(register)
    if register == CHARITY and not is_english_charity(number):
        whose = other_register(number)
        words = f"Charity {number} is of {whose} register, which is not loaded: not checked."
        if whose != "another":
            words = f"Charity {number} is of the {whose} register, which is not loaded: not checked."
        return _RegisterAnswer(number, register, missing=Finding(NOT_CHECKED, words))
    if loaded is None:
        words = f"{_CALLED[register]} {number}: the {REGISTERS[register]} is not loaded: not checked."
        return _RegisterAnswer(number, register, missing=Finding(NOT_CHECKED, words))
    entry = next(iter(loaded.said_of(number)), None)
    if entry is None:
        return _RegisterAnswer(number, register, missing=_came_later(f"{_CALLED[register]} {number}", loaded))
    if not entry.is_found:
        beyond = _LIVE_ONLY if register == COMPANY else ""
        words = f"{_CALLED[register]} {number} is not in {loaded.extract.words}{beyond}."
        return _RegisterAnswer(number, register, missing=Finding(CONCERN, words))
    return _RegisterAnswer(number, register, entry, None, loaded)


def _came_later(what: str, loaded: LoadedRegister) -> Finding:
    words = f"{what} was not looked for when {loaded.extract.words} was loaded. Load it again."
    return Finding(NOT_CHECKED, words)


def _together(found: Iterator[Finding]) -> Finding:
    """Return several findings as one: any concern is one, and what is not checked is not clear."""
    all_found = tuple(found)
    states = {one.state for one in all_found}
    state = next(one for one in (CONCERN, NOT_CHECKED, CLEAR) if one in states)
    return Finding(state, " ".join(dict.fromkeys(one.words for one in all_found)))


def _number(said: _RegisterAnswer, who: Recipient) -> Finding:
    if said.entry is None or said.loaded is None:
        return _missing(said)
    entry, dated = said.entry, said.loaded.extract.words
    words = f"{said.called} is {entry.name}, {entry.status or 'no status given'}, in {dated}."
    names = {listed_key(name): name for name in who.names}
    had = next((name for name in entry.former_names if listed_key(name) in names), "")
    if listed_key(entry.name) not in names and not had:
        return Finding(CONCERN, f"{words} The name differs from the recipient's.")
    if listed_key(entry.name) not in names:
        words += f" It was formerly {had}, the name that the recipient gives."
    elif listed_key(entry.name) != listed_key(who.names[-1]):
        words += f" That is a former name of the recipient, which is {who.names[-1]} now."
    return Finding(CONCERN if _is_gone(entry) else CLEAR, words)


def _accounts(said: _RegisterAnswer) -> Finding:
    if said.entry is None or said.loaded is None:
        return _missing(said)
    entry, extract = said.entry, said.loaded.extract
    if _is_gone(entry):
        words = f"{said.called}: off the register, to which no accounts are due, in {extract.words}."
        return Finding(NOT_CHECKED, words)
    if entry.accounts_due_on is not None:
        is_late = entry.accounts_due_on < extract.extract_on
        words = f"{said.called}: next accounts due {full_day(entry.accounts_due_on)}, in {extract.words}."
        return Finding(CONCERN if is_late else CLEAR, words)
    if not entry.accounts:
        return Finding(NOT_CHECKED, f"{said.called}: {extract.words} says nothing about its accounts.")
    is_late = any(word in entry.accounts.casefold() for word in _OVERDUE)
    return Finding(CONCERN if is_late else CLEAR, f"{said.called}: {entry.accounts}, in {extract.words}.")


def _standing(said: _RegisterAnswer) -> Finding:
    if said.entry is None or said.loaded is None:
        return _missing(said)
    entry, dated = said.entry, said.loaded.extract.words
    what = entry.status or "no status given"
    if entry.ended_on is not None:
        what += f", ended {full_day(entry.ended_on)}"
    if entry.insolvency:
        what += f", {entry.insolvency}"
    is_wound_up = any(word in entry.status.casefold() for word in _WOUND_UP)
    bad = _is_gone(entry) or is_wound_up or bool(entry.insolvency)
    return Finding(CONCERN if bad else CLEAR, f"{said.called}: {what}, in {dated}.")


def _address(said: _RegisterAnswer, who: Recipient) -> Finding:
    if said.entry is None or said.loaded is None:
        return _missing(said)
    entry, dated = said.entry, said.loaded.extract.words
    if not (who.postcode and entry.postcode):
        where = "the application" if not who.postcode else dated
        return Finding(NOT_CHECKED, f"{said.called}: no postcode in {where}.")
    if spelling_key(who.postcode) == spelling_key(entry.postcode):
        return Finding(CLEAR, f"{said.called}: {entry.postcode} as in {dated}.")
    words = f"{said.called}: {entry.postcode} in {dated}, {who.postcode} in the application."
    return Finding(CONCERN, words)


def _missing(said: _RegisterAnswer) -> Finding:
    assert said.missing is not None, "a register says something of a number, or why it does not"
    return said.missing


def _is_gone(entry: RegisterEntry) -> bool:
    """Whether a body is off its register: removed or dissolved."""
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
