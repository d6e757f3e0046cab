"""The columns of the Decisions page."""

from collections.abc import Callable
from operator import attrgetter

from gui.pages.deciding.decisions.lines import CLOSED, TONES, WORDS, Line, line_name
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from scoring import money

_reference: Callable[[Line], str] = attrgetter("reference")
_organisation: Callable[[Line], str] = attrgetter("row.organisation")


def _under(line: Line) -> str:
    return CLOSED if line.is_closed else line.row.project


def _recommends(line: Line) -> str:
    return "" if line.is_closed else WORDS[line.recommended.outcome]


def _recommends_chip(line: Line) -> Chip | None:
    return None if line.is_closed else Chip(TONES[line.recommended.outcome], _recommends(line))


def _amount(line: Line) -> str:
    return "" if line.is_closed else line.amount


def _total(line: Line) -> str:
    return "" if line.is_closed else money.score(line.recommended.total_1e2)


def _signed(line: Line) -> str:
    return line.signed or NOTHING


def _office(line: Line) -> str:
    return "" if line.is_closed else line.office.word


def _office_chip(line: Line) -> Chip | None:
    return None if line.is_closed else line.office


DECISION_COLUMNS = (
    LineColumn("reference", "Ref", _reference, line_name, width=76, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        _organisation,
        under=_under,
        is_strong=True,
        brief="Applicant",
    ),
    LineColumn("total", "Total", _total, _total, is_right=True, width=64, gives_way=Gives.FIGURES),
    LineColumn(
        "recommends",
        "Recommends",
        _recommends,
        _recommends,
        chip=_recommends_chip,
        width=124,
        gives_way=Gives.STATE,
        brief="Rec.",
    ),
    LineColumn("amount", "Amount", _amount, _amount, is_right=True, width=76),
    LineColumn(
        "signed",
        "Signed by",
        _signed,
        _signed,
        width=110,
        gives_way=Gives.WORDS,
        keeps=Keeps.WHOLE,
        brief="Signed",
    ),
    LineColumn("office", "Office decides", _office, _office, chip=_office_chip, width=172, brief="Office"),
)
