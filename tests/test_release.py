"""The papers of a release: its list of parts, its notes, and the news that the program checks."""

import base64
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exchange.version_news import read_news
from tests.test_packaging import FOLDER, ROOT, of

__all__ = ["of"]
WORKFLOWS = tuple((ROOT / ".github" / "workflows").glob("*.yml"))
PROGRAMS = ("grant-panel.exe", "grant-panel-reader.exe", "grant-panel-window.exe")


def test_notes_are_what_the_list_of_changes_says_of_the_version(of: object) -> None:
    release = of("release")  # type: ignore[operator]
    changes = "# Changes\n\n## 0.2.0, 1 December 2026\n\n- One.\n\n## 0.1.0\n\n- Two.\n"

    assert release.notes(changes, "0.2.0") == "# Grant Panel 0.2.0\n\n- One.\n"
    with pytest.raises(ValueError, match=r"says nothing of 0\.3\.0"):
        release.notes(changes, "0.3.0")
    ours = release.notes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), release.version())
    assert len(ours) < release.MOST_LETTERS / 2, "somebody reads it"
    with pytest.raises(ValueError, match=r"more of 0\.2\.0 than the 125,000 letters"):
        release.notes(f"{changes}\n## 0.2.0\n".replace("One.", "One. " * 30_000), "0.2.0")


def test_signed_news_are_read_by_the_program(
    of: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = of("release")  # type: ignore[operator]
    secret, public = (line.partition("=")[2] for line in release.new_key().splitlines())
    set_up, told = tmp_path / "set-up.exe", tmp_path / "newest.txt"
    set_up.write_bytes(b"")
    monkeypatch.setenv(release.SIGNING_KEY, secret)

    told.write_text(
        release.answer("news", [str(set_up)], datetime(2026, 12, 1, tzinfo=UTC)), encoding="utf-8"
    )

    key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(secret)).public_key()
    assert base64.b64encode(key.public_bytes_raw()).decode() == public
    found = read_news(told, key)
    assert found.version == release.version()
    # the SHA-256 of no bytes
    assert found.sums == (("set-up.exe", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),)


def test_a_tag_of_another_version_is_refused(of: object, capsys: pytest.CaptureFixture[str]) -> None:
    release = of("release")  # type: ignore[operator]

    assert release.main(["check", f"v{release.version()}"]) == 0
    assert release.main(["check", "v9.9.9"]) == 1
    assert "the tag is v9.9.9" in capsys.readouterr().err


def test_every_action_is_pinned_by_a_commit_with_its_version_beside_it() -> None:
    lines = (line.strip() for file in WORKFLOWS for line in file.read_text("utf-8").splitlines())
    used = [line for line in lines if "uses:" in line]

    assert used
    assert [line for line in used if not re.search(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


def test_every_program_for_windows_is_signed_the_uninstaller_before_it_is_packed() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    steps = text[text.index("  windows:") : text.index("  linux:")].split("\n      - ")
    signed = "\n".join(step for step in steps if "trusted-signing-action" in step)
    packed = next(step for step in steps if step.startswith("name: Pack the set-up"))
    taken = next(step for step in steps if step.startswith("name: Take the uninstaller out"))

    for program in (*PROGRAMS, "uninstall.exe"):
        assert f"\\{program}\n" in f"{signed}\n", program
    assert "files-folder-filter: exe" in signed  # the set-up
    assert "-DUNINSTALLER=copy /Y %1 $pwd\\dist\\sign\\uninstall.exe" in taken
    assert "-DUNINSTALLER=copy /Y $pwd\\dist\\sign\\uninstall.exe %1" in packed
    assert "!uninstfinalize '${UNINSTALLER}' = 0" in (FOLDER / "windows/set-up.nsi").read_text("utf-8")
