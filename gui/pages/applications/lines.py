"""The list of applications: its lines, worked out beside the event loop, its columns, and what narrows it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from exchange.applications.gate_answers import GateAnswer, gate_answers
from gui.listed.narrowing import StatePills
from gui.listed.page import Wanted
from gui.pages.page import NO_ROUND, NO_ROUND_YET
from gui.tables.columns import Gives, Keeps, LineColumn
from gui.text import NOTHING, column_money, counted, ours
from gui.theme.look import Tone, space
from gui.widgets.filter_row import FilterBox
from gui.widgets.label import Chip
from models.queries.applications.attachments import Attachment, attachments_of_round
from models.queries.applications.gates import asked_by_gates
from models.queries.applications.merges import Before
from models.queries.applications.reading import GateStanding, Intake, IntakeLine, intake, readable_answers
from models.queries.permissions.acting import by_role
from models.reference.defaults import FundList
from models.values.applications import CHOICE_WORDS
from models.values.attachments import APPLICATION
from models.values.importing import DuplicateCandidate, duplicate_candidates
from scoring import money
from scoring.written.names import sought

NO_APPLICATIONS = "No applications yet. Import a workbook, forms or e-mails, or add one by hand."
NONE_TO_READ = "No applications yet. The grants office imports them, or adds them by hand."
WORK, START = "change applications", "start round"


class Filter(StrEnum):
    """Which applications a pill leaves in the list."""

    ALL = "All"
    TO_CHECK = "To check"
    FAILED = "Failed"
    LATE = "Late"
    DUPLICATES = "Duplicates"
    WITHDRAWN = "Withdrawn"


class ApplicationLine(Struct, frozen=True):
    """One application as printed; `of` is what the record holds of it, `pairs` where it may be twice.

    `answers` has what the applicant answered to the question of each gate, in the order of the gates;
    `files` is how many files are kept with it.
    """

    of: IntakeLine
    asked: str
    gates: Chip | None
    before: str
    state: Chip
    spoken: str
    filters: frozenset[Filter]
    pairs: tuple[DuplicateCandidate, ...] = ()
    answers: tuple[tuple[GateAnswer, ...], ...] = ()
    files: int = 0

    @property
    def with_answers(self) -> Iterator[tuple[GateStanding, tuple[GateAnswer, ...]]]:
        """Return each gate with what the applicant answered to its question."""
        return zip(self.of.gates, self.answers, strict=True)

    @property
    def reference(self) -> str:
        return self.of.row.reference

    @property
    def finds(self) -> str:
        """Return the text that the filter's words are looked for in."""
        row = self.of.row
        return sought(
            f"{row.reference} {row.organisation} {row.project} {row.area or ''} {counted_under(self)}"
        )


class ApplicationList(Struct, frozen=True):
    """A round's applications as lines, the lists of its fund, and the area on show, None for all of them.

    Without any, `nothing` says why; a record without a round has none.
    """

    lines: tuple[ApplicationLine, ...] = ()
    lists: tuple[FundList, ...] = ()
    area: str | None = None
    nothing: str = ""
    has_round: bool = True

    @property
    def of_area(self) -> tuple[ApplicationLine, ...]:
        return tuple(
            line for line in self.lines if self.area is None or line.of.row.area in (self.area, None)
        )

    def line(self, reference: str) -> ApplicationLine | None:
        """Return one application's line, None when it is not in the round."""
        return next((line for line in self.lines if line.reference == reference), None)


def ask_applications(session: Any, wanted: Wanted) -> ApplicationList:
    """Ask for the applications of the round on show, in the order in which they came in."""
    place, role = wanted.place, wanted.viewer.role
    if place is None:
        nothing = NO_ROUND_YET if by_role(START, role, ()) else NO_ROUND
        return ApplicationList(nothing=nothing, has_round=False)
    found = intake(session, place.line.round_id, wanted.viewer)
    nothing = NONE_TO_READ if by_role(WORK, role, ()) else NO_APPLICATIONS
    kept = attachments_of_round(session, place.line.round_id, wanted.viewer)
    lines = tuple(_with_files(line, kept.get(line.reference, ())) for line in application_lines(found))
    return ApplicationList(lines, found.lists, place.area, nothing)


def _with_files(line: ApplicationLine, kept: Sequence[Attachment]) -> ApplicationLine:
    return replace(line, files=sum(one.about == APPLICATION for one in kept))


def application_lines(found: Intake) -> tuple[ApplicationLine, ...]:
    """Return the lines of a round, in the order in which the applications came in."""
    shows = column_money(line.row.requested_pence for line in found.lines if not line.closed)
    look_alike = duplicate_candidates([line.row for line in found.lines if not line.closed])
    pairs = _pairs([one for one in look_alike if one.pair not in found.kept_apart])
    answered = _answered(found)
    return tuple(
        replace(_line(line, found.quorum, shows(line.row.requested_pence), pairs), answers=answers)
        for line, answers in zip(found.lines, answered, strict=True)
    )


