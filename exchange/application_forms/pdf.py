"""Read a PDF form: its words, rules, fields and notes by their places; the fields of our own by name."""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from ctypes import c_double
from functools import lru_cache
from itertools import groupby, islice, pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec.structs import replace

from exchange.application_forms.blocks import (
    END,
    FIELD,
    TICKED,
    UNTICKED,
    WINGDINGS,
    Content,
    in_symbols,
    without_signs,
)
from exchange.application_forms.own import CODE, LEFT, TICKED_SAYS, Asked, chosen
from exchange.application_forms.page_layout import blocks_of, margins_of, paragraphs_of, printed_lines
from exchange.application_forms.page_lines import Box, Page, Rule, Word
from models.papers.form_signs import BEFORE_CHOICE, CODE_NAME
from models.trouble import Trouble

MOST_PAGES, MOST_LETTERS, MOST_DRAWN = 100, 60_000, 20_000
_XFA_FULL, _XFA_FRONT = 2, 3
_NOTE, _WIDGET = 3, 20
_BOX_KINDS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_ANSWER_KINDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_XFA = "It is an XFA form, whose answers are not in its pages. Print it as a PDF and try that."
_BOLD = ("bold", "black", "heavy", "semibold")
_SLANTED = ("italic", "oblique")
_NUMBERED_WORD = re.compile(r"[\d_]")
_FLAT = 2.5
_RIGHT_ANGLE = math.pi / 2
_Turn = Callable[[float, float], tuple[float, float]]
"""What turns a point of the page to where it is read."""


def read_pdf(content: bytes) -> Content:
    """Return what a PDF's pages show and its fields hold; raises `Trouble` for what is not read."""
    try:
        return _read(content)
    except pypdfium2.PdfiumError as error:
        raise Trouble("is damaged or no PDF; save or print it as a PDF again and try once more") from error


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    """Open a PDF; what PDFium says last is about this file only while it is opened."""
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if pdfium.FPDF_GetLastError() == pdfium.FPDF_ERR_PASSWORD:
            raise Trouble("has a passphrase; save it without one and try again") from error
        raise


def _read(content: bytes) -> Content:
    document = _opened(content)
    kind = pdfium.FPDF_GetFormType(document)
    notes = tuple(_notes(document, content, kind))
    if kind == _XFA_FULL:
        return Content((), notes, _XFA)
    if kind:
        document.init_forms()
    if len(document) > MOST_PAGES:
        raise Trouble(f"has more than {MOST_PAGES} pages; take out the pages of the form and try again")
    pages = [_page(document, number) for number in range(len(document))]
    has_code = any(CODE.search(word.text) for page in pages for word in page.words)
    printed = tuple(printed_lines(pages)) if has_code else ()
    pages = _with_second_ink(_without_serial_names(pages))
    margins = margins_of(pages)
    blocks = tuple(blocks_of(pages, margins))
    return Content(blocks, notes, printed=printed, margins=paragraphs_of(margins))


def _without_serial_names(pages: list[Page]) -> list[Page]:
    """Return the pages, fields without what they call themselves where mostly that only numbers them.

    What such a field asks is printed where it stands.
    """
    labels = [word.label for page in pages for word in page.words if word.label]
    if 2 * sum(map(_is_serial, labels)) <= len(labels):
        return pages
    return [page._replace(words=[replace(word, label="") for word in page.words]) for page in pages]


def _is_serial(label: str) -> bool:
    """Say whether a field calls itself by a number, with a word at most: "Text12", "C4_yes", "C4 other"."""
    words = label.split()
    numbered = [word for word in words if _NUMBERED_WORD.search(word)]
    return bool(numbered) and len(words) <= len(numbered) + 1


def _notes(document: pypdfium2.PdfDocument, content: bytes, kind: int) -> Iterator[str]:
    if kind == _XFA_FRONT:
        yield "It is an XFA form as well; what its pages show is read."
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 or b"/JavaScript" in content:
        yield "It has a program of its own, which is not run."
    if b"/Launch" in content:
        yield "It asks to start another program, which is not done."
    if pdfium.FPDFDoc_GetAttachmentCount(document) > 0:
        yield "It has other files within it, which are not read."


def _page(document: pypdfium2.PdfDocument, number: int) -> Page:
    """Return a page turned so that most of its text stands upright."""
    page = document[number]
    text = page.get_textpage()
    letters = _Letters(text)
    quarter = _quarter_of(letters, page)
    turn = _turn_of(letters, quarter)
    fields = list(_annotated(document, page, turn))
    words = [*_words(letters, turn, quarter), *fields]
    rules, boxes = _drawn(_without_borders(_paths(page, turn), fields))
    text.close()
    page.close()
    return Page(words, rules, boxes)


