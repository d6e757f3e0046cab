"""Tags of a PDF: headings, paragraphs, tables with header cells, in reading order, for screen readers.

reportlab writes title and language but no structure. It lets a table tell when it draws which cell, and
its document keeps indirect objects, which is all that is needed: what is drawn is put between marks in
the page, and a tree of elements says what each mark is. What stands at the edge of pages, and the rules
and grounds of tables, are marked as artifacts. Source: ISO 32000-1, section 14.7 and 14.8.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from reportlab.pdfbase import pdfdoc


class Element:
    """One element of the structure: its type, what it stands in, and the elements and marks in it.

    `words` say what a picture shows, `columns` over how many a cell reaches. `texts` are what it was written
    from, None for a part of one; `is_shaped` says that the page has signs of them in another order or form.
    """

    __slots__ = ("columns", "is_shaped", "kids", "kind", "name", "parent", "texts", "words")

    def __init__(self, kind: str, parent: "Element | None", words: str = "") -> None:
        self.kind, self.parent, self.words, self.name = kind, parent, words, ""
        self.columns, self.is_shaped = 1, False
        self.texts: list[str | None] = []
        self.kids: list[Element | tuple[int, int]] = []
        if parent is not None:
            parent.kids.append(self)

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
        self._is_marking = False
        self._current: Element | None = None

    @property
    def is_marking(self) -> bool:
        """Whether what is drawn now belongs to a mark already."""
        return self._is_marking

    def begin(self, canvas: Any, element: Element | None) -> None:
        """Begin a mark of an element, or (None) of what is no part of the text."""
        self._is_marking, self._current = True, element
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
        self._is_marking, self._current = False, None

    def say(self, text: str | None, *, is_shaped: bool) -> None:
        """Keep what is drawn in the mark as it was written; None is a part of a text, told elsewhere."""
        if self._current is not None:
            self._current.texts.append(text)
            self._current.is_shaped |= is_shaped

    def let_go(self) -> None:
        """Let go of the elements: each holds what it stands in, and is held by it."""
        left: list[Element | tuple[int, int]] = [self.root]
        while left:
            element = left.pop()
            if isinstance(element, Element):
                left += element.kids
                element.kids = []
        self.marked.clear()


@contextmanager
def marked(canvas: Any, element: Element | None) -> Iterator[None]:
    """Mark what is drawn as an element, or (None) as an artifact; nothing is marked within a mark."""
    tags = tags_of(canvas)
    if tags is None or tags.is_marking:
        yield
        return
    tags.begin(canvas, element)
    yield
    tags.end(canvas)


def tags_of(canvas: Any) -> Tags | None:
    """Return the tags of the document that a canvas draws, None where it is not tagged."""
    return getattr(canvas, "tags", None)


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
        tags = tags_of(table.canv)
        if tags is None or (tags.is_marking and not self._has_begun):
            return
        match action:
            case "startTable":
                self._start_table(tags)
            case "startRow":
                self._start_row(where[0])
            case "startCell" if not (self._is_layout and not isinstance(where[2], str)):
                self._begin(table.canv, tags, self._cell(tags, *where[:2]))
            case "startBG" | "startLines":
                self._begin(table.canv, tags, None)
            case "endCell" | "endBG" | "endLines" if self._has_begun:
                tags.end(table.canv)
                self._has_begun = False

    def _begin(self, canvas: Any, tags: Tags, element: Element | None) -> None:
        tags.begin(canvas, element)
        self._has_begun = True

    def _start_table(self, tags: Tags) -> None:
        self._is_repeated = self._table is not None
        if self._table is None and not self._is_layout:
            self._table = Element("Table", tags.root)

    def _start_row(self, number: int) -> None:
        self._left = None
        is_drawn_again = self._is_repeated and number < self._headings
        self._row = None if self._is_layout or is_drawn_again else Element("TR", self._table)

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
    elements = [element for element in _walk(tags.root) if element.kids]
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
        shown = document.idToObject[_page_name(page)]
        shown.__class__, shown.StructParents = _TaggedPage, page
        shown.Tabs = pdfdoc.PDFName("S")
    tree["ParentTree"] = pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)})
    tree["ParentTreeNextKey"] = len(tags.marked)
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


def _page_name(page: int) -> str:
    return f"Page{page + 1}"


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
            return bytes(pdfdoc.PDFObjectReference(kid.name).format(document)) if kid.kids else b""
        page, number = kid
        shown = pdfdoc.PDFObjectReference(_page_name(page)).format(document)
        return b"<</Type /MCR /Pg %s /MCID %d>>" % (shown, number)
