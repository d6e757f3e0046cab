"""Questions of a form in a PDF: each answer is a field, found again by its name and spoken by its label."""

from collections.abc import Iterator
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObjectReference
from reportlab.platypus import Flowable, KeepTogether, Spacer

from exchange.papers.document.values import Question
from exchange.pdf.fonts import BOLD
from exchange.pdf.pdf_pages import INK, MUTED
from exchange.pdf.pdf_tables import EVERYWHERE, FIRST_COLUMN, panel, style
from exchange.pdf.pdf_text import Element, marked, para
from exchange.written_text import clean, lines_of
from models.papers.form_signs import BEFORE_CHOICE, DAY_HINT

LABEL = style("form label", BOLD, 9.8, leading=13)
HINT = style("form hint", size=10, leading=12.6, textColor=MUTED)
OPTION = style("form option", size=9.8, leading=13)
TYPE, LINE, ROOM = 10, 12.2, 7.0
"""In points: the letters of an answer, its lines, and the room above and below them."""
FRAME, INSET = 0.7, 3
TICK, BESIDE_TICK = 13, 22
GAP = 9
NOT_CHOSEN = " "
"""The first choice; the library takes no empty one."""
_SHORT = {"day": 0.35, "code": 0.35}
"""What share of the width an answer has, where not all of it."""


def question(block: Question, width: float) -> list[Any]:
    """Return a question with its hint and its fields, which a page holds whole."""
    words = [] if block.kind == "agree" else [para(line, LABEL) for line in lines_of(block.label)]
    hint = " ".join(filter(None, (block.hint, DAY_HINT if block.kind == "day" else "")))
    words += [para(hint, HINT)] if hint else []
    return [KeepTogether([*words, Spacer(0, 3), *_fields(block, width), Spacer(0, GAP)])]


def _fields(block: Question, width: float) -> Iterator[Any]:
    if not block.ticks:
        yield Field(block, width * _SHORT.get(block.kind, 1.0))
        return
    rows = [
        [Field(Question(name, "tick", _spoken(block, words)), TICK), para(words, OPTION)]
        for name, words in block.ticks
    ]
    look = [
        ("VALIGN", *EVERYWHERE, "TOP"),
        ("LEFTPADDING", *FIRST_COLUMN, 0),
        ("TOPPADDING", *EVERYWHERE, 2),
        ("BOTTOMPADDING", *EVERYWHERE, 2),
    ]
    yield panel(rows, (BESIDE_TICK, width - BESIDE_TICK), look)


def _spoken(block: Question, words: str) -> str:
    return words if block.kind == "agree" else f"{block.label}{BEFORE_CHOICE}{words}"


class Field(Flowable):  # type: ignore[misc]
    """One field in a frame that stands on the page itself: not every viewer draws those of fields."""

    def __init__(self, asked: Question, width: float) -> None:
        super().__init__()
        self._asked, self.width = asked, width
        self.height = TICK if asked.kind == "tick" else asked.lines * LINE + ROOM

    def draw(self) -> None:
        """Put the field where the flowable stands, as an element of the text's structure."""
        form, asked = self.canv.acroForm, self._asked
        look = {
            "name": asked.name,
            "tooltip": clean(asked.label),
            "relative": True,
            "fieldFlags": "",
            "borderColor": None,
            "fillColor": None,
            "textColor": INK,
            "borderWidth": 0,
        }
        with marked(self.canv, None):
            self.canv.setStrokeColor(MUTED)
            self.canv.setLineWidth(FRAME)
            self.canv.rect(0, 0, self.width, self.height)
        if asked.kind == "tick":
            form.checkbox(size=TICK, **look)
        else:
            room = {"x": INSET, "width": self.width - 2 * INSET, "height": self.height}
            look |= room | {"fontSize": TYPE, "maxlen": 0}
            self._put_text(form, look)
        reference = form.fields[-1]
        field = self.canv._doc.idToObject[reference.name]
        page = len(self.canv.finished_pages)
        field.dict["P"] = PDFObjectReference(f"Page{page + 1}")  # the library names the first for all
        self.canv.tags.add_field(page, field, reference, Element("Form", self.canv.tags.root))

    def _put_text(self, form: Any, look: dict[str, Any]) -> None:
        match self._asked.kind:
            case "choice":
                options = [NOT_CHOSEN, *map(clean, self._asked.choices)]
                form.choice(value=NOT_CHOSEN, options=options, **look)
            case "text":
                form.textfield(**look | {"fieldFlags": "multiline"})
            case "code":
                form.textfield(value=self._asked.choices[0], **look | {"fieldFlags": "readOnly"})
            case _:
                form.textfield(**look)
