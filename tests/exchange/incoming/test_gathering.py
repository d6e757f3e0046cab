"""Files of folders, .zip files and e-mails are found, bounded, and never led elsewhere."""

import os
import struct
from pathlib import Path

import pytest

from exchange.incoming import gathering
from exchange.incoming.gathering import gather
from models.trouble import Trouble
from tests.exchange.good_files import SEALED, packed
from tests.exchange.messages import mail


def shown(*paths: Path) -> list[str]:
    return [file.shown for file in gather(paths).files]


def test_a_folder_is_gone_through_but_for_links_and_what_is_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "secret.pdf").write_bytes(b"x")
    for name in ("a.docx", "sub/b.pdf", ".DS_Store", "~$a.docx", "Thumbs.db", "sub/.hidden"):
        (folder / name).write_bytes(b"x")
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "around").symlink_to(tmp_path)

    found = gather([folder])

    assert [file.shown for file in found.files] == ["a.docx", "sub › b.pdf"]
    assert found.notes == (
        "Passed over 4 hidden or lock files: .DS_Store; Thumbs.db; ~$a.docx; .hidden.",
        "Passed over 2 links, which are not followed: around; link.pdf.",
    )


def test_the_folders_of_one_that_lies_deep_are_left_out_and_that_is_said(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*"abcdefghijkl")
    deep.mkdir(parents=True)
    (deep / "form.pdf").write_bytes(b"x")
    name = " › ".join("abcdefghijkl")

    assert (shown(tmp_path), gather([tmp_path]).faults) == ([f"{name} › form.pdf"], ())

    (deep / "m").mkdir()
    assert gather([tmp_path]).faults == (f"{name} lies too deep: what is in its folders was not read.",)


def test_a_folder_that_cannot_be_read_is_said_and_the_rest_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "form.pdf").write_bytes(b"x")
    read = os.scandir

    def refused(folder: str) -> object:
        if Path(folder).name == "shut":
            raise PermissionError(13, "Permission denied", folder)
        return read(folder)

    monkeypatch.setattr(os, "scandir", refused)

    assert shown(tmp_path) == ["form.pdf"]
    assert gather([tmp_path]).faults == ("The folder shut was not read: Permission denied.",)


def test_a_list_that_was_not_chosen_itself_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "export.xlsx").write_bytes(b"x")

    (note,) = gather([folder]).notes
    assert note == ("Not read 1 spreadsheet, as a list of applications is to be chosen itself: export.xlsx.")
    assert gather([folder, folder / "export.xlsx"]).notes == ()


def test_a_zip_and_a_message_are_looked_into(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads.zip"
    uploads.write_bytes(
        packed({"ACF-1/quote.pdf": b"x", "../../evil.pdf": b"y", "__MACOSX/a": b"", "d/": b"", "/": b""})
    )
    message = tmp_path / "mail.eml"
    message.write_bytes(mail({"form.docx": b"PK"}).as_bytes())

    assert shown(uploads, message) == [
        "uploads.zip › ACF-1 › quote.pdf",
        "uploads.zip › evil.pdf",
        "mail.eml",
        "mail.eml › form.docx",
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.zip", b"PK\x03\x04 no zip", "a.zip is damaged or incomplete"),
        ("a.zip", packed({"bomb.txt": bytes(30_000_000)}), "bomb.txt in a.zip unpacks to far more"),
        ("a.zip", packed({"b.pdf": b"x"}).replace(*SEALED), "a.zip is protected with a password; unpack it"),
        ("a.eml", b"hello", "a.eml is no e-mail"),
        ("a.msg", b"\xd0\xcf", "a.msg is no e-mail"),
    ],
    ids=["damaged", "bomb", "password", "text", "cut"],
)
def test_what_cannot_be_read_is_said_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "other.pdf").write_bytes(b"x")

    found = gather([tmp_path])

    assert "other.pdf" in [file.shown for file in found.files]
    assert found.faults[0].startswith(words)


