"""Pass many gates at once: which gates, on which applications, said before it is done."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from exchange.applications.gate_answers import GateAnswer
from gui.listed.form import AtField, DataForm, Form, Helps, Saying, Ticks, Values
from gui.pages.applications.lines import ApplicationLine
from gui.text import counted
from gui.widgets.tick_list import TickList
from models.operation import Operation
from models.operations.applications.gates import GateSetting
from scoring.written.text import first_of, listed, noun

WORDS = (
    "Only gates that are still to check are passed, and those the program failed over a cap that has been "
    "raised since. Other failed ones, waived ones and requests over the cap stay. One undo takes it all back."
)
ALL_LEFT_OUT = "All of these are left out. Tick those to pass all the same."
MOST_NAMED = 6
RAISED = "check or now within the cap"
NONE = "Tick at least one gate and one application."


def to_pass(lines: Sequence[ApplicationLine]) -> tuple[ApplicationLine, ...]:
    """Return the applications that have a gate to pass: open to the person and not withdrawn."""
    return tuple(
        line
        for line in lines
        if not line.of.closed
        and not line.of.row.withdrawn
        and any(standing.is_to_pass for standing in line.of.gates)
    )


def key_of(reference: str, gate: str) -> str:
    return f"{reference} {gate}"


class Doubt(NamedTuple):
    """A gate to pass where the applicant's answer is no plain yes, or nothing though others answered."""

    line: ApplicationLine
    gate: str
    answers: tuple[GateAnswer, ...]

    @property
    def key(self) -> str:
        return key_of(self.line.reference, self.gate)

    @property
    def words(self) -> str:
        """Return who answered what: "ACF-018, Fell Road Club: Safeguarding policy: No"."""
        answered = " · ".join(one.line for one in self.answers)
        return f"{self.line.reference}, {self.line.of.row.organisation}: {answered}"


def doubts(lines: Sequence[ApplicationLine]) -> tuple[Doubt, ...]:
    """Return the gates to pass that the applicant's own answer speaks against."""
    return tuple(
        Doubt(line, standing.gate.code, against)
        for line in lines
        for standing, answers in line.with_answers
        if standing.is_to_pass and (against := tuple(one for one in answers if one.is_in_doubt))
    )


def said_of(found: Sequence[Doubt], left_out: Sequence[Doubt]) -> str:
    """Return in a sentence which gates are left out for an answer, or passed all the same; "" for none."""
    told = left_out or found
    gates = counted(len(told), "gate")
    references = list(dict.fromkeys(one.line.reference for one in told))
    on = listed(references) if len(references) <= MOST_NAMED else first_of(references, MOST_NAMED)
    if left_out:
        tick = noun(len(told), "Tick it", "Tick those")
        return f"Left out, as the answer is not a plain “Yes”: {gates} on {on}. {tick} to pass all the same."
    return f"Passed though the answer is not a plain “Yes”: {gates} on {on}." if found else ""


def pass_form(shown: Sequence[ApplicationLine], does: Callable[[tuple[GateSetting, ...]], Operation]) -> Form:
    """Return what asks for gates and applications; the button says how many gates on how many applications.

    What the applicant's own answer speaks against is listed with a tick each, and left out unless ticked.
    """
    lines = to_pass(shown)
    gates, ticked = _gates(lines)
    found = sorted(doubts(lines), key=lambda one: one.gate not in ticked)

    def asked(typed: Values) -> list[Doubt]:
        chosen, applications = typed["gates"], typed["applications"]
        return [one for one in found if one.gate in chosen and one.line.reference in applications]

    def left_out(typed: Values) -> list[Doubt]:
        return [one for one in asked(typed) if one.key not in (typed["doubtful"] or ())]

    def settings(typed: Values) -> tuple[GateSetting, ...]:
        aside = {one.key for one in left_out(typed)}
        return tuple(
            GateSetting(line.reference, standing.gate.code, replacing=standing.own)
            for line in lines
            if line.reference in typed["applications"]
            for standing in line.of.gates
            if standing.is_to_pass and standing.gate.code in typed["gates"]
            if key_of(line.reference, standing.gate.code) not in aside
        )

    def worded(typed: Values) -> str:
        chosen = settings(typed)
        on = counted(len({one.application for one in chosen}), "application")
        return f"Pass {counted(len(chosen), 'gate')} on {on}" if chosen else "Pass gates"

    def passed(**typed: Any) -> Operation:
        chosen = settings(typed)
        if not chosen:
            raise AtField(ALL_LEFT_OUT, "doubtful") if asked(typed) else AtField(NONE, "gates")
        return does(chosen)

    def turn(form: DataForm) -> None:
        ticks: TickList = form["applications"]
        ticks.tick(map(str, range(len(lines))), is_ticked=not ticks.ticked)

    references = tuple((f"{one.reference}, {one.of.row.organisation}", one.reference) for one in lines)
    return Form(
        title="Pass gates",
        sentences=(WORDS,),
        action="Pass",
        does=passed,
        worded=worded,
        width=560,
        fields=(
            Ticks("gates", "Gates to pass", options=gates, value=ticked),
            Saying(lambda typed: said_of(asked(typed), left_out(typed)), "text", size=13),
            Ticks(
                *("doubtful", "Not answered by a plain “Yes”: passed only where ticked"),
                options=tuple((one.words, one.key) for one in found),
                only=lambda typed: bool(asked(typed)),
            ),
            Helps("All or none of the applications", turn),
            Ticks(
                *("applications", "Applications"),
                options=references,
                value=frozenset(one.reference for one in lines),
            ),
        ),
    )


def _gates(lines: Sequence[ApplicationLine]) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """Return the gates to pass in words and by code, and those that are ticked: not what needs a look."""
    standings = [one for line in lines for one in line.of.gates if one.is_to_pass]
    numbers = Counter(one.gate.code for one in standings)
    options, ticked = [], set()
    for gate in (one.gate for one in lines[0].of.gates if numbers[one.gate.code]):
        dated = ", no received date" if gate.is_time else ", by its dates" if gate.is_start else ""
        note = ", advisory" if gate.is_advisory else dated
        within = RAISED if any(one.is_overtaken and one.gate == gate for one in standings) else "check"
        options.append((f"{gate.question} ({numbers[gate.code]:,} to {within}{note})", gate.code))
        ticked |= set() if note else {gate.code}
    return tuple(options), frozenset(ticked)
