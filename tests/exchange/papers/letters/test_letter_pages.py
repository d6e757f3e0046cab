"""Letters as PDF and as drafts of e-mails say what their Word documents say."""

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import docx
import pytest
from msgspec.structs import replace

from exchange.papers.letters.mail import FOLDER, draft_mail
from exchange.papers.letters.writing import write_letters
from exchange.papers.paper_reading import read_paper
from models.papers.letters.letter import Letter
from models.papers.letters.letters import EnclosedAgreement, LetterFiles, Letters
from tests.exchange.papers.letters.test_agreements import AGREEMENT
from tests.exchange.papers.letters.test_letters import CHANGED, DECLINE, OFFER, STATUS, letters


def _both(letter: Letter, folder: Path) -> tuple[list[str], str]:
    """Return the paragraphs of a letter in Word, and all words of its PDF."""
    write_letters(letters(letter), STATUS, folder, None, LetterFiles(pdfs=True))
    (pdf,) = (path for path in folder.glob("*.pdf") if not path.name.startswith("All"))
    said = [" ".join(p.text.split()) for p in docx.Document(str(pdf.with_suffix(".docx"))).paragraphs]
    return [text for text in said if text], " ".join(words for _, words in read_paper(pdf).places)


@pytest.mark.parametrize("letter", [OFFER, DECLINE], ids=["offer", "decline"])
def test_the_pdf_says_what_the_word_document_says(letter: Letter, tmp_path: Path) -> None:
    paragraphs, words = _both(letter, tmp_path)

    at = 0
    for text in paragraphs[2:]:  # below the letterhead, which stands on lines of its own
        found = words.find(text, at)
        assert found >= 0, text
        at = found + len(text)
    assert paragraphs[0] in words
    assert "Page 1 of " in words
    assert words.count("Letters, ") == 0, "its title is for the list of files, and never on the page"


INJECTED = "Choir\r\nBcc: all@elsewhere.example\r\n\r\nSend money"


def read(letter: Letter, **of_all: object) -> EmailMessage:
    given = replace(letters(letter), **of_all)  # type: ignore[arg-type]
    return message_from_bytes(draft_mail(given, letter, "a.docx", b"PK").as_bytes(), policy=default)  # type: ignore[return-value]


def drafts(given: Letters, folder: Path, *, pdfs: bool = False) -> list[tuple[Path, EmailMessage]]:
    """Return the drafts that are written beside letters, with what each is read as."""
    write_letters(given, STATUS, folder, None, LetterFiles(mails=True, pdfs=pdfs))
    paths = sorted((folder / FOLDER).iterdir())
    return [(path, message_from_bytes(path.read_bytes(), policy=default)) for path in paths]  # type: ignore[misc]


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_each_letter_has_a_draft_with_the_letter_attached_as_a_pdf_where_there_is_one(
    tmp_path: Path, ending: str
) -> None:
    (_, (path, message)) = drafts(letters(OFFER, DECLINE), tmp_path, pdfs=ending == "pdf")

    assert path.name == "ACF-002 Imaginary Choir decline.eml"
    (attached,) = message.iter_attachments()
    assert message["X-Unsent"] == "1"
    assert attached.get_filename() == f"{path.stem}.{ending}"  # type: ignore[attr-defined]
    assert attached.get_content_type().endswith("pdf" if ending == "pdf" else "wordprocessingml.document")
    assert attached.get_content() == (tmp_path / f"{path.stem}.{ending}").read_bytes()  # type: ignore[attr-defined]


def test_the_agreement_that_comes_with_a_letter_is_attached_beside_it(tmp_path: Path) -> None:
    sent = EnclosedAgreement(replace(AGREEMENT, award=CHANGED.award), replace(STATUS, version=2))
    signed = replace(CHANGED, reference="A-031-01 2", signed_on=date(2027, 1, 5))

    (_, first), (_, second) = drafts(
        replace(letters(CHANGED, signed), enclosed=(sent,), is_of_awards=True), tmp_path
    )

    _, agreement = first.iter_attachments()
    assert agreement.get_filename().endswith("agreement v2.pdf")  # type: ignore[attr-defined]
    assert agreement.get_content().startswith(b"%PDF")  # type: ignore[attr-defined]
    assert "and the agreement to sign are attached" in body(first)
    assert len(list(second.iter_attachments())) == 1


def test_what_an_applicant_wrote_makes_no_header_of_its_own() -> None:
    hostile = replace(
        OFFER,
        organisation=INJECTED,
        project=INJECTED,
        contact_name=INJECTED,
        email=f"a@b.example\r\n{INJECTED}",
    )

    message = read(hostile, fund=INJECTED)

    assert set(message.keys()) == {"X-Unsent", "Subject", "MIME-Version", "Content-Type"}
    assert "Bcc" not in message
    assert str(message["Subject"]).endswith("our reference ACF-001")
    for encoded in ("=?utf-8?q?=0D=0ABcc=3A_a=40b=2Eexample?=", "=?utf-8?b?DQpCY2M6IGFAYi5jZA==?="):
        message = read(replace(OFFER, project=f"{encoded} {encoded}"), fund=encoded)
        assert "Bcc" not in message
        assert encoded.replace("=?", "= ?") in str(message["Subject"])


@pytest.mark.parametrize(
    ("typed", "to"),
    [
        ("pat@club.example", "pat@club.example"),
        ("pat@club.example; chair@club.example", "pat@club.example, chair@club.example"),
        ("", None),
        ("pat at club", None),
        (f"{'a' * 250}@club.example", None),
        ("=?utf-8?q?pat=2C_all=40elsewhere=2Eexample?=@club.example", None),
    ],
)
def test_an_address_that_is_none_is_left_to_a_person(typed: str, to: str | None) -> None:
    letter = replace(OFFER, email=typed)

    assert read(letter)["To"] == to
    assert letters(letter).without_address == (() if to else ("ACF-001",))
