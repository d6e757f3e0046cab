"""The folder of letters: one file each, all of them in one for printing, filled in from templates."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from functools import partial
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

import resources
from exchange.atomic import write_beside
from exchange.papers.document.docx import add_logo
from exchange.papers.document.docx_text import element, name_document, save_word, style_name
from exchange.papers.document.pdf import write_document_pdf, write_letters_pdf
from exchange.papers.document.values import Document
from exchange.papers.letters.letter_facts import LetterFacts, letter_facts
from exchange.papers.letters.mail import FOLDER as MAILS
from exchange.papers.letters.mail import write_mail
from exchange.papers.letters.one_page import bring_to_one_page
from exchange.papers.letters.pages import letter_document
from exchange.papers.templates.word import WordTemplate, filled, names_in, own, shipped
from exchange.reading.word_templates import read_template_file
from exchange.written_text import one_line
from exchange.xlsx.xlsx_cells import check_book
from models.papers.letters.letter import DIRECT_OFFER, DIRECT_WITHDRAWN, KINDS, PART_OFFER, WITHDRAWN, Letter
from models.papers.letters.letters import LetterFiles, Letters
from models.papers.status import PaperStatus
from models.trouble import Trouble
from models.values.rows import gathered
from scoring.written.names import file_name, shortened, spelling_key
from scoring.written.text import Refused

FOLDER = "Letter templates"
"""Beside the folder of letters, in which lies what is to be sent: a template in here counts."""
SHIPPED = "As shipped"
"""Within that, copies to take one from and edit it, which do not count: the program's own may get better."""
WITH_LETTERS = "templates"
"""Within a folder of letters, where an office puts what counts for these letters alone."""

REASONS = frozenset({"why", "told", "points", "changes", "withdrawn_on", "open", "came", "held", "challenge"})
"""A template has one of these, since no letter leaves without a reason."""
TEMPLATES = {DIRECT_OFFER: "offer", PART_OFFER: "offer", DIRECT_WITHDRAWN: WITHDRAWN}
"""The kinds of letters that share a template with another, in which they are told apart."""


def template_path(kind: str, folder: Path) -> Path:
    """Return the office's own template of a letter for a folder of letters, else the one that ships."""
    names = (kind, TEMPLATES.get(kind, kind))
    places = (inner / f"{name}.docx" for name in dict.fromkeys(names) for inner in _places(folder))
    return next((own for own in places if own.is_file()), resources.path(f"letters/{names[1]}.docx"))


def own_templates(folder: Path) -> tuple[Path, ...]:
    """Return the office's own templates for a folder of letters, those that are there."""
    found = (inner / f"{kind}.docx" for inner in _places(folder) for kind in KINDS)
    return tuple(own for own in found if own.is_file())


def _places(folder: Path) -> tuple[Path, Path]:
    return folder / WITH_LETTERS, folder.absolute().parent / FOLDER


def offer_templates(folder: Path) -> None:
    """Put copies of the templates that ship where an office finds them; letters do without where none can."""
    copies = _places(folder)[1] / SHIPPED
    with suppress(OSError, Trouble):
        copies.mkdir(parents=True, exist_ok=True)
        for path in (copies / f"{kind}.docx" for kind in KINDS if kind not in TEMPLATES):
            shipped = resources.path(f"letters/{path.name}")
            if not path.is_file() or path.read_bytes() != shipped.read_bytes():
                write_beside(path, partial(shutil.copyfile, shipped), check_book)


def template_of(kind: str, folder: Path) -> WordTemplate:
    """Return the template of a letter that counts for a folder; raises Trouble or Refused with its name."""
    path = template_path(kind, folder)
    if path == resources.path(f"letters/{path.name}"):
        return shipped(path.name, LetterFacts)
    template = own(path.name, read_template_file(path), LetterFacts)
    if REASONS.isdisjoint(names_in(template)):
        raise Refused(
            f"{path.name} has neither {{{{ why }}}} nor {{{{ told }}}}, and no letter goes out without a "
            "reason."
        )
    return template


FIRST_MARK = 1000
"""Bookmarks at the ends of letters are numbered from here, past those of a template."""
_RELATED = (qn("r:id"), qn("r:embed"), qn("r:link"))


def in_one(letters: Iterable[WordDocument]) -> WordDocument | None:
    """Return all letters one after the other, None where a template holds pictures or links of its own."""
    whole: WordDocument | None = None
    for number, word in enumerate(letters, 1):
        if _is_tied(word.element.body):
            return None
        _count_alone(word, number)
        if whole is None:
            whole = word
        else:
            _append(whole, word)
    return whole


def first_page_apart(section: Any) -> None:
    """Give the first page of a letter a head and a foot of its own, alike the others': its logo stands there.

    A template whose first page has its own keeps them.
    """
    if section.different_first_page_header_footer:
        return
    section.different_first_page_header_footer = True
    pairs = ((section.header, section.first_page_header), (section.footer, section.first_page_footer))
    for every, first in pairs:
        first.is_linked_to_previous = False
        _put_in_place(first.part.element, every.part.element)


