"""The command on a record on an office server: an address instead of a file, and the same answers."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from msgspec import Struct

from models.copies.office_server import load
from models.record import Opener, Record
from models.store.locks import preparing
from models.store.places import server_address
from tests.cli.conftest import Ran, Run
from tests.demo import made_sample
from tests.models.store.locks.an_office import template
from tests.server import cluster

pytestmark = pytest.mark.usefixtures("unlocked")
RANKED, DECIDED = ("--round", "Autumn round"), ("--round", "Round 2")
"""Of the sample's rounds one that is ranked, and one in which areas are decided."""

ASKED = (
    ("rank", *RANKED),
    ("rank", *DECIDED, "--json"),
    ("explain", *RANKED, "--application", "ACF-006", "--json"),
    ("sensitivity", *RANKED, "--draws", "50"),
    ("office",),
    ("fund", "list", "--json"),
    ("budget", "--fund", "Active Citizens Fund", "--year", "2026/27", "--json"),
    ("award", "list", "--json"),
    ("signatories", *RANKED),
    ("recommend", *RANKED),
    ("organisations", "list", "--json"),
    ("held", "--person", "Rosalind Achterberg", "--json"),
)
PAPERS = (
    ("schedule-xlsx", "xlsx", *RANKED),
    ("schedule-pdf", "pdf", *DECIDED, "--area", "Walsall"),
    ("finance", "xlsx", *DECIDED),
    ("call", "docx", *RANKED),
    ("minutes", "docx", *DECIDED, "--area", "Walsall"),
    ("publication", "csv", "--month", "2026-11"),
    ("tables", "xlsx", "--year", "2026/27"),
    ("governance", "docx"),
    ("monitoring", "xlsx", *DECIDED),
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


def _both_ways(run: Run, both: Both, command: str, *rest: str) -> tuple[Ran, Ran]:
    return run(command, both.file, *rest), run(command, both.url, *rest)


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_what_is_asked_is_answered_alike(asked: tuple[str, ...], both: Both, run: Run) -> None:
    from_file, from_server = _both_ways(run, both, *asked)

    assert from_file.status == 0
    assert from_server == from_file


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


def test_a_record_is_made_filled_and_opened_by_its_address(run: Run, database: str, workbook: Path) -> None:
    made = run("new", database, "--office", "Office of Oxmere")
    loaded = run("load", database, workbook)
    checked = run("verify", database)
    again = run("new", database)

    assert (made.status, loaded.status, checked.status, again.status) == (0, 0, 0, 1)
    assert made.out.startswith(f"Made {database}. The record has 6 funds")
    assert checked.out.endswith("Everything is in order.\n")
    assert "already. Nothing was changed. Open it instead." in again.err


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


def test_everything_is_done_as_the_person_who_is_signed_on(run: Run) -> None:
    officer, member = (cluster().address(template(), login) for login in ("olive", "mo"))

    ranked = run("rank", officer)
    as_another = run("rank", officer, "--as", "Cara Chair")
    in_part = run("rank", member)

    assert (ranked.status, as_another.status, in_part.status) == (0, 1, 1)
    assert "You are signed on as Olive Officer, so nothing is done as Cara Chair." in as_another.err
    assert "The ranked list opens when you have handed in your own score sheets" in in_part.err


def test_the_chair_records_recommendations_as_the_chair(run: Run) -> None:
    database = cluster().new_database(template())
    with cluster().connect(database) as administrator:
        administrator.execute("UPDATE areas SET stage = 'recommending'")
        preparing.close_database(administrator)

    recorded = run("recommend", cluster().address(database, "cara"), "--round", "Autumn", "--accept")

    assert recorded.status == 0, recorded.err
    assert "recorded" in recorded.out
    cluster().drop(database)


def test_what_only_a_file_can_and_what_is_no_address_is_a_sentence(run: Run, tmp_path: Path) -> None:
    url = "postgresql://priya:s3cret@db.invalid/grants"
    for arguments, said in (
        (
            ("restore", tmp_path / "copy.panel", url),
            "is on an office server, and this can be done only with a record in",
        ),
        (("new", url, "--encrypt"), "A record on an office server has no passphrase"),
        (("rank", "postgresql://db.invalid"), "That address names no database."),
        (("rank", "postgresql://db.invalid:port/grants"), "That address cannot be read."),
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
