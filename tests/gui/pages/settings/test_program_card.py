"""Settings: what the organisation set for this computer holds and is said; news of a version are checked."""

from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from exchange import version_news
from exchange.version_news import VersionNews, signed_text
from gui.access.passphrase_new import ENCRYPTED_HERE
from gui.app import Window
from gui.dialogs.files import FileDialogs, Kind
from gui.listed.form import DataForm
from gui.settings import Settings
from gui.theme.glyphs import Lettering
from models.reference.defaults import OrganisationDefaults
from tests.gui.pressing import box_of, told, words_in

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def organisation(tmp_path: Path) -> OrganisationDefaults:
    return OrganisationDefaults(
        record_folder=tmp_path,
        backup_folder=tmp_path / "server",
        lock_minutes=5,
        marking="OFFICIAL-SENSITIVE",
        font="computer",
        may_leave_plain=(),
        faults=("defaults.toml beside the program sets “colour”, which does not exist.",),
    )


@pytest.fixture
def settings(tmp_path: Path, organisation: OrganisationDefaults) -> Settings:
    """Settings on a computer of that organisation."""
    return Settings(tmp_path / "settings", organisation)


def test_what_the_organisation_set_holds_and_is_said(
    window: Window, tmp_path: Path, organisation: OrganisationDefaults
) -> None:
    window.controller.first_run.ask_protection(tmp_path / "Office.panel")
    dialog = box_of(window, DataForm)
    page = window.main.pages.page("settings")

    assert "plain" not in dialog.fields
    assert ENCRYPTED_HERE in words_in(dialog)
    assert not page.security.idle.isEnabled()
    assert page.security.idle.currentText() == "After 5 minutes without use"
    assert window.settings.lettering is Lettering.COMPUTER
    assert [line.text() for line in page.program.sets] == [
        "Your organisation has set for this computer:",
        f"Records are first looked for in {tmp_path}.",
        f"Each day's copy is kept in {tmp_path / 'server'} as well.",
        "Locked automatically: after 5 minutes without use.",
        "The funds of a new record are marked OFFICIAL-SENSITIVE at least.",
        "The font is the computer's own, unless you choose another.",
        "A record may be left without encryption by nobody.",
        *organisation.to_correct,
    ]
    dialog.reject()
    window.tell_faults()
    assert told(window) == " ".join(organisation.to_correct)


def test_a_record_is_first_looked_for_where_the_organisation_keeps_them(
    window: Window, tmp_path: Path, organisation: OrganisationDefaults
) -> None:
    files = FileDialogs(window.main, window.settings)
    new, away = tmp_path / "new", tmp_path / "away" / "Grants"

    assert files.folder(Kind.RECORD) == tmp_path
    assert files.folder(Kind.PAPERS) != tmp_path
    window.settings.organisation = replace(organisation, record_folder=new)
    assert files.folder(Kind.RECORD) == new, "made on a new computer"
    assert new.is_dir()
    window.settings.organisation = replace(organisation, record_folder=away)
    assert files.folder(Kind.RECORD) != away, "a share that is away is not made anew"


def test_news_of_a_version_are_checked_and_said(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.main.pages.page("settings")
    news = tmp_path / "newest.txt"
    news.write_text(signed_text(VersionNews("9.0.0", date(2026, 12, 1), (("set-up.exe", "0f" * 32),)), KEY))

    page.program.open(news)
    assert "was not built for release" in page.program.says.text()

    monkeypatch.setattr(version_news, "makers_key", KEY.public_key)
    page.program.open(news)
    assert "Version 9.0.0, released on 1 December 2026, is newer than this one" in page.program.says.text()
    assert f"set-up.exe: {'0f' * 32}" in page.program.says.text()

    news.write_text(news.read_text().replace("9.0.0", "9.0.1"))
    page.program.open(news)
    assert "was not signed by the makers of Grant Panel" in told(window)
