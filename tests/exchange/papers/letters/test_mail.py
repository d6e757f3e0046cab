"""A draft e-mail for each letter: it opens as a draft, has the letter, and no line of an applicant's own."""

from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from msgspec.structs import replace

from exchange.papers.letters.mail import FOLDER, address_words, draft_mail
from exchange.papers.letters.writing import write_letters
from models.papers.letters.letter import GrantNow, Letter
from models.papers.letters.letters import EnclosedAgreement, LetterFiles
from scoring.schedule.values import Letterhead
from tests.exchange.papers.letters.test_agreements import AGREEMENT
from tests.exchange.papers.letters.test_letters import CHANGED, DECLINE, OFFER, STATUS, letters

INJECTED = "Choir\r\nBcc: all@elsewhere.example\r\n\r\nSend money"


def read(letter: Letter, **of_all: object) -> EmailMessage:
    given = replace(letters(letter), **of_all)  # type: ignore[arg-type]
    return message_from_bytes(draft_mail(given, letter, "a.docx", b"PK").as_bytes(), policy=default)  # type: ignore[return-value]


def body(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def test_each_letter_has_a_draft_with_the_letter_attached(tmp_path: Path) -> None:
    folder = write_letters(
        letters(OFFER, DECLINE), STATUS, tmp_path / "letters", None, LetterFiles(mails=True)
    )

    path = folder / FOLDER / "ACF-002 Imaginary Choir decline.eml"
    message = message_from_bytes(path.read_bytes(), policy=default)
    (attached,) = message.iter_attachments()  # type: ignore[attr-defined]
    assert message["X-Unsent"] == "1"
    assert attached.get_filename() == "ACF-002 Imaginary Choir decline.docx"
    assert attached.get_content() == (folder / "ACF-002 Imaginary Choir decline.docx").read_bytes()
    assert len(list((folder / FOLDER).iterdir())) == 2


@pytest.mark.parametrize("project", ["Canal", "A very long name of a project, " * 3, "Pêche à la ligne"])
def test_no_line_of_a_draft_but_its_heads_is_longer_than_mail_may_be(tmp_path: Path, project: str) -> None:
    folder = write_letters(
        letters(replace(OFFER, project=project)), STATUS, tmp_path / "letters", None, LetterFiles(mails=True)
    )

    (path,) = (folder / FOLDER).iterdir()
    lines = path.read_bytes().split(b"\r\n")
    assert max(len(line) for line in lines if b": " not in line and b"name" not in line) <= 78


@pytest.mark.parametrize(
    "words", ["Canal", "Noson Lawen ac Ymgysylltu â'r Gymuned", "Świetlica " * 6, "أمل " * 15]
)
def test_the_subject_of_a_written_draft_reads_as_it_was_written(tmp_path: Path, words: str) -> None:
    given = replace(letters(replace(OFFER, project=words)), fund="Active Citizens Fund, Autumn")
    folder = write_letters(given, STATUS, tmp_path / "letters", None, LetterFiles(mails=True))

    (path,) = (folder / FOLDER).iterdir()
    message = message_from_bytes(path.read_bytes(), policy=default)
    said = f"Draft, not issued: Active Citizens Fund, Autumn: {words.strip()}, our reference ACF-001"
    assert message["Subject"] == said
    assert max(map(len, path.read_bytes().partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 120


def test_a_letter_goes_out_as_a_pdf_where_there_is_one(tmp_path: Path) -> None:
    folder = write_letters(letters(DECLINE), STATUS, tmp_path / "letters", None, LetterFiles(True, pdfs=True))

    path = folder / FOLDER / "ACF-002 Imaginary Choir decline.eml"
    (attached,) = message_from_bytes(path.read_bytes(), policy=default).iter_attachments()  # type: ignore[attr-defined]
    assert (attached.get_filename(), attached.get_content_type()) == (f"{path.stem}.pdf", "application/pdf")
    assert attached.get_content() == (folder / f"{path.stem}.pdf").read_bytes()


def test_the_agreement_that_comes_with_a_letter_is_attached_beside_it(tmp_path: Path) -> None:
    sent = EnclosedAgreement(replace(AGREEMENT, award=CHANGED.award), replace(STATUS, version=2))
    signed = replace(CHANGED, reference="A-031-01 2", signed_on=date(2027, 1, 5))
    given = replace(letters(CHANGED, signed), enclosed=(sent,), is_of_awards=True)

    folder = write_letters(given, STATUS, tmp_path / "letters", None, LetterFiles(mails=True))

    first, second = (
        message_from_bytes(path.read_bytes(), policy=default) for path in sorted((folder / FOLDER).iterdir())
    )
    _, agreement = first.iter_attachments()  # type: ignore[attr-defined]
    assert agreement.get_filename().endswith("agreement v2.pdf")
    assert agreement.get_content().startswith(b"%PDF")
    assert "and the agreement to sign are attached" in body(first)  # type: ignore[arg-type]
    assert len(list(second.iter_attachments())) == 1  # type: ignore[attr-defined]
    asks = replace(CHANGED, is_agreed=False, now=GrantNow(leaves_open=True))
    assert "and the agreement are attached" in body(read(asks, enclosed=(sent,), is_of_awards=True))


def test_the_mail_on_a_challenge_speaks_of_no_grant() -> None:
    said = body(
        read(replace(DECLINE, kind="answer", about="complaint"), is_of_challenges=True, is_of_awards=True)
    )

    assert "Our letter on your complaint about “Boxing” (Active Citizens Fund) is attached" in said
    assert "your grant" not in said


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


@pytest.mark.parametrize("project", ["Doorbells for everybody over seventy-five", "Świetlica " * 6])
def test_a_long_subject_is_read_as_it_was_written(project: str) -> None:
    message = read(replace(OFFER, project=project), fund="Active Citizens Fund")

    said = f"Active Citizens Fund: {project.strip()}, our reference ACF-001"
    assert str(message["Subject"]) == said


def test_a_project_too_long_for_a_subject_ends_between_two_words() -> None:
    project = "Safer Streets, Stronger Families: a year of evenings for the young people of Throckmorton"

    message = read(replace(OFFER, project=project), fund="Active Citizens Fund")

    kept = "Safer Streets, Stronger Families: a year of evenings for the young…"
    assert str(message["Subject"]) == f"Active Citizens Fund: {kept}, our reference ACF-001"


@pytest.mark.parametrize(
    "encoded", ["=?utf-8?q?=0D=0ABcc=3A_a=40b=2Eexample?=", "=?utf-8?b?DQpCY2M6IGFAYi5jZA==?="]
)
def test_encoded_words_of_an_applicant_make_no_header_either(encoded: str) -> None:
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
        ("pat@club.example, or ring", None),
        (f"{'a' * 250}@club.example", None),
        ("<pat@club.example>", None),
        ("=?utf-8?q?pat=2C_all=40elsewhere=2Eexample?=@club.example", None),
    ],
)
def test_an_address_that_is_none_is_left_to_a_person(typed: str, to: str | None) -> None:
    letter = replace(OFFER, email=typed)

    assert read(letter)["To"] == to
    assert letters(letter).without_address == (() if to else ("ACF-001",))


def test_whose_address_is_wanting_is_said() -> None:
    assert address_words(()) == ""
    assert address_words(("ACF-001",)).startswith("ACF-001 has no e-mail address that can be used.")
    assert address_words(("ACF-001", "ACF-002")).startswith("ACF-001; ACF-002 have no e-mail address")


def test_a_mail_that_asks_for_something_says_by_which_day() -> None:
    for kind in ("incomplete", "defer"):
        asks = replace(DECLINE, kind=kind, send_by=date(2027, 1, 8))
        assert "it says what we ask you for, by 8 January 2027." in body(read(asks))
        assert "by 8 January" not in body(read(replace(asks, send_by=None)))


def test_the_text_says_what_is_attached_and_whom_to_ask() -> None:
    head = Letterhead(signatory="Tess Example, Grants Officer")
    contact = (("Contact officer", "Tess Example"), ("Telephone", "01632 960000"))

    assert body(read(OFFER, letterhead=head, contact=contact)) == (
        "Dear Pat Example\n\n"
        "Our letter on your application to the Active Citizens Fund, “Boxing”, is attached to this e-mail. "
        "Our reference is ACF-001.\n\n"
        "Please read it soon: it says what we ask you to do next.\n\n"
        "If you have a question, please contact Tess Example, on 01632 960000.\n\n"
        "Yours sincerely\n\n"
        "Tess Example\nGrants Officer\nExample office\n"
    )


@pytest.mark.parametrize(
    ("letter", "of_awards", "words"),
    [
        (replace(OFFER, award="A-1", kind="variation"), True, "your grant from the Active Citizens Fund"),
        (
            replace(OFFER, kind="direct-offer", project=""),
            False,
            "your grant from the Active Citizens Fund, =1+1",
        ),
        (replace(DECLINE, kind="late"), False, "It says what we found, and what you can do."),
        (replace(DECLINE, kind="reserve"), False, "It says what happens next."),
        (replace(DECLINE, kind="undecided"), False, "It says what happens next."),
        (
            DECLINE,
            False,
            "Our reference is ACF-002.\n\nIf you have a question, please contact the Example office.",
        ),
    ],
)
def test_the_text_goes_by_what_the_letter_is_on(letter: Letter, of_awards: bool, words: str) -> None:
    assert words in body(read(letter, is_of_awards=of_awards))


def test_a_cancelled_writing_leaves_no_e_mail(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_letters(letters(OFFER), STATUS, tmp_path, stop, LetterFiles(mails=True))

    assert not list(tmp_path.rglob("*.*"))
