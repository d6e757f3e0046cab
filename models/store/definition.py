"""What a record of a format is made of, and what is refused in one: anything that the program did not make.

Every table, index, trigger and view of a file is compared, statement by statement, with what the program's
own migrations make. A trigger that somebody added would forge the tables as they are written, and a view
in the place of a table would forge what is read. The triggers that the program sets itself, of a file and of
a server alike, are told here, and how a record is brought to the newest format, whole or not at all.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import cache
from itertools import starmap
from pathlib import Path
from typing import NamedTuple, TypeVar

from msgspec import Struct
from sqlalchemy import Connection

from models.operation import Actor, Operation
from models.session import Session
from models.store import chain as journal
from models.store import record_file
from models.store.chain import JournalHead
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.store.sqlite.backup import row_counts
from models.store.sqlite.engine import (
    APPLICATION_ID,
    DRIVERS_OWN,
    WHAT_HELPS,
    RawConnection,
    RecordDamaged,
    engine_on,
    integrity_problems,
    trouble_of,
)
from models.trouble import Trouble

LINKS = (
    ("organisation_merges", "merged_id", "into_id", "apart = ''"),
    ("direct_awards", "application_id", "extends_id", "extends_id IS NOT NULL"),
)
"""Tables whose rows lead from one thing to another of its kind: from which column to which, of which rows."""
_ONWARD = """NEW.{of} IN (
        WITH RECURSIVE onward (id) AS (
            SELECT NEW.{into}
            UNION SELECT m.{into} FROM {table} m JOIN onward o ON o.id = m.{of} WHERE m.{which}
        )
        SELECT id FROM onward
    )"""
"""Whether what a row leads to leads back to where the row is from."""


def leading_back(schema: str = "") -> Iterator[tuple[str, str]]:
    """Yield the guard of each table of `LINKS`, by its name, and when its rows lead back to themselves."""
    for table, of, into, which in LINKS:
        yield f"gp_{table}_onward()", _ONWARD.format(of=of, into=into, table=schema + table, which=which)


ROUND_AGAIN = "no row leads back to itself"

SIGNED = {
    "sign_offs": "NEW.round_id",
    "variation_signatures": "(SELECT a.round_id FROM {schema}applications a WHERE a.id = NEW.application_id)",
}
"""Tables whose rows are of a step of a round's chain, and how the round is found."""
PAST_CHAIN = "a signature is of a step of the chain of its round"


def past_chain(length: str, schema: str = "") -> Iterator[tuple[str, str]]:
    """Yield the guard of each table of `SIGNED`, by its name, and when a row's step is past the chain.

    `length` is the engine's function by which it counts a list. A round without a chain has one step.
    """
    for table, of_round in SIGNED.items():
        found = f"SELECT {length.format('r.chain')} FROM {schema}rounds r WHERE r.id = {of_round}"
        yield f"gp_{table}_of_chain()", f"NEW.step > 0 AND NEW.step >= ({found})".format(schema=schema)


AS_SIGNED = "an award has the sum of its decision or of a variation that all have signed"
_LACKS_SIGNATURE = """(
        NOT EXISTS (
            SELECT 1 FROM {schema}variation_signatures s
            WHERE s.application_id = {of}.application_id AND s.number = {of}.number
        )
        OR EXISTS (
            SELECT 1 FROM {schema}applications a
            JOIN {schema}rounds r ON r.id = a.round_id
            CROSS JOIN {steps}
            WHERE a.id = {of}.application_id
                AND {of}.to_pence >= coalesce(CAST(one.value ->> 'from_pence' AS bigint), 0)
                AND {of}.to_pence <= coalesce(CAST(one.value ->> 'up_to_pence' AS bigint), {of}.to_pence)
                AND {at} >= coalesce((
                    SELECT max(s.step) FROM {schema}variation_signatures s
                    WHERE s.application_id = {of}.application_id
                        AND s.number = {of}.number AND s.is_from_paper
                ), 0)
                AND (
                    SELECT count(DISTINCT s.signed_by) FROM {schema}variation_signatures s
                    WHERE s.application_id = {of}.application_id
                        AND s.number = {of}.number AND s.step = {at}
                ) < 1 + coalesce({length}, 0)
        )
    )"""
