"""Check a record: its file, its journal, that the tables are what the journal says, and standing rules."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import and_, cast, func, select

from models.journal import replay
from models.journal.erasing import erasure_words
from models.journal.values import unreadable, without_text
from models.operations.rows.write_applications import joined_by_number, joined_by_words
from models.papers.kinds import KINDS, Kept
from models.queries.applications.attachments import attachment_faults
from models.queries.awards.awards import awards
from models.queries.awards.monitoring import monitored
from models.queries.deciding.decided_anew import ranked
from models.queries.deciding.decisions import decisions
from models.queries.deciding.signatories import signing
from models.queries.packs.return_checks import KEY_RULE, RETURN_RULE
from models.queries.panel.panel import members
from models.queries.panel.sheets import marks_of_strangers, strangers_words
from models.queries.papers.issues import every_issue, file_faults
from models.queries.rows import followed
from models.queries.set_up.rounds import scheme
from models.record import Opener, Record
from models.schema.applications import application_table, correction_table
from models.schema.awards import (
    award_table,
    bank_details_table,
    bank_ending_table,
    direct_award_table,
    direct_round_table,
)
from models.schema.base import WHOLE
from models.schema.deciding import recommendation_table
from models.schema.journal import erasure_table
from models.schema.panel import agreed_mark_table, mark_table, member_table, sheet_table
from models.schema.set_up import area_table, round_table, scheme_table
from models.session import OF_ROUND, Session
from models.store import chain as journal
from models.store import definition
from models.store.chain import RULES, Rule
from models.store.definition import LINKS, RecordAltered
from models.store.locks.signing_on import refuse_without_all
from models.store.places import Address
from models.store.sqlite.backup import Tick
from models.store.sqlite.engine import DRIVERS_OWN, WHAT_HELPS, RecordDamaged
from models.store.sqlite.store import DISAGREE, words_of
from models.trouble import Trouble
from models.values.payments import BankDetails, is_account_of
from scoring.money import pounds
from scoring.publishing import scheme_faults
from scoring.written.text import counted

FILE = "file"
"""The name of the check of the file's own pages."""
DEFINITION = "definition"
"""The name of the check of what the file is made of."""

NOTHING_ELSE = "Nothing else was checked, as what is read of a damaged file cannot be relied on."
REPLAYED = "The tables are what the journal makes of an empty record; drafts and bank details left out."
_SHOWN = 3


class Check(Struct, frozen=True):
    """One thing looked at: whether it holds, in words, and the journal row at fault if there is one.

    One that holds all the same `is_note` where there is something to be done about it.
    """

    name: str
    ok: bool
    words: str
    row: int | None = None
    is_note: bool = False


class Verification(Struct, frozen=True):
    """All that was looked at; sound when every check holds."""

    checks: tuple[Check, ...]

    @property
    def sound(self) -> bool:
        return all(check.ok for check in self.checks)


def verify(record: Record, tick: Tick = None) -> Verification:
    """Check an open record and change nothing in it; refused to whom a server gives only a part of it."""
    return Verification(tuple(checks(record, tick)))


def verify_at(address: Address, opener: Opener, *, key: str | None = None) -> Verification:
    """Open a record, check it and close it; one too damaged to open is a check that does not hold."""
    try:
        with Record.open(address, opener, key=key) as record:
            return verify(record)
    except RecordAltered as error:
        return Verification((Check(DEFINITION, False, str(error)),))
    except RecordDamaged as error:
        return Verification((Check(FILE, False, str(error)),))


def checks(record: Record, tick: Tick = None) -> Iterator[Check]:
    """Check the same one thing after another: of a file first its pages, and no more if they are spoilt."""
    record.ask(refuse_without_all)
    journalled = _journalled(record, tick)
    if not record.is_shared:
        of_engine, journalled = _with_engine(record, journalled)
        whole = of_engine[0]
        if not whole.ok and DISAGREE not in whole.words:  # whatever is read of spoilt pages misleads
            yield replace(whole, words=f"{whole.words} {NOTHING_ELSE}")
            return
        yield from of_engine
    yield from journalled
    yield _asked(record.ask, "panels", _panels)
    yield _asked(record.ask, DEFINITION, _server_definition if record.is_shared else _definition)
    for rule in (*(() if record.is_shared else RULES), *STANDING_RULES):
        yield _asked(record.ask, rule.name, _kept, rule)
    yield _asked(record.ask, "shared numbers", _shared_numbers)


def _with_engine(record: Record, journalled: Iterator[Check]) -> tuple[tuple[Check, Check], Iterator[Check]]:
    """Return the engine's own checks, of a file's pages and references, and those of the journal.

    Of a copy, which nobody writes, the engine makes them while Python does the journal over.
    """
    if not record.is_copy:
        return _of_engine(record.ask, record.is_encrypted), journalled
    with ThreadPoolExecutor(1) as beside:
        of_engine = beside.submit(_of_engine, record.ask_apart, record.is_encrypted)
        done = tuple(journalled)
        return of_engine.result(), iter(done)


