"""Packs out and returns in by the command."""

import errno
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import asdict

from cli.command import main
from exchange.pack_files import open_return, seal_text
from models.operation import Actor
from models.operations.applications.attachments import AttachFiles, TickAttachments, put_attached
from models.operations.panel.members import Declare
from models.operations.panel.sheets import HandIn, SetMark
from models.queries.applications.attachments import attachments_of_round, content_of
from models.record import Opener, Record
from models.store.sqlite import backup
from models.values.attachments import APPLICATION, Subject, kept_file
from models.values.rows import InterestRow
from scoring.round import InterestKind
from tests.cli.conftest import Run
from tests.models.packed_rounds import ANN, mark, office
from tests.models.rounds import OFFICER
from tests.paper_text import word_text

PACK_WORDS, OWN_WORDS = "six words for the pack only", "six very plain words of her own"
ROUND = ("--round", "Autumn")
OFFICE, PACK, HOME = "office.panel", "ann.gpack", "ann.panel"


def file_of(folder: Path, passphrase: str) -> Path:
    """Write a file that holds a passphrase."""
    path = folder / f"{abs(hash(passphrase))}.txt"
    path.write_text(f"{passphrase}\n", encoding="utf-8")
    return path


@pytest.fixture
def words(tmp_path: Path) -> Callable[[str], Path]:
    """Return a file that holds a passphrase."""
    return partial(file_of, tmp_path)


@pytest.fixture(scope="module")
def made_packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the office's record before a pack and after, the pack, and M1's own record from it."""
    folder = tmp_path_factory.mktemp("packs")
    before, after, pack, home = (folder / name for name in ("before.panel", OFFICE, PACK, HOME))
    with Record.create(before, Opener("Grace Okoro", "tests")) as record:
        office(record)
    shutil.copy(before, after)
    sealed = ["--pack-passphrase-file", str(file_of(folder, PACK_WORDS))]
    own = ["--passphrase-file", str(file_of(folder, OWN_WORDS))]
    assert main(["pack", str(after), *ROUND, "--member", "M1", "--out", str(pack), *sealed]) == 0
    assert main(["open-pack", str(pack), str(home), *own, *sealed]) == 0
    give(home, 4)
    return folder


@pytest.fixture
def office_path(made_packs: Path, tmp_path: Path) -> Path:
    """A closed record with a round that M1 is to score."""
    return Path(shutil.copy(made_packs / "before.panel", tmp_path / OFFICE))


@pytest.fixture
def pack(made_packs: Path, office_path: Path, tmp_path: Path) -> Path:
    """A pack for M1, written by the command."""
    shutil.copy(made_packs / OFFICE, office_path)
    return Path(shutil.copy(made_packs / PACK, tmp_path))


@pytest.fixture
def home(made_packs: Path, pack: Path, tmp_path: Path) -> Path:
    """M1's own record with a mark in it."""
    return Path(shutil.copy(made_packs / HOME, tmp_path))


def give(path: Path, value: int, replacing: int | None = None) -> None:
    """Give A1 of ACF-001 a mark in M1's own record."""
    with Record.open(path, Opener("Ann Sample", "tests"), key=OWN_WORDS) as record:
        ann = Actor("Ann Sample", "member")
        if replacing is None:
            record.perform(Declare(1, "M1", (InterestRow("M1", None, InterestKind.NONE),)), ann)
        record.perform(SetMark(1, "M1", "ACF-001", "A1", value, replacing), ann)


def made(run: Run, home: Path, words: Callable[[str], Path], name: str = "ann.greturn") -> Path:
    """Make a return by the command."""
    out = home.with_name(name)
    files = ("--passphrase-file", words(OWN_WORDS), "--pack-passphrase-file", words(PACK_WORDS))
    assert [run("make-return", home, *bad, *files).status for bad in ((), (out, "--out", out))] == [2, 2]
    ran = run("make-return", *files, home, out)
    assert (ran.status, "Your receipt: code" in ran.out) == (0, True), ran.err
    return out