"""Whether more money, by the variation `of`, lacks a signature of a step that its total needs. One from paper
stands, in older records, for the steps before it."""
_DECIDED_SUM = """SELECT d.amount_pence FROM {schema}decisions d
        JOIN {schema}sign_offs f ON f.id = d.sign_off_id
        WHERE d.id = NEW.decision_id AND d.application_id = NEW.application_id
            AND f.is_last AND d.ended_by IS NULL"""
"""What the decision of an award gives, once all have signed it and until another takes its place."""
_OTHER_SUM = """NEW.amount_pence <> coalesce((
        SELECT v.to_pence FROM {schema}award_variations v
        WHERE v.application_id = NEW.application_id AND v.state <> 'withdrawn'
            AND CASE
                WHEN v.to_pence > v.from_pence THEN NOT {lacks}
                ELSE v.to_pence <= coalesce((
                    SELECT max(w.to_pence) FROM {schema}award_variations w
                    WHERE w.application_id = v.application_id AND w.number < v.number
                        AND w.state <> 'withdrawn' AND w.to_pence > w.from_pence AND NOT {more_lacks}
                ), 0) OR v.to_pence <= coalesce((
                    {decided}
                ), 0)
            END
        ORDER BY v.number DESC LIMIT 1
    ), (
        {decided}
    ), 0)"""
"""A decrease needs no signature of the chain: it comes to no more than was decided or signed before it."""
_UNSIGNED = """NEW.state = 'in effect' AND NEW.to_pence > NEW.from_pence AND EXISTS (
        SELECT 1 FROM (
            SELECT NEW.application_id AS application_id, NEW.number AS number, NEW.to_pence AS to_pence
        ) v WHERE {lacks}
    )"""
_FROM_ANOTHER_SUM = """NEW.from_pence <> (
        SELECT w.amount_pence FROM {schema}awards w WHERE w.application_id = NEW.application_id
    )"""
"""A round that is brought in has its variations before its awards."""


IN_EFFECT_STAYS = "a variation in effect ends as the newest alone, and until both have signed it"
_DECLINED = """EXISTS (
        SELECT 1 FROM {schema}decisions d JOIN {schema}sign_offs f ON f.id = d.sign_off_id
        WHERE d.application_id = OLD.application_id AND d.outcome = 'decline'
            AND f.is_last AND d.ended_by IS NULL
    )"""
_ENDS_LATE = """NOT {declined} AND (
        EXISTS (
            SELECT 1 FROM {schema}award_variations v
            WHERE v.application_id = OLD.application_id AND v.number > OLD.number AND v.state <> 'withdrawn'
        )
        OR EXISTS (
            SELECT 1 FROM {schema}awards w
            JOIN {schema}applications a ON a.id = w.application_id
            LEFT JOIN {schema}award_agreements g ON g.application_id = w.application_id
            LEFT JOIN {schema}paper_issues i ON i.paper = 'agreement' AND i.round_id = a.round_id
                AND i.subject = w.reference AND i.version = g.signed_version
            WHERE w.application_id = OLD.application_id
                AND coalesce(g.signed_anew_on, w.agreed_on) IS NOT NULL
                AND CASE
                    WHEN i.issued_at IS NULL THEN coalesce(g.signed_anew_on, w.agreed_on) > OLD.proposed_on
                        AND coalesce(g.signed_anew_on, w.agreed_on) > OLD.effective_on
                    ELSE i.issued_at >= OLD.recorded_at AND NOT EXISTS (
                        SELECT 1 FROM {schema}variation_signatures s
                        WHERE s.application_id = OLD.application_id AND s.number = OLD.number
                            AND s.recorded_at > i.issued_at
                    )
                END
        )
    )"""
"""As `AwardRow.withdrawable` has it; an award that is declined anew loses each of its variations."""


def ends_late(schema: str = "") -> Iterator[tuple[str, str]]:
    """Yield the guard of variations in effect, and when one is withdrawn or removed that stays."""
    declined = _DECLINED.format(schema=schema)
    yield "gp_variations_stay()", _ENDS_LATE.format(schema=schema, declined=declined)