def _of_engine(ask: Callable[..., Check], is_encrypted: bool) -> tuple[Check, Check]:
    return _asked(ask, FILE, _file, is_encrypted), _asked(ask, "references", _references)


def _journalled(record: Record, tick: Tick) -> Iterator[Check]:
    yield _asked(record.ask, "journal", _journal)
    yield _asked(record.ask, "replay", _replayed, tick)


def _asked(ask: Callable[..., Check], name: str, check: Callable[..., Check], *about: object) -> Check:
    """Return the answer of one check; a record too damaged to answer is an answer."""
    try:
        return ask(check, *about)
    except RecordDamaged as error:
        return Check(name, False, ask(_spoilt).words or str(error))
    except Trouble as error:
        return Check(name, False, str(error))
    except (*replay.CANNOT, *DRIVERS_OWN) as error:
        # Of a wrong bit, or a lost row.
        return Check(
            name,
            False,
            f"This could not be checked, because the record is damaged ({replay.first_line(error)}).",
        )


def _spoilt(session: Session) -> Check:
    return Check("", False, " ".join(islice(without_text(session), _SHOWN)))


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


def _panels(session: Session) -> Check:
    """Name the marks that do not count, though nothing is wrong with the record for that."""
    numbers = session.scalars(select(round_table.c.id).order_by(round_table.c.id)).all()
    told = (strangers_words(members(session, one), marks_of_strangers(session, one)) for one in numbers)
    found = list(filter(None, told))
    words = " ".join(found) or "Every mark is of the panel of its application's area."
    return Check("panels", True, words, is_note=bool(found))


def _shared_numbers(session: Session) -> Check:
    found = " ".join(joined_by_number(session))
    words = "No two names are one organisation by a registered number alone."
    return Check("shared numbers", True, found or words, is_note=bool(found))


def _kept(session: Session, rule: Rule) -> Check:
    broken = [*islice(rule.broken(session), _SHOWN)]
    return Check(rule.name, not broken, " ".join(broken) or rule.holds)


def _unreadable(session: Session) -> Iterator[str]:
    """Yield what is none of its column's values, and rounds that cannot be worked out."""
    yield from unreadable(session)
    yield from _direct_elsewhere(session)
    for number, name in session.execute(select(round_table.c.id, round_table.c.name)).all():
        for opened in (ranked, decisions, awards, signing, monitored):
            try:
                opened(session, number)
            except (*replay.CANNOT, Trouble) as error:
                yield f"The round “{name}” cannot be worked out: {replay.first_line(error)}."
                break


def _leading_back(session: Session) -> Iterator[str]:
    for table, of, into, which in LINKS:
        rows = session.exec_driver_sql(f"SELECT {of}, {into} FROM {table} WHERE {which} ORDER BY {of}")
        onward = {int(row[0]): int(row[1]) for row in rows}
        ring = (one for one in onward if onward.get(followed(one, onward)[-1]) is not None)
        for one in ring:
            yield f"Table {table}: the row with the {of} {one} leads back to itself."


def _marks_off_the_scale(session: Session) -> Iterator[str]:
    of, given, agreed = application_table.c, mark_table.c, agreed_mark_table.c
    by_members = (
        select(of.reference, given.criterion, given.mark)
        .join(sheet_table, sheet_table.c.application_id == of.id)
        .join(member_table)
        .join(mark_table, given.sheet_id == sheet_table.c.id)
        .where(member_table.c.round_id == OF_ROUND)
    )
    by_all = (
        select(of.reference, agreed.criterion, agreed.mark)
        .join(agreed_mark_table, agreed.application_id == of.id)
        .where(of.round_id == OF_ROUND)
    )
    for number in session.scalars(select(round_table.c.id)).all():
        rules = scheme(session, number)
        for marks, rows in ((given, by_members), (agreed, by_all)):
            is_off = marks.criterion.not_in(rules.judged_codes) | (marks.mark > rules.scale_maximum)
            for reference, criterion, mark in session.execute(rows.where(is_off), {"of_round": number}):
                if criterion not in rules.judged_codes:
                    yield f"{reference} has a mark on {criterion}, which is not judged in its round."
                else:
                    yield f"{reference} has {mark} on {criterion}, above {rules.scale_maximum}."


def _sheets_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(member_table.c.code, application_table.c.reference)
        .join(sheet_table, sheet_table.c.member_id == member_table.c.id)
        .join(application_table)
        .where(member_table.c.round_id != application_table.c.round_id)
    )
    for code, reference in rows:
        yield f"{code} has a sheet for {reference}, an application of another round."


