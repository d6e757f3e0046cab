"""Our own blank form read back as it was filled in: each question, and its answer letter by letter.

A file is ours where the code in it is that of the questions in it. LibreOffice keeps no tag of a content
control, nor that it shows a prompt, so what is where is told by the paragraphs' styles, and in a PDF by the
fields' names. Text elsewhere among the questions makes it a form like anybody's: nothing of it may be lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from exchange.application_forms.blocks import OwnAnswer, OwnForm
from exchange.application_forms.package import Element, Package, child, local, value
from models.papers.form_signs import PROMPTS, TICKED, UNTICKED, questions_code

CODE = re.compile(r"[A-Z0-9]+-[A-Z2-7]{4}-([A-Z2-7]{4})")
TICKED_SAYS = "Yes"
_BETWEEN = "; "
_WORDS_OWN_PROMPTS = frozenset(
    {
        "Click or tap here to enter text.",
        "Click here to enter text.",
        "Click or tap to enter a date.",
        "Click here to enter a date.",
        "Choose an item.",
    }
)
_EMPTY = sorted(_WORDS_OWN_PROMPTS | frozenset(PROMPTS.values()), key=len, reverse=True)
"""The longest first: one prompt may begin as another does."""
BELOW = re.compile(r"Generated \d|SHA-256 |Page \d+ of \d")
"""What stands below the last question of any paper: when it was made, and of what data."""
_SPACES, _COLLAPSED = re.compile(r"\s+"), re.compile(r"[ \t\r\n]+")


def own_form(content: bytes) -> OwnForm | None:
    """Return what was filled into a form of ours; None for any other, and one that was changed otherwise.

    Raises `Trouble` for a package that is not read.
    """
    if is_pdf(content):
        from exchange.application_forms.pdf import own_fields

        return _known(own_fields(content))
    if not content.startswith(b"PK\x03\x04"):
        return None
    package = Package(content)
    is_open = bool(package.part("mimetype"))
    return _known(answers_in(_open_lines(package) if is_open else _word_lines(package)))


def is_pdf(content: bytes) -> bool:
    return content.lstrip()[:5] == b"%PDF-"


def code_words(code: str, expected: str) -> str:
    """Return what is odd about a form's code, "" for nothing, for none, or where none is `expected` yet."""
    if not (code and expected) or code == expected:
        return ""
    if code.rpartition("-")[0] != expected.rpartition("-")[0]:
        return f"The form is of another round: its code is {code}, and this round's is {expected}."
    return f"The form asks other questions than this round does now: its code is {code}, not {expected}."


class Asked(NamedTuple):
    """A question, what its answer is called in the file ("" where the file does not say), and the answer."""

    label: str
    name: str
    text: str


def _known(asked: Sequence[Asked] | None) -> OwnForm | None:
    """Return answers as a form of ours where the code, last before what is left, is that of the questions."""
    if not asked:
        return None
    *asked, last, left = asked
    code = CODE.fullmatch(last.text.strip())
    labels = [_SPACES.sub(" ", one.label).replace("\u2011", "-").strip() for one in asked]
    if code is None or code[1] != questions_code(labels):
        return None
    found = zip(labels, asked, strict=True)
    answers = (OwnAnswer(label, one.name, _text(one.text)) for label, one in found)
    return OwnForm(last.text.strip(), tuple(answers), left.text)


def _text(answer: str) -> str:
    return without_prompt(answer.replace("\r\n", "\n").replace("\r", "\n").strip())


def without_prompt(text: str) -> str:
    """Return an answer without a prompt that was left before or after it."""
    for prompt in _EMPTY:
        text = text.removeprefix(prompt).removesuffix(prompt).strip()
    return "" if _SPACES.sub(" ", text) in _EMPTY else text


class Line(NamedTuple):
    """A paragraph by its style, with the name of the control in it; "Heading" is the style of any heading."""

    style: str
    text: str
    name: str = ""


_PASSED = frozenset({"Hint", "Small", "Gap"})
_TICKS = {TICKED: True, "\u2611": True, "\u2713": True, "\u2714": True, UNTICKED: False}