WITHIN_AWARD = "the instalments of an award come to no more than it"


def beyond_award(schema: str = "") -> Iterator[tuple[str, str]]:
    """Yield the guard of instalments, and when one comes to more than its award with the others."""
    yield (
        "gp_instalments_within()",
        f"""NEW.amount_pence + coalesce((
        SELECT sum(i.amount_pence) FROM {schema}instalments i
        WHERE i.application_id = NEW.application_id AND i.number <> NEW.number
    ), 0) > (SELECT w.amount_pence FROM {schema}awards w WHERE w.application_id = NEW.application_id)""",
    )


def beyond_signed(steps: str, at: str, length: str, schema: str = "") -> Iterator[tuple[str, str]]:
    """Yield the guards of what awards come to, by name, and when a row says more than was signed.

    `steps` and `at` are the engine's list of a chain's steps and the number of each, from 0, and `length` the
    function by which it counts those who sign a step jointly with the first.
    """
    counted = length.format("(one.value -> 'joint_posts')")
    lacks, more_lacks = (
        _LACKS_SIGNATURE.format(schema=schema, steps=steps, at=at, length=counted, of=of) for of in "vw"
    )
    yield (
        "gp_awards_as_signed()",
        _OTHER_SUM.format(
            schema=schema, lacks=lacks, more_lacks=more_lacks, decided=_DECIDED_SUM.format(schema=schema)
        ),
    )
    yield "gp_variations_signed()", _UNSIGNED.format(lacks=lacks)
    yield "gp_variations_from_sum()", _FROM_ANOTHER_SUM.format(schema=schema)


