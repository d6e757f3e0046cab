"""Read a filled-in OpenDocument form: its text, its controls, text boxes and tables."""

import io
import zipfile
from collections.abc import Iterator

from msgspec import Struct

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
from exchange.reading.guard import DAMAGE
from models.trouble import Trouble

_LINES = frozenset({"p", "h"})
_PASSED_OVER = frozenset(
    {
        "tracked-changes",
        "forms",
        "sequence-decls",
        "variable-decls",
        "annotation",
        "note",
        "desc",
        "title",
        "placeholder",  # what is typed there takes its place
    }
)
_MOST_SPACES = 200


class _Look(Struct, frozen=True):
    """How a style shows text; `ground` is "s" on a shaded one."""

    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    is_marked: bool = False
    font: str = ""
    ground: str = ""

    @property
    def style(self) -> str:
        return "b" * self.is_bold + "i" * self.is_italic

    def over(self, other: "_Look") -> "_Look":
        """Return the look of a style within another."""
        return _Look(
            self.is_bold or other.is_bold,
            self.is_italic or other.is_italic,
            self.is_struck or other.is_struck,
            self.is_marked or other.is_marked,
            self.font or other.font,
            self.ground or other.ground,
        )


_PLAIN = _Look()


def is_open_document(content: bytes) -> bool:
    """Return whether a package is OpenDocument by its parts: a mail scanner may pack it in another order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {part.filename.casefold() for part in package.infolist()}
    except DAMAGE:
        return False  # reading it says what is wrong
    return "content.xml" in names and "word/document.xml" not in names


def read_open_document(content: bytes) -> Content:
    """Return what an .odt holds; raises `Trouble` for what is not read."""
    package = Package(content)
    if package.part("mimetype").strip() and b"opendocument.text" not in package.part("mimetype"):
        raise Trouble("is not a text document; save the form as .odt, .docx or .pdf and try again")
    if b"encryption-data" in package.part("META-INF/manifest.xml"):
        raise Trouble("has a passphrase; save it without one and try again")
    reader = _Reader(package)
    root = package.tree("content.xml")
    blocks = tuple(reader.blocks_of(child(root, "body", "text"), 0))
    styles = child(package.tree("styles.xml"), "master-styles")
    return Content(blocks, package.notes, margins=tuple(reader.blocks_of(styles, 0)))


class _Reader:
    """Walks the elements of a document by its styles."""

    def __init__(self, package: Package) -> None:
        self._looks: dict[str, _Look] = {}
        self._controls: dict[str, str] = {}
        for name in ("styles.xml", "content.xml"):
            root = package.tree(name)
            for element in () if root is None else root.iter():
                if local(element) == "style":
                    own = _look_of(element)
                    self._looks[value(element, "name")] = own.over(
                        self._looks.get(value(element, "parent-style-name"), _PLAIN)
                    )
                elif value(element, "id") and _is_control(element):
                    self._controls[value(element, "id")] = _said_by(element)

    def blocks_of(self, parent: Element | None, depth: int, ground: str = "") -> Iterator[Block]:
        """Yield the paragraphs and tables in an element, those of lists and sections too."""
        if depth > DEEPEST:
            raise too_deep()
        for element in () if parent is None else parent:
            name = local(element)
            if name in _LINES:
                yield from self._paragraph(element, depth, ground)
            elif name == "table":
                yield Table(tuple(self._rows(element, depth)))
            elif name not in _PASSED_OVER:
                yield from self.blocks_of(element, depth + 1, ground)

    def _rows(self, table: Element, depth: int) -> Iterator[tuple[Cell, ...]]:
        for element in table:
            if local(element) == "table-row":
                yield tuple(self._cell(cell, depth) for cell in element if local(cell) == "table-cell")
            elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._rows(element, depth + 1)

    def _cell(self, cell: Element, depth: int) -> Cell:
        span = value(cell, "number-columns-spanned")
        ground = self._looks.get(value(cell, "style-name"), _PLAIN).ground
        blocks = tuple(self.blocks_of(cell, depth + 1, ground))
        return Cell(blocks, int(span) if span.isdecimal() and len(span) < 4 else 1)

    def _paragraph(self, element: Element, depth: int, ground: str) -> Iterator[Block]:
        name = value(element, "style-name")
        look = self._looks.get(name, _PLAIN)
        line = _Line(self._looks, self._controls)
        line.walk(element, look, 0)
        heading = "h" if local(element) == "h" or name.startswith(("Heading", "Title")) else ""
        yield Paragraph(line.text, "".join(sorted({*line.style, *ground, *heading})))
        for box in line.boxes:
            yield from self.blocks_of(box, depth + 1, ground)


class _Line(Line):
    """The text of one paragraph as it is gathered from its spans."""

    def __init__(self, looks: dict[str, _Look], controls: dict[str, str]) -> None:
        super().__init__()
        self._looks, self._controls = looks, controls

    def walk(self, parent: Element, look: _Look, depth: int) -> None:
        if depth > DEEPEST:
            raise too_deep()
        self._put(parent.text, look)
        for element in parent:
            self._element(element, look, depth)
            self._put(element.tail, look)

    def _element(self, element: Element, look: _Look, depth: int) -> None:
        match local(element):
            case "s":
                many = value(element, "c")
                self._put(
                    " " * (min(int(many), _MOST_SPACES) if many.isdecimal() and len(many) < 6 else 1), look
                )
            case "tab":
                self._put("\t", look)
            case "line-break":
                self._parts.append(("\n", look.style))
            case "text-box":
                self.boxes.append(element)
            case "control":
                self._parts.append((self._controls.get(value(element, "control"), ""), ""))
            case "content-control":
                self._content_control(element, look, depth)
            case "fieldmark" | "fieldmark-start":
                self._parts.append((_mark_of(element), ""))
                self._is_filled.append(value(element, "type").endswith("FORMTEXT"))
            case "fieldmark-end":
                self._parts.append((END if self._is_filled and self._is_filled.pop() else "", ""))
            case "text-input" | "drop-down":
                self._parts.append((f"{FIELD}{without_signs(''.join(element.itertext()))}{END}", ""))
            case name if name not in _PASSED_OVER:
                own = self._looks.get(value(element, "style-name"), _PLAIN) if name == "span" else _PLAIN
                self.walk(element, own.over(look), depth + 1)

    def _content_control(self, element: Element, look: _Look, depth: int) -> None:
        if value(element, "checkbox") == "true":
            self._parts.append((TICKED if value(element, "checked") == "true" else UNTICKED, ""))
            return
        self._parts.append((FIELD, ""))
        if value(element, "showing-place-holder") != "true":
            self.walk(element, look, depth + 1)
        self._parts.append((END, ""))

    def _put(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        known = _known(text, look.font)
        if known.strip() and look.is_struck:
            known = f"{STRUCK}{known}{UNSTRUCK}"
        elif known.strip() and look.is_marked:
            known = f"{MARKED}{known}{UNMARKED}"
        self._parts.append((known, look.style))


def _known(text: str, font: str) -> str:
    """Return a text with ticks in place of the letters of a font of symbols."""
    if font in WINGDINGS:
        return in_symbols(text, font)
    return (
        "".join(
            in_symbols(letter, "wingdings") if "\uf020" <= letter <= "\uf0ff" else without_signs(letter)
            for letter in text
        )
        if any("\uf020" <= letter <= "\uf0ff" for letter in text)
        else without_signs(" ".join(text.split("\n")))
    )


def _mark_of(mark: Element) -> str:
    """Return the sign of one of Word's older fields, as OpenDocument keeps it."""
    kind = value(mark, "type").rpartition(".")[2]
    said = {value(one, "name"): value(one, "value") for one in mark}
    if kind == "FORMCHECKBOX":
        return TICKED if said.get("Checkbox_Checked") == "true" else UNTICKED
    return FIELD if kind == "FORMTEXT" else ""


