"""Read a filled-in Word form: its text where it stands, in controls, fields, text boxes and tables.

What was inserted with changes tracked counts, what was deleted does not.
"""

import posixpath
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from exchange.application_forms.blocks import (
    DEEPEST,
    END,
    FIELD,
    MARKED,
    STRUCK,
    TICKED,
    UNMARKED,
    UNSTRUCK,
    UNTICKED,
    WINGDINGS,
    Block,
    Cell,
    Content,
    Line,
    Paragraph,
    Table,
    in_symbols,
    too_deep,
    without_signs,
)
from exchange.application_forms.package import Element, Package, child, local, value
from models.trouble import Trouble

_PASSED_OVER = frozenset({"del", "moveFrom", "rPr", "pPr", "sdtPr", "sdtEndPr", "instrText", "delText"})
_SPACES = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_OFF = ("0", "false", "off", "none")
_DEEPEST_CHUNK = 2
_MARGINS = ("/header", "/footer")


def read_word(content: bytes, depth: int = 0) -> Content:
    """Return what a .docx holds; raises `Trouble` for what is not read."""
    package = Package(content)
    reader = _Reader(package, depth)
    if not package.part(reader.name):
        raise Trouble("holds no text document; open it, save it as .docx, .odt or .pdf and try again")
    blocks = tuple(reader.blocks_of(child(package.tree(reader.name), "body"), 0))
    return Content(blocks, package.notes, margins=tuple(reader.margins()))