TRIGGERS = (
    *(
        (f"awards_as_signed_{name}", f"BEFORE {moment} ON awards", "", "gp_awards_as_signed()")
        for name, moment in (
            ("insert", "INSERT"),
            ("update", "UPDATE OF application_id, decision_id, amount_pence"),
        )
    ),
    (
        "award_variations_signed",
        "BEFORE UPDATE OF state ON award_variations",
        "",
        "gp_variations_signed()",
    ),
    (
        "award_variations_from_sum",
        "BEFORE INSERT ON award_variations",
        "",
        "gp_variations_from_sum()",
    ),
    *(
        (
            f"award_variations_stay_{name}",
            f"BEFORE {moment} ON award_variations",
            when,
            "gp_variations_stay()",
        )
        for name, moment, when in (
            ("update", "UPDATE OF state", "OLD.state = 'in effect' AND NEW.state <> 'in effect'"),
            ("delete", "DELETE", "OLD.state = 'in effect'"),
        )
    ),
    *(
        (f"instalments_within_{name}", f"BEFORE {moment} ON instalments", "", "gp_instalments_within()")
        for name, moment in (
            ("insert", "INSERT"),
            ("update", "UPDATE OF application_id, number, amount_pence"),
        )
    ),
    (
        "award_variations_as_proposed",
        "BEFORE UPDATE OF application_id, number, from_pence, to_pence ON award_variations",
        "",
        "what a variation makes of an award is never changed",
    ),
    (
        "decisions_as_signed",
        "BEFORE UPDATE OF id, sign_off_id, application_id, verdict, outcome, amount_pence ON decisions",
        "",
        "what was decided is never changed",
    ),
    *(
        (f"{table}_onward_{verb}", f"BEFORE {verb} ON {table}", f"NEW.{which}", f"gp_{table}_onward()")
        for table, _, _, which in LINKS
        for verb in ("insert", "update")
    ),
    ("journal_chain", "BEFORE INSERT ON journal", "", "gp_journal_chain()"),
    ("journal_no_update", "BEFORE UPDATE ON journal", "", "the journal is never changed"),
    ("journal_no_delete", "BEFORE DELETE ON journal", "", "the journal is never changed"),
    ("journal_body_last", "BEFORE INSERT ON journal_body", "", "gp_body_last()"),
    ("journal_body_no_update", "BEFORE UPDATE ON journal_body", "", "the journal is never changed"),
    ("journal_body_no_delete", "BEFORE DELETE ON journal_body", "", "gp_body_erased()"),
    ("erasure_once", "BEFORE INSERT ON erasure", "", "gp_erasure_once()"),
    ("erasure_no_update", "BEFORE UPDATE ON erasure", "", "an erasure is never changed"),
    ("erasure_no_delete", "BEFORE DELETE ON erasure", "", "an erasure is never changed"),
    (
        "schemes_frozen",
        "BEFORE UPDATE ON schemes",
        "OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS NOT NULL",
        "a published scheme is never edited",
    ),
    ("criteria_frozen", "BEFORE UPDATE ON criteria", "", "gp_criteria_frozen()"),
    (
        "paper_issues_no_update",
        "BEFORE UPDATE OF id, round_id, paper, scope, subject, version, sha256, control, after_row, "
        "after_head, issued_by, issued_at ON paper_issues",
        "",
        "an issued paper is never changed",
    ),
    (
        "paper_issues_facts",
        "BEFORE UPDATE OF content ON paper_issues",
        "",
        "gp_facts_erased()",
    ),
    ("paper_issues_no_delete", "BEFORE DELETE ON paper_issues", "", "an issued paper is never removed"),
    (
        "paper_files_erased",
        "BEFORE UPDATE ON paper_files",
        "OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL",
        "an issued file is never changed, only erased",
    ),
    ("paper_files_no_delete", "BEFORE DELETE ON paper_files", "", "an issued file is never removed"),
    ("file_pieces_of_a_whole", "AFTER INSERT ON file_pieces", "", "gp_piece_of_a_whole()"),
    ("file_pieces_no_update", "BEFORE UPDATE ON file_pieces", "", "a kept file is never changed"),
    *(
        (f"{table}_of_chain_{verb}", f"BEFORE {verb} ON {table}", "", f"gp_{table}_of_chain()")
        for table in SIGNED
        for verb in ("insert", "update")
    ),
    ("attachments_kept", "BEFORE DELETE ON attachments", "", "an attachment is never removed, only erased"),
    (
        "attachments_as_added",
        "BEFORE UPDATE OF id, about, subject, size, sha256, pieces, received_at, added_by, added_at "
        "ON attachments",
        "",
        "what was attached is never changed",
    ),
    (
        "attachments_erased",
        "BEFORE UPDATE ON attachments",
        "OLD.erased_at IS NOT NULL",
        "an attachment that was erased is never changed",
    ),
    ("file_pieces_unwanted", "BEFORE DELETE ON file_pieces", "", "gp_piece_unwanted()"),
    (
        "applications_as_submitted",
        "BEFORE UPDATE OF reference, organisation, project, requested_pence, minimum_pence, "
        "total_cost_pence, match_funding_pence, beneficiaries, received_at, received_has_time, "
        "previously_funded, organisation_type, charity_number, company_number, start_on, end_on, "
        "bank_account_held, constitution_held, safeguarding_policy ON applications",
        "",
        "what was submitted is never edited",
    ),
    (
        "applications_texts",
        "BEFORE UPDATE OF contact_name, email, phone, address, postcode, summary, need, outcomes, answers, "
        "cells ON applications",
        "",
        "gp_texts_erased()",
    ),
)
"""Name, moment, condition, and what is done: the words of a refusal, or a function, which in a file is what
`_OF_A_FILE` says and on a server one of its own."""