def _append(whole: WordDocument, word: WordDocument) -> None:
    """Put a letter behind others, in a section of its own, whose pages are counted afresh."""
    section = whole.add_section(WD_SECTION.NEW_PAGE)
    body = whole.element.body
    empty, last = body[-2], body[-3]
    if last.tag == qn("w:p"):  # an empty paragraph behind a full page would have a page of its own
        last.get_or_add_pPr().append(empty.pPr.find(qn("w:sectPr")))
        body.remove(empty)
    for each in word.element.body.iterchildren():
        if each.tag != qn("w:sectPr"):
            body.insert(len(body) - 1, deepcopy(each))
    for each in body[-1].findall(qn("w:pgNumType")):
        body[-1].remove(each)
    counted = element("pgNumType", {"start": "1"})
    body[-1].insert_element_before(counted, "w:cols", "w:titlePg", "w:docGrid")
    of_letters = (one.sections[0].different_first_page_header_footer for one in (whole, word))
    section.different_first_page_header_footer = all(of_letters)
    for into, foot in zip(_feet(section), _feet(word.sections[0]), strict=False):
        if not _is_tied(foot.part.element):  # one that holds pictures is left out
            into.is_linked_to_previous = False
            _put_in_place(into.part.element, foot.part.element)


def _feet(section: Any) -> list[Any]:
    has_first = section.different_first_page_header_footer
    return [section.footer, *([section.first_page_footer] if has_first else [])]


def _put_in_place(into: Any, part: Any) -> None:
    for each in list(into):
        into.remove(each)
    for each in part:
        into.append(deepcopy(each))


def _count_alone(word: WordDocument, number: int) -> None:
    """Have "of 2" in "Page 1 of 2" count a letter's own pages: it is the page on which the letter ends.

    Word knows a count for a section, which LibreOffice does not; the page of a bookmark both know.
    """
    codes = [
        code
        for foot in _feet(word.sections[0])
        for code in foot.part.element.iter(qn("w:instrText"))
        if "NUMPAGES" in str(code.text)
    ]
    if codes:
        _mark_end(word, number)
    for code in codes:
        code.text = f" PAGEREF {_mark(number)} "
        paragraph = next(code.iterancestors(qn("w:p")))
        for part in paragraph.iter(qn("w:fldChar")):
            if part.get(qn("w:fldCharType")) == "begin":
                part.set(qn("w:dirty"), "true")  # worked out as the file is opened


def _mark_end(word: WordDocument, number: int) -> None:
    paragraph = list(word.element.body.iter(qn("w:p")))[-1]
    own = {"id": str(FIRST_MARK + number)}
    paragraph.append(element("bookmarkStart", own | {"name": _mark(number)}))
    paragraph.append(element("bookmarkEnd", own))


def _mark(number: int) -> str:
    return f"end_of_letter_{number}"


def _is_tied(part: Any) -> bool:
    """Whether a part of a letter refers to pictures or links of its own file, which a copy would lose."""
    pages = (qn("w:headerReference"), qn("w:footerReference"))
    inner = (each for each in part.iter() if each.tag not in pages)
    return any(each.get(name) for each in inner for name in _RELATED)


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
        with suppress(OSError):
            (folder / MAILS).rmdir()
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
    if files.mails:
        (folder / MAILS).mkdir(exist_ok=True)
    pages: list[Document] = []
    words = documents(letters, status, folder)
    each = zip(letters.letters, letter_names(letters), words, strict=True)
    for done, (letter, name, word) in enumerate(each, 1):
        path = save_word(word, folder / name)
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


def _put_kept(path: Path, kept: Mapping[str, bytes]) -> None:
    if path.name in kept:
        path.write_bytes(kept[path.name])


def _all_in_one(letters: Letters, folder: Path, pages: Sequence[Document]) -> Iterator[Path]:
    merged = in_one(docx.Document(str(folder / name)) for name in letter_names(letters))
    if merged is not None:
        yield save_word(merged, folder / f"{MERGED}.docx")
    if pages:
        yield write_letters_pdf(pages, f"{letters.title}, all letters", folder / f"{MERGED}.pdf")


def letter_text(letters: Letters, letter: Letter, status: PaperStatus, folder: Path) -> str:
    """Return the text of one letter as the folder's template has it written, a line for each paragraph."""
    # on its own: one that is put aside, as words of it are missing, is among no letters that are written
    (word,) = filled(template_of(letter.kind, folder), [letter_facts(letters, letter, status)])
    found = (Paragraph(each, word) for each in word.element.body.iter(qn("w:p")))
    return "\n".join(f"• {one.text}" if style_name(one).startswith("List") else one.text for one in found)


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
    told = gathered((letter.kind, letter_facts(letters, letter, status)) for letter in letters.letters)
    words = {kind: filled(template_of(kind, folder), many) for kind, many in told.items()}
    for letter in letters.letters:
        word = next(words[letter.kind])
        _dress(word, f"{letters.title}, {letter.reference}", letters.office, status)
        yield word


def _dress(word: WordDocument, title: str, office: str, status: PaperStatus) -> None:
    if status.logo:
        first_page_apart(word.sections[0])
        add_logo(word.sections[0].first_page_header.paragraphs[0], status.logo, office)
    bring_to_one_page(word, has_logo=bool(status.logo))
    name_document(word, title, status.made_at)


def letter_names(letters: Letters) -> Iterator[str]:
    """Yield each letter's file name: reference, organisation and kind, without what a name may not hold.

    Of a challenge it names nobody: who asked goes with an erasure, and names of files stay. Two that only
    differ in that, or in capitals, are numbered: one would take the other's place.
    """
    taken = set[str]()
    for letter in letters.letters:
        name = "" if letters.is_of_challenges else shortened(one_line(letter.organisation), LONGEST_NAME)
        whole = file_name(one_line(letter.reference), name, letter.kind)
        names = (whole if number == 1 else f"{whole} ({number})" for number in count(1))
        free = next(name for name in names if spelling_key(name) not in taken)
        taken.add(spelling_key(free))
        yield f"{free}.docx"
