"""Applications as printed lines of the list, worked out beside the event loop."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from exchange.applications.gate_answers import GateAnswer, gate_answers
from gui.tables.outcome_chip import Chip
from gui.text import NOTHING, column_money, counted
from gui.theme.office_words import ours
from gui.theme.tokens import Tone
from models.queries.applications.gates import asked_by_gates
from models.queries.applications.merges import Before
from models.queries.applications.reading import GateStanding, Intake, IntakeLine, readable_answers
from models.values.importing import DuplicateCandidate, duplicate_candidates
from models.values.rows import ApplicationRow
from scoring import money
from scoring.written.names import sought


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

    `answers` has what the applicant answered to the question of each gate, in the order of the gates.
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

    @property
    def with_answers(self) -> Iterator[tuple[GateStanding, tuple[GateAnswer, ...]]]:
        """Return each gate with what the applicant answered to its question."""
        return zip(self.of.gates, self.answers, strict=True)

    @property
    def reference(self) -> str:
        """Return what the row stays known by."""
        return self.of.row.reference

    @property
    def finds(self) -> str:
        """Return the text that the filter's words are looked for in."""
        row = self.of.row
        chosen = " ".join(one.words for one in self.of.choices)
        return sought(f"{row.reference} {row.organisation} {row.project} {row.area or ''} {chosen}")


class ApplicationList(Struct, frozen=True):
    """A round's applications as lines, with what they were made from."""

    intake: Intake
    lines: tuple[ApplicationLine, ...]

    def of_area(self, area: str | None) -> tuple[ApplicationLine, ...]:
        """Return the lines of one area, or all of them (None)."""
        return tuple(line for line in self.lines if area is None or line.of.row.area in (area, None))

    def line(self, reference: str) -> ApplicationLine | None:
        """Return one application's line, None when it is not in the round."""
        return next((line for line in self.lines if line.reference == reference), None)


def application_list(found: Intake) -> ApplicationList:
    """Return the lines of a round, in the order in which the applications came in."""
    shows = column_money(line.row.requested_pence for line in found.lines if not line.closed)
    look_alike = duplicate_candidates([line.row for line in found.lines if not line.closed])
    pairs = _pairs([one for one in look_alike if one.pair not in found.kept_apart])
    answered = _answered(found)
    lines = [
        replace(_line(line, found.quorum, shows(line.row.requested_pence), pairs), answers=answers)
        for line, answers in zip(found.lines, answered, strict=True)
    ]
    return ApplicationList(found, tuple(lines))


def summary(lines: Sequence[ApplicationLine], area: str | None) -> str:
    """Return the one line with the figures that matter."""
    open_lines = [line for line in lines if not line.of.closed]
    asked = sum(line.of.row.requested_pence for line in open_lines if not line.of.row.withdrawn)
    to_check = sum(Filter.TO_CHECK in line.filters for line in lines)
    words = [counted(len(lines), "application", "applications")]
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
    return money.short_pounds(before.funded_pence) if before.funded_pence else NOTHING


def _answered(found: Intake) -> Iterator[tuple[tuple[GateAnswer, ...], ...]]:
    """Yield what each application answered at its gates, () of a closed one."""
    seen = (line for line in found.lines if not line.closed)
    rows = [(_readable(line.row), line.submitted or line.row, line.cells) for line in seen]
    answers = gate_answers(asked_by_gates(found.gates), rows)
    for line in found.lines:
        own = answers.get(line.row.reference, {})
        yield tuple(own.get(standing.gate.question, ()) for standing in line.gates)


def _readable(row: ApplicationRow) -> ApplicationRow:
    return replace(row, answers=readable_answers(row.answers))


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
    counts = Counter(gate.result for gate in gates if not gate.gate.is_advisory)
    total = counts.total()
    if counts["fail"]:
        return Chip(Tone.DANGER, f"{counts['fail']} failed")
    if counts["to check"]:
        return Chip(Tone.WARNING, f"{counts['to check']} to check")
    if counts["waived"]:
        return Chip(Tone.INFORMATION, f"{counts['waived']} waived")
    return Chip(Tone.FUND, f"{total}/{total}")


def _spoken_gates(gates: Sequence[GateStanding]) -> str:
    counts = Counter(gate.result for gate in gates if not gate.gate.is_advisory)
    for result, words in (("fail", "failed"), ("to check", "to check"), ("waived", "waived")):
        if counts[result]:
            return f"{counted(counts[result], 'gate', 'gates')} {words}"
    return "all gates passed"


def _state(line: IntakeLine, pairs: Sequence[DuplicateCandidate], quorum: int) -> Chip:
    results = {gate.result for gate in line.gates if not gate.gate.is_advisory}
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
    results = {gate.result for gate in line.gates if not gate.gate.is_advisory}
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


def pairs_of(found: ApplicationList) -> tuple[DuplicateCandidate, ...]:
    """Return every suspected pair of a round once, in the order of the list."""
    return tuple(dict.fromkeys(pair for line in found.lines for pair in line.pairs))


def pair_lines(found: ApplicationList, pair: DuplicateCandidate) -> tuple[ApplicationLine, ApplicationLine]:
    """Return the two applications of a pair."""
    one, other = found.line(pair.first), found.line(pair.second)
    assert one is not None, "a pair is of the list"
    assert other is not None, "a pair is of the list"
    return one, other