def _refusing(words: str, guards: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return what guards of a file do that refuse a row in some words, by name."""
    return {
        name: f"\n    SELECT RAISE(ABORT, '{words}')\n    WHERE {condition};" for name, condition in guards
    }


_OF_A_FILE = {
    **_refusing(ROUND_AGAIN, leading_back()),
    **_refusing(PAST_CHAIN, past_chain("json_array_length({})")),
    **_refusing(
        AS_SIGNED,
        beyond_signed("json_each(nullif(r.chain, '')) AS one", "one.key", "json_array_length({})"),
    ),
    **_refusing(IN_EFFECT_STAYS, ends_late()),
    **_refusing(WITHIN_AWARD, beyond_award()),
    "gp_journal_chain()": """
    SELECT RAISE(ABORT, 'the journal has no gaps')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM journal);
    SELECT RAISE(ABORT, 'the journal row does not follow the one before')
    WHERE NEW.prev IS NOT coalesce((SELECT hash FROM journal WHERE seq = NEW.seq - 1), zeroblob(32));
    SELECT RAISE(ABORT, 'the journal row is there already')
    WHERE EXISTS (SELECT 1 FROM journal WHERE hash = NEW.hash);""",
    "gp_body_last()": """
    SELECT RAISE(ABORT, 'a journal body belongs to the newest row')
    WHERE NEW.seq IS NOT (SELECT max(seq) FROM journal)
        OR EXISTS (SELECT 1 FROM journal_body WHERE seq = NEW.seq);""",
    "gp_body_erased()": """
    SELECT RAISE(ABORT, 'a journal body goes only by a recorded erasure')
    WHERE NOT EXISTS (SELECT 1 FROM erasure WHERE seq = OLD.seq);""",
    "gp_erasure_once()": """
    SELECT RAISE(ABORT, 'an erasure names an older row once, and the journal row to come')
    WHERE EXISTS (SELECT 1 FROM erasure WHERE seq = NEW.seq)
        OR NEW.by_seq IS NOT (SELECT max(seq) + 1 FROM journal);""",
    "gp_criteria_frozen()": """
    SELECT RAISE(ABORT, 'a published scheme is never edited')
    WHERE (SELECT frozen_at FROM schemes WHERE id = OLD.scheme_id) IS NOT NULL;""",
    "gp_piece_of_a_whole()": """
    SELECT RAISE(ABORT, 'a kept file takes no further piece')
    WHERE NEW.pieces <> (SELECT pieces FROM file_pieces WHERE sha256 = NEW.sha256 ORDER BY number LIMIT 1)
        OR NEW.pieces <> (
            SELECT pieces FROM file_pieces WHERE sha256 = NEW.sha256 ORDER BY number DESC LIMIT 1
        );""",
    "gp_piece_unwanted()": """
    SELECT RAISE(ABORT, 'a kept file goes only by an erasure')
    WHERE EXISTS (
        SELECT 1 FROM paper_files f WHERE f.pieces = OLD.sha256 AND f.is_kept AND f.erased_at IS NULL
    ) OR EXISTS (
        SELECT 1 FROM attachments a WHERE a.pieces = OLD.sha256 AND a.erased_at IS NULL
    );""",
    "gp_facts_erased()": """
    SELECT RAISE(ABORT, 'the facts of an issued paper are never changed, only erased')
    WHERE length(NEW.content) >= length(OLD.content)
        OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal));""",
    "gp_texts_erased()": """
    SELECT RAISE(ABORT, 'what was submitted is never edited, only erased')
    WHERE NEW.contact_name <> '' OR NEW.email <> '' OR NEW.phone <> '' OR NEW.address <> ''
        OR NEW.postcode <> '' OR NEW.summary <> '' OR NEW.need <> '' OR NEW.outcomes <> ''
        OR NEW.answers <> '[]' OR NEW.cells <> '[]'
        OR NOT EXISTS (SELECT 1 FROM erasure WHERE by_seq > (SELECT max(seq) FROM journal));""",
}


def of_a_file() -> Iterator[str]:
    """Yield the statements that set the guards of a file."""
    for name, moment, condition, done in TRIGGERS:
        when = f" WHEN {condition}" if condition else ""
        body = _OF_A_FILE.get(done) or f"\n    SELECT RAISE(ABORT, '{done}');"
        yield f"CREATE TRIGGER {name} {moment}{when} BEGIN{body}\nEND"


SCRIPTS = "models:migrations"
ALEMBICS_OWN = "alembic_version"


class Note(Struct, frozen=True):
    """What the journal says of an upgrade, who asked for it, and when."""

    operation: Operation
    actor: Actor
    at: datetime


def upgrade(raw: RawConnection, note: Note | None = None, *, to_format: int | None = None) -> JournalHead:
    """Migrate a record, with its journal row in the same transaction; on any error nothing is changed."""
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        with engine_on(raw).begin() as session:
            _migrate(session, to_format or newest_format())
            head = journal.head(session)
            if note is not None:
                _, head = journal.carry_out(session, head, note.operation, note.actor, note.at)
    finally:
        raw.execute("PRAGMA foreign_keys=ON")
    if integrity_problems(raw, is_encrypted=False):
        raise Trouble("The record is damaged. Restore the copy made before it was brought up to date.")
    return head


def _migrate(connection: Connection, to_format: int) -> None:
    before = row_counts(connection)
    _run_migrations(connection, to_format)
    after = row_counts(connection)
    for name in before.keys() & after.keys() - {ALEMBICS_OWN}:
        if before[name] != after[name]:
            raise Trouble(
                f"Bringing the record up to date would have taken the table {name} from {before[name]} rows "
                f"to {after[name]}, so it was not done. Nothing was changed. Continue with the older program."
            )
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise Trouble(
            "Bringing the record up to date left references that do not match, so it was not done. "
            "Nothing was changed."
        )


def _run_migrations(connection: Connection, to_format: int) -> None:
    from alembic import command  # costs a tenth of a second, and is rarely wanted
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = connection
    command.upgrade(config, f"{to_format:04}")
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={to_format}")


NEWEST = (1, "f8d9628c10ec7ba9f3531786d0ee974778d677273dad9b3fcd9397c359baa8d0")
"""The newest format and the sum of its definition: opening a record takes one look at its own, and this."""

_WHOLE = "SELECT type, name, tbl_name, sql FROM main.sqlite_master ORDER BY type, name, rowid"
_VERSION = "SELECT version_num FROM main.alembic_version"
_OF_ENGINE = frozenset(
    {
        ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    }
)
"""Where the engine keeps what it knows of its indexes; nothing else of its own is in a record."""

_SHOWN = 5
_LONGEST = 60

Row = TypeVar("Row", bound=tuple[str | None, ...])
"""A part as it is read, or as it is named."""


class Part(NamedTuple):
    """One entry of a file's definition: its kind, its name, the table that it is of, and its statement."""

    kind: str
    name: str
    of_table: str
    statement: str | None

    @property
    def words(self) -> str:
        """Return the entry as it is named to a person, without characters that cannot be seen."""
        kind, name = ("".join(filter(str.isprintable, str(part)))[:_LONGEST] for part in self[:2])
        return f"the {kind} “{name}”"


