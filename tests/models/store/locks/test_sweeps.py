"""What must hold of every table and column on a server, worked out from the tables as they are declared."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from psycopg import errors, sql
from sqlalchemy import BigInteger, Boolean, Column, Integer, LargeBinary, MetaData, Table, Text

from models.papers.issued import paper_key, pieces_key
from models.schema import base, forms
from models.schema.base import METADATA, AsText
from models.schema.forms import KEY_OF_BYTES, OF_SUBJECT, FormedText, form_of, form_rule
from models.store import definition
from models.store.closed_sets import CLOSED
from models.store.locks.policies import TABLES, typed
from models.store.locks.preparing import is_ordered, shut_tables
from models.store.record_file import newest_format
from models.store.sqlite import engine
from models.values import canonical
from models.values.revisions import Key, first, following
from tests.models.store.locks.an_office import PEOPLE, changed_copy, signed_on, template
from tests.server import NEWEST, OLDEST, cluster

MARK = "77777"
"""What is asked for: nothing else of a plan holds it."""
WAYS = ("{} = {}", "{} >= {}", "{} <> {}", "{} = ANY (ARRAY[{}])", "({0} = {1}) IS TRUE")
HELD = [METADATA.tables[name] for name in TABLES if name in METADATA.tables]


def questions(column: Column[Any]) -> Iterator[tuple[str, str]]:
    """Yield what can be asked of a column that the engine may compare first, and by what a plan shows it."""
    name = f'"{column.name}"'
    yield from ((f"{name} IS {word} NULL", f"{column.name} IS ") for word in ("", "NOT"))
    if isinstance(column.type, Boolean):
        yield from ((f"{name} IS {word}", f"{column.name} IS ") for word in ("TRUE", "NOT FALSE"))
    elif isinstance(column.type, LargeBinary):
        yield from ((way.format(name, f"'\\x{MARK}0'::bytea"), MARK) for way in WAYS)
    else:
        value = MARK if isinstance(column.type, Integer) else f"'{MARK}'"
        yield from ((way.format(name, value), MARK) for way in WAYS)


def scans(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the steps that read the table asked of, without those that policies ask once."""
    yield plan
    for one in plan.get("Plans", ()):
        if one["Parent Relationship"] not in ("InitPlan", "SubPlan"):
            yield from scans(one)


def is_asked_first(plan: dict[str, Any], mark: str) -> bool:
    """Return whether a policy comes after the question, or an index answers it."""
    for step in scans(plan):
        asked = str(step.get("Filter", ""))
        if " AND " in asked[asked.rfind(mark) :] or (mark in asked and "One-Time Filter" in step):
            return True
    return False


@pytest.mark.parametrize(
    ("login", "version"),
    [
        ("mo", OLDEST),
        ("mo", NEWEST),
        *(
            pytest.param(login, version, marks=pytest.mark.soak)
            for login in PEOPLE
            for version in (OLDEST, NEWEST)
            if login != "mo"
        ),
    ],
)
def test_every_policy_is_asked_before_what_somebody_asks_of_a_column(login: str, version: int) -> None:
    with signed_on(login, template(version), version) as connection:
        many, found = asked_first(connection, HELD)

    assert many > 3_000
    assert found == []


def asked_first(
    connection: "psycopg.Connection[Any]", tables: Iterable[Table]
) -> tuple[int, list[tuple[str, str]]]:
    """Return how many questions were put, and which of them the engine asks before a policy."""
    asked = [(table.name, *one) for table in tables for column in table.c for one in questions(column)]
    connection.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
    with connection.pipeline():
        plans = [
            connection.execute(f"EXPLAIN (FORMAT JSON) SELECT FROM {table} WHERE {condition}")  # type: ignore[arg-type]
            for table, condition, _ in asked
        ]
    return len(asked), [
        (table, condition)
        for (table, condition, mark), answer in zip(asked, plans, strict=True)
        if is_asked_first((answer.fetchone() or [[{"Plan": {}}]])[0][0]["Plan"], mark)
    ]


