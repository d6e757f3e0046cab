"""A record on an office server by the command: set up, people let in, and the same answers as a file."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import psycopg
import pytest
from msgspec import Struct
from msgspec.structs import replace

from cli.command import main
from models.copies.office_server import load
from models.permissions.viewing import YOU_DECLARED, Viewer
from models.queries.history import ERASED, history
from models.record import Opener, Record
from models.store.locks import preparing
from models.store.locks.checking import UNSEEN, look, trusts
from models.store.places import server_address
from tests.cli.conftest import Run
from tests.demo import made_sample
from tests.models.store.locks.an_office import journal, template
from tests.models.store.locks.test_figures import marked
from tests.models.store.next_format import NEXT, next_program
from tests.models.store.postgres.test_upgrading import MIGRATES
from tests.server import cluster


def out(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_record_is_set_up_and_people_are_let_in(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    password = tmp_path / "password"
    password.write_text("a long enough secret\n")

    assert main(["server", "check", database]) == 1
    assert "is not set up yet" in capsys.readouterr().err
    assert main(["server", "prepare", database, "--as", "Ada Administrator"]) == 0
    assert "Made an empty record in" in out(capsys)[0]
    assert main(["server", "prepare", database]) == 0
    assert out(capsys)[:2] == [
        f"There is a record in {name} on this computer already; its rows stay as they are.",
        "The locks were set again: who reads and writes what holds for every program that connects.",
    ]
    person = ["server", "person", database]
    add = [*person, "add", "Priya Nair", "--role", "officer", "--login", "priya.nair"]
    assert main([*add, "--password-file", str(password)]) == 0
    assert main(add) == 1
    assert "is let in already, as priya.nair" in capsys.readouterr().err
    assert main([*person, "set", "priya nair", "--role", "officer", "--role", "finance"]) == 0
    assert main([*person, "list", "--json"]) == 0
    assert json.loads("\n".join(out(capsys)[1:])) == {
        "people": [{"name": "Priya Nair", "login": "priya.nair", "roles": ["finance", "officer"]}]
    }
    with cluster().connect(name) as connection:
        kept = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'priya.nair'").fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")
    assert main(["server", "check", database]) == 0
    out(capsys)
    assert main(["server", "closing", database, "--in", "10", "--words", "Back at 15:00."]) == 0
    assert "in 10 minutes." in out(capsys)[0]
    assert main(["server", "closing", database, "--over"]) == 0
    assert main(["server", "closing", database, "--in", "-1"]) == 1
    assert main(["server", "oldest", database, "0.0.1"]) == 0
    assert main(["server", "oldest", database, "new"]) == 1
    assert "“new” is not a version" in capsys.readouterr().err
    assert main(["server", "oldest", database, "none"]) == 0
    out(capsys)
    with next_program(tmp_path, MIGRATES):
        assert main(["server", "prepare", database]) == 0
        assert f"from format {NEXT - 1} to the format of this program" in out(capsys)[0]
        assert main(["server", "check", database]) == 0
        assert main(["verify", cluster().address(name, "priya.nair")]) == 0
        assert main([*person, "remove", "Priya Nair"]) == 0
        assert main([*person, "remove", "Priya Nair"]) == 1
        assert main([*person, "list"]) == 0
        assert "Nobody is let in yet" in out(capsys)[-1]


def test_a_server_that_asks_for_no_password_is_told_of_where_others_reach_it() -> None:
    name = cluster().address(template())
    with cluster().connect(template()) as connection:
        assert trusts(connection, "db.example"), "the tests' server trusts whoever reaches its socket"
        assert not trusts(connection, ""), "whose folder is its own"
        connection.execute("SET ROLE gp_owner")
        assert not trusts(connection, "db.example")
        assert UNSEEN in look(connection, None, datetime.now(UTC)).notes
    there = replace(server_address(name), port=5433)
    assert server_address(str(there)) == there


def test_what_cannot_be_done_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    url, host = cluster().address(template()), cluster().folder
    for refused, words in (
        (
            ["person", url, "add", "Some Body", "--role", "officer", "--login", "postgres"],
            "whom no lock holds",
        ),
        (["person", url, "add", " ", "--role", "officer", "--login", "somebody"], "Give the person's name"),
        (["person", url, "add", "Some Body", "--role", "officer", "--login", "l" * 64], "at most 63 letters"),
        (["person", url, "set", "Some Body"], "Some Body is not let into this record"),
        (["person", cluster().address("postgres"), "list"], "is not set up yet"),
        (["person", cluster().address(template(), "olive"), "list"], "olive may not do this on the server"),
        (["check", f"postgresql://nobody@/nowhere?host={host}"], "did not let you sign on"),
        (
            ["copy", cluster().address(template(), "mo"), str(host / "part.panel")],
            "gives you only the part of the record that is open to you",
        ),
        (["check", "office.panel"], "is not the address of an office server"),
    ):
        assert main(["server", *refused]) == 1
        assert words in capsys.readouterr().err


def test_everybody_works_as_themselves_and_nothing_is_worked_out_from_a_part(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = cluster().new_database(template())
    url = {login: cluster().address(name, login) for login in ("olive", "ivy", "mo", "rex", "postgres")}

    assert main(["rank", url["olive"], "--json"]) == 0
    whole = capsys.readouterr().out
    assert main(["rank", url["rex"], "--json"]) == 0
    assert capsys.readouterr().out == whole
    assert main(["fund", url["olive"], "rename", "ACF", "Neighbourhood Fund"]) == 0
    with cluster().connect(name) as connection:
        newest = connection.execute("SELECT actor, role FROM journal ORDER BY seq DESC").fetchone()
    assert newest == ("Olive Officer", "officer")
    for arguments, words in (
        (["rank", url["mo"]], "The ranked list opens when you have handed in your own score sheets"),
        (["award", url["mo"], "show", "A-1"], "Something of the record is closed to you, and is not looked"),
        (["challenge", url["mo"], "list"], "looks at challenges, not the member"),
        (["register", url["mo"], "show"], "looks at due diligence, not the member"),
        (["verify", url["ivy"]], "An officer who sits on no panel does it"),
        (["backup", url["rex"], str(tmp_path / "a.panel")], "An officer who sits on no panel does it"),
        (["rank", url["postgres"]], "is an administrator of the server, whom no lock holds"),
        (
            ["rank", url["olive"], "--as", "Mo Member"],
            "You are signed on as Olive Officer, so nothing is done as Mo Member",
        ),
        (
            ["fund", url["rex"], "rename", "ACF", "Other"],
            "You have no role in this round and can only read it",
        ),
    ):
        assert main(arguments) == 1
        assert words in capsys.readouterr().err
    assert main(["backup", url["olive"], str(tmp_path / "a.panel")]) == 0
    assert main(["verify", url["olive"]]) == 1  # of the stage that the test's own office was given
    said = [line for line in out(capsys)[1:] if not line.startswith("ok ")]
    assert "Table areas, id 1, column stage" in said[0]
    assert len(said) == 2
    copy = tmp_path / "copy.panel"
    assert main(["server", "check", url["postgres"]]) == 1
    assert "Table areas, id 1, column stage" in capsys.readouterr().out
    assert main(["server", "copy", url["olive"], str(copy)]) == 1
    assert not copy.exists()
    assert main(["server", "copy", url["olive"], str(copy), "--as-it-is"]) == 1
    assert "The copy is marked unsound: Table areas, id 1" in out(capsys)[-1]
    assert main(["verify", str(copy)]) == 1
    assert "Table setting, name unsound: only the record has it" in capsys.readouterr().out
    cluster().drop(name)


def test_who_declared_an_interest_ranks_on_the_server_as_they_do_in_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = str(tmp_path / "office.panel")
    olive, ivy, mo = (cluster().address(marked(), login) for login in ("olive", "ivy", "mo"))
    assert main(["backup", olive, file]) == 0
    as_ivy = ["--as", "Ivy Insider"]

    for command in (
        ["rank", "--json"],
        ["rank", "--area", "Coventry"],
        ["explain", "--application", "ACF-001", "--json"],
        ["explain", "--application", "ACF-002"],
        ["sensitivity", "--json"],
    ):
        capsys.readouterr()
        of_file = (main([command[0], file, *command[1:], *as_ivy]), capsys.readouterr())
        assert (main([command[0], ivy, *command[1:]]), capsys.readouterr()) == of_file
    capsys.readouterr()
    assert main(["rank", ivy, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["applications"]
    (closed,) = (one for one in told if one["reference"] == "ACF-002")
    assert (closed["place"], closed["total"], closed["reasons"]) == (None, None, [YOU_DECLARED])
    for command in (["rank", mo, "--json"], ["explain", mo, "--application", "ACF-001"]):
        assert main(command) == 1
        assert "gives its marks to no member who did" in capsys.readouterr().err
    assert main(["rank", mo, "--area", "Dudley"]) == 0
    assert "ACF-004" in capsys.readouterr().out


def test_the_check_has_a_line_for_each_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = cluster().new_database(template())
    database = cluster().address(name)
    add = ["server", "person", database, "add"]
    for login in ("strong", "gone", "shut"):
        assert main([*add, f"Person {login}", "--role", "reader", "--login", f"{login}.one"]) == 0
    with cluster().connect(name) as connection:
        connection.execute("ALTER TABLE marks NO FORCE ROW LEVEL SECURITY")
        connection.execute("CREATE POLICY mine ON sheets USING (true)")
        connection.execute("ALTER TABLE marks ALTER mark SET STATISTICS 9")
        connection.execute("ANALYZE marks")
        connection.execute("ALTER TABLE marks ALTER mark SET STATISTICS 0")
        connection.execute("UPDATE locks.permissions SET roles = '{member}' WHERE kind = 'erase bodies'")
        connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO PUBLIC')
        connection.execute('ALTER ROLE "strong.one" CREATEROLE')
        connection.execute('ALTER ROLE "shut.one" NOLOGIN')
        connection.execute('DROP OWNED BY "gone.one"; DROP ROLE "gone.one"')
        connection.execute("CREATE VIEW public.others AS SELECT * FROM marks")
        connection.execute("UPDATE locks.logins SET person = 'Dr Person shut' WHERE login = 'shut.one'")
        connection.execute("INSERT INTO people VALUES (900, gen_random_uuid()::text, 'Person shut', '')")
        connection.execute("UPDATE public.alembic_version SET version_num = '0000'")
    old = tmp_path / "office.panel"
    old.touch()
    os.utime(old, (0, 0))
    capsys.readouterr()

    assert main(["server", "check", database, "--copies", str(tmp_path)]) == 1

    told = "\n".join(out(capsys))
    for words in (
        *("The record is of format 0", "Row-level security is not forced on public.marks"),
        *("public.others: not owned by gp_owner", "What stands in marks shows in estimates"),
        *("A policy, guard, function or right was changed", "1 kind of change may be made by others"),
        *("Every login of the server may connect", "strong.one is an administrator's"),
        *("gone.one, which this server does not know", "shut.one does not get in"),
        *("Dr Person shut and Person shut are two people to the record", "The newest copy in"),
    ):
        assert words in told
    assert main(["server", "check", database, "--copies", str(tmp_path / "none")]) == 1
    assert "There is no copy of the record in" in capsys.readouterr().out
    cluster().drop(name)


UNREADABLE = '{"interest":5,"round_id":"x"}'
UNREPEATED = '{"application":"ACF-002","criterion":"A1","member":"M1","replacing":2,"round_id":1,"value":5}'


def test_a_row_that_nobody_can_read_is_named_and_set_aside_by_an_administrator_with_a_reason(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name, viewer = cluster().new_database(template()), Viewer("Olive Officer")
    with cluster().connect(name) as administrator:  # as the journal's own rows made it
        administrator.execute("UPDATE areas SET stage = 'intake'; DELETE FROM signer_interests")
        preparing.close_database(administrator)
    url = cluster().address(name)
    assert main(["server", "check", url]) == 0
    with psycopg.connect(cluster().address(name, "mo")) as connection:
        journal(connection, UNREPEATED)
        connection.commit()
        connection.execute("INSERT INTO interests VALUES (90, 2, 2, 'abstained', '2026-11-03')")
        with pytest.raises(psycopg.Error, match="not of the fields of this kind"):
            journal(connection, UNREADABLE, kind="add interest")
    with cluster().connect(name) as administrator:
        administrator.execute("INSERT INTO interests VALUES (90, 2, 2, 'abstained', '2026-11-03')")
        journal(administrator, UNREADABLE, kind="add interest")
    aside = ["server", "check", url, "--as", "Ada Administrator", "--set-aside"]
    out(capsys)

    assert main(["server", "check", url]) == 1
    assert out(capsys)[0].startswith("Journal row 8 cannot be repeated: Coventry is at the stage")
    assert main([*aside, "7", "--because", "a slip"]) == 1
    assert "No row 7 of the journal needs it" in capsys.readouterr().err
    assert main([*aside, "8"]) == 1
    assert "Say why the row is set aside: --because TEXT." in capsys.readouterr().err
    assert main([*aside, "8", "--because", "made up past the program"]) == 0
    said = capsys.readouterr()
    assert "Row 9, add interest, of Mo Member, " in said.err
    assert UNREADABLE in said.err
    assert "Row 8 and row 9 of the journal set aside." in said.err
    assert said.out.splitlines()[-1].startswith("No fault was found")
    assert "Row 8 and row 9 set aside on" in said.out
    assert "by Ada Administrator; of them replay is not told of interests (1), because: made up" in said.out
    assert (
        "The journal no longer checks what that could change: interest_words, interests, marks and"
        in said.out
    )
    with Record.open(server_address(cluster().address(name, "olive")), Opener("x", "tests")) as record:
        lines = record.ask(lambda session: history(session, viewer))
    assert [line.words for line in lines[:3]] == [
        "Passed over row 8 and row 9 of the journal, because: made up past the program",
        ERASED,
        ERASED,
    ]
    cluster().drop(name)


def test_the_check_says_that_the_files_hold_what_was_erased_until_they_are_written_anew(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = cluster().new_database(template())
    url, olive = cluster().address(name), cluster().address(name, "olive")
    with cluster().connect(name) as administrator:  # as the journal's own rows made it
        administrator.execute("UPDATE areas SET stage = 'intake'; DELETE FROM signer_interests")
        preparing.close_database(administrator)
    assert main(["server", "check", url]) == 0
    assert main(["retention", olive, "erase", "ACF-001", "--ground", "asked for"]) == 0
    out(capsys)

    assert main(["server", "check", url]) == 1
    assert out(capsys)[0].startswith("VACUUM FULL is due: words were erased on ")
    assert main(["server", "vacuum", url]) == 0
    out(capsys)
    assert main(["server", "check", url]) == 0
    cluster().drop(name)


RANKED, DECIDED = ("--round", "Autumn round"), ("--round", "Round 2")
"""Of the sample's rounds one that is ranked, and one in which areas are decided."""
ASKED = (
    ("rank", *RANKED),
    ("explain", *RANKED, "--application", "ACF-006", "--json"),
    ("sensitivity", *RANKED, "--draws", "50"),
    ("budget", "--fund", "Active Citizens Fund", "--year", "2026/27", "--json"),
    ("award", "list", "--json"),
    ("held", "--person", "Rosalind Achterberg", "--json"),
)
PAPERS = (
    ("schedule-xlsx", "xlsx", *RANKED),
    ("finance", "xlsx", *DECIDED),
    ("call", "docx", *RANKED),
    ("publication", "csv", "--month", "2026-11"),
    ("governance", "docx"),
    ("360giving", "json", *DECIDED, "--prefix", "360G-oxmere", "--funder", "GB-LAE-OXM"),
)