class RecordAltered(RecordDamaged):
    """The file holds what no record of its format has, or lacks what every one has: somebody changed it."""


def check(path: Path, raw: RawConnection, number: int) -> None:
    """Refuse a record of a format that is made otherwise than the program makes one, and say what is odd."""
    try:
        rows = raw.execute(_WHOLE).fetchall()
        if (number, sum_of(without_engines(rows))) == NEWEST:
            return
        told = differences(_ours(rows), number) or _version_faults(raw.execute(_VERSION).fetchall(), number)
    except DRIVERS_OWN as error:
        raise trouble_of(error, path) from error
    if told:
        raise RecordAltered(_words(path, told))


def differences(found: Iterable[Part], number: int) -> tuple[str, ...]:
    """Return in words what differs from the definition of a format, nothing when all of it is the same."""
    parts = tuple(found)
    there = {part[:2] for part in parts}
    missing = dict.fromkeys(part.words for part in of_format(number) if part[:2] not in there)
    return (*strange(parts, number), *(f"{words} is missing" for words in missing))


def strange(found: Iterable[Part], number: int) -> tuple[str, ...]:
    """Return in words what a file has beside the definition of a format, or otherwise than it says."""
    made = of_format(number)
    own = {part[:2] for part in made}
    odd = sorted((Counter(found) - Counter(made)).elements(), key=ascii)
    unknown = dict.fromkeys(part.words for part in odd if part[:2] not in own)
    changed = dict.fromkeys(part.words for part in odd if part[:2] in own)
    return (
        *(f"{words} is not the program's" for words in unknown),
        *(f"{words} is not as the program makes it" for words in changed),
    )