@pytest.fixture
def with_files(office_path: Path) -> Path:
    """The office's record with a quote that was read, one that was not, and a form."""
    with Record.open(office_path, Opener("Grace Okoro", "tests")) as record:
        contents = (b"the quote", b"an unread quote", b"the form")
        of = asdict(Subject(APPLICATION, 1, "ACF-001"))
        kinds = ("quote", "quote", "form")
        files = tuple(
            kept_file("a.pdf", content, kind) for content, kind in zip(contents, kinds, strict=True)
        )
        record.perform_beside(
            AttachFiles(**of, files=files), partial(put_attached, contents=contents), OFFICER
        )
        record.perform(TickAttachments(**of, numbers=(1,)), OFFICER)
    return office_path


def held_at_home(path: Path) -> list[bytes | None]:
    with Record.open(path, Opener("Ann Sample", "tests"), key=OWN_WORDS) as record:
        files = record.ask(attachments_of_round, 1).get("ACF-001", ())
        return [record.ask(content_of, one) for one in files]


def test_attachments_go_with_a_pack_and_their_size_is_said_before(
    run: Run, with_files: Path, words: Callable[[str], Path], tmp_path: Path
) -> None:
    out, home = tmp_path / "ann.gpack", tmp_path / "ann.panel"
    order = ("--member", "M1", "--out", out)
    sealed = ("--pack-passphrase-file", words(PACK_WORDS))
    before = journal_row(with_files)

    told = run("pack", with_files, *ROUND, *order, "--dry-run", "--json")
    dry = run("pack", with_files, *ROUND, *order, "--dry-run")

    assert told.json["attachments"] == [{"kind": "quote", "count": 1, "size": 9}]
    assert told.json["staying"] == [
        {"why": "not ticked as read: no contacts, no bank details", "count": 1},
        {"why": "of a kind that never leaves the office", "count": 1},
    ]
    assert "A pack for Ann Sample: 3 applications, 1 file, 1 KB attached." in dry.out
    assert "1 file of a kind that never leaves the office." in dry.out
    assert (journal_row(with_files), out.exists()) == (before, False)

    assert run("pack", with_files, *ROUND, *order, *sealed).status == 0
    own = ("--passphrase-file", words(OWN_WORDS), *sealed)
    ran = run("open-pack", out, home, *own)

    assert ran.status == 0, ran.err
    assert held_at_home(home) == [b"the quote"]

    newer = ("--member", "M1", "--out", tmp_path / "newer.gpack", "--attachments", "none")
    assert run("pack", with_files, *ROUND, *newer, *sealed).status == 0
    assert run("open-pack", tmp_path / "newer.gpack", home, *own).status == 0
    assert held_at_home(home) == []


@pytest.mark.parametrize(
    "kind", ["form", "e-mail", "bank", "identity", "not sorted", "quote, form", "quotes"]
)
def test_no_choice_lets_a_closed_kind_into_a_pack(
    run: Run, with_files: Path, words: Callable[[str], Path], tmp_path: Path, kind: str
) -> None:
    options = ("--out", tmp_path / "ann.gpack", "--pack-passphrase-file", words(PACK_WORDS))

    ran = run("pack", with_files, *ROUND, "--member", "M1", *options, "--attachments", kind)

    assert (ran.status, (tmp_path / "ann.gpack").exists()) == (1, False)
    assert "goes into a pack. Choose of accounts, rules, quote" in ran.err


def test_a_short_passphrase_is_refused_and_a_pack_is_good_until_its_day(
    run: Run, office_path: Path, words: Callable[[str], Path], tmp_path: Path
) -> None:
    asked = ("pack", office_path, *ROUND, "--member", "M1", "--out", tmp_path / "x.gpack", "--json")
    asked = (*asked, "--expires", "2026-12-24", "--pack-passphrase-file")

    short, good = run(*asked, words("short")), run(*asked, words(PACK_WORDS))

    assert (short.status, "at least 14" in short.err) == (1, True)
    assert good.json["expires"] == "2026-12-24"