class _Letters:
    """The letters of a page as PDFium gives them, which is asked with the same buffers for each."""

    def __init__(self, text: pypdfium2.PdfTextPage) -> None:
        self._page = text.raw
        self.many = min(text.count_chars(), MOST_LETTERS)
        self._sides = [c_double() for _ in range(4)]
        self._flags, self._name = ctypes.c_int(), ctypes.create_string_buffer(100)
        self._colours = [ctypes.c_uint() for _ in range(4)]

    def code(self, at: int) -> int:
        """Return which letter of Unicode it is, 2 where a word is parted at the end of its line."""
        code: int = pdfium.FPDFText_GetUnicode(self._page, at)
        return code

    def angle(self, at: int) -> int:
        """Return by how many quarters of a turn a letter is turned."""
        turned: float = pdfium.FPDFText_GetCharAngle(self._page, at)
        return round(turned / _RIGHT_ANGLE) % 4

    def box(self, at: int) -> Box | None:
        """Return the part of the page that a letter takes, None for the second of two drawn as one."""
        if not pdfium.FPDFText_GetCharBox(self._page, at, *self._sides):
            return None
        left, right, bottom, top = self._sides
        return Box(left.value, bottom.value, right.value, top.value)

    def look(self, at: int) -> tuple[str, str, str]:
        """Return "b" for bold and "i" for italic, the font if that is one of symbols, and size and colour."""
        pdfium.FPDFText_GetFontInfo(self._page, at, self._name, 100, self._flags)
        pdfium.FPDFText_GetFillColor(self._page, at, *self._colours)
        red, green, blue, _ = (colour.value for colour in self._colours)
        size = round(pdfium.FPDFText_GetFontSize(self._page, at))
        return *_look_of(self._name.value), f"{size} {red} {green} {blue}"