def answers_in(lines: Iterable[Line]) -> list[Asked] | None:
    """Return the answers up to the code's, and below it what no question asks for.

    None where a question has none, or text stands among the questions.
    """
    found: list[tuple[str, list[Line]]] = []
    left = iter(lines)
    for line in left:
        if line.style in ("Question", "Heading"):
            found.append((line.text if line.style == "Question" else "", []))
        elif line.style in ("Answer", "Tick") and found:
            found[-1][1].append(line)
            if CODE.fullmatch(line.text.strip()):
                asked = [one for label, own in found if label or own for one in _asked(label, own)]
                texts = (one.text.strip() for one in left if one.style not in _PASSED)
                below = "\n".join(text for text in texts if text and not BELOW.match(text))
                return None if _DAMAGED in asked else [*asked, Asked("", LEFT, below)]
        elif found and line.text.strip() and line.style not in _PASSED and any(label for label, _ in found):
            return None
    return None


_DAMAGED = Asked("", "", "damaged")
LEFT = "left"
"""What the last of some answers is called: what is filled in below the code, where nothing asks for it."""


def _asked(label: str, lines: Sequence[Line]) -> Iterator[Asked]:
    """Yield a question with its answer, or what is only ticked; what is not as it was written is damaged."""
    styles, name = {line.style for line in lines}, next((line.name for line in lines), "")
    if styles == {"Answer"} and label:
        yield Asked(label, name, "\n".join(line.text for line in lines))
    elif styles == {"Tick"} and all(line.text[:1] in _TICKS for line in lines):
        ticks = [(line.name, line.text[1:].strip(), _TICKS[line.text[0]]) for line in lines]
        if label:
            yield Asked(label, name, chosen(words for _, words, is_ticked in ticks if is_ticked))
        else:
            yield from (Asked(words, own, TICKED_SAYS * is_ticked) for own, words, is_ticked in ticks)
    else:
        yield _DAMAGED


def chosen(words: Iterable[str]) -> str:
    return _BETWEEN.join(_SPACES.sub(" ", one) for one in words)


_HIDDEN = frozenset(
    {"del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "txbxContent", "annotation", "note"}
    | {"tracked-changes", "soft-page-break", "bookmark", "list-item"}
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "noBreakHyphen": "-"}


def _word_lines(package: Package) -> Iterator[Line]:
    """Yield the paragraphs of a Word document."""
    for paragraph, name in _named(child(package.tree("word/document.xml"), "body"), ""):
        style = "Answer" if name else value(child(paragraph, "pPr", "pStyle"))
        own = next((tag for one in paragraph.iter() if local(one) == "sdt" and (tag := _tag(one))), name)
        yield Line("Heading" if style.startswith("Heading") else style, "".join(_word_text(paragraph)), own)


def _named(within: Element | None, name: str) -> Iterator[tuple[Element, str]]:
    """Yield every paragraph, with the name of the control that it stands in, "" for none."""
    for one in () if within is None else within:
        if local(one) == "p":
            yield one, name
        elif local(one) not in _HIDDEN:
            yield from _named(one, _tag(one) if local(one) == "sdt" else name)


def _tag(control: Element) -> str:
    return value(child(control, "sdtPr", "tag"))


def _word_text(element: Element) -> Iterator[str]:
    """Yield what stands in an element, from the outside in."""
    for one in element:
        kind = local(one)
        if kind == "t":
            yield one.text or ""
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind not in _HIDDEN and not _shows_prompt(one):
            yield from _word_text(one)


def _shows_prompt(control: Element) -> bool:
    """Whether a control shows a prompt of Word's own, in whatever language; ours are known by their words."""
    is_marked = child(control, "sdtPr", "showingPlcHdr") is not None
    return is_marked and any(
        value(one) == "PlaceholderText" for one in control.iter() if local(one) == "rStyle"
    )


def _open_lines(package: Package) -> Iterator[Line]:
    """Yield the paragraphs of an OpenDocument text."""
    tree = package.tree("content.xml")
    styles, text = child(tree, "automatic-styles"), child(tree, "body", "text")
    of_own = {
        value(one, "name"): value(one, "parent-style-name") for one in (() if styles is None else styles)
    }
    for one in () if text is None else text.iter():
        if local(one) in ("p", "h"):
            style = value(one, "style-name")
            named = "Heading" if local(one) == "h" else of_own.get(style, style)
            yield Line(named, "".join(_open_text(one)))


def _open_text(element: Element) -> Iterator[str]:
    yield _COLLAPSED.sub(" ", element.text or "")
    for one in element:
        kind = local(one)
        if kind == "s":
            yield " " * int(value(one, "c") or 1)
        elif kind in _SIGNS:
            yield _SIGNS[kind]
        elif kind not in _HIDDEN:
            yield from _open_text(one)
        yield _COLLAPSED.sub(" ", one.tail or "")
