"""A file is placed by its form, its reference, its name, or a link in the list; what fits none is said."""

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from exchange.incoming.gathering import Incoming, gather
from exchange.incoming.placing import Told, place
from exchange.reading.messages import Message
from models.values.attachments import EMAIL, FORM, NOT_SORTED

KNOWN = [
    Told("ACF-001", "Lantern Club", ("https://forms.example/uploads/881/quote%20one.pdf; budget.pdf",)),
    Told("ACF-010", "Fell Road Club", ("see budget.pdf", "https://forms.example/uploads/882/hall.png")),
    Told("ACF-003", "Canal Lane Boxing", (), "canal.docx"),
    Told("ACF-004", "Moor Gardens", (), "moor › form.pdf"),
    Told("ACF-005", "Mill Choir", (), "mail.eml › form.pdf"),
]


def message(subject: str, words: str = "") -> Message:
    return Message("a@b.example", subject, datetime(2026, 8, 1), words, ())


@pytest.mark.parametrize(
    ("shown", "references"),
    [
        ("canal.docx", ["ACF-003"]),
        ("moor › plan.png", ["ACF-004"]),
        ("moor › deeper › plan.png", ["ACF-004"]),
        ("plan.png", []),
        ("acf_001 accounts.pdf", ["ACF-001"]),
        ("ACF001.pdf", ["ACF-001"]),
        ("ACF-0011.pdf", []),
        ("uploads.zip › ACF-010 › accounts.pdf", ["ACF-010"]),
        ("uploads.zip › quote one.pdf", ["ACF-001"]),
        ("uploads.zip › 882 › hall.png", ["ACF-010"]),
        ("budget.pdf", []),
        ("Accounts of Fell Road Club 2025.pdf", ["ACF-010"]),
        ("ACF-001 and ACF-010.pdf", []),
    ],
)
def test_a_file_is_placed_by_what_tells_most(shown: str, references: list[str]) -> None:
    *within, name = shown.split(" › ")
    forms = [Incoming(form.rpartition(" › ")[2], b"", tuple(form.split(" › ")[:-1])) for form in FORMS]
    file = Incoming(name, b"x", tuple(within))

    found = place([*forms, file], KNOWN)[-1]

    assert list(found.references) == references
    assert bool(found.why) is not bool(references)


FORMS = ["canal.docx", "moor › form.pdf", "mail.eml › form.pdf"]


def test_a_message_and_what_came_with_it_go_with_its_form_or_the_reference_in_its_words() -> None:
    with_form, reply = message("Our application"), message("Re: your question", "On ACF-010: yes.")
    files = [
        Incoming("mail.eml", b"", (), with_form),
        Incoming("form.pdf", b"", ("mail.eml",), came_with=with_form),
        Incoming("plan.png", b"", ("mail.eml",), came_with=with_form),
        Incoming("re.eml", b"", (), reply),
        Incoming("accounts.pdf", b"", ("re.eml",), came_with=reply),
        Incoming("hello.eml", b"", (), message("Hello")),
    ]

    found = [(one.kind, *one.references) for one in place(files, KNOWN)]

    assert found == [
        (EMAIL, "ACF-005"),
        (FORM, "ACF-005"),
        (NOT_SORTED, "ACF-005"),
        (EMAIL, "ACF-010"),
        (NOT_SORTED, "ACF-010"),
        (EMAIL,),
    ]


def test_what_names_two_is_not_taken_or_lies_elsewhere_is_placed_nowhere() -> None:
    (found,) = place([Incoming("ACF-001 and ACF-010.pdf", b"")], KNOWN)

    assert found.why == "It may belong to ACF-001 and ACF-010."

    (found,) = place([Incoming("ACF-001.docx", b"")], [*KNOWN, Told("", "Lantern Club", (), "ACF-001.docx")])

    assert (found.kind, found.references, found.why) == (FORM, (), "No application was taken from it.")

    files = [Incoming("hall.png", folder.encode(), (folder,)) for folder in ("882", "77")]

    assert [one.references for one in place(files, KNOWN)] == [("ACF-010",), ()]


def test_files_of_one_name_in_one_message_are_told_apart(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        "Two forms",
        "a@b.example",
        "Sat, 01 Aug 2026 10:00:00 +0000",
    )
    mail.set_content("Please find both.")
    for words in ("first", "second"):
        mail.add_attachment(words.encode(), "application", "octet-stream", filename="form.txt")
    (tmp_path / "two.eml").write_bytes(mail.as_bytes())

    found = gather([tmp_path / "two.eml"]).files
    forms = [Told("ACF-001", "One", (), found[1].shown), Told("ACF-002", "Two", (), found[2].shown)]
    placed = place(found, forms)

    assert [one.shown for one in found] == ["two.eml", "two.eml › form.txt", "two.eml › form.txt (2)"]
    assert [one.name for one in found[1:]] == ["form.txt", "form.txt"]
    assert [one.references for one in placed[1:]] == [("ACF-001",), ("ACF-002",)]