def _quarter_of(letters: _Letters, page: Any) -> int:
    """Return by how many quarters of a turn most of the text of a page is turned."""
    step = max(1, letters.many // 200)
    angles = Counter(letters.angle(at) for at in range(0, letters.many, step))
    return angles.most_common(1)[0][0] if angles else page.get_rotation() // 90 % 4


def _turn_of(letters: _Letters, quarter: int) -> _Turn | None:
    """Return what turns a point of the page to where it is read, y upwards; None where it is upright."""
    if quarter == 0:
        return None
    if quarter == 2:
        return lambda x, y: (-x, -y)
    return (lambda x, y: (y, -x)) if _is_upward(letters) else (lambda x, y: (-y, x))


def _is_upward(letters: _Letters) -> bool:
    """Say whether the letters of a line follow one another up the page."""
    steps = Counter[bool]()
    last: Box | None = None
    for at in range(min(letters.many, 400)):
        box = letters.box(at)
        if (
            box is not None
            and last is not None
            and abs(box.left - last.left) < _FLAT * 2
            and box.bottom != last.bottom
        ):
            steps[box.bottom > last.bottom] += 1
        last = box or last
    return steps[True] >= steps[False]


def _turned(box: Box, turn: _Turn | None) -> Box:
    left, bottom, right, top = box
    if turn is not None:
        left, bottom = turn(box.left, box.bottom)
        right, top = turn(box.right, box.top)
    elif left <= right and bottom <= top:
        return box
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def _words(letters: _Letters, turn: _Turn | None, quarter: int) -> Iterator[Word]:
    """Yield the words of a page: letters that follow one another closely on a line, or up its side."""
    held: list[str] = []
    box: Box | None = None
    look = ("", "", "")
    is_sideways = False
    for at in range(letters.many):
        code = letters.code(at)
        letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if code == 2:
            held.append("\u0002")
            continue
        is_seen = bool(letter) and not letter.isspace()
        own = letters.box(at) if is_seen else None
        if is_seen and own is None and held:
            held.append(letter)  # the second letter of two that are drawn as one
            continue
        if own is None:
            if held and box is not None:
                yield Word(box, _known("".join(held), look[1]), look[0], ink=look[2])
            held, box = [], None
            continue
        own = _turned(own, turn)
        if box is not None and not _follows(box, own):
            is_upward = is_sideways or len(held) == 1
            if is_upward and _is_over(box, own) and (letters.angle(at) - quarter) % 2:
                is_sideways = True
                held.append(letter)
                box = box.around(own)
                continue
            yield Word(box, _known("".join(held), look[1]), look[0], ink=look[2])
            held, box = [], None
        if box is None:
            look, is_sideways = letters.look(at), False
        held.append(letter)
        box = own if box is None else box.around(own)
    if held and box is not None:
        yield Word(box, _known("".join(held), look[1]), look[0], ink=look[2])


def _is_over(word: Box, letter: Box) -> bool:
    """Say whether a letter stands right over or under a word, as in a title up the side of a table."""
    is_beside = letter.left < word.right and word.left < letter.right
    apart = max(letter.bottom - word.top, word.bottom - letter.top)
    return is_beside and apart < letter.width


def _follows(word: Box, letter: Box) -> bool:
    height = max(word.height, letter.height, 4.0)
    is_level = letter.bottom < word.top and letter.top > word.bottom - height / 2
    return is_level and -2 * height < letter.left - word.right < height * 0.6


@lru_cache(maxsize=1_000)
def _look_of(font: bytes) -> tuple[str, str]:
    """Return how the letters of a font look, and its name where it is one of symbols."""
    name = font.decode("utf-8", "replace").casefold()
    look = f"{'b' * any(one in name for one in _BOLD)}{'i' * any(one in name for one in _SLANTED)}"
    return look, next(
        (one for one in reversed(WINGDINGS) if one.replace(" ", "") in name.replace("-", "")), ""
    )


def _with_second_ink(pages: list[Page]) -> list[Page]:
    """Return the pages with "k" in the style of the words in the ink that comes second to the usual one."""
    inks = Counter(word.ink for page in pages for word in page.words if word.ink and "b" not in word.style)
    second = next((ink for ink, _ in inks.most_common(2)[1:]), None)
    if second is None:
        return pages
    return [page._replace(words=[_signed(word, second) for word in page.words]) for page in pages]


def _signed(word: Word, ink: str) -> Word:
    is_second = word.ink == ink and "b" not in word.style
    return replace(word, style=f"{word.style}k") if is_second else word


def _known(text: str, font: str) -> str:
    if font and not (text[0].isascii() is False and ord(text[0]) < 0xE000):
        return in_symbols(text, font)
    return without_signs(text) if text else ""


def _annotated(document: Any, page: Any, turn: _Turn | None) -> Iterator[Word]:
    """Yield what stands in fields and in notes that are put on the page, each where it stands."""
    for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_DRAWN)):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        rect = pdfium.FS_RECTF()
        pdfium.FPDFAnnot_GetRect(note, rect)
        box = _turned(Box(rect.left, rect.bottom, rect.right, rect.top), turn)
        if kind == _NOTE:
            said = without_signs(_string_of(pdfium.FPDFAnnot_GetStringValue, note, b"Contents")).replace(
                "\r", "\n"
            )
            yield Word(box, f"{FIELD}{said}{END}")
        elif kind == _WIDGET and document.formenv is not None:
            yield from _field(document.formenv, note, box)
        pdfium.FPDFPage_CloseAnnot(note)


def _field(forms: Any, note: Any, box: Box) -> Iterator[Word]:
    kind = pdfium.FPDFAnnot_GetFormFieldType(forms, note)
    told = without_signs(_string_of(pdfium.FPDFAnnot_GetFormFieldAlternateName, forms, note)).strip()
    if kind in _BOX_KINDS:
        yield Word(box, TICKED if pdfium.FPDFAnnot_IsChecked(forms, note) else UNTICKED, "", told)
    elif kind in _ANSWER_KINDS:
        said = without_signs(_string_of(pdfium.FPDFAnnot_GetFormFieldValue, forms, note)).replace(
            "\r\n", "\n"
        )
        yield Word(box, f"{FIELD}{said.replace(chr(13), chr(10)).strip()}{END}", "", told)