class AtNoon(datetime):
    """A moment at which both papers are made."""

    @classmethod
    def now(cls, zone: tzinfo | None = None) -> "AtNoon":
        return cls(2028, 3, 31, 12, tzinfo=zone)


class Both(Struct, frozen=True):
    """The sample record, in a file and on a server."""

    file: Path
    url: str


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("both")
    made_sample(folder / "sample.panel")
    name = cluster().new_database()
    url = cluster().address(name)
    with Record.open(folder / "sample.panel", Opener("Grace Okoro", "tests")) as record:
        load(record, server_address(url))
    yield Both(folder / "sample.panel", url)
    cluster().drop(name)


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_what_is_asked_is_answered_alike(asked: tuple[str, ...], both: Both, run: Run) -> None:
    from_file, from_server = (run(asked[0], of, *asked[1:]) for of in (both.file, both.url))

    assert from_file.status == 0
    assert from_server == from_file


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind[0])
def test_a_paper_is_the_same_to_the_byte(
    kind: tuple[str, ...], both: Both, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.papers.export.datetime", AtNoon)
    (name, ending, *rest), made = kind, []
    for number, record in enumerate((both.file, both.url)):
        paper = tmp_path / str(number) / f"{name}.{ending}"
        paper.parent.mkdir()
        ran = run("export", record, name, *rest, "--out", paper)
        assert ran.status == 0, ran.err
        made.append(paper.read_bytes())

    assert made[0] == made[1]


@pytest.mark.usefixtures("unlocked")
def test_a_record_is_made_filled_and_opened_by_its_address(run: Run, database: str, workbook: Path) -> None:
    made = run("new", database, "--office", "Office of Oxmere")
    loaded = run("load", database, workbook)
    checked = run("verify", database)
    again = run("new", database)

    assert (made.status, loaded.status, checked.status, again.status) == (0, 0, 0, 1)
    assert made.out.startswith(f"Made {database}. The record has 6 funds")
    assert checked.out.endswith("Everything is in order.\n")
    assert "already. Nothing was changed. Open it instead." in again.err


@pytest.mark.usefixtures("unlocked")
def test_a_record_is_loaded_by_command_and_copied_back(
    run: Run, database: str, record: Path, tmp_path: Path
) -> None:
    loaded = run("server", "load", database, record)
    copied = run("server", "copy", database, tmp_path / "back.panel")
    again = run("server", "copy", database, tmp_path / "back.panel")
    checked = run("verify", tmp_path / "back.panel")

    assert (loaded.status, copied.status, again.status, checked.status) == (0, 0, 1, 0)
    assert loaded.out.splitlines()[1] == f"Now set the locks: grant-panel server prepare '{database}'"
    assert loaded.out.partition(", at row ")[2].partition(".")[0] in copied.out
    assert "is there already" in again.err


@pytest.mark.usefixtures("unlocked")
def test_what_only_a_file_can_and_what_is_no_address_is_a_sentence(run: Run, tmp_path: Path) -> None:
    url = "postgresql://priya:s3cret@db.invalid/grants"
    for arguments, said in (
        (
            ("restore", tmp_path / "copy.panel", url),
            "is on an office server, and this can be done only with a record in",
        ),
        (("new", url, "--encrypt"), "A record on an office server has no passphrase"),
        (("rank", "postgresql://db.invalid"), "That address names no database."),
        (("rank", "postgresql:/priya:s3cret@db.invalid/grants"), "That address cannot be read."),
        (("rank", f"POST{url[4:]}?sslmode=disable"), "asks for a connection that is not fully protected"),
        (
            ("rank", "postgresql://priya@localhost/grants?hostaddr=192.0.2.1&sslmode=disable"),
            "asks for a connection that is not fully protected",
        ),
        (("rank", f"{url}?sslmode=disable"), "asks for a connection that is not fully protected"),
    ):
        ran = run(*arguments)
        assert (ran.status, ran.out) == (1, "")
        assert said in ran.err
        assert "s3cret" not in ran.err