def summary(found: ApplicationList) -> str:
    """Return the one line with the figures that matter, "" where there are no applications."""
    if not found.lines:
        return ""
    lines, area = found.of_area, found.area
    open_lines = [line for line in lines if not line.of.closed]
    asked = sum(line.of.row.requested_pence for line in open_lines if not line.of.row.withdrawn)
    to_check = sum(Filter.TO_CHECK in line.filters for line in lines)
    words = [counted(len(lines), "application")]
    if open_lines or not lines:
        words.append(f"{money.short_pounds(asked)} requested")
    if to_check:
        words.append(f"{counted(to_check, 'has', 'have')} gates to check")
    closed = len(lines) - len(open_lines)
    if closed:
        words.append(f"{closed:,} closed to you")
    return f"{area or ours('All areas')}: {', '.join(words)}."


def before_words(before: Before) -> str:
    """Return what was recommended to the organisation before, "–" when nothing was."""
    return money.short_pounds(before.funded_pence) if before.funded_pence and before.is_whole else NOTHING


def _answered(found: Intake) -> Iterator[tuple[tuple[GateAnswer, ...], ...]]:
    """Yield what each application answered at its gates, () of a closed one."""
    rows = [
        (
            replace(line.row, answers=readable_answers(line.row.answers)),
            line.submitted or line.row,
            line.cells,
        )
        for line in found.lines
        if not line.closed
    ]
    answers = gate_answers(asked_by_gates(found.gates), rows)
    for line in found.lines:
        own = answers.get(line.row.reference, {})
        yield tuple(own.get(standing.gate.question, ()) for standing in line.gates)


def _pairs(found: Sequence[DuplicateCandidate]) -> Mapping[str, tuple[DuplicateCandidate, ...]]:
    by_reference: dict[str, list[DuplicateCandidate]] = defaultdict(list)
    for pair in found:
        for reference in pair.pair:
            by_reference[reference].append(pair)
    return {reference: tuple(pairs) for reference, pairs in by_reference.items()}


def _line(
    line: IntakeLine, quorum: int, asked: str, pairs: Mapping[str, tuple[DuplicateCandidate, ...]]
) -> ApplicationLine:
    row = line.row
    if line.closed:
        chip = Chip(Tone.DANGER, "Closed")
        spoken = f"{row.reference}, {row.organisation}, {line.closed}"
        return ApplicationLine(line, "", None, "", chip, spoken, frozenset({Filter.ALL}))
    own = pairs.get(row.reference, ())
    gates, state = gates_chip(line.gates), _state(line, own, quorum)
    spoken = ", ".join(
        [row.reference, row.organisation, f"requested {asked}", _spoken_gates(line.gates), state.word.lower()]
        + (["received late"] if line.late else [])
    )
    return ApplicationLine(
        line, asked, gates, before_words(line.before), state, spoken, _filters(line, own), own
    )


def gates_chip(gates: Sequence[GateStanding]) -> Chip:
    """Return what the gates come to: "7/7", "1 to check", "1 failed"."""
    number, words, tone = _gates_left(gates)
    total = len(_barring(gates))
    return Chip(tone, f"{number:,} {words}" if words else f"{total}/{total}")


def _barring(gates: Sequence[GateStanding]) -> tuple[str, ...]:
    """Return what the gates that may bar came to: an advisory one never bars, and is counted nowhere."""
    return tuple(gate.result for gate in gates if not gate.gate.is_advisory)


def _spoken_gates(gates: Sequence[GateStanding]) -> str:
    number, words, _ = _gates_left(gates)
    return f"{counted(number, 'gate')} {words}" if words else "all gates passed"


def _gates_left(gates: Sequence[GateStanding]) -> tuple[int, str, Tone]:
    """Return how many gates did not pass and what they came to, the gravest; "" where all passed."""
    counts = Counter(_barring(gates))
    states = (("fail", "failed", Tone.DANGER), ("to check", "to check", Tone.WARNING))
    for result, words, tone in (*states, ("waived", "waived", Tone.INFORMATION)):
        if counts[result]:
            return counts[result], words, tone
    return 0, "", Tone.FUND


def _state(line: IntakeLine, pairs: Sequence[DuplicateCandidate], quorum: int) -> Chip:
    results = _barring(line.gates)
    if line.erased:
        return Chip(Tone.DECLINE, "Erased")
    if line.row.withdrawn:
        return Chip(Tone.DECLINE, "Withdrawn")
    if "fail" in results:
        return Chip(Tone.DANGER, "Failed")
    is_scored = line.is_agreed or line.handed_in >= quorum
    if pairs and not is_scored:
        return Chip(Tone.WARNING, "Same?")
    if "to check" in results:
        return Chip(Tone.WARNING, "Check")
    if line.row.area is None:
        return Chip(Tone.WARNING, ours("No area"))
    return Chip(Tone.FUND, "Scored") if is_scored else Chip(Tone.INFORMATION, "Ready")


