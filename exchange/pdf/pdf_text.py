"""Words put into the PDF's own structure, their fonts chosen, and what each mark in a page is.

Nothing that an applicant wrote is ever read as markup, fetched or dropped in silence.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from exchange.pdf.fonts import SHAPED_FONTS, in_print, pieces, shown_by, turned, with_split_words
from exchange.written_text import PARTS


class Element:
    """One element of the structure: its type, what it stands in, and the elements and marks in it.

    `words` say what a picture shows, `columns` over how many a cell reaches. `texts` are what it was written
    from, None for a part of one; `is_shaped` says that the page has signs of them in another order or form.
    `field` is the field of a form that it is, with the number of its page.
    """

    __slots__ = ("columns", "field", "is_shaped", "kids", "kind", "name", "parent", "texts", "words")

    def __init__(self, kind: str, parent: "Element | None", words: str = "") -> None:
        self.kind, self.parent, self.words, self.name = kind, parent, words, ""
        self.columns, self.is_shaped = 1, False
        self.field: tuple[int, Any] | None = None
        self.texts: list[str | None] = []
        self.kids: list[Element | tuple[int, int]] = []
        if parent is not None:
            parent.kids.append(self)

    @property
    def is_told(self) -> bool:
        return bool(self.kids) or self.field is not None

    @property
    def spoken(self) -> str:
        """Return its text for readers, who cannot have it from the page; "" where they can."""
        known = [text for text in self.texts if text is not None]
        return "\n".join(known) if self.is_shaped and len(known) == len(self.texts) else ""


class Tags:
    """The structure of one document while it is drawn.

    A mark is (page from 0, number on that page). While a cell is drawn, what is in it makes no elements
    of its own.
    """

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self.marked: dict[int, list[Element]] = {}
        self.fields: list[tuple[Any, Element]] = []
        self.is_marking = False
        self._current: Element | None = None

    def begin(self, canvas: Any, element: Element | None) -> None:
        """Begin a mark of an element, or (None) of what is no part of the text."""
        self.is_marking, self._current = True, element
        if element is None:
            canvas.addLiteral("/Artifact BMC")
            return
        page = len(canvas.finished_pages)
        marks = self.marked.setdefault(page, [])
        canvas.addLiteral(f"/{element.kind} <</MCID {len(marks)}>> BDC")
        element.kids.append((page, len(marks)))
        marks.append(element)

    def end(self, canvas: Any) -> None:
        """End a mark."""
        canvas.addLiteral("EMC")
        self.is_marking, self._current = False, None

    def add_field(self, page: int, field: Any, reference: Any, element: Element) -> None:
        """Have an element stand for a field of a form on a page from 0."""
        element.field = page, reference
        self.fields.append((field, element))

    def say(self, text: str | None, *, is_shaped: bool) -> None:
        """Keep what is drawn in the mark as it was written; None is a part of a text, told elsewhere."""
        if self._current is not None:
            self._current.texts.append(text)
            self._current.is_shaped |= is_shaped

    def let_go(self) -> None:
        """Let go of the elements: each holds what it stands in, and is held by it."""
        for element in list(_walk(self.root)):
            element.kids = []
        self.marked.clear()
        self.fields.clear()


@contextmanager
def marked(canvas: Any, element: Element | None) -> Iterator[None]:
    """Mark what is drawn as an element, or (None) as an artifact; nothing is marked within a mark."""
    tags: Tags = canvas.tags
    if tags.is_marking:
        yield
        return
    tags.begin(canvas, element)
    yield
    tags.end(canvas)


class TableTags:
    """Tells of a table's cells as they are drawn, over all the pages that it is split on.

    Its first rows are the heading of each column, tagged once; where they are repeated they are artifacts.
    With `is_layout` the table only places text: what is in its cells tags itself, bare text as a paragraph.
    """

    def __init__(self, *, headings: int = 1, is_layout: bool = False) -> None:
        self._headings, self._is_layout = headings, is_layout
        self._table: Element | None = None
        self._row: Element | None = None
        self._left: tuple[Element, int] | None = None
        self._is_repeated = self._has_begun = False

    def __call__(self, table: Any, action: str, *where: Any) -> None:
        """Take what reportlab tells: startTable, startBG, startRow, startCell, startLines and their ends."""
        tags: Tags = table.canv.tags
        if tags.is_marking and not self._has_begun:
            return
        match action:
            case "startTable":
                self._is_repeated = self._table is not None
                if self._table is None and not self._is_layout:
                    self._table = Element("Table", tags.root)
            case "startRow":
                self._left = None
                is_drawn_again = self._is_repeated and where[0] < self._headings
                self._row = None if self._is_layout or is_drawn_again else Element("TR", self._table)
            case "startCell" if not (self._is_layout and not isinstance(where[2], str)):
                tags.begin(table.canv, self._cell(tags, *where[:2]))
            case "startBG" | "startLines":
                tags.begin(table.canv, None)
            case "endCell" | "endBG" | "endLines" if self._has_begun:
                tags.end(table.canv)
        self._has_begun = tags.is_marking

    def _cell(self, tags: Tags, row: int, column: int) -> Element | None:
        """Return the element of a cell; None in a heading that is repeated on a further page.

        The one to its left reaches up to it.
        """
        if self._is_layout:
            return Element("P", tags.root)
        if self._row is None:
            return None
        cell = Element("TH" if row < self._headings else "TD", self._row)
        if self._left is not None:
            left, at = self._left
            left.columns = column - at
        self._left = cell, column
        return cell


def write_structure(document: Any, tags: Tags) -> None:
    """Put the tree, and the way back from each page's marks, into a document whose pages are all added."""
    elements = [element for element in _walk(tags.root) if element.is_told]
    _close_levels(elements)
    for number, element in enumerate(elements):
        element.name = f"Tag{number}"
    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    root = document.Reference(tree, "TagTree")
    for element in elements:
        document.Reference(_StructElement(element, root), element.name)
    tree["K"] = pdfdoc.PDFObjectReference(tags.root.name)
    numbers: list[Any] = []
    for page, marks in sorted(tags.marked.items()):
        numbers += [page, pdfdoc.PDFArray([pdfdoc.PDFObjectReference(each.name) for each in marks])]
        shown = document.idToObject[f"Page{page + 1}"]
        shown.__class__, shown.StructParents = _TaggedPage, page
        shown.Tabs = pdfdoc.PDFName("S")
    first = max(tags.marked, default=-1) + 1
    for number, (field, element) in enumerate(tags.fields, first):
        field.dict["StructParent"] = number
        numbers += [number, pdfdoc.PDFObjectReference(element.name)]
    tree["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    tree["ParentTreeNextKey"] = first + len(tags.fields)
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})


