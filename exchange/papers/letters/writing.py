"""The folder of letters: one file each, all of them in one for printing, filled in from templates."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from io import BytesIO
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from msgspec.structs import replace

from exchange.atomic import laid_out_by, write_beside
from exchange.papers.document.docx_blocks import add_logo
from exchange.papers.document.docx_styles import style_name
from exchange.papers.document.docx_text import hold_whole
from exchange.papers.document.pdf import write_document_pdf, write_letters_pdf
from exchange.papers.document.values import Document
from exchange.papers.letters.all_in_one import first_page_apart, in_one
from exchange.papers.letters.letter_facts import LetterFacts, letter_facts
from exchange.papers.letters.mail import FOLDER as MAILS
from exchange.papers.letters.mail import write_mail
from exchange.papers.letters.mail_merge import FOLDER as MERGE
from exchange.papers.letters.mail_merge import kinds_of, main_document, write_merge_list
from exchange.papers.letters.pages import letter_document
from exchange.papers.letters.templates import offer_templates, own_templates, template_of
from exchange.papers.templates.word import filled
from exchange.written_text import one_line
from exchange.xlsx.xlsx_book import check_book, write_deterministic
from models.papers.letters.letter import Letter
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.status import PaperStatus
from models.trouble import Trouble
from scoring.refused import Refused
from scoring.written.names import file_name, shortened, spelling_key

MERGED = "All letters"
NO_MORE = LetterFiles()
NONE_KEPT: Mapping[str, bytes] = MappingProxyType({})
LONGEST_NAME = 60


def write_letters(
    letters: Letters,
    status: PaperStatus,
    folder: Path,
    tick: Any = None,
    files: LetterFiles = NO_MORE,
    kept: Mapping[str, bytes] = NONE_KEPT,
) -> Path:
    """Write every letter into a folder, and all of them merged; return the folder.

    The folder is made when it is not there. One that holds letters is refused, so that old and new ones
    are never mixed. Templates are checked before the first letter is written; copies of those that ship
    are put beside the folder, to be edited. A letter that was issued and is `kept`, by its name, is put there
    as it was.
    """
    letters.require_some()
    require_ready(folder)
    written: list[Path] = []
    try:
        for path in _every_file(letters, status, folder, tick, files, kept):
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        for inner in (MAILS, MERGE):
            with suppress(OSError):
                (folder / inner).rmdir()
        raise
    offer_templates(folder)
    return folder


def _every_file(
    letters: Letters,
    status: PaperStatus,
    folder: Path,
    tick: Any,
    files: LetterFiles,
    kept: Mapping[str, bytes],
) -> Iterator[Path]:
    """Write one file after the other and yield it: letters, then all of them in one."""
    if files.mails:
        (folder / MAILS).mkdir(exist_ok=True)
    pages: list[Document] = []
    words = documents(letters, status, folder)
    each = zip(letters.letters, letter_names(letters), words, strict=True)
    for done, (letter, name, word) in enumerate(each, 1):
        path = _save(word, folder / name)
        _put_kept(path, kept)
        yield path
        if files.pdfs:
            pages.append(letter_document(word, letters, letter, status))
            path = write_document_pdf(pages[-1], path.with_suffix(".pdf"))
            _put_kept(path, kept)
            yield path
        if files.mails:
            yield write_mail(letters, letter, path, folder / MAILS, is_issued=not status.is_draft)
        if tick is not None:
            tick(done, len(letters.letters) + 1)
    yield from _all_in_one(letters, folder, pages)
    if files.merge_list:
        (folder / MERGE).mkdir(exist_ok=True)
        yield from _mail_merge(letters, status, folder)


def _put_kept(path: Path, kept: Mapping[str, bytes]) -> None:
    """Put the letter that was issued in the place of the one just drawn."""
    if path.name in kept:
        path.write_bytes(kept[path.name])


def _all_in_one(letters: Letters, folder: Path, pages: Sequence[Document]) -> Iterator[Path]:
    """Write all letters in one document for printing and yield it, and one of those that are PDFs."""
    merged = in_one(docx.Document(str(folder / name)) for name in letter_names(letters))
    if merged is not None:
        yield _save(merged, folder / f"{MERGED}.docx")
    if pages:
        yield write_letters_pdf(pages, f"{letters.title}, all letters", folder / f"{MERGED}.pdf")


def _mail_merge(letters: Letters, status: PaperStatus, folder: Path) -> Iterator[Path]:
    """Write what a mail merge takes and yield it: a document for each kind of letter, then their list."""
    sheets = []
    for kind in kinds_of(letters):
        word, columns = main_document(letters, kind, status, folder)
        sheets.append((kind, columns))
        _dress(word, f"{letters.title}, {kind}", letters.office, status)
        yield _save(word, folder / MERGE / f"{kind}.docx")
    yield write_merge_list(letters.title, status, sheets, folder / MERGE)


def letter_text(letters: Letters, letter: Letter, status: PaperStatus, folder: Path) -> str:
    """Return the text of one letter as the folder's template has it written, a line for each paragraph."""
    (word,) = documents(replace(letters, letters=(letter,)), status, folder)
    found = (Paragraph(element, word) for element in word.element.body.iter(qn("w:p")))
    return "\n".join(f"{_bullet(paragraph)}{paragraph.text}" for paragraph in found)


