"""Declare the columns of the list of applications."""

from collections.abc import Callable
from operator import attrgetter

from gui.pages.applications.lines import ApplicationLine
from gui.tables.columns import Gives, Keeps
from gui.tables.line_column import LineColumn
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING
from gui.theme.office_words import ours
from models.queries.applications.reading import IntakeLine
from models.values.applications import CHOICE_WORDS

_reference: Callable[[ApplicationLine], str] = attrgetter("reference")
_spoken: Callable[[ApplicationLine], str] = attrgetter("spoken")
_organisation: Callable[[ApplicationLine], str] = attrgetter("of.row.organisation")


def _under(line: ApplicationLine) -> str:
    late = "Late" if line.of.late else ""
    return line.of.closed or " · ".join(filter(None, (late, line.of.row.project)))


def _spoken_applicant(line: ApplicationLine) -> str:
    return ", ".join(filter(None, (_organisation(line), _under(line))))


def _applicant_tip(line: ApplicationLine) -> str:
    late = f"Late: {late_sentence(line.of)}" if line.of.late else ""
    return "\n".join(filter(None, (_organisation(line), line.of.closed or line.of.row.project, late)))


def late_sentence(line: IntakeLine) -> str:
    """Say when a late application came, and what lets it in all the same."""
    return "; ".join(filter(None, (line.late, line.let_in)))


def _area(line: ApplicationLine) -> str:
    return line.of.row.area or NOTHING


def _spoken_area(line: ApplicationLine) -> str:
    return line.of.row.area or ours("no area")


def _under_lists(line: ApplicationLine) -> str:
    return "; ".join(one.words for one in line.of.choices) or NOTHING


def _spoken_lists(line: ApplicationLine) -> str:
    said = (f"{CHOICE_WORDS[one.kind]}: {one.words}" for one in line.of.choices)
    return "; ".join(said) or "counted under nothing yet"


_asked: Callable[[ApplicationLine], str] = attrgetter("asked")


def _spoken_asked(line: ApplicationLine) -> str:
    return f"requested {line.asked}" if line.asked else line.of.closed


def _gates(line: ApplicationLine) -> str:
    return line.gates.word if line.gates else ""


_gates_chip: Callable[[ApplicationLine], Chip | None] = attrgetter("gates")


def _spoken_gates(line: ApplicationLine) -> str:
    return f"gates {line.gates.word}" if line.gates else line.of.closed


_before: Callable[[ApplicationLine], str] = attrgetter("before")


def _spoken_before(line: ApplicationLine) -> str:
    return "nothing before" if line.before in ("", NOTHING) else f"{line.before} before"


_state: Callable[[ApplicationLine], str] = attrgetter("state.word")
_state_chip: Callable[[ApplicationLine], Chip | None] = attrgetter("state")


def _state_tip(line: ApplicationLine) -> str:
    return "; ".join(
        f"perhaps the same as {pair.second if pair.first == line.reference else pair.first}: {pair.words}"
        for pair in line.pairs
    )


APPLICATION_COLUMNS = (
    LineColumn("reference", "Ref", _reference, _spoken, width=80, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        _spoken_applicant,
        _applicant_tip,
        under=_under,
        is_strong=True,
    ),
    LineColumn("area", "Area", _area, _spoken_area, _area, width=136, gives_way=Gives.AREA),
    LineColumn("asked", "Requested", _asked, _spoken_asked, is_right=True, width=92),
    LineColumn(
        "lists",
        "Counted under",
        _under_lists,
        _spoken_lists,
        _spoken_lists,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn(
        "gates", "Gates", _gates, _spoken_gates, chip=_gates_chip, width=118, gives_way=Gives.STATE + 1
    ),
    LineColumn("before", "Before", _before, _spoken_before, is_right=True, width=78, gives_way=Gives.FIGURES),
    LineColumn(
        "state", "State", _state, _state, _state_tip, chip=_state_chip, width=116, gives_way=Gives.STATE + 2
    ),
)


line_key: Callable[[ApplicationLine], str] = attrgetter("reference")
"""Return what a line stays known by."""
line_name: Callable[[ApplicationLine], str] = attrgetter("spoken")
"""Return a line as a screen reader says it."""
