"""Check a record: its file, its journal, that the tables are what the journal says, and standing rules."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy.exc import SQLAlchemyError

from models.journal import replay
from models.journal.erasing import erasure_words
from models.queries.standing_rules import STANDING_RULES
from models.record import Opener, Record
from models.session import Session
from models.store import chain as journal
from models.store import definition
from models.store.chain import RULES, Rule
from models.store.definition import RecordAltered
from models.store.locks.signing_on import refuse_without_all
from models.store.places import Address
from models.store.sqlite.backup import Tick
from models.store.sqlite.engine import WHAT_HELPS, RecordDamaged
from models.store.sqlite.store import DISAGREE, words_of
from scoring.written.text import Refused, counted

FILE = "file"
"""The name of the check of the file's own pages."""
DEFINITION = "definition"
"""The name of the check of what the file is made of."""

NOTHING_ELSE = "Nothing else was checked, as what is read of a damaged file cannot be relied on."
REPLAYED = "The tables are what the journal makes of an empty record; drafts and bank details left out."
_SHOWN = 3


class Check(Struct, frozen=True):
    """One thing looked at: whether it holds, in words, and the journal row at fault if there is one."""

    name: str
    ok: bool
    words: str
    row: int | None = None


class Verification(Struct, frozen=True):
    """All that was looked at; sound when every check holds."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        return all(check.ok for check in self.checks)


def verify(record: Record, tick: Tick = None) -> Verification:
    """Check an open record and change nothing in it; refused to whom a server gives only a part of it."""
    record.ask(refuse_without_all)
    return Verification(tuple(_checks(record, tick)))


def verify_at(address: Address, opener: Opener, *, key: str | None = None, tick: Tick = None) -> Verification:
    """Open a record, check it and close it; one too damaged to open is a check that does not hold."""
    try:
        with Record.open(address, opener, key=key) as record:
            return verify(record, tick)
    except RecordAltered as error:
        return Verification((Check(DEFINITION, False, str(error)),))
    except RecordDamaged as error:
        return Verification((Check(FILE, False, str(error)),))


def _checks(record: Record, tick: Tick) -> Iterator[Check]:
    if not record.is_shared:
        whole = _asked(record, FILE, _file, record.is_encrypted)
        if not whole.ok and DISAGREE not in whole.words:  # whatever is read of spoilt pages misleads
            yield replace(whole, words=f"{whole.words} {NOTHING_ELSE}")
            return
        yield whole
        yield _asked(record, "references", _references)
    yield _asked(record, "journal", _journal)
    yield _asked(record, "replay", _replayed, tick)
    yield _asked(record, DEFINITION, _server_definition if record.is_shared else _definition)
    for rule in (*(() if record.is_shared else RULES), *STANDING_RULES):
        yield _asked(record, rule.name, _kept, rule)


def _asked(record: Record, name: str, check: Callable[..., Check], *about: object) -> Check:
    """Return the answer of one check; a record too damaged to answer is an answer."""
    try:
        return record.ask(check, *about)
    except RecordDamaged as error:
        return Check(name, False, str(error))
    except (SQLAlchemyError, ValueError, TypeError, Refused) as error:  # of a wrong bit, or a lost row
        return Check(
            name,
            False,
            f"This could not be checked, because the record is damaged ({replay.first_line(error)}).",
        )


def _file(session: Session, is_encrypted: bool) -> Check:
    pages = int(session.exec_driver_sql("PRAGMA page_count").scalar_one())
    for name in ("cipher_integrity_check", "integrity_check")[0 if is_encrypted else 1 :]:
        found = words_of(session.exec_driver_sql(f"PRAGMA {name}").scalars(), pages)
        if found:
            return Check(FILE, False, f"The file is damaged: {found}. {WHAT_HELPS}")
    return Check(FILE, True, "The file is whole.")


def _definition(session: Session) -> Check:
    return _made_so(definition.faults_of(session), "file", "table, index, trigger and view")


def _server_definition(session: Session) -> Check:
    from models.store.postgres.transfer import faults_of  # a record in a file needs no server

    return _made_so(faults_of(session), "database", "table, trigger and function")


def _made_so(found: Sequence[str], where: str, parts: str) -> Check:
    if not found:
        return Check(DEFINITION, True, f"Every {parts} is the program's own.")
    shown = ", ".join(found[:_SHOWN])
    return Check(DEFINITION, False, f"The {where} was changed outside the program: {shown}.")


def _references(session: Session) -> Check:
    loose = session.exec_driver_sql("PRAGMA foreign_key_check").all()
    if not loose:
        return Check("references", True, "Every row refers to rows that are there.")
    tables = ", ".join(sorted({str(row[0]) for row in loose}))
    refer = counted(len(loose), "row refers", "rows refer")
    return Check("references", False, f"{refer} to rows that are missing, in: {tables}.")


def _journal(session: Session) -> Check:
    fault = journal.first_fault(session)
    if fault is not None:
        return Check("journal", False, fault.words, fault.seq)
    head = journal.head(session)
    return Check("journal", True, f"The journal holds, up to row {head.seq}, code {head.code}.")


def _replayed(session: Session, tick: Tick) -> Check:
    found = replay.differences(session, tick)
    if not found:
        return Check("replay", True, " ".join((REPLAYED, *erasure_words(session))))
    shown = " ".join(difference.words for difference in found[:_SHOWN])
    return Check("replay", False, shown, found[0].row)


def _kept(session: Session, rule: Rule) -> Check:
    broken = next(rule.broken(session), "")
    return Check(rule.name, not broken, broken or rule.holds)