def _bullet(paragraph: Paragraph) -> str:
    """Return the mark of a list, which is no text of its own in Word."""
    return "• " if style_name(paragraph).startswith("List") else ""


def require_ready(folder: Path) -> None:
    """Make the folder and check the office's templates in it, before any letter is issued.

    Those that ship are sound, and opening each takes longer than writing a letter.
    """
    require_folder(folder)
    require_room(folder)
    for path in own_templates(folder):
        template_of(path.stem, folder)


def require_folder(folder: Path) -> None:
    """Make the folder; raises Trouble where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        words = f"Letters cannot be written to {folder} ({error.strerror})."
        raise Trouble(f"{words} Choose another folder. Nothing was written.") from error


def require_room(folder: Path) -> None:
    """Refuse a folder that holds letters, before new ones are made or issued for it."""
    if any(folder.glob("*.docx")):
        raise Refused(
            f"{folder.name} holds letters already. Choose an empty folder, so that old and new letters are "
            "not mixed. Nothing was written."
        )


def documents(letters: Letters, status: PaperStatus, folder: Path) -> Iterator[WordDocument]:
    """Yield the letters as documents in their order; those of a kind are filled together."""
    told: dict[str, list[LetterFacts]] = {}
    for letter in letters.letters:
        told.setdefault(letter.kind, []).append(letter_facts(letters, letter, status))
    words = {kind: filled(template_of(kind, folder), many) for kind, many in told.items()}
    for letter in letters.letters:
        word = next(words[letter.kind])
        _dress(word, f"{letters.title}, {letter.reference}", letters.office, status)
        yield word


def _dress(word: WordDocument, title: str, office: str, status: PaperStatus) -> None:
    """Give a document the office's logo, and the properties of a paper."""
    if status.logo:
        first_page_apart(word.sections[0])
        add_logo(word.sections[0].first_page_header.paragraphs[0], status.logo, office)
    properties = word.core_properties
    properties.title = one_line(title)[:255]
    properties.author = properties.last_modified_by = "Grant Panel"
    properties.keywords = laid_out_by()
    properties.created = properties.modified = status.made_at.replace(tzinfo=None, microsecond=0)


def _save(word: WordDocument, path: Path) -> Path:
    finished = BytesIO()
    hold_whole(word)
    word.save(finished)
    return write_beside(path, partial(write_deterministic, finished), check_book)


def letter_names(letters: Letters) -> Iterator[str]:
    """Yield each letter's file name: reference, organisation and kind, without what a name may not hold.

    Two that only differ in that, or in capitals, are numbered: one would take the other's place.
    """
    taken = set[str]()
    for letter in letters.letters:
        name = shortened(one_line(letter.organisation), LONGEST_NAME)
        whole = file_name(one_line(letter.reference), name, letter.kind)
        names = (whole if number == 1 else f"{whole} ({number})" for number in count(1))
        free = next(name for name in names if spelling_key(name) not in taken)
        taken.add(spelling_key(free))
        yield f"{free}.docx"
