"""A draft e-mail for each letter, with the letter attached, that opens in the office's own mail program.

Nobody is sent anything: `X-Unsent: 1` has the program open the file as a draft. What an applicant wrote
stands in a header on one line alone and is never taken for encoded words, which may hold a line break; an
address that is none is left out for a person to type.
"""

import hashlib
from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from functools import partial
from pathlib import Path

from exchange.atomic import require_whole, write_beside
from exchange.papers.letters.agreements import name_of, write_agreement_pdf
from exchange.papers.letters.letter_facts import whom_to_ask
from exchange.papers.paper_writing import named
from exchange.written_text import clean, one_line
from models.papers.letters.letter import (
    DEFER,
    DIRECT_OFFER,
    DIRECT_WITHDRAWN,
    INCOMPLETE,
    VARIATION,
    Letter,
)
from models.papers.letters.letters import EnclosedAgreement, Letters
from models.papers.office import addresses_in
from models.store.private_files import temporary_folder
from scoring.written.days import full_day
from scoring.written.names import salutation
from scoring.written.text import cut_to, first_few, listed, with_article

FOLDER = "E-mails"
LONGEST_NAME, NAMED = 70, 8
_ON_ONE_LINE = SMTP.clone(max_line_length=300)
"""For the heads alone: a subject folded before its first word is read with a space before it."""


class _EncodedSubject(EmailPolicy):
    """Writes a subject in encoded words throughout, between which no reader sees a space.

    Python folds between a plain word and an encoded one and writes the space on both sides of the fold:
    https://github.com/python/cpython/issues/144156 is of the same place. It may go once such a fold is read
    back as it was written in every Python we run on.
    """

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a head as bytes; any but a subject as ever."""
        if name != "Subject":
            return super().fold_binary(name, value)
        words = Header(str(value), "utf-8", header_name=name).encode(linesep="\r\n")
        return f"{name}: {words}\r\n".encode("ascii")


_ENCODED = _EncodedSubject(linesep="\r\n")
_SORTS = {".docx": "vnd.openxmlformats-officedocument.wordprocessingml.document", ".pdf": "pdf"}


def write_mail(
    letters: Letters, letter: Letter, attached: Path, folder: Path, *, is_issued: bool = True
) -> Path:
    """Write the draft of one letter's e-mail into a folder; return its path.

    The agreement that the letter says comes with it is attached too. With a letter that is not issued its
    subject says so: one press would send what is not to go yet.
    """
    message = draft_mail(letters, letter, attached.name, attached.read_bytes())
    if not is_issued:
        message.replace_header("Subject", f"Draft, not issued: {message['Subject']}")
    enclosed = enclosed_with(letters, letter)
    if enclosed is not None:
        name = _header_text(f"{name_of(enclosed.agreement, enclosed.status)}.pdf")
        with temporary_folder() as place:
            pdf = write_agreement_pdf(enclosed.agreement, enclosed.status, place / "agreement.pdf")
            message.add_attachment(pdf.read_bytes(), maintype="application", subtype="pdf", filename=name)
    return write_beside(folder / f"{attached.stem}.eml", partial(_write, message), _check)


def draft_mail(letters: Letters, letter: Letter, name: str, content: bytes) -> EmailMessage:
    """Return the draft: to whom, about what, a few sentences, and the letter under a file name."""
    subject = _subject(letters, letter)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    to = addresses_in(letter.email)
    if to:
        message["To"] = ", ".join(to)
    message["Subject"] = subject
    message.set_content(_body(letters, letter), cte="quoted-printable")
    sort = _SORTS[Path(name).suffix]
    message.add_attachment(content, maintype="application", subtype=sort, filename=_header_text(name))
    message.set_boundary(f"letter-{hashlib.sha256(content).hexdigest()[:40]}")
    return message


def enclosed_with(letters: Letters, letter: Letter) -> EnclosedAgreement | None:
    """Return the agreement that a letter on a change sends with it, None where it sends none."""
    if letter.kind != VARIATION or letter.signed_on is not None:
        return None
    return next((one for one in letters.enclosed if one.agreement.award == letter.award), None)


def address_words(references: Sequence[str]) -> str:
    """Return what is said of e-mails without an address, "" where each has one."""
    if not references:
        return ""
    of = first_few(references, NAMED, "other", "others")
    one = len(references) == 1
    return f"{of} {'has' if one else 'have'} no e-mail address that can be used. Type it before you send."


def _subject(letters: Letters, letter: Letter) -> str:
    what = cut_to(one_line(letter.project or letter.organisation), LONGEST_NAME)
    fund = cut_to(one_line(letters.fund), LONGEST_NAME)
    return _header_text(f"{fund}: {what}, our reference {letter.our_reference}")


def _header_text(text: str) -> str:
    """Return text on one line, in which the sign that begins encoded words is parted by a space."""
    return one_line(text).replace("=?", "= ?")


def _body(letters: Letters, letter: Letter) -> str:
    greets = salutation(letter.contact_name)
    what = (
        "grant" if letters.is_of_awards or letter.kind in (DIRECT_OFFER, DIRECT_WITHDRAWN) else "application"
    )
    of = f"“{letter.project}”" if letter.project else letter.organisation
    to = "from" if what == "grant" else "to"
    signed = [part.strip() for part in letters.letterhead.signatory.split(",", 1) if part.strip()]
    asks = whom_to_ask(letters)
    on = f"your {what} {to} {with_article(letters.fund)}, {of},"
    if letters.is_of_challenges:
        on = f"your {letter.about or 'request'} about {of} ({letters.fund})"
    to_sign = "" if letter.asks_before_signing else " to sign"
    attached = "is" if enclosed_with(letters, letter) is None else f"and the agreement{to_sign} are"
    lines = (
        greets.opening,
        f"Our letter on {on} {attached} attached to this e-mail. Our reference is {letter.our_reference}.",
        _please(letter),
        f"We are also writing to you today about {listed(letter.besides)}." if letter.besides else "",
        f"If you have a question, please contact {asks}.",
        greets.closing,
        "\n".join((*signed, named(letters))),
    )
    return "\n\n".join(clean(line) for line in lines if line) + "\n"


def _please(letter: Letter) -> str:
    if letter.asks_nothing:
        return ""
    if letter.send_by is not None and letter.kind in (DEFER, INCOMPLETE):
        return f"Please read it soon: it says what we ask you for, by {full_day(letter.send_by)}."
    asks = letter.offered_pence is not None or letter.asked_back_pence is not None
    return "Please read it soon: it says what we ask you to do next." if asks else ""


def _write(message: EmailMessage, part: Path) -> None:
    is_plain = message["Subject"].isascii()
    part.write_bytes(message.as_bytes(policy=_ON_ONE_LINE if is_plain else _ENCODED))


def _check(path: Path) -> None:
    require_whole(path, is_whole=path.read_bytes().startswith(b"X-Unsent: 1\r\n"))