def test_a_round_trip_by_the_command(
    run: Run, office_path: Path, home: Path, words: Callable[[str], Path]
) -> None:
    back = made(run, home, words)
    options = ("--pack-passphrase-file", words(PACK_WORDS))
    before = office_path.read_bytes()

    dry = run("merge", office_path, back, "--dry-run", "--json", *options)
    assert dry.status == 0, dry.err
    assert (dry.json["merged"], dry.json["new"], dry.json["differ"]) == (False, 1, 0)
    assert office_path.read_bytes() == before

    done = run("merge", office_path, back, "--as", "Grace Okoro", *options)
    assert "ACF-001 A1: 4 (was no mark)" in done.out
    assert "1 new, 0 differ, 0 refused." in done.out
    assert backup.newest(office_path) is not None

    again = run("merge", office_path, back, back, *options)
    assert (again.status, again.out.splitlines()[-1]) == (
        0,
        "There is nothing new in it. Nothing was changed.",
    )
    assert run("verify", office_path).status == 0


def test_a_return_says_what_is_handed_in_and_what_is_missing(
    run: Run, home: Path, words: Callable[[str], Path]
) -> None:
    with Record.open(home, Opener("Ann Sample", "tests"), key=OWN_WORDS) as record:
        for criterion in ("A2", "A6"):
            mark(record, "ACF-001", criterion, 4, None)
        record.perform(HandIn(1, "M1", "ACF-001"), ANN)
    files = ("--passphrase-file", words(OWN_WORDS), "--pack-passphrase-file", words(PACK_WORDS))

    ran = run("make-return", home, "--out", home.with_name("ann.greturn"), *files)

    assert "return 1 of Ann Sample. 1 of 3 sheets handed in, 2 still to score." in ran.out


def test_a_wrong_passphrase_pack_or_place_changes_nothing(
    run: Run, office_path: Path, home: Path, words: Callable[[str], Path], tmp_path: Path, pack: Path
) -> None:
    back = made(run, home, words)
    before = office_path.read_bytes()

    for path, why in (
        (tmp_path / "report.txt", "neither"),
        (office_path, "record"),
        (tmp_path / "nowhere" / "report.pdf", "no folder"),
    ):
        ran = run("merge", office_path, back, "--report", path, "--pack-passphrase-file", words(PACK_WORDS))
        assert ran.status == 1
        assert why in ran.err
    assert office_path.read_bytes() == before

    wrong = ("--pack-passphrase-file", words("not the words at all"))

    merged = run("merge", office_path, back, *wrong)
    assert (merged.status, "ann.greturn" in merged.err) == (1, True)
    assert office_path.read_bytes() == before
    opened = run("open-pack", pack, tmp_path / "b.panel", "--passphrase-file", words(OWN_WORDS), *wrong)
    assert opened.status == 1
    assert not (tmp_path / "b.panel").exists()
    give(home, 5, 4)
    out = tmp_path / "second.greturn"
    returned = run("make-return", home, "--out", out, "--passphrase-file", words(OWN_WORDS), *wrong)
    assert (returned.status, "not the passphrase of the pack" in returned.err) == (1, True)
    assert not out.exists()

    text = open_return(back.read_bytes(), PACK_WORDS)[1]
    swapped = tmp_path / "swapped.greturn"
    swapped.write_bytes(seal_text("return", "another", text, PACK_WORDS))

    ran = run("merge", office_path, swapped, "--pack-passphrase-file", words(PACK_WORDS))

    assert (ran.status, "does not match its label" in ran.err) == (1, True)


def test_what_belongs_to_the_office_is_refused_in_a_members_own_record(
    run: Run, home: Path, words: Callable[[str], Path], tmp_path: Path
) -> None:
    own = ("--passphrase-file", words(OWN_WORDS))

    for arguments in (
        ("rank", home),
        ("explain", home, "--application", "ACF-001"),
        ("export", home, "schedule-xlsx", *ROUND, "--out", tmp_path / "x.xlsx"),
        ("sensitivity", home),
        ("recommend", home, *ROUND),
        ("pack", home, *ROUND, "--member", "M1", "--out", tmp_path / "x.gpack"),
    ):
        ran = run(*arguments, *own)
        assert ran.status == 1
        assert "panel member's own record" in ran.err
    assert not (tmp_path / "x.xlsx").exists()