class _Reader:
    """Walks the elements of a document, whatever they are wrapped in."""

    def __init__(self, package: Package, depth: int) -> None:
        self._package, self._depth = package, depth
        self.name = self._main()
        self._ties = self._ties_of(self.name)
        self._styles = self._read_styles()

    def _main(self) -> str:
        ties = self._package.tree("_rels/.rels")
        for tie in () if ties is None else ties:
            if value(tie, "Type").endswith("/officeDocument"):
                return value(tie, "Target").lstrip("/")
        return "word/document.xml"

    def _ties_of(self, name: str) -> dict[str, Element]:
        folder, _, last = name.rpartition("/")
        ties = self._package.tree(f"{folder}/_rels/{last}.rels")
        return {} if ties is None else {value(tie, "Id"): tie for tie in ties}

    def _read_styles(self) -> dict[str, str]:
        """Return what paragraphs of a style are: "b" bold, "i" italic, "h" a heading."""
        root = self._package.tree(posixpath.join(posixpath.dirname(self.name), "styles.xml"))
        found: dict[str, str] = {}
        for style in () if root is None else root:
            name = value(child(style, "name")).casefold()
            is_heading = name.startswith(("heading", "title"))
            look = _look(child(style, "rPr"))
            based = found.get(value(child(style, "basedOn")), "")
            found[value(style, "styleId")] = "".join({*look, *based, *("h" if is_heading else "")})
        return found

    def margins(self) -> Iterator[Block]:
        """Yield what stands at the head and the foot of pages."""
        folder = posixpath.dirname(self.name)
        for tie in self._ties.values():
            if value(tie, "Type").endswith(_MARGINS):
                yield from self.blocks_of(self._package.tree(posixpath.join(folder, value(tie, "Target"))), 0)

    def blocks_of(self, parent: Element | None, depth: int, ground: str = "") -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, those in controls and insertions too."""
        if depth > DEEPEST:
            raise too_deep()
        for element in () if parent is None else parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, depth, ground)
            elif name == "tbl":
                yield Table(tuple(self._rows(element, depth)))
            elif name == "sdt":
                yield from self._control(element, depth, ground)
            elif name == "altChunk":
                yield from self._chunk(element)
            elif name not in _PASSED_OVER:
                yield from self.blocks_of(element, depth + 1, ground)

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[Cell, ...]]:
        for element in table:
            if local(element) == "tr":
                if child(element, "trPr", "del") is None:
                    yield tuple(self._cells(element, depth))
            elif local(element) in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._rows(element, depth + 1)

    def _cells(self, row: Element, depth: int, control: Element | None = None) -> Iterator[Cell]:
        for element in row:
            name = local(element)
            if name == "tc":
                about = child(element, "tcPr")
                fill = value(child(about, "shd"), "fill").casefold()
                ground = "" if fill in ("", "auto", "ffffff") else "s"
                blocks: Iterable[Block] = self.blocks_of(element, depth + 1, ground)
                if control is not None:
                    blocks = _filled_in(list(blocks), control)
                if value(child(about, "vMerge")) == "" and child(about, "vMerge") is not None:
                    blocks = ()
                span = value(child(about, "gridSpan"))
                yield Cell(tuple(blocks), int(span) if span.isdecimal() and len(span) < 4 else 1)
            elif name == "sdt":
                if (content := child(element, "sdtContent")) is not None:
                    yield from self._cells(content, depth, element)
            elif name in ("ins", "customXml"):
                yield from self._cells(element, depth, control)

    def _control(self, element: Element, depth: int, ground: str) -> Iterator[Block]:
        content = child(element, "sdtContent")
        within = [] if content is None else list(self.blocks_of(content, depth + 1, ground))
        is_whole_part = content is not None and any(local(one) in ("sdt", "tbl") for one in content.iter())
        yield from within if is_whole_part else _filled_in(within, element)

    def _chunk(self, element: Element) -> Iterator[Block]:
        """Yield a document that another one takes in: Word shows its text as if it stood there."""
        tie = self._ties.get(value(element, "id"))
        target = value(tie, "Target")
        content = self._package.part(posixpath.normpath(posixpath.join(posixpath.dirname(self.name), target)))
        if content.startswith(b"PK") and self._depth < _DEEPEST_CHUNK:
            yield from read_word(content, self._depth + 1).blocks
        elif content and not content.startswith(b"PK"):
            yield from _of_page(content.decode("utf-8", "replace"))

    def _paragraph(self, element: Element, depth: int, ground: str) -> Iterator[Block]:
        style = self._styles.get(value(child(element, "pPr", "pStyle")), "")
        runs = _Runs(style)
        runs.walk(element, 0)
        yield Paragraph(runs.text, "".join(sorted({*runs.style, *ground, *(style if "h" in style else "")})))
        for box in runs.boxes:
            yield from self.blocks_of(box, depth + 1, ground)


class _Runs(Line):
    """The text of one paragraph as it is gathered from its runs."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self._style = style

    def walk(self, parent: Element, depth: int) -> None:
        if depth > DEEPEST:
            raise too_deep()
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, depth)
            elif name == "sdt":
                self._control(element, depth)
            elif name not in _PASSED_OVER:
                self.walk(element, depth + 1)

    def _control(self, element: Element, depth: int) -> None:
        mark = _mark_of(element)
        self._put(mark.opening)
        content = child(element, "sdtContent")
        if not mark.is_empty and content is not None:
            self.walk(content, depth + 1)
        self._put(mark.closing)

    def _run(self, run: Element, depth: int) -> None:
        about = child(run, "rPr")
        if child(about, "vanish") is not None:
            return
        look = "".join({*_look(about), *self._style} - _unset(about))
        font = value(child(about, "rFonts"), "ascii").casefold()
        before, after = _around(about)
        for element in run:
            name = local(element)
            if name == "t":
                text = element.text or ""
                known = in_symbols(text, font) if font in WINGDINGS else without_signs(text)
                self._put(f"{before}{known}{after}" if known.strip() else known, look)
            elif name == "sym":
                self._symbol(element)
            elif name == "fldChar":
                self._field(element)
            elif name in _SPACES:
                self._put(_SPACES[name], look)
            elif name not in _PASSED_OVER:
                self._drawing(element, depth)

    def _put(self, text: str, look: str = "") -> None:
        if text:
            self._parts.append((text, look))

    def _symbol(self, element: Element) -> None:
        font, code = value(element, "font").casefold(), value(element, "char")
        if font in WINGDINGS:
            self._put(in_symbols(chr(int(code, 16) & 0xFFFF), font) if _is_hex(code) else "")

    def _field(self, element: Element) -> None:
        """Mark what was filled into a field of Word's older kind."""
        kind, data = value(element, "fldCharType"), child(element, "ffData")
        if kind == "begin":
            box, choice = child(data, "checkBox"), child(data, "ddList")
            self._is_filled.append(child(data, "textInput") is not None)
            if box is not None:
                told = child(box, "checked")
                told = child(box, "default") if told is None else told
                self._put(TICKED if told is not None and value(told) not in _OFF else UNTICKED)
            elif choice is not None:
                self._put(f"{FIELD}{_chosen(choice)}{END}")
            elif self._is_filled[-1]:
                self._put(FIELD)
        elif kind == "end" and self._is_filled and self._is_filled.pop():
            self._put(END)

    def _drawing(self, element: Element, depth: int) -> None:
        """Keep the boxes of text in a drawing; of two drawings for old and new programs the new one's."""
        if depth > DEEPEST:
            raise too_deep()
        name = local(element)
        if name == "txbxContent":
            self.boxes.append(element)
            return
        for inner in element:
            if local(inner) == "Fallback" and child(element, "Choice") is not None:
                continue
            if local(inner) == "r":
                self._run(inner, depth + 1)
            else:
                self._drawing(inner, depth + 1)


