"""E-mails are read for who, when, covering words and files; hostile ones are answered in one sentence."""

import struct
from datetime import datetime
from email.message import EmailMessage

import pytest

from exchange.reading import message_worker
from exchange.reading.messages import Message, read_message
from models.trouble import Trouble
from tests.exchange.messages import mail, ole, outlook

MIDNIGHT = datetime(2026, 8, 1, 0, 30)


def read(message: EmailMessage) -> Message:
    return read_message(message.as_bytes(), "a.eml")


@pytest.mark.parametrize("made", ["eml", "msg", "msg of small streams"])
def test_a_message_is_read(made: str) -> None:
    files = {"form.docx": b"PK form", "hall.png": b"PNG" * 3000}
    content = mail(files).as_bytes() if made == "eml" else ole(outlook(files), 4096 if made[3:] else 0)

    found = read_message(content, f"a.{made[:3]}")

    assert (found.sender, found.subject) == ("Zoë Lantern <zoe@lantern.example>", "Our application")
    assert (found.received, found.words) == (MIDNIGHT, "Please find our form.")
    assert {one.name: one.content for one in found.files} == files


@pytest.mark.parametrize("ending", ["eml", "msg"])
def test_a_forwarded_message_keeps_the_outer_time_and_gives_its_files(ending: str) -> None:
    if ending == "eml":
        outer = mail({}, subject="Fwd")
        outer.add_attachment(
            mail({"form.docx": b"PK"}, subject="Lights", date="Wed, 1 Jul 2026 09:00:00 +0100")
        )
        content = outer.as_bytes()
    else:
        inner = outlook({"form.docx": b"PK"}, subject="Lights", head=24)
        content = ole(outlook({"Lights": inner}, subject="Fwd"))

    found = read_message(content, f"a.{ending}")

    assert (found.subject, found.received) == ("Fwd", MIDNIGHT)
    assert [(one.name, one.within) for one in found.files] == [("form.docx", ("Lights",))]


def test_names_lead_nowhere_and_wrappings_are_named() -> None:
    found = read(mail({"../../quote\u202efdp.exe": b"x", "winmail.dat": b"x", "gone.pdf": b""}))

    assert [one.name for one in found.files] == ["quote fdp.exe", "winmail.dat", "gone.pdf"]
    assert [note.partition(" ")[0] for note in found.notes] == ["winmail.dat", "gone.pdf"]


MIXED = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
NESTED, DEEPER = (
    b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(many))
    for many in (900, 999)
)
LOOP = ole(outlook({"a": b"x"}))


def ring(step: int) -> bytes:
    """Return a message whose sectors each lead to one a step on, and the last to the first."""
    content = bytearray(LOOP)
    at = (int.from_bytes(content[76:80], "little") + 1) * 512
    content[at : at + 512] = b"".join(((n + step) % 128).to_bytes(4, "little") for n in range(128))
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\0\1" * 100, "is no e-mail"),
        (b"hello\n", "is no e-mail"),
        (b"From: a@b.example\n" + NESTED, "too deep"),
        (b"From: a@b.example\n" + DEEPER, "too deep"),
        (b"From: a@b.example\n" + b"Content-Type: message/rfc822\n\nSubject: y\n" * 500, "too deep"),
        (MIXED + b"--b\nContent-Type: text/plain; name=x\n\nx\n" * 100_000, "more than 1,000 parts"),
        (MIXED + b"--b\nContent-Disposition: attachment; filename=x\n\nx\n" * 100_000, "1,000 parts"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "is damaged"),
        (ole({"Workbook": b"x" * 600}), "no message"),
        (LOOP[:1500], "is damaged"),
        (ole(outlook({"quote.pdf": b"x" * 9000}))[:-9000], "is damaged"),
        (ring(1), "is damaged"),
        (ring(0), "is damaged"),
        (LOOP.replace(b"\x2e\0\0\0\0\0\0\0", b"\0\x2e\0\0\0\0\0\0"), "is damaged"),
        (bytes(50_000_001), "larger than 50 MB"),
    ],
    ids=[
        *("bytes", "text", "nested", "deeper", "forwarded", "many", "untyped", "ole", "xls", "cut", "short"),
        *("ring", "loop", "cut off", "large"),
    ],
)
def test_what_is_no_message_or_too_much_is_answered_in_one_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Trouble) as refused:
        read_message(content, "a.eml")

    assert words in str(refused.value)
    assert str(refused.value).count("\n") == 0


def test_the_last_computer_says_when_where_the_message_does_not() -> None:
    content = b"Received: from a by b; Fri, 31 Jul 2026 23:30:00 +0000\nFrom: a@b.example\n\nhi"

    assert read_message(content, "a.eml").received == MIDNIGHT