def _areas_of_another_round(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(application_table.c.reference, area_table.c.name)
        .join(area_table)
        .where(area_table.c.round_id != application_table.c.round_id)
    )
    for reference, name in rows:
        yield f"{reference} is of the area {name} of another round."


def _open_without_scheme(session: Session) -> Iterator[str]:
    frozen = scheme_table.alias()
    rows = session.execute(
        select(round_table.c.id, round_table.c.name)
        .outerjoin(frozen, and_(frozen.c.round_id == round_table.c.id, frozen.c.frozen_at.is_not(None)))
        .where(round_table.c.stage != "set up", frozen.c.id.is_(None))
    )
    for _, name in rows:
        yield f"The round “{name}” is open, but its scheme is not published."


def _faulty_schemes(session: Session) -> Iterator[str]:
    rows = session.execute(
        select(round_table.c.id, round_table.c.name).where(round_table.c.stage != "set up")
    )
    for number, name in rows.all():
        for fault in scheme_faults(scheme(session, number)):
            yield f"The round “{name}”: {fault}"


def _more_than_asked(session: Session) -> Iterator[str]:
    table, corrected = recommendation_table, correction_table
    is_amount = (corrected.c.application_id == table.c.application_id) & (
        corrected.c.field == "requested_pence"
    )
    requested_pence = func.coalesce(cast(corrected.c.value, WHOLE), application_table.c.requested_pence)
    rows = session.execute(
        select(application_table.c.reference, table.c.amount_pence, requested_pence)
        .join(application_table, application_table.c.id == table.c.application_id)
        .outerjoin(corrected, is_amount)
        .where(table.c.amount_pence > requested_pence)
    )
    for reference, amount, requested in rows:
        yield f"{reference} is recommended {pounds(amount or 0)}, over the {pounds(requested)} requested."


def _direct_elsewhere(session: Session) -> Iterator[str]:
    of = application_table.c
    rows = session.execute(
        select(of.reference, of.id)
        .join(direct_award_table, direct_award_table.c.application_id == of.id)
        .where(of.round_id.not_in(select(direct_round_table.c.round_id)))
    )
    for reference, number in rows:
        yield (
            f"Table direct_awards, application_id {number}: {reference} is in a round with a competition, "
            "so that this row is passed over."
        )


def _issues_altered(session: Session) -> Iterator[str]:
    """Yield issues with other facts than their sums are of, but for those of which an erasure takes some."""
    is_erased = session.scalar(select(erasure_table.c.seq).limit(1)) is not None
    for one in every_issue(session):
        if is_erased and KINDS[one.kind].kept is not Kept.ALWAYS:
            continue  # the journal, done over again, tells what is left of them
        if hashlib.sha256(one.content.encode("utf-8", "surrogatepass")).hexdigest() != one.sha256:
            yield f"Version {one.version} of the {KINDS[one.kind].named} is not what was issued."


def _accounts_astray(session: Session) -> Iterator[str]:
    """Yield accounts that are gone, or are not those of which the journal holds the end and the sum."""
    known, held = bank_ending_table.c, bank_details_table.c
    rows = session.execute(
        select(award_table.c.reference, known.last_four, known.account_sum)
        .add_columns(held.account_name, held.sort_code, held.account_number, held.salt)
        .join(award_table, award_table.c.application_id == bank_ending_table.c.application_id)
        .outerjoin(bank_details_table)
        .order_by(bank_ending_table.c.application_id)
    )
    for reference, last_four, account_sum, *account in rows:
        if None in account or not is_account_of(BankDetails(*account), last_four, account_sum):
            yield f"The account of {reference} is not the one recorded. Enter its bank details again."


STANDING_RULES = (
    Rule("values", "Every value can be read, and every round worked out.", _unreadable),
    Rule("links", "No row leads back to itself.", _leading_back),
    Rule("marks", "Every mark is on a judged criterion and within the scale.", _marks_off_the_scale),
    Rule("sheets", "Every sheet is of one round.", _sheets_of_another_round),
    Rule("areas", "Every application is of an area of its own round.", _areas_of_another_round),
    Rule("published", "Every open round has a published scheme.", _open_without_scheme),
    Rule("schemes", "Every published weight is the weight it carries.", _faulty_schemes),
    Rule("recommended", "Nothing is recommended above what was requested.", _more_than_asked),
    Rule("bank", "Every account is the one that was recorded.", _accounts_astray),
    Rule("organisations", "Organisations are one by name, number or the office alone.", joined_by_words),
    Rule("issues", "Every issued paper is as it was issued.", _issues_altered),
    Rule("files", "Every kept file is as it was issued.", file_faults),
    Rule("attachments", "Every attachment is as it was added.", attachment_faults),
    RETURN_RULE,
    KEY_RULE,
)
"""What is asked of the tables when a record is checked."""