class _Mark:
    """The signs around what a control holds."""

    def __init__(self, opening: str, closing: str, *, is_empty: bool) -> None:
        self.opening, self.closing, self.is_empty = opening, closing, is_empty


def _mark_of(control: Element) -> _Mark:
    about = child(control, "sdtPr")
    box = child(about, "checkbox")
    if box is not None:
        sign = UNTICKED if value(child(box, "checked")) in ("", *_OFF) else TICKED
        return _Mark(sign, "", is_empty=True)
    return _Mark(FIELD, END, is_empty=child(about, "showingPlcHdr") is not None)


def _filled_in(blocks: list[Block], control: Element) -> Iterator[Block]:
    """Yield what stands in a control, signed at its beginning and its end."""
    mark = _mark_of(control)
    if mark.is_empty or not all(isinstance(one, Paragraph) for one in blocks) or not blocks:
        yield Paragraph(f"{mark.opening}{mark.closing}")
        return
    for at, one in enumerate(blocks):
        assert isinstance(one, Paragraph)
        opening = mark.opening if at == 0 else ""
        closing = mark.closing if at == len(blocks) - 1 else ""
        yield replace(one, text=f"{opening}{one.text}{closing}", style="")


def _look(about: Element | None) -> str:
    pairs = (("b", "b"), ("i", "i"))
    return "".join(
        sign for name, sign in pairs if (one := child(about, name)) is not None and value(one) not in _OFF
    )


def _unset(about: Element | None) -> set[str]:
    """Return what a run is not though its style is."""
    return {name for name in "bi" if (one := child(about, name)) is not None and value(one) in _OFF}


def _around(about: Element | None) -> tuple[str, str]:
    """Return the signs around words that are struck or marked."""
    for name in ("strike", "dstrike"):
        if (one := child(about, name)) is not None and value(one) not in _OFF:
            return STRUCK, UNSTRUCK
    for name in ("highlight", "u"):
        if (one := child(about, name)) is not None and value(one) not in _OFF:
            return MARKED, UNMARKED
    return "", ""


def _chosen(choice: Element) -> str:
    """Return the entry that was chosen in a list, the first where none was."""
    entries = [value(one) for one in choice if local(one) == "listEntry"]
    at = value(child(choice, "result")) or value(child(choice, "default")) or "0"
    return (
        without_signs(entries[int(at)]) if at.isdecimal() and len(at) < 4 and int(at) < len(entries) else ""
    )


def _is_hex(code: str) -> bool:
    return 0 < len(code) < 9 and all(letter in "0123456789abcdefABCDEF" for letter in code)


def _of_page(text: str) -> Iterator[Block]:
    """Yield the lines of a web page or of plain text that a document takes in."""
    from exchange.reading.message_worker import plain_of  # its libraries are for e-mails

    for line in plain_of(text).splitlines():
        yield Paragraph(without_signs(" ".join(line.split())))