@pytest.mark.parametrize(
    ("date", "received"),
    [
        ("Fri, 31 Jul 2026 23:30:00 -0000", MIDNIGHT),
        ("Fri, 31 Jul 2026 23:30:00", datetime(2026, 7, 31, 23, 30)),
        ("Sat, 1 Aug 2026 00:30:00 BST", MIDNIGHT),
        ("Sat, 1 Aug 2026 00:30 (BST)", MIDNIGHT),
        ("Sat, 1 Aug 2026 01:30:00 CEST", MIDNIGHT),
        ("Sat, 1 Aug 2026 01:30:00 XYZ", None),
    ],
)
def test_a_date_without_hours_ahead_is_of_the_zone_it_names_or_of_a_clock_here(
    date: str, received: datetime | None
) -> None:
    content = mail().as_bytes().replace(b"Fri, 31 Jul 2026 23:30:00 +0000", date.encode())
    assert read_message(content, "a.eml").received == received


def narrow(code: str, page: int) -> dict[str, object]:
    """Return a message whose texts are bytes of a code page, as an older Outlook keeps them."""
    told = struct.pack("<IIQ", 0x3FFD0003, 6, page)
    return {
        name.replace("001F", "001E"): content.decode("utf-16-le").encode(code)
        if "substg" in name
        else content + told
        for name, content in outlook(subject="Λ" if page else "Café").items()
        if "0C1A" not in name
    }


IN_WORDS = outlook({"logo.png": b"x", "": b"y"}) | {
    "__substg1.0_1013001F": "<img src='cid:a1'>".encode("utf-16-le")
}
IN_WORDS["__attach_version1.0_#00000000"]["__substg1.0_3712001F"] = "a1".encode("utf-16-le")  # type: ignore[index]
PAGE = (
    b"From: a@b.example\nContent-Type: text/html\n\n"
    b"<style>p {}</style><p>Dear all</p><table><tr><td>A</td><td>B</td></tr></table>"
    b"<blockquote type=cite>We wrote</blockquote><blockquote>and ask</blockquote>"
)
ODD = (
    b"From: a@b.example\nSubject: Caf\xc3\xa9 =?utf-8?b?a?=\n"
    + MIXED.partition(b"\n")[2]
    + b"--b\nContent-Type: text/plain; charset=x\n\nCaf\xe9\n--b\nContent-Type: text/calendar\n\nx\n"
    b"--b\nContent-Type: image/png\n\nx\n--b\nContent-Type: text/plain; name=Ch\xe2teau.pdf\n\nx\n--b--\n"
)
HALF = (
    "From: a@b.example\nSubject: =?utf-8?q?caf=C3=A9?= – Ł\n"
    "Content-Type: text/plain; charset=unicode_escape\n\n\\ud800 and more"
).encode()
"""Its words hold half of a letter."""
POINTED = (
    b"From: a@b.example\nContent-Type: multipart/alternative; boundary=b\n\n"
    b"--b\nContent-Type: text/plain\n\nIn HTML.\n--b\nContent-Type: text/html\n\n<table><tr><td>Organisation"
    b"</td><td>Ropewalk Club</td></tr><tr><td>Postcode</td><td>B1 1AA</td></tr></table>\n--b--\n"
)
"""Its plain words only say that the page has them."""


@pytest.mark.parametrize(
    ("content", "subject", "words", "files"),
    [
        (ole(narrow("utf-8", 0)), "Café", "Please find our form.", []),
        (ole(narrow("cp1252", 0)), "Café", "Please find our form.", []),
        (ole(narrow("cp1253", 1253)), "Λ", "Please find our form.", []),
        (ole(IN_WORDS), "Our application", "Please find our form.", ["attachment without a name"]),
        (ODD, "Café =?utf-8?b?a?=", "Café", ["calendar.ics", "attachment without a name", "Château.pdf"]),
        (PAGE, "", "Dear all\n\tA\tB\n> We wrote\nand ask", []),
        (HALF, "café – Ł", "? and more", []),
        (POINTED, "", "\tOrganisation\tRopewalk Club\n\tPostcode\tB1 1AA", []),
    ],
    ids=["utf-8", "no page", "page", "in words", "odd", "html", "half a letter", "pointed at"],
)
def test_what_mail_programs_write_otherwise_is_read(
    content: bytes, subject: str, words: str, files: list[str]
) -> None:
    found = read_message(content, "a.msg")

    assert (found.subject, found.words, [one.name for one in found.files]) == (subject, words, files)


def test_a_message_without_a_day_there_is_or_with_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = outlook({"form.docx": b"PK form"})
    tree["__properties_version1.0"] = bytes(32) + struct.pack("<IIQ", 0x00390040, 6, 1 << 63)

    assert read_message(ole(tree), "a.msg").received is None

    monkeypatch.setattr(message_worker, "MOST_OUT", 6)
    with pytest.raises(Trouble, match="holds more than 70 MB of files"):
        message_worker.message_line(ole(tree))
    monkeypatch.setattr(message_worker, "_MOST_BYTES", 6)
    with pytest.raises(Trouble, match="holds more than 100 MB of files"):
        message_worker.message_line(ole(tree))