def _look_of(style: Element) -> _Look:
    found = _PLAIN
    for about in style:
        if local(about) in ("text-properties", "table-cell-properties"):
            fill = value(about, "background-color")
            found = _Look(
                value(about, "font-weight") in ("bold", "600", "700", "800", "900"),
                value(about, "font-style") in ("italic", "oblique"),
                value(about, "text-line-through-style") not in ("", "none"),
                value(about, "text-underline-style") not in ("", "none")
                or (local(about)[:4] == "text" and fill.startswith("#")),
                value(about, "font-name").casefold().rstrip("1 "),
                "s" if local(about)[:5] == "table" and fill not in ("", "transparent", "#ffffff") else "",
            ).over(found)
    return found


def _is_control(element: Element) -> bool:
    return local(element) in (
        "text",
        "textarea",
        "checkbox",
        "radio",
        "combobox",
        "listbox",
        "formatted-text",
        "date",
        "number",
    )


def _said_by(control: Element) -> str:
    """Return what a control of a form says."""
    if local(control) in ("checkbox", "radio"):
        state = value(control, "current-state") or value(control, "state")
        is_ticked = state == "checked" or value(control, "current-selected") == "true"
        return f"{TICKED if is_ticked else UNTICKED}{without_signs(value(control, 'label'))}"
    chosen = next((value(one, "label") for one in control if value(one, "current-selected") == "true"), "")
    return f"{FIELD}{without_signs(value(control, 'current-value') or chosen)}{END}"