def test_an_import_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_FILES", 3)
    many = tmp_path / "many.zip"
    many.write_bytes(packed({f"{n}.pdf": b"x" for n in range(5)}))
    with pytest.raises(Trouble, match="more than 3 files"):
        gather([many])

    monkeypatch.setattr(gathering, "MOST_FILES", 10)
    hidden = packed({f".{n}": b"x" for n in range(5)})
    many.write_bytes(packed({f"{n}.zip": hidden for n in range(5)}))
    assert len(gather([many]).files) == 5
    with pytest.raises(Trouble, match="more than 10 files"):
        gather([many, many])

    monkeypatch.setattr(gathering, "MOST_BYTES", 10)
    (tmp_path / "a.pdf").write_bytes(bytes(11))
    with pytest.raises(Trouble, match="500 MB together"):
        gather([tmp_path / "a.pdf"])


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["gone.pdf"], "gone.pdf is not there"),
        (["a.xlsx", "b.csv"], "a.xlsx and b.csv are both lists of applications"),
    ],
)
def test_what_is_named_wrongly_is_refused(tmp_path: Path, names: list[str], words: str) -> None:
    with pytest.raises(Trouble, match=words):
        gather([tmp_path / name for name in names])


def test_an_import_is_bounded_by_what_is_unpacked_and_by_what_grows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exchange.incoming.gathering.MOST_BYTES", 25_000_000)
    bombs = tmp_path / "bombs.zip"
    bombs.write_bytes(packed({f"bomb {number}.txt": bytes(30_000_000) for number in range(3)}))
    with pytest.raises(Trouble, match="more than 500 MB together"):
        gather([bombs])

    monkeypatch.setattr(gathering, "MOST_OF_ONE", 10)
    (tmp_path / "a.pdf").write_bytes(bytes(11))
    assert gather([tmp_path / "a.pdf"]).faults == ("a.pdf is larger than 60 MB and was not read.",)


def test_what_is_packed_in_an_email_or_a_zip_is_looked_into_once(tmp_path: Path) -> None:
    inner = packed({"b/quote.pdf": b"x", "deeper.zip": packed({"c.pdf": b"y"}), "note.eml": b"z"})
    (tmp_path / "mail.eml").write_bytes(mail({"inner.zip": inner}).as_bytes())
    (tmp_path / "outer.zip").write_bytes(
        packed({"inner.zip": inner, "a.eml": mail({"a.zip": inner}).as_bytes()})
    )

    found = gather([tmp_path])

    assert [file.shown for file in found.files] == [
        "mail.eml",
        "mail.eml › inner.zip › b › quote.pdf",
        "mail.eml › inner.zip › deeper.zip",
        "mail.eml › inner.zip › note.eml",
        "outer.zip › inner.zip › b › quote.pdf",
        "outer.zip › inner.zip › deeper.zip",
        "outer.zip › inner.zip › note.eml",
        "outer.zip › a.eml",
        "outer.zip › a.eml › a.zip",
    ]
    assert {file.came_with is not None for file in found.files[1:4]} == {True}
    assert found.notes == (
        "Not looked into 5 packed files, which are kept as they came: deeper.zip; note.eml; a.zip.",
    )


def test_an_email_attached_to_another_came_in_when_that_one_did(tmp_path: Path) -> None:
    inner = mail({"form.docx": b"PK"}, date="Wed, 1 Jul 2026 09:00:00 +0100").as_bytes()
    (tmp_path / "outer.eml").write_bytes(mail({"inner.eml": inner}).as_bytes())

    outer, attached, form = gather([tmp_path]).files

    assert outer.message is not None
    assert outer.message.received is not None
    told = outer.message.received
    assert attached.message is not None
    assert form.came_with is not None
    assert (attached.message.received, form.came_with.received) == (told, told)


def test_a_packed_file_that_nothing_comes_out_of_is_kept_itself(tmp_path: Path) -> None:
    (tmp_path / "mail.eml").write_bytes(mail({"a.zip": b"PK\x03\x04 no zip"}).as_bytes())

    found = gather([tmp_path])

    assert [file.shown for file in found.files] == ["mail.eml", "mail.eml › a.zip"]
    assert found.faults == ("a.zip is damaged or incomplete; save it again and try once more.",)


def test_a_long_list_of_files_in_a_zip_is_not_read(tmp_path: Path) -> None:
    size = gathering.MOST_LISTED + 1
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, size, 0, 0)
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + bytes(size) + end)
    (tmp_path / "lies.zip").write_bytes(
        struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 1 << 62, 0)
        + struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, 46, 0, 0)
    )
    with pytest.raises(Trouble, match="more than 5,000 files"):
        gather([tmp_path / "a.zip"])
    (fault,) = gather([tmp_path / "lies.zip"]).faults
    assert fault.startswith("lies.zip is damaged")