def _close_levels(elements: Sequence[Element]) -> None:
    """Have headings begin at the first level, and skip none: readers go through them level by level."""
    levels = sorted({each.kind for each in elements if _HEADING.fullmatch(each.kind)})
    closed = {kind: f"H{number}" for number, kind in enumerate(levels, 1)}
    for each in elements:
        each.kind = closed.get(each.kind, each.kind)


_HEADING = re.compile("H[1-6]")


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _walk(kid)


class _TaggedPage(pdfdoc.PDFPage):  # type: ignore[misc]
    """A page that names its row in the parent tree, which reportlab's own leaves out."""

    __NoDefault__: ClassVar[list[str]] = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


class _StructElement(pdfdoc.PDFObject):  # type: ignore[misc]
    """An element as the file has it; a heading cell is of its column, a picture has its words."""

    def __init__(self, element: Element, root: Any) -> None:
        self._element, self._root = element, root

    def format(self, document: Any) -> bytes:
        """Return the element as PDF source."""
        element = self._element
        above = self._root if element.parent is None else pdfdoc.PDFObjectReference(element.parent.name)
        kids = b" ".join(self._kid(document, kid) for kid in element.kids)
        if element.field is not None:
            page, field = element.field
            shown = pdfdoc.PDFObjectReference(f"Page{page + 1}").format(document)
            kids = b"<</Type /OBJR /Pg %s /Obj %s>>" % (shown, field.format(document))
        more = b" /A <</O /Table /Scope /Column>>" if element.kind == "TH" else b""
        if element.columns > 1:
            more = b" /A <</O /Table /ColSpan %d>>" % element.columns
        for key, words in ((b" /Alt ", element.words), (b" /ActualText ", element.spoken)):
            if words:
                more += key + pdfdoc.PDFString(words).format(document)
        return b"<</Type /StructElem /S /%s /P %s /K [%s]%s>>" % (
            element.kind.encode(),
            above.format(document),
            kids,
            more,
        )

    def _kid(self, document: Any, kid: "Element | tuple[int, int]") -> bytes:
        if isinstance(kid, Element):
            return bytes(pdfdoc.PDFObjectReference(kid.name).format(document)) if kid.is_told else b""
        page, number = kid
        shown = pdfdoc.PDFObjectReference(f"Page{page + 1}").format(document)
        return b"<</Type /MCR /Pg %s /MCID %d>>" % (shown, number)