def faults_of(session: Session) -> tuple[str, ...]:
    """Return in words how an open record is made otherwise than one of the newest format."""
    number = newest_format()
    found = differences(parts_of(session), number)
    return found or _version_faults(session.exec_driver_sql(_VERSION), number)


def parts_of(session: Session) -> tuple[Part, ...]:
    """Return the definition that an open record has."""
    return _ours(session.exec_driver_sql(_WHOLE))


def sum_of(parts: tuple[Row, ...]) -> str:
    """Return the SHA-256 of a definition, in the order of kinds and names, in hexadecimal digits."""
    return hashlib.sha256(ascii(list(map(tuple, parts))).encode()).hexdigest()


@cache
def of_format(number: int) -> tuple[Part, ...]:
    """Return the definition of a format as the migrations make it."""
    with closing(engine.scratch()) as raw:
        upgrade(raw, to_format=number)
        return _ours(raw.execute(_WHOLE))


def build(raw: RawConnection) -> None:
    """Make an empty record of the newest format in an empty database, by the program's own definition."""
    _empty(of_format(newest_format())).backup(raw)


def make(raw: RawConnection, fill: Callable[[], None], number: int | None = None) -> None:
    """Make a record in an empty database; `fill` puts in rows that need no guarding.

    It is of the newest format where no `number` names another.
    """
    number = number or newest_format()
    parts = of_format(number)
    _run(raw, (part for part in parts if part.kind == "table"))
    fill()
    _run(raw, (part for part in parts if part.kind != "table"))
    raw.execute("INSERT INTO alembic_version VALUES (?)", (f"{number:04}",))
    raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
    raw.execute(f"PRAGMA user_version={number}")


@cache
def _empty(parts: tuple[Part, ...]) -> RawConnection:
    """Return a record with this definition and nothing in it, which is kept to be copied."""
    raw = engine.scratch()
    _run(raw, (part for part in parts if part.kind == "table"))
    _run(raw, (part for part in parts if part.kind != "table"))
    return raw


def _run(raw: RawConnection, parts: Iterable[Part]) -> None:
    for part in parts:
        if part.statement is not None:
            raw.execute(part.statement)


def without_engines(parts: Iterable[Row]) -> tuple[Row, ...]:
    """Return a definition without what the engine keeps for itself."""
    return tuple(part for part in parts if part not in _OF_ENGINE)


def _ours(rows: Iterable[Iterable[str]]) -> tuple[Part, ...]:
    return tuple(starmap(Part, without_engines(map(tuple, rows))))


def _version_faults(found: Iterable[Iterable[str]], number: int) -> tuple[str, ...]:
    """Return what is wrong with the number that decides which migrations are still to be done."""
    is_right = [tuple(row) for row in found] == [(f"{number:04}",)]
    return () if is_right else ("the number of its format was changed",)


def _words(path: Path, told: tuple[str, ...]) -> str:
    more = f", and {len(told) - _SHOWN} more" if len(told) > _SHOWN else ""
    return (
        f"{path.name} was changed outside the program, so it was not opened: "
        f"{', '.join(told[:_SHOWN])}{more}. "
        f"Nothing was changed. {WHAT_HELPS}"
    )


def format_of(raw: RawConnection) -> int:
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def check_ours(path: Path, raw: RawConnection) -> int:
    """Return the record's format; refuse another program's database, a newer format, and what was altered."""
    found = marked_format(path, raw)
    check(path, raw, found)
    return found


def marked_format(path: Path, raw: RawConnection) -> int:
    """Return the format that a record is marked with; refuse another program's, and a newer one."""
    mark = raw.execute("PRAGMA application_id").fetchone()[0]
    record_file.check_mark(path.name, mark)
    if mark != APPLICATION_ID:
        raise Trouble(f"{path.name} is not a Grant Panel record. Nothing was changed. Choose another file.")
    found = format_of(raw)
    if found < 1:
        raise Trouble(
            f"{path.name} was never finished, so it is not a record. Nothing was changed. Make a new one."
        )
    record_file.check_format(path, found)
    return found
