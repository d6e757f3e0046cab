"""Files attached, listed, saved, described, removed and erased by the command."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, Says


@pytest.fixture
def attached(decided: Path, run: Run, tmp_path: Path) -> Path:
    """A record with two files on its first application."""
    (tmp_path / "quote.pdf").write_bytes(b"three benches")
    (tmp_path / "plan.jpg").write_bytes(b"a plan")
    files = (tmp_path / "quote.pdf", tmp_path / "plan.jpg")
    ran = run("attach", decided, "ACF-001", *files, "--kind", "quote", "--received", "3 Nov 2026")
    assert (ran.status, ran.out) == (0, "2 files attached to ACF-001.\n")
    return decided


def test_files_are_listed_described_and_saved(attached: Path, run: Run, done: Says, tmp_path: Path) -> None:
    (one, _) = run("attachments", attached, "list", "ACF-001", "--json").json["attachments"]
    assert (one["number"], one["of"], one["about"], one["name"]) == (1, "ACF-001", "application", "quote.pdf")
    assert (one["kind"], one["bytes"], one["may_leave"], one["read_by"]) == ("quote", 13, False, None)
    assert one["received_at"] == "2026-11-03T00:00:00"

    done("attachments", attached, "set", "1", "--name", "benches.pdf", "--read", "yes", "--as", "Grace Okoro")
    (named, _) = run("attachments", attached, "list", "--json").json["attachments"]
    assert (named["name"], named["may_leave"], bool(named["read_by"])) == ("benches.pdf", True, True)
    assert "benches.pdf" in run("attachments", attached, "list").out

    out = tmp_path / "out"
    for names in (["benches.pdf", "plan.jpg"], ["benches (2).pdf", "plan (2).jpg"]):
        saved = run("attachments", attached, "save", out, "--json").json["saved"]
        assert [Path(one["file"]).name for one in saved] == names
        assert Path(saved[0]["file"]).read_bytes() == b"three benches"
    assert "A copy is not encrypted" in run("attachments", attached, "save", out, "ACF-001").out
    assert run("verify", attached).status == 0


def test_files_are_removed_and_erased(attached: Path, run: Run) -> None:
    assert run("attachments", attached, "remove", "2").out == "1 file of ACF-001 removed.\n"
    assert [one["number"] for one in run("attachments", attached, "list", "--json").json["attachments"]] == [
        1
    ]
    assert run("attachments", attached, "erase", "1", "--ground", "asked for").status == 0
    assert run("attachments", attached, "list").out == "No file is attached.\n"
    assert "There is no file 1 on the list." in run("attachments", attached, "remove", "1").err
    ran = run("attachments", attached, "erase", "2", "--ground", "it was of somebody else")
    assert "1 file of ACF-001 erased: bytes and names are gone" in ran.out
    assert (
        "There is no file 2 on the list." in run("attachments", attached, "erase", "2", "--ground", "x").err
    )
    assert run("verify", attached).status == 0


def test_removed_files_are_listed_with_who_and_when_and_put_back(attached: Path, run: Run) -> None:
    run("attachments", attached, "remove", "2", "--as", "Grace Okoro")
    (gone,) = run("attachments", attached, "list", "--removed", "--json").json["attachments"]
    assert (gone["number"], gone["of"], gone["name"]) == (2, "ACF-001", "plan.jpg")
    assert gone["removed_by"] == "Grace Okoro"
    assert gone["removed_at"]
    assert "Grace Okoro" in run("attachments", attached, "list", "ACF-001", "--removed").out
    assert run("attachments", attached, "remove", "1", "1").out == "1 file of ACF-001 removed.\n"
    assert run("attachments", attached, "remove", "1", "--back").status == 0
    assert run("attachments", attached, "list", "ACF-002", "--removed").out == "No file was removed.\n"

    assert run("attachments", attached, "remove", "2", "--back").out == "1 file of ACF-001 put back.\n"
    assert run("attachments", attached, "list", "--removed", "--json").json["attachments"] == []
    assert "is there already" in run("attachments", attached, "remove", "2", "--back").err
    assert len(run("attachments", attached, "list", "--json").json["attachments"]) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ACF-01", "quote.pdf"), "There is no application ACF-01 in the record. Did you mean ACF-0"),
        (
            ("Nobody at all", "quote.pdf"),
            "No application, award, round or organisation “Nobody at all” is in",
        ),
        (("ACF-001", "empty.pdf"), "empty.pdf is empty. Ask for it again."),
        (("ACF-001", "."), "is not attached: it is a folder, not a file. Name the files themselves."),
        (
            ("ACF-001", "large.pdf"),
            "has 26,214,401 bytes, and a file may have 26,214,400 (25 MB). Make it smaller.",
        ),
        (("ACF-001", "quote.pdf", "--received", "1 May 2010"), "is more than five years from today"),
        (("ACF-001", "quote.pdf", "--kind", "cake"), "There is no kind of file “cake”."),
        (("ACF-001", "quote.pdf", "same.pdf"), "quote.pdf is named twice, or under two"),
    ],
)
def test_what_is_not_attached_is_said(
    decided: Path, run: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    for name, content in (("quote.pdf", b"a"), ("same.pdf", b"a"), ("empty.pdf", b"")):
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "large.pdf").open("wb") as large:
        large.truncate(26_214_401)
    subject, *others = arguments
    files = [tmp_path / one if "." in one else one for one in others]
    ran = run("attach", decided, subject, *files)

    assert ran.status != 0
    assert words in ran.err
    assert run("attachments", decided, "list").out == "No file is attached.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--name", ""), "Give the file a name."),
        (("--read", "no"), "File 1, quote.pdf, is not ticked as read by now."),
        ((), "Nothing is changed: give --name, --kind or --read."),
    ],
)
def test_what_is_not_changed_is_said(
    attached: Path, run: Run, arguments: tuple[str, ...], words: str
) -> None:
    ran = run("attachments", attached, "set", "1", *arguments)
    assert (ran.status, words in ran.err) == (1, True)