def para(text: str, style: ParagraphStyle) -> Paragraph:
    """Return a paragraph of plain text in a style whose font is `REGULAR` or `BOLD`.

    White space is made single spaces, words over 80 characters are split.
    """
    written = in_print(text)
    plain = with_split_words(written)
    is_shown = shown_by(style.fontName).issuperset(plain)
    found = [(False, (style.fontName, plain))] if is_shown else list(pieces(plain, style.fontName))
    look = {"fontSize": style.fontSize, "textColor": style.textColor} | _NO_MARKUP
    frags = [
        ParaFrag(is_backward=is_backward, text=part, fontName=font, link=[], us_lines=[], **look)
        for is_backward, (font, part) in found
    ]
    shaped = next((font for _, (font, _) in found if font in SHAPED_FONTS), "")
    if shaped:  # reportlab asks the style's own font whether it can be shaped
        style = ParagraphStyle(f"{style.name} shaped", parent=style, fontName=shaped, shaping=1)
    settled = _Settled("", style, frags=frags)
    settled._is_shaped = bool(shaped) or any(is_backward for is_backward, _ in found)
    settled._written = written
    return settled


_NO_MARKUP = {"bold": 0, "italic": 0, "rise": 0, "greek": 0}
"""What reportlab's own reading of markup leaves with text that has none."""


class _Settled(Paragraph):  # type: ignore[misc]
    """A paragraph that is broken into lines once for a width; tables ask again and again."""

    _set_at: float | None = None
    _is_shaped = _is_part = False
    _written = ""
    _wholes: Sequence[tuple[ParaFrag, str]] = ()
    _tagged: list[Element]

    def draw(self) -> None:
        """Draw the paragraph, tagged as its style says; the parts of one that is split are one element."""
        tags: Tags = self.canv.tags
        if tags.is_marking:
            tags.say(None if self._is_part else self._written, is_shaped=self._is_shaped)
            super().draw()
            return
        tagged = self.__dict__.setdefault("_tagged", [])
        if not tagged:
            tagged.append(Element(getattr(self.style, "tag", "P"), tags.root))
            tagged[0].texts, tagged[0].is_shaped = [self._written], self._is_shaped
        with marked(self.canv, tagged[0]):
            super().draw()

    def split(self, available_width: float, available_height: float) -> list[Any]:
        """Return the parts of the paragraph over the end of a page, which stay one element."""
        if not hasattr(self, "blPara"):
            self.wrap(available_width, available_height)
        self._turn()  # its parts are broken into lines anew
        parts: list[Any] = super().split(available_width, available_height)
        self._turn()
        tagged = self.__dict__.setdefault("_tagged", [])
        for part in parts:
            part._tagged, part._is_part = tagged, True
            part._written, part._is_shaped = self._written, self._is_shaped
        return parts

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """Return the room that the paragraph takes."""
        if self._set_at != available_width or not hasattr(self, "blPara"):
            self._part_what_is_wider(available_width - self.style.leftIndent)
            super().wrap(available_width, available_height)
            self._set_at = available_width
            self._turn()
        return self.width, self.height

    def _part_what_is_wider(self, width: float) -> None:
        """Let lines end at a hyphen, where a word is wider than they are."""
        if not self._wholes:
            self._wholes = [(frag, frag.text) for frag in self.frags if hasattr(frag, "text")]
        for frag, text in self._wholes:
            frag.text = text
            if "-" in text and not _is_narrower(frag, text, width):
                words = text.split(" ")
                frag.text = " ".join(part for word in words for part in _at_hyphens(frag, word, width))

    def _turn(self) -> None:
        """Put the backward words of each line the other way round; a second time, back."""
        if not hasattr(self, "blPara"):  # given up where not a line of it fits
            return
        for number, line in enumerate(self.blPara.lines):
            for frag in getattr(line, "words", ()):
                if getattr(frag, "is_backward", False):
                    frag.text = turned(frag.text)
            if isinstance(line, tuple) and getattr(self.frags[0], "is_backward", False):
                self.blPara.lines[number] = (line[0], line[1][::-1], *line[2:])


def _at_hyphens(frag: ParaFrag, word: str, width: float) -> Iterator[str]:
    """Yield a word as it is, or one that is wider than a line in parts that end with a hyphen.

    No two of them fit on one line, so that no space is seen between.
    """
    held = ""
    for part in [word] if _is_narrower(frag, word, width) else PARTS.findall(word):
        if held and not _is_narrower(frag, held + part, width):
            yield held
            held = ""
        held += part
    yield held


def _is_narrower(frag: ParaFrag, text: str, width: float) -> bool:
    return float(stringWidth(text, frag.fontName, frag.fontSize)) <= width