ORDERED = """
SELECT c.relname::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
WHERE c.relnamespace = 'public'::regnamespace
"""
GATHERED = """
SELECT c.relname::text, a.attname::text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND a.attstattarget IS DISTINCT FROM 0
    AND (c.relkind = 'r' OR c.relkind = 'i' AND a.attname = 'array')
"""


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_no_text_of_a_row_that_may_be_closed_is_in_an_index_or_counted(version: int) -> None:
    shut = [table for table in HELD if table.name in shut_tables()]
    assert {"attachments", "file_pieces", "draft", "revisions", "applications"} <= {one.name for one in shut}
    with cluster(version).connect(template(version)) as connection:
        assert ranged_over(connection, shut) == (set(), set())


def ranged_over(
    connection: "psycopg.Connection[Any]", tables: Iterable[Table]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the texts of tables that an index puts in order, and those that are counted."""
    texts = {(table.name, column.name) for table in tables for column in table.c if is_ordered(column)}
    ordered, gathered = ({*connection.execute(query).fetchall()} for query in (ORDERED, GATHERED))
    return ordered & texts, gathered & texts


def formed() -> list[tuple[str, Column[Any]]]:
    return [(table.name, column) for table in METADATA.sorted_tables for column in table.c if form_of(column)]


def test_every_column_of_a_declared_form_is_guarded_by_both_engines() -> None:
    missing = unformed(METADATA.sorted_tables)
    rules = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND convalidated"
    with cluster().connect(template()) as connection:
        on_server = {(table, rule) for table, rule in connection.execute(rules).fetchall()}
    in_file = {part.name: part.statement or "" for part in definition.of_format(newest_format())}

    assert missing == [("award_agreements", "held_at")], "a place"
    assert len(formed()) > 170
    for table, column in formed():
        rule = form_rule(column)
        assert (table, rule) in on_server
        assert f"CONSTRAINT {rule} CHECK" in in_file[table]


def unformed(tables: Iterable[Table]) -> list[tuple[str, str]]:
    """Return the columns that are called as those of a form are, or typed so, and have none.

    Every whole number has one but those by which rows are known, which a server keeps within 32 bits.
    """
    named = ("_on", "_at", "_pence", "_years", "size", "sha256", "uid", "hash", "_sum")
    return [
        (table.name, column.name)
        for table in tables
        for column in table.c
        if (isinstance(column.type, AsText | FormedText | BigInteger) or column.name.endswith(named))
        and not isinstance(column.type, LargeBinary)
        and form_of(column) is None
    ]


DAY, CLOCK, DIGITS = "2026-11-03", "14:05:00", "0a" * 32
RIGHT: dict[str, tuple[object, ...]] = {
    "day": (DAY, "0001-01-01", "2024-02-29"),
    "moment": (f"{DAY}T{CLOCK}.000000Z", f"{DAY}T23:59:59.999999Z"),
    "wall": (f"{DAY}T{CLOCK}", f"{DAY}T{CLOCK}.000001"),
    "exact": ("0", "-3.50", "100", "0.0001"),
    "uid": ("1f633218-fab8-5b9b-a559-efa6c3a28a07",),
    "hash": (DIGITS,),
    "time": ("17:00", "00:00", "23:59"),
    "sort code": ("20-00-00",),
    "account": ("00000001",),
    "list": ("[]", '["x"]'),
    "object": ("{}", '{"x": 1}'),
    "pence": (0, -5, 10**14),
    "years": (0, 100),
    "size": (0, 101, 1 << 28),
    "mark": (0, 100),
    "scale": (1, 100),
    "count": (0, 10**9),
}
"""Values that are right in some column, by their form."""
FORMS = {
    "day": base.DAY.form,
    "moment": base.MOMENT.form,
    "wall": base.WALL_TIME.form,
    "exact": base.EXACT.form,
    "uid": forms.UID.form,
    "hash": forms.HASH.form,
    "time": forms.TIME_OF_DAY.form,
    "sort code": forms.SORT_CODE.form,
    "account": forms.ACCOUNT_NUMBER.form,
    "list": forms.JSON_LIST.form,
    "object": forms.JSON_OBJECT.form,
    "pence": form_of(METADATA.tables["awards"].c.amount_pence),
    "years": form_of(METADATA.tables["retention"].c.awarded_years),
    "size": form_of(METADATA.tables["paper_files"].c.size),
    "mark": form_of(METADATA.tables["marks"].c.mark),
    "scale": form_of(METADATA.tables["schemes"].c.scale_maximum),
    "count": form_of(METADATA.tables["sign_offs"].c.step),
}
ARE_NUMBERS = frozenset({"pence", "years", "size", "mark", "scale", "count"})
WRONG = (
    *(
        "x",
        "",
        " ",
        "9999-12-31",
        "2200-01-01",
        "1899-12-31",
        "0001-01-02",
        "2026-02-30",
        "2026-13-01",
        "0000-01-01",
        "infinity",
        "now",
        f"{DAY} ",
        f"{DAY}\n",
    ),
    *("9999-12-31T10:00:00.000000Z", "9999-12-31T10:00:00", "0001-01-01T10:00:00"),
    *("2026-02-30T10:00:00.000000Z", f"{DAY}T24:00:00.000000Z", f"{DAY}T{CLOCK}.000000", f"{DAY}T{CLOCK}Z"),
    *("1e3", "-", ".5", "5.", "1.2.3", "--1", "NaN", '["x"', '"x"', "A" * 64, "g" * 36, "-" * 36, "25:00"),
    *("9" * 101, 10**16, -(10**16)),
)
ALLOWED: dict[str, set[object]] = {
    "exact": {"00000001"},
    "wall": {f"{DAY}T{CLOCK}.000000"},
    "pence": {0, 1, 100, 101, 1 << 28, 10**9},
    "size": {0, 1, 100},
    "count": {0, 1, 100, 101, 1 << 28},
    "years": {0, 1, 100},
    "mark": {0, 1, 100},
    "scale": {100},
}
"""What is right of another form and of this one as well."""


@pytest.mark.parametrize("kind", FORMS)
def test_a_value_of_another_form_is_refused_by_both_engines(kind: str) -> None:
    form = FORMS[kind]
    assert form is not None
    is_number = kind in ARE_NUMBERS
    holds = "bigint" if is_number else "text"
    in_file, on_server = (
        f"CREATE TABLE tried (it {holds} CHECK ({one.format(*['it'] * one.count('{}'))}))"
        for one in (form.in_file, form.on_server)
    )
    others = [value for name, values in RIGHT.items() if name != kind for value in values]
    wrong = [one for one in (*WRONG, *others) if isinstance(one, int) == is_number]
    allowed = {*RIGHT[kind], *ALLOWED.get(kind, ())}
    with closing(engine.scratch()) as raw, cluster().connect(template()) as connection:
        raw.execute(in_file)
        connection.execute(f"SET search_path = pg_temp; {on_server.replace('TABLE', 'TEMP TABLE')}")  # type: ignore[arg-type]
        for value in (None, *RIGHT[kind]):
            raw.execute("INSERT INTO tried VALUES (?)", (value,))
            connection.execute("INSERT INTO tried VALUES (%s)", [value])
        for value in (one for one in wrong if one not in allowed):
            with pytest.raises(Exception, match=r"constraint|JSON"):
                raw.execute("INSERT INTO tried VALUES (?)", (value,))
            with pytest.raises(psycopg.Error):
                connection.execute("INSERT INTO tried VALUES (%s)", [value])


SUM = "ab" * 32
"""The sum of the closed file, which Cara, who has an interest in its application, has learnt."""
MINUTES = "cd" * 32
OF_MINUTES = paper_key(1, MINUTES)
FILED = f"""
INSERT INTO interests VALUES (90, 1, 3, 'pecuniary', '2026-11-03');
INSERT INTO attachments
SELECT 1, 'application', uid, 'Rules', 'form', 1, '{SUM}', '{{key}}', NULL, 'Olive Officer',
    '2026-11-03T14:05:00.000000Z', '', NULL, NULL, NULL FROM applications WHERE id = 3;
INSERT INTO paper_issues VALUES
    (1, 1, 'minutes', '1', '', 1, '', '{SUM}', '', 1, '{SUM}', 'Olive', '2026-11-03T14:05:00.000000Z');
INSERT INTO paper_files VALUES (1, '.pdf', '{MINUTES}', '{OF_MINUTES}', 1, '', true, NULL);
INSERT INTO file_pieces SELECT key, 1, 1, '\\x00' FROM (VALUES ('{{key}}'), ('{OF_MINUTES}')) AS v (key);
"""
ATTACH = (
    "INSERT INTO attachments VALUES (90, 'application', '{of}', 'Mine', 'form', 1, '{sum}', '{key}', NULL, "
    "'Cara Chair', '2026-11-03T14:05:00.000000Z', '', NULL, NULL, NULL)"
)
ISSUE = (
    "INSERT INTO paper_issues VALUES (90, {round}, 'panel-book', '1', 'Dudley', 1, '', "
    f"'{SUM}', '', 1, '{SUM}', 'Cara Chair', '2026-11-03T14:05:00.000000Z')"
)
ISSUED = "INSERT INTO paper_files VALUES ({of}, '.pdf', '{sum}', '{key}', 1, '', true, NULL)"


def issuing(number: int, sum_: str, key: str, *, of: str = "1") -> str:
    """Return what issues a book without marks under a number, or adds a file to the paper of the first."""
    row = ISSUED.format(of=number, sum=sum_, key=key)
    return row if number == 1 else f"{ISSUE.format(round=of)}; {row}"


@pytest.fixture(scope="module")
def filed() -> tuple[str, list[str]]:
    """An office with a file and a paper that the chair's interest closes, and whose identities."""
    with cluster().connect(template()) as connection:
        of = [uid for (uid,) in connection.execute("SELECT uid FROM applications ORDER BY id").fetchall()]
    return changed_copy(template(), FILED.format(key=pieces_key("application", of[2], SUM))), of


def test_nobody_reads_bytes_by_a_row_of_their_own_that_names_their_key(
    filed: tuple[str, list[str]],
) -> None:
    database, (first, _, closed, *_) = filed
    key = pieces_key("application", closed, SUM)
    tried = (
        ATTACH.format(
            sum=SUM, key=key, of=first
        ),  # the key of the closed file, on an application that is open
        ATTACH.format(sum=SUM, key=key, of=closed),  # on the closed one
        ATTACH.format(sum=SUM, key=OF_MINUTES, of=first),  # the key of a closed paper
        issuing(90, MINUTES, OF_MINUTES),
        issuing(90, MINUTES, OF_MINUTES, of="NULL"),  # of no round
        issuing(90, SUM, key),  # the key of the closed file, as a paper's sum
        issuing(1, MINUTES, OF_MINUTES),  # another file of the closed paper
    )
    with signed_on("cara", database) as connection:
        assert connection.execute("SELECT FROM file_pieces").rowcount == 0
        for statement in tried:
            with pytest.raises(errors.InsufficientPrivilege), connection.transaction(force_rollback=True):
                connection.execute(statement)  # type: ignore[arg-type]
    with signed_on("olive", database) as connection:
        assert connection.execute("SELECT FROM file_pieces").rowcount == 2


@pytest.mark.parametrize("login", ["cara", "ivy"])
def test_whoever_knows_the_bytes_of_a_paper_is_not_told_whether_it_was_issued(
    filed: tuple[str, list[str]], login: str
) -> None:
    """What is answered to a row with the bytes of a closed paper, and to one with others, is the same."""
    told = []
    with signed_on(login, filed[0]) as connection:
        for sum_ in (MINUTES, "ef" * 32):
            own = f"INSERT INTO file_pieces VALUES ('{paper_key(90, sum_)}', 1, 1, 'x')"
            tried = (
                f"{issuing(90, sum_, paper_key(90, sum_))}; {own}",  # what is one's own
                f"INSERT INTO file_pieces VALUES ('{paper_key(1, sum_)}', 1, 1, 'x')",
                f"INSERT INTO file_pieces VALUES ('{paper_key(1, sum_)}', 2, 3, 'x')",
                f"INSERT INTO file_pieces VALUES ('{sum_}', 1, 1, 'x')",
            )
            told.append([answered(connection, statement) for statement in tried])
    assert told[0] == told[1]
    assert told[0][0] == ""
    assert "row-level security" in told[0][1]


def answered(connection: "psycopg.Connection[Any]", statement: str) -> str:
    """Return what a statement is refused with, "" where it is not."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)  # type: ignore[arg-type]
    except psycopg.Error as error:
        return str(error)
    return ""


def test_a_code_that_no_file_of_the_program_lists_is_refused_in_each_column() -> None:
    with signed_on("olive", template()) as connection:
        for table, name in (column.split(".") for column in CLOSED):
            put = f"INSERT INTO {table} (\"{name}\") VALUES ('{{}}')"
            assert "one that the program knows" in answered(connection, put.format("nonsense")), name
            for member in CLOSED[f"{table}.{name}"]():
                assert "the program knows" not in answered(connection, put.format(member)), member


OF_REVISION = ("hash", "round", "member", "application", "slot", "number", "value", "parents")
SAID = ("4", "null", '"plain"', '"a \\"quote\\" and \\\\ and \\u0001\\n / ’ é 🙂"')
"""Values as canonical JSON."""


@pytest.mark.parametrize("said", SAID)
def test_a_revision_that_is_not_hashed_as_it_says_is_refused(said: str) -> None:
    round_uid, member_uid = "ab" * 8, 'ćd"\\'
    key = Key("", "reason:A1")
    before = first(f"{round_uid} {member_uid}", key)
    one = following(f"{round_uid} {member_uid}", key, said, [before])
    right = {
        **dict(
            zip(("application", "slot", "number", "value", "hash"), (*key, 1, said, one.hash), strict=True)
        ),
        "round": round_uid,
        "member": member_uid,
        "parents": canonical.dumps([before.hash]),
    }
    wrong = {"number": 2, "value": "5", "member": "another", "slot": "mark:A1", "parents": "[]", "hash": SUM}
    with signed_on("olive", template()) as connection:
        for changed in ({}, *({name: value} for name, value in wrong.items())):
            row = right | changed
            values = ", ".join(sql.Literal(row[name]).as_string(connection) for name in OF_REVISION)
            put = f"INSERT INTO revisions ({', '.join(OF_REVISION)}, stands, why) VALUES ({values}, true, '')"
            assert ("not hashed as it says" in answered(connection, put)) is bool(changed), changed
            if not changed:
                altered = f"{put}; UPDATE revisions SET value = '5' WHERE hash = '{one.hash}'"
                assert "not hashed as it says" in answered(connection, altered)


def test_every_row_that_points_at_bytes_or_hangs_on_an_application_is_as_closed_as_these() -> None:
    points = {table.name for table in HELD if typed(table.name, KEY_OF_BYTES)}
    hangs = {table.name for table in HELD if typed(table.name, OF_SUBJECT)}
    assert points >= {"attachments", "paper_files", "file_pieces"}
    assert hangs >= {"attachments", "pack_items", "revisions"}
    with cluster().connect(template()) as connection:
        assert unbarred(connection, points - {"file_pieces"}, hangs) == set()


def unbarred(
    connection: "psycopg.Connection[Any]", points: Collection[str], hangs: Collection[str]
) -> set[str]:
    """Return the tables that point at bytes, or hang on an application, and are more open than these."""
    rules = "SELECT tablename, qual FROM pg_policies WHERE permissive = 'RESTRICTIVE'"
    barred = {table for table, held in connection.execute(rules) if "barred_uids" in (held or "")}
    checks = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgfoid = 'locks.check_key'::regproc"
    guarded = {table for (table,) in connection.execute(checks)}
    return {*points} - guarded | {*hangs} - barred


def test_each_sweep_finds_a_new_table_that_nobody_thought_of() -> None:
    made_up = Table(
        "made_up",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("subject", Text, unique=True),
        Column("received_at", Text),
        Column("amount_pence", Integer),
    )
    name = changed_copy(
        template(),
        "CREATE TABLE made_up (id bigint PRIMARY KEY, subject text UNIQUE, received_at text, "
        "amount_pence bigint);"
        "ALTER TABLE made_up ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
        "CREATE FUNCTION seen(text) RETURNS boolean LANGUAGE plpgsql STABLE COST 1000 "
        "AS 'BEGIN RETURN $1 IS NULL; END';"
        "CREATE POLICY mine ON made_up USING (seen(subject));"
        "GRANT SELECT ON made_up TO gp_person",
    )
    with cluster().connect(name) as administrator:
        ordered, gathered = ranged_over(administrator, [made_up])
        assert ordered == {("made_up", "subject")}
        assert gathered == {("made_up", "subject"), ("made_up", "received_at")}
        assert unbarred(administrator, {"made_up"}, {"made_up"}) == {"made_up"}
    with signed_on("mo", name) as connection:
        _, found = asked_first(connection, [made_up])
    assert {condition.split()[0] for _, condition in found} >= {
        '"subject"',
        '"received_at"',
        '"amount_pence"',
    }
    assert unformed([made_up]) == [("made_up", "received_at")], "a sum has its form by its name"
    assert "made_up" not in TABLES
    cluster().drop(name)