def _string_of(ask: Any, *of: Any) -> str:
    length = min(ask(*of, None, 0), 4_000_000)
    buffer = ctypes.create_string_buffer(max(length, 2))
    ask(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


_Path = tuple[list[tuple[float, float]], Box]
"""The corners of what is drawn, and the part of the page that it takes."""


def _paths(page: Any, turn: _Turn | None) -> Iterator[_Path]:
    drawn = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for path in islice(drawn, MOST_DRAWN):
        ends = [point if turn is None else turn(*point) for point in _points(path)]
        if ends:
            yield ends, Box(*(f(c[i] for c in ends) for f, i in ((min, 0), (min, 1), (max, 0), (max, 1))))


def _without_borders(paths: Iterable[_Path], fields: Sequence[Word]) -> Iterator[_Path]:
    """Yield what is drawn without the borders of fields, which part no field from its question.

    What has another part of a table at its side is the cell that a field fills.
    """
    drawn = [(path, any(path[1].is_alike(field.box) for field in fields)) for path in paths]
    others = [box for (_, box), is_around in drawn if not is_around]
    return (
        path
        for path, is_around in drawn
        if not is_around or any(path[1].is_beside(other) for other in others)
    )


def _drawn(paths: Iterable[_Path]) -> tuple[list[Rule], list[Box]]:
    """Return the lines on a page, and the small squares that may be boxes to tick."""
    rules: list[Rule] = []
    squares: list[Box] = []
    for ends, box in paths:
        if len(rules) > MOST_DRAWN:
            break
        if 5 <= box.width <= 18 and 5 <= box.height <= 18:
            squares.append(box.within() if _is_slanted(ends) else box)
        else:
            rules.extend(_rules_of(ends, box))
    return rules, squares


def _is_slanted(ends: Sequence[tuple[float, float]]) -> bool:
    """Say whether a path has a stroke of a cross or a tick, or the bends of a circle."""
    return any(min(abs(x - to_x), abs(y - to_y)) > _FLAT for (x, y), (to_x, to_y) in pairwise(ends))


def _rules_of(ends: Sequence[tuple[float, float]], box: Box) -> Iterator[Rule]:
    if box.height <= _FLAT < box.width or box.width <= _FLAT < box.height:
        yield Rule(box, is_level=box.width > box.height)
        return
    for (x, y), (to_x, to_y) in zip(ends, [*ends[1:], ends[0]], strict=True):
        if (abs(x - to_x) > _FLAT) != (abs(y - to_y) > _FLAT):
            edge = Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))
            yield Rule(edge, is_level=edge.width > edge.height)


def _points(drawn: Any) -> list[tuple[float, float]]:
    """Return the corners of a path where they lie on the page, of one in a drawing within it too."""
    many = min(pdfium.FPDFPath_CountSegments(drawn), 2_000)
    matrix, around = drawn.get_matrix(), drawn.container
    while around is not None:
        matrix, around = matrix.multiply(around.get_matrix()), around.container
    found = []
    for at in range(many):
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(drawn, at), x, y):
            found.append(matrix.on_point(x.value, y.value))
    return found


def own_fields(content: bytes) -> list[Asked] | None:
    """Return what was filled into the fields of a form of ours, its code last; None for any other PDF.

    So it is for one in which something is typed over a field: the field does not have it. One that cannot be
    opened is another one: who reads it next says why.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            is_form = document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM and len(document) <= MOST_PAGES
            fields = list(_fields(document)) if is_form else []
    except pypdfium2.PdfiumError:
        return None
    if not fields or fields[-1].name != CODE_NAME or _TYPED_OVER in fields:
        return None
    groups = groupby(fields, lambda one: one.label.partition(BEFORE_CHOICE)[0])
    return [*(_asked(label, list(group)) for label, group in groups), Asked("", LEFT, "")]


_TYPED_OVER = Asked("", "", "typed over")


def _asked(label: str, fields: list[Asked]) -> Asked:
    """Return a question of one field, or of several that are ticked or not."""
    ticked = [one.label.partition(BEFORE_CHOICE)[2] for one in fields if one.text == TICKED_SAYS]
    is_choice = BEFORE_CHOICE in fields[0].label
    return Asked(label, fields[0].name, chosen(ticked) if is_choice else fields[0].text)


def _fields(document: pypdfium2.PdfDocument) -> Iterator[Asked]:
    document.init_forms()
    form = document.formenv
    for page in document:
        text = page.get_textpage()
        for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
            note = pdfium.FPDFPage_GetAnnot(page, number)
            kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
            rect = pdfium.FS_RECTF()
            pdfium.FPDFAnnot_GetRect(note, rect)
            if kind > pdfium.FPDF_FORMFIELD_UNKNOWN:
                is_box = kind == pdfium.FPDF_FORMFIELD_CHECKBOX
                ticked = TICKED_SAYS * bool(pdfium.FPDFAnnot_IsChecked(form, note)) if is_box else ""
                typed = ticked if is_box else _string_of(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
                label = _string_of(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, note)
                if text.get_text_bounded(rect.left, rect.bottom, rect.right, rect.top).strip():
                    yield _TYPED_OVER
                yield Asked(label, _string_of(pdfium.FPDFAnnot_GetFormFieldName, form, note), typed)
            elif pdfium.FPDFAnnot_GetSubtype(note) == _NOTE:
                yield _TYPED_OVER
            pdfium.FPDFPage_CloseAnnot(note)