def test_another_laptop_needs_the_code_on_the_receipt(
    run: Run, office_path: Path, home: Path, pack: Path, words: Callable[[str], Path], tmp_path: Path
) -> None:
    wrong, right = words("another one that fits none"), words(PACK_WORDS)
    options = ("--pack-passphrase-file", wrong, "--pack-passphrase-file", right)
    assert run("merge", office_path, made(run, home, words), *options).status == 0
    second = tmp_path / "second.panel"
    files = ("--passphrase-file", words(OWN_WORDS), "--pack-passphrase-file", words(PACK_WORDS))
    assert run("open-pack", pack, second, *files).status == 0
    give(second, 1)
    back = made(run, second, words, "second.greturn")

    refused = run("merge", office_path, back, *options)
    code = run("merge", office_path, back, "--dry-run", "--json", *options).json["members"][0]["new_key"]
    taken = run("merge", office_path, back, "--code", code, *options)

    assert (refused.status, code in refused.err) == (1, True)
    assert taken.status == 0
    assert "ACF-001 A1: here 4, return 1" in taken.out


def test_a_diverged_copy_is_taken_in_by_the_command(run: Run, office_path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(office_path, tmp_path / "laptop.panel"))
    for path, criterion, value in ((office_path, "A1", 5), (copy, "A1", 4), (copy, "A2", 2)):
        with Record.open(path, Opener("Grace Okoro", "tests")) as record:
            given = SetMark(1, "M1", "ACF-001", criterion, value, None, from_paper=True)
            record.perform(given, Actor("Grace Okoro"))
    report = tmp_path / "report.docx"

    dry = run("merge", office_path, "--copy", copy, "--dry-run")
    assert "ACF-001 A2: 2 (was no mark)" in dry.out
    assert "ACF-001 A1: here 5, copy 4; decide it on Packs" in dry.out
    done = run("merge", office_path, "--copy", copy, "--json", "--report", report, "--as", "Grace Okoro")
    assert (done.json["merged"], done.json["new"], done.json["differ"]) == (True, 1, 1)
    assert "laptop.panel" in word_text(report)
    assert not run("merge", office_path, "--copy", copy, "--json").json["merged"]
    assert run("verify", office_path).status == 0


def journal_row(path: Path) -> int:
    with Record.open(path, Opener("Grace Okoro", "tests")) as record:
        return record.head().seq


@pytest.mark.parametrize("place", ["nowhere/ann.gpack", "folder", "file.txt/ann.gpack"])
def test_a_pack_for_a_bad_place_is_neither_issued_nor_asked_about(
    run: Run, office_path: Path, words: Callable[[str], Path], place: str
) -> None:
    (office_path.parent / "folder").mkdir()
    (office_path.parent / "file.txt").touch()
    before = journal_row(office_path)

    out = office_path.parent / place
    options = ("--member", "M1", "--out", out, "--pack-passphrase-file", words(PACK_WORDS))
    ran = run("pack", office_path, *ROUND, *options)

    assert ran.status == 1
    assert "Nothing was issued" in ran.err
    assert journal_row(office_path) == before
    assert [file for file in office_path.parent.rglob("*.part-*") if file.is_file()] == []


def test_a_pack_that_cannot_be_written_or_put_in_place_is_told(
    run: Run, office_path: Path, words: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, out = journal_row(office_path), office_path.with_name("ann.gpack")
    monkeypatch.setattr("exchange.pack_files._write_all", _full)

    options = ("--member", "M1", "--out", out, "--pack-passphrase-file", words(PACK_WORDS))
    ran = run("pack", office_path, *ROUND, *options)

    assert (ran.status, journal_row(office_path)) == (1, before)
    assert "ann.gpack could not be written because the disk is full" in ran.err
    assert "nothing was changed" in ran.err

    monkeypatch.undo()
    monkeypatch.setattr("exchange.atomic._put_in_place", _full)
    ran = run("pack", office_path, *ROUND, *options)

    assert (ran.status, journal_row(office_path)) == (1, before + 1)
    assert "It is in the record, but ann.gpack could not be written." in ran.err
    assert "nothing was changed" not in ran.err.lower()


def _full(*rest: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")