def _filters(line: IntakeLine, pairs: Sequence[DuplicateCandidate]) -> frozenset[Filter]:
    results = _barring(line.gates)
    found = {Filter.ALL}
    if line.row.withdrawn:
        return frozenset({Filter.ALL, Filter.WITHDRAWN})
    if "fail" in results:
        found.add(Filter.FAILED)
    elif "to check" in results:
        found.add(Filter.TO_CHECK)
    if line.late:
        found.add(Filter.LATE)
    if pairs:
        found.add(Filter.DUPLICATES)
    return frozenset(found)


def pair_lines(found: ApplicationList, pair: DuplicateCandidate) -> tuple[ApplicationLine, ApplicationLine]:
    """Return the two applications of a pair."""
    one, other = found.line(pair.first), found.line(pair.second)
    assert one is not None, "a pair is of the list"
    assert other is not None, "a pair is of the list"
    return one, other


_organisation: Callable[[ApplicationLine], str] = attrgetter("of.row.organisation")


def _under(line: ApplicationLine) -> str:
    late = "Late" if line.of.late else ""
    return line.of.closed or " · ".join(filter(None, (late, line.of.row.project)))


def _applicant_tip(line: ApplicationLine) -> str:
    late = f"Late: {late_sentence(line.of)}" if line.of.late else ""
    return "\n".join(filter(None, (_organisation(line), line.of.closed or line.of.row.project, late)))


def late_sentence(line: IntakeLine) -> str:
    """Say when a late application came, and what lets it in all the same."""
    return "; ".join(filter(None, (line.late, line.let_in)))


def _area(line: ApplicationLine) -> str:
    return line.of.row.area or NOTHING


def counted_under(line: ApplicationLine) -> str:
    """Return what an application is for, with the names of the lists, or that nothing is chosen yet."""
    said = (f"{CHOICE_WORDS[one.kind]}: {one.words}" for one in line.of.choices)
    return "; ".join(said) or "counted under nothing yet"


def _spoken_before(line: ApplicationLine) -> str:
    return "nothing before" if line.before in ("", NOTHING) else f"{line.before} before"


def _state_tip(line: ApplicationLine) -> str:
    return "; ".join(
        f"perhaps the same as {pair.second if pair.first == line.reference else pair.first}: {pair.words}"
        for pair in line.pairs
    )


APPLICATION_COLUMNS = (
    LineColumn("reference", "Ref", attrgetter("reference"), width=80, keeps=Keeps.WHOLE),
    LineColumn(
        "applicant",
        "Applicant and project",
        _organisation,
        tip=_applicant_tip,
        under=_under,
        is_strong=True,
    ),
    LineColumn(
        "area",
        "Area",
        _area,
        lambda line: line.of.row.area or ours("no area"),
        _area,
        width=136,
        gives_way=Gives.AREA,
    ),
    LineColumn(
        "asked",
        "Requested",
        attrgetter("asked"),
        lambda line: f"requested {line.asked}" if line.asked else line.of.closed,
        is_right=True,
        width=92,
    ),
    LineColumn(
        "lists",
        "Counted under",
        lambda line: "; ".join(one.words for one in line.of.choices) or NOTHING,
        counted_under,
        counted_under,
        width=150,
        gives_way=Gives.AREA - 1,
    ),
    LineColumn(
        "gates",
        "Gates",
        lambda line: line.gates.word if line.gates else "",
        lambda line: f"gates {line.gates.word}" if line.gates else line.of.closed,
        chip=attrgetter("gates"),
        width=118,
        gives_way=Gives.STATE + 1,
    ),
    LineColumn(
        "before",
        "Before",
        attrgetter("before"),
        _spoken_before,
        is_right=True,
        width=78,
        gives_way=Gives.FIGURES,
    ),
    LineColumn(
        "state",
        "State",
        attrgetter("state.word"),
        tip=_state_tip,
        chip=attrgetter("state"),
        width=116,
        gives_way=Gives.STATE + 2,
    ),
)


class Filters(StatePills):
    """Pills for what occurs, and a box for words."""

    is_of_list = True

    def __init__(self) -> None:
        super().__init__("", tuple(Filter)[1:], attrgetter("filters"))
        self.typed = FilterBox()
        space(self.row, 3)
        self.row.addWidget(self.typed)
        self.typed.textChanged.connect(self.changed)

    def choose(self, state: str | None) -> None:
        """Choose a pill, and nothing else that filters."""
        self.reset()
        super().choose(state)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        return (self.typed,)

    def kept(self, rows: Sequence[ApplicationLine]) -> tuple[ApplicationLine, ...]:
        """Return the lines that stay in the list."""
        words = sought(self.typed.text())
        return tuple(line for line in super().kept(rows) if words in line.finds)

    def reset(self) -> None:
        """Leave every line in the list."""
        self.typed.clear()
        super().reset()
