"""The fields of a Word document, by their codes: which tell of the document alone, and which fetch or run."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

FETCHING = frozenset(
    {
        *("INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "EMBED", "DDE", "DDEAUTO"),
        *("DATABASE", "RD", "MACROBUTTON", "CONTROL", "HTMLACTIVEX", "ADDIN", "PRINT", "GOTOBUTTON"),
    }
)
"""The fields by which Word reads another file, asks another program or runs something."""
HYPERLINK = "HYPERLINK"
PUT_TOGETHER = "\ufffd"
"""Stands in a code for a field within it."""
WEB = re.compile(r"\s*(?:https?://|mailto:|#|$)", re.IGNORECASE)
_SWITCH = re.compile(r"""\\[a-z]\s*(?:"[^"]*"|[^\s"\\]\S*)?""", re.IGNORECASE)
_ARGUMENT = re.compile(r'"([^"]*)"|(\S+)')


class FieldCodes:
    """Gathers the codes of fields as a part is gone through, whether in one element or in many runs."""

    def __init__(self) -> None:
        self._open: list[list[str]] = []
        """The fields that are open, the innermost last, each with what stands in its code so far."""

    def begin(self, element: Element) -> Iterator[str]:
        """Yield the codes that are whole where an element begins."""
        name = local_name(element.tag)
        if name == "fldSimple":
            yield attribute(element, "instr")
        elif name == "fldChar":
            yield from self._turn(attribute(element, "fldCharType"))

    def end(self, element: Element) -> Iterator[str]:
        """Yield the code of an element that ends, where it is of no field that is open."""
        if local_name(element.tag) in ("instrText", "delInstrText"):
            text = "".join(element.itertext())
            if self._open:
                self._open[-1].append(text)
            else:
                yield text

    def rest(self) -> Iterator[str]:
        """Yield the code of a field that never ended."""
        if self._open:
            yield "".join(self._open[0])

    def _turn(self, kind: str) -> Iterator[str]:
        """Begin or end a field; one within the code of another stands there as a word of its own."""
        if kind == "begin":
            self._open.append([])
        elif self._open and kind == "separate":
            yield "".join(self._open[-1])
        elif self._open and kind == "end":
            yield "".join(self._open.pop())
            if self._open and not "".join(self._open[-1]).strip():
                self._open[-1].append(f"{PUT_TOGETHER} ")


def field_name(code: str) -> str:
    """Return the name of a field, "=" of a sum, "" of an empty code."""
    words = code.split()
    if not words:
        return ""
    return "=" if words[0].startswith("=") else words[0].upper().strip('"“”')


def leads_away(code: str) -> bool:
    """Whether a link's code leads anywhere but to a web page, an address for e-mail or its own document."""
    rest = _SWITCH.sub("", code.strip().partition(" ")[2])
    addresses = (found[1] or found[2] or "" for found in _ARGUMENT.finditer(rest))
    return not all(map(WEB.match, addresses))


def fetching(code: str) -> str:
    """Return the name of a field that would fetch or run something, "" of any other.

    One whose name other fields make up may be any.
    """
    name = field_name(code)
    if PUT_TOGETHER in name:
        return "a field that others make up"
    return name if name in FETCHING or (name == HYPERLINK and leads_away(code)) else ""


def local_name(name: str) -> str:
    return name.rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its name, in whatever namespace."""
    return next((value for key, value in element.items() if local_name(key) == name), "")
