"""The drop-down lists of a round workbook, and the notes that show when a cell is chosen."""

from collections.abc import Iterable, Iterator

from openpyxl.worksheet.datavalidation import DataValidation

from exchange.cells.cell_names import column_name
from exchange.round_workbook import layout
from exchange.round_workbook.content import SheetContent
from exchange.written_text import one_line
from scoring.round import ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Allocation, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side

SPARE_ROWS = 500
LONGEST_TITLE = 32
LONGEST_NOTE = 255
MOST_LISTED_MARKS = 20

YES_NO = ("yes", "no")

_ROUND_CHOICES: dict[str, Iterable[str]] = {
    "Combine": Combine,
    "Ranking": RankedBy,
    "Allocation": Allocation,
    "Not applicable allowed": YES_NO,
}
_WORDS: dict[str, dict[str, Iterable[str]]] = {
    layout.CRITERIA: {"Side": Side, "Method": Method, "Basis": Basis},
    layout.APPLICATIONS: {
        "Eligible": Eligibility,
        **dict.fromkeys(
            (
                "Withdrawn",
                "Previously funded",
                "Bank account held",
                "Constitution held",
                "Safeguarding policy",
            ),
            YES_NO,
        ),
    },
    layout.MEMBERS: {"Role": layout.ROLES},
    layout.INTERESTS: {"Kind": InterestKind},
    layout.MARKS: {"Submitted": YES_NO},
    layout.CHAIR_DECISIONS: {"Kind": ChairDecisionKind},
}
_LISTED_ON: dict[str, tuple[str, str]] = {
    "Area": (layout.POTS, "Area"),
    "Member": (layout.MEMBERS, "Code"),
    "Application": (layout.APPLICATIONS, "Reference"),
    "Criterion": (layout.CRITERIA, "Code"),
}


def choices_of(content: SheetContent, scheme: Scheme) -> Iterator[DataValidation]:
    """Yield the drop-down lists of one sheet, reaching some rows below its last."""
    if content.name == layout.ROUND:
        yield from _round_choices()
        return
    last = len(content.rows) + 1 + SPARE_ROWS
    marked = {c.code: c for c in scheme.judged} if content.name in (layout.MARKS, layout.AGREED) else {}
    for column, heading in enumerate(content.headings, 1):
        found = _choice(content.name, heading, marked, scheme.scale_maximum)
        if found is not None:
            letters = column_name(column)
            found.add(f"{letters}2:{letters}{last}")
            yield found


def _choice(
    sheet: str, heading: str, marked: dict[str, Criterion], scale_maximum: int
) -> DataValidation | None:
    if heading in marked:
        return _marks(marked[heading], scale_maximum)
    if heading in _WORDS.get(sheet, {}):
        return _list(_WORDS[sheet][heading])
    listed = _LISTED_ON.get(heading)
    if listed is None or listed[0] == sheet:
        return None
    return _names(*listed)


def _round_choices() -> Iterator[DataValidation]:
    for row, field in enumerate(layout.ROUND_FIELDS, 2):
        if field in _ROUND_CHOICES:
            found = _list(_ROUND_CHOICES[field])
            found.add(f"B{row}")
            yield found


def _list(words: Iterable[str]) -> DataValidation:
    listed = ",".join(words)
    return _validation("list", f'"{listed}"', f"Choose one of: {listed.replace(',', ', ')}.")


def _names(sheet: str, heading: str) -> DataValidation:
    letters = column_name(layout.COLUMNS[sheet].index(heading) + 1)
    whole = f"{letters}$2:${letters}$20000"
    return _validation("list", f"'{sheet}'!${whole}", f"Choose one that is listed on the {sheet} sheet.")


def _marks(criterion: Criterion, scale_maximum: int) -> DataValidation:
    words = f"A mark is a whole number from 0 to {scale_maximum}; leave it blank where there is none."
    if scale_maximum <= MOST_LISTED_MARKS:
        marks = ",".join(map(str, range(scale_maximum + 1)))
        found = _validation("list", f'"{marks}"', words)
    else:
        found = _validation("whole", "0", words)
        found.operator, found.formula2 = "between", str(scale_maximum)
    found.showInputMessage = True
    found.promptTitle = one_line(criterion.code)[:LONGEST_TITLE]
    found.prompt = _shortened(". ".join(filter(None, (criterion.title, criterion.guidance))))
    return found


def _validation(kind: str, formula: str, words: str) -> DataValidation:
    return DataValidation(
        type=kind,
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Grant Panel",
        error=_shortened(words),
    )


def _shortened(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= LONGEST_NOTE else words[: LONGEST_NOTE - 1] + "…"
