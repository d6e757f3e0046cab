"""News of a version: signed by the makers, or refused in a sentence."""

import base64
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import resources
from exchange import version_news
from exchange.version_news import VersionNews, makers_key, read_news, signed_text
from models.trouble import Trouble

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NEWS = VersionNews("0.2.0", date(2026, 12, 1), (("grant-panel-0.2.0-setup.exe", "0f" * 32),))


def signed(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "newest.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_back_whatever_ends_its_lines(tmp_path: Path) -> None:
    text = signed_text(NEWS, KEY)

    assert text.splitlines()[:3] == [
        "Grant Panel 0.2.0",
        "released 2026-12-01",
        f"sha256 {'0f' * 32} {NEWS.sums[0][0]}",
    ]
    for said in (text, text.replace("\n", "\r\n")):
        assert read_news(signed(tmp_path, said), KEY.public_key()) == NEWS


@pytest.mark.parametrize(
    ("old", "new"), [("0.2.0", "0.3.0"), ("0f", "1f"), ("released", "released "), ("Grant", "grant")]
)
def test_one_that_was_changed_is_not_genuine(tmp_path: Path, old: str, new: str) -> None:
    path = signed(tmp_path, signed_text(NEWS, KEY).replace(old, new, 1))

    with pytest.raises(Trouble, match=r"newest.txt was not signed by the makers of Grant Panel"):
        read_news(path, KEY.public_key())


def test_one_of_another_key_is_not_genuine(tmp_path: Path) -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))

    with pytest.raises(Trouble, match="Do not install what it names"):
        read_news(signed(tmp_path, signed_text(NEWS, other)), KEY.public_key())


@pytest.mark.parametrize("text", ["", "Grant Panel 0.2.0\n", "a letter\nsignature abc\n"])
def test_another_file_is_named_as_such(tmp_path: Path, text: str) -> None:
    with pytest.raises(Trouble, match="is not about a version of Grant Panel"):
        read_news(signed(tmp_path, text), KEY.public_key())


@pytest.mark.parametrize(
    "told",
    [
        ["Grant Panel 0.2.0", "released 2026-13-01"],
        ["Panel 9"],
        ["Grant Panel 0.2.0", "released 2026-12-01", "more"],
    ],
)
def test_a_later_form_of_it_is_told_apart(tmp_path: Path, told: list[str]) -> None:
    lines = "".join(f"{line}\n" for line in told)
    code = base64.b64encode(KEY.sign(lines.encode())).decode()

    with pytest.raises(Trouble, match="a later version of Grant Panel wrote it in another form"):
        read_news(signed(tmp_path, f"{lines}signature {code}\n"), KEY.public_key())


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "newest.txt"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Trouble, match=r"cannot be read \(it is not text\)"):
        read_news(path, KEY.public_key())


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("0.1.9", "is newer than this one, 0.1.9"),
        ("0.2.0", "there is no newer one"),
        ("0.10.0", "This one, 0.10.0, is newer"),
    ],
)
def test_it_says_how_it_stands_to_the_version_that_runs(own: str, words: str) -> None:
    assert words in NEWS.beside(own)


def test_only_a_program_that_was_released_has_a_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert makers_key() is None
    raw = KEY.public_key().public_bytes_raw()

    monkeypatch.setattr(resources, "text", lambda name: base64.b64encode(raw).decode())

    found = version_news.makers_key()
    assert found is not None
    assert found.public_bytes_raw() == raw
