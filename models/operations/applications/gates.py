"""Setting what applications come to at gates, by a person, by dates or by figures, and what they are for."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.operation_base import (
    SETTING,
    InRound,
    OnApplication,
    in_open_round,
    refuse_changed,
    require_not_recommended,
    the_application,
    the_gate,
)
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import application_ids, put_choices, put_gate_results
from models.queries.applications.applications import (
    Entered,
    GateResult,
    applications,
    entered,
    gate_results,
    gates,
    time_gates,
)
from models.queries.applications.choices import choices
from models.queries.applications.gates import BY_RULE, RESULT_WORDS, has_cap, over_cap
from models.queries.deciding.decisions import recommendations
from models.queries.set_up.funds import round_rules
from models.queries.set_up.rounds import area_dates, scheme
from models.reference.defaults import FundDefaults
from models.schema.applications import TIME_CODE, TIME_QUESTION, gate_result_table, gate_table
from models.schema.personal import TextAbout
from models.session import Session, actor_name, fields_of, put_new, remove, selection
from models.trouble import refuse
from models.values.applications import (
    CHOICE_WORDS,
    Choice,
    ChoicesOf,
    Verdict,
    received_in_time,
    starts_after_decision,
)
from models.values.rounds import AreaDates
from models.values.rows import ApplicationRow, by_application
from scoring.written.text import Refused, counted

RESULTS = tuple(RESULT_WORDS)


class SetGate(OnApplication, frozen=True):
    """Set one gate of an application: pass, fail, waived or to check; "" lets its own word stand again.

    `replacing` is the result that stood there, "" for none. `set_by` is of a result that is put back; `asks`
    is the gate's question, by which the change is told.
    """

    kind = "set gate"
    gate: str
    result: str
    reason: TextAbout = ""
    replacing: str = ""
    set_by: str = ""
    asks: str = ""

    @property
    def label(self) -> str:
        return f"Gate “{self.asks or self.gate}” of {self.application}: {RESULT_WORDS[self.result]}"

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set it; refused for members, without a reason to fail or waive, or once recommended."""
        gate_id = the_gate(session, self.round_id, self.gate)
        setting = GateSetting(
            self.application, self.gate, self.result, self.reason, self.set_by, self.replacing
        )
        (before,) = _set(session, self.round_id, (setting,))
        stood = fields_of(before, "result", "reason", "set_by")
        inverse = replace(self, replacing=self.result, **stood)
        question = session.scalar(selection(gate_table.c.question, id=gate_id))
        words = (
            f"{self.application}, {RESULT_WORDS[self.result]}: “{question}”"  # cut short, it still says how
        )
        return Outcome(inverse, words)


class GateSetting(Struct, frozen=True):
    """One gate of one application set to a result, "" for none of its own; `replacing` is what stood there.

    `set_by` is for a result that is put back; else it is whoever sets it.
    """

    application: str
    gate: str
    result: str = "pass"
    reason: TextAbout = ""
    set_by: str = ""
    replacing: str = ""


class SetGates(InRound, frozen=True):
    """Set gates of several applications as one change."""

    kind = "set gates"
    titled = (
        "{0._is_pass:Pass|Put} {0.settings:gate} {0._is_pass:on|of} {0._applications:application}"
        "{0._is_pass:| back}"
    )
    told = "{0.settings:gate} {0._is_pass:passed on|of} {0._applications:application}{0._is_pass:| put back}."
    settings: tuple[GateSetting, ...]

    @property
    def _applications(self) -> frozenset[str]:
        return frozenset(one.application for one in self.settings)

    @property
    def _is_pass(self) -> bool:
        return all(one.result == "pass" for one in self.settings)

    @marking_opened
    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set them; refused for members, for a stale result, or once recommended."""
        is_twice = len({(one.application, one.gate) for one in self.settings}) < len(self.settings)
        refuse(SETTING.gates(bool(self.settings), is_twice))
        return self.done(replace(self, settings=_set(session, self.round_id, self.settings)))


def _set(session: Session, round_id: int, settings: Sequence[GateSetting]) -> tuple[GateSetting, ...]:
    """Set gates, and return the settings that put back what stood."""
    there = application_ids(session, round_id)
    codes = {gate.code for gate in gates(session, round_id)}
    stands = {(one.application, one.gate): one for one in gate_results(session, round_id)}
    back = []
    for one in settings:
        known = one.application in there, one.gate in codes
        refuse(SETTING.gate(one.application, one.gate, one.result, one.reason, *known, RESULTS[1:]))
        stood = stands.get((one.application, one.gate), GateResult(one.application, one.gate, ""))
        refuse_changed(stood.result, one.replacing, f"The gate {one.gate} of {one.application}", "was set")
        back.append(GateSetting(**asdict(stood) | {"replacing": one.result}))
    require_not_recommended(session, round_id, {one.application for one in settings}, "gates")
    passed = {(one.application, one.gate) for one in settings if one.result == "pass"}
    refuse_pass_of_late(session, round_id, passed)
    by = actor_name(session)
    results = [
        GateResult(one.application, one.gate, one.result, one.reason, one.set_by or by) for one in settings
    ]
    put_results_back(session, round_id, results)
    return tuple(back)


class SetChoices(InRound, frozen=True):
    """Set what applications are for; `replacing` are the lines that each of them had."""

    kind = "set choices"
    items: tuple[ChoicesOf, ...]
    replacing: tuple[ChoicesOf, ...]

    @property
    def label(self) -> str:
        of = self.items[0].application if len(self.items) == 1 else counted(len(self.items), "application")
        return f"Say what {of} {'is' if len(self.items) == 1 else 'are'} for"

    @in_open_round
    def apply(self, session: Session) -> Outcome:
        """Set them; refused for what no list of the fund has, or where other lines stand by now."""
        held, rules = choices(session, self.round_id), round_rules(session, self.round_id)
        stood = {one.application: one.choices for one in self.replacing}
        for one in self.items:
            the_application(session, self.round_id, one.application)
            there = held.get(one.application, ())
            refuse_changed(stood.get(one.application, ()), there, f"What {one.application} is for")
            _check(one, there, rules)
        put_choices(session, self.round_id, self.items)
        return self.done(SetChoices(self.round_id, _each(self.replacing, self.items), self.items))


def _each(stood: tuple[ChoicesOf, ...], items: tuple[ChoicesOf, ...]) -> tuple[ChoicesOf, ...]:
    by = by_application(stood)
    return tuple(by.get(one.application, ChoicesOf(one.application, ())) for one in items)


def _check(one: ChoicesOf, there: tuple[Choice, ...], rules: FundDefaults) -> None:
    kinds = [choice.kind for choice in one.choices]
    if len(set(kinds)) < len(kinds):
        raise Refused(f"{one.application} has one line of each list. Choose one.")
    for choice in one.choices:
        listed = {item.code: item for item in rules.items(choice.kind)}
        item = listed.get(choice.code)
        stands = (choice.kind, choice.code) in {(held.kind, held.code) for held in there}
        if not stands and (item is None or item.is_retired):
            what = CHOICE_WORDS[choice.kind].lower()
            raise Refused(f"The fund offers no {what} “{choice.code}”. Choose one of its list.")


_AT_ONCE = 400


def ensure_time_gate(session: Session, round_id: int) -> str:
    """Return the code of the gate that the dates answer; a round without one gets it as its last."""
    found = time_gates(session, round_id)
    if found:
        return min(found)
    asked = gates(session, round_id)
    taken = {gate.code for gate in asked}
    code = TIME_CODE if TIME_CODE not in taken else f"{TIME_CODE}-2"
    row = {
        "round_id": round_id,
        "position": len(asked),
        "code": code,
        "question": TIME_QUESTION,
        "is_advisory": False,
        "is_cap": False,
        "is_time": True,
        "is_start": False,
    }
    put_new(session, gate_table, [row])
    return code


def remove_idle_time_gate(session: Session, round_id: int) -> None:
    """Take the gate out again where nothing hangs on it."""
    of_time = (gate_table.c.round_id == round_id) & gate_table.c.is_time
    remove(session, gate_table, of_time & gate_table.c.id.not_in(select(gate_result_table.c.gate_id)))


def judge_time(session: Session, round_id: int, chosen: str | Collection[str]) -> tuple[GateResult, ...]:
    """Judge applications by their areas' closing dates, and return what stood where it changed.

    `chosen` is the name of an area, or references.

    What did not stand at the gate has the result "". A waiver stands, and so does a person's own reason to
    fail it; a person's pass does not stand against the dates. Refused where what is recommended rests on
    a result that would change.
    """
    dates = area_dates(session, round_id)
    if not _asks_time(session, round_id, dates):
        return ()
    gate = ensure_time_gate(session, round_id)
    own = {one.application: one for one in gate_results(session, round_id) if one.gate == gate}
    words = entered(session, round_id)
    changed = [
        (own.get(row.reference, GateResult(row.reference, gate, "")), result)
        for row in applications(session, round_id)
        if (row.area == chosen if isinstance(chosen, str) else row.reference in chosen)
        for result in _judged(row, gate, received_in_time(row, dates), own, words)
    ]
    require_not_recommended(session, round_id, {stood.application for stood, _ in changed}, "gates")
    replace_results(session, round_id, gate, [result for _, result in changed])
    return tuple(stood for stood, _ in changed)


def judge_start(session: Session, round_id: int, chosen: str | Collection[str]) -> tuple[GateResult, ...]:
    """Judge by their start dates the applications of an area, or some by reference.

    Return what stood where it changed. What a person set at the gate stands, and so does what is recommended.
    """
    gate = start_gate(session, round_id)
    if gate is None:
        return ()
    dates, words = area_dates(session, round_id), entered(session, round_id)
    own = {one.application: one for one in gate_results(session, round_id) if one.gate == gate}
    settled = {row.application for row in recommendations(session, round_id)}
    changed = []
    for row in applications(session, round_id):
        is_chosen = row.area == chosen if isinstance(chosen, str) else row.reference in chosen
        stands = own.get(row.reference, GateResult(row.reference, gate, ""))
        is_persons = (
            words[row.reference].all_gates != "to check" if not stands.result else stands.set_by != BY_RULE
        )
        result = _by_start(gate, row, dates)
        if is_chosen and not is_persons and row.reference not in settled and result != stands:
            changed.append((stands, result))
    replace_results(session, round_id, gate, [result for _, result in changed])
    return tuple(stands for stands, _ in changed)


def _asks_time(session: Session, round_id: int, dates: Mapping[str, AreaDates]) -> bool:
    """Whether applications are held against a closing date, now or at some time before."""
    return any(one.closes_on for one in dates.values()) or bool(time_gates(session, round_id))


def _by_start(gate: str, row: ApplicationRow, dates: Mapping[str, AreaDates]) -> GateResult:
    came_to, why = starts_after_decision(row, dates)
    return GateResult(row.reference, gate, came_to, "" if came_to == "pass" else why, BY_RULE)


def judge_unasked(session: Session, round_id: int, area: str) -> int:
    """Judge what of an area nobody has checked and was never asked; return how many are late."""
    of_time = time_gates(session, round_id)
    asked = {one.application for one in gate_results(session, round_id) if one.gate in of_time}
    words = entered(session, round_id)
    rows = [row for row in applications(session, round_id) if row.area == area]
    open_ones = {row.reference for row in rows if words[row.reference].all_gates == "to check"} - asked
    if open_ones:
        judge_time(session, round_id, open_ones)
    return late_among(session, round_id, open_ones)


def late_words(late: int) -> str:
    """Return how many came late as a further sentence, "" for none."""
    return f" {counted(late, 'application')} came after the closing date." if late else ""


def judged_words(stood: tuple[GateResult, ...] | None, by: str) -> str:
    """Return how many applications were judged again as a further sentence, "" for none."""
    were = counted(len(stood or ()), "application was", "applications were")
    return f" {were} judged again by {by}." if stood else ""


def put_results_back(session: Session, round_id: int, stood: Sequence[GateResult]) -> None:
    """Put results at gates in the place of what stands there, such as what stood before they were judged."""
    for gate in dict.fromkeys(one.gate for one in stood):
        replace_results(session, round_id, gate, [one for one in stood if one.gate == gate])


def late_among(session: Session, round_id: int, references: Collection[str]) -> int:
    of_time = time_gates(session, round_id)
    results = (one for one in gate_results(session, round_id) if one.gate in of_time)
    return sum(one.result == "fail" and one.application in references for one in results)


def replace_results(session: Session, round_id: int, gate: str, results: Sequence[GateResult]) -> None:
    """Put results at a gate in the place of what stands there; one of "" leaves none."""
    there, table = application_ids(session, round_id), gate_result_table
    numbers = [there[result.application] for result in results]
    of_gate = table.c.gate_id == the_gate(session, round_id, gate)
    for start in range(0, len(numbers), _AT_ONCE):
        remove(session, table, of_gate & table.c.application_id.in_(numbers[start : start + _AT_ONCE]))
    put_gate_results(session, round_id, [one for one in results if one.result])


def refuse_pass_of_late(session: Session, round_id: int, passed: Collection[tuple[str, str]]) -> None:
    """Refuse a pass of a late application, as (reference, gate): it is waived, or its date corrected."""
    of_time = time_gates(session, round_id)
    wanted = {reference for reference, gate in passed if gate in of_time}
    if not wanted:
        return
    dates = area_dates(session, round_id)
    for row in applications(session, round_id):
        verdict = received_in_time(row, dates) if row.reference in wanted else None
        if verdict is not None and verdict[0] == "fail":
            raise Refused(
                f"{row.reference} was {verdict[1]}. Waive the gate with a reason, or correct the received "
                "date."
            )


def _judged(
    row: ApplicationRow,
    gate: str,
    verdict: Verdict | None,
    own: dict[str, GateResult],
    words: Mapping[str, Entered],
) -> Iterator[GateResult]:
    """Yield the result that takes the place of what stands, nothing where that stays."""
    stands = own.get(row.reference)
    if stands is None and (verdict is None or words[row.reference].all_gates == "waived"):
        return
    if stands is not None and _is_a_persons(stands, verdict):
        return
    came_to = ("", "") if verdict is None else verdict
    if stands is None or (stands.result, stands.reason) != came_to:
        by = "" if verdict is None else BY_RULE
        yield GateResult(row.reference, gate, *came_to, by)


def _is_a_persons(stands: GateResult, verdict: Verdict | None) -> bool:
    """Whether what stands is a person's, and the dates do not overrule it."""
    if stands.set_by == BY_RULE:
        return False
    if stands.result in ("waived", "fail"):
        return True
    return stands.result == "pass" and verdict is not None and verdict[0] != "fail"


_OF_WORD = {"yes": "pass", "no": "fail", "waived": "waived", "to check": "to check"}


class NewlyJudged(NamedTuple):
    """How many new applications are over a cap, and how many came late."""

    over_cap: int
    late: int


def judge_new(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> NewlyJudged:
    """Judge applications that were just put in by the caps, the closing dates and the start dates.

    Nothing stands at their gates yet. In a round without a cap every request passes that gate.
    """
    by_cap = _judged_by_cap(session, round_id, rows)
    by_time = _judged_by_time(session, round_id, rows)
    put_gate_results(session, round_id, [*by_cap, *by_time, *_judged_by_start(session, round_id, rows)])
    late = sum(one.result == "fail" for one in by_time)
    return NewlyJudged(sum(bool(one.reason) for one in by_cap), late)


def _judged_by_cap(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> list[GateResult]:
    gate, published = cap_gate(session, round_id), scheme(session, round_id)
    if gate is None:
        return []
    return [_by_cap(gate, row.reference, over_cap(published, row.requested_pence)) for row in rows]


def _judged_by_time(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> list[GateResult]:
    dates = area_dates(session, round_id)
    if not _asks_time(session, round_id, dates):
        return []
    gate = ensure_time_gate(session, round_id)
    verdicts = ((row, received_in_time(row, dates)) for row in rows)
    return [GateResult(row.reference, gate, *found, BY_RULE) for row, found in verdicts if found is not None]


def _judged_by_start(session: Session, round_id: int, rows: Sequence[ApplicationRow]) -> list[GateResult]:
    gate, dates = start_gate(session, round_id), area_dates(session, round_id)
    return [] if gate is None else [_by_start(gate, row, dates) for row in rows]


def _by_cap(gate: str, of: str, why: str) -> GateResult:
    return GateResult(of, gate, "fail" if why else "pass", why, BY_RULE)


def judge_again(
    session: Session, round_id: int, before: ApplicationRow, requested_pence: int
) -> tuple[GateResult, ...]:
    """Judge a corrected amount, and return what stood at the gate; nothing where it stays.

    A waiver stands, and so does a person's own reason to fail it; a person's pass does not stand against
    the figures.
    """
    gate, published, of = cap_gate(session, round_id), scheme(session, round_id), before.reference
    if gate is None or not has_cap(published):
        return ()
    own = {one.application: one for one in gate_results(session, round_id) if one.gate == gate}
    stood = own.get(of, GateResult(of, gate, ""))
    standing = stood.result or _OF_WORD[entered(session, round_id)[of].all_gates]
    was, why = over_cap(published, before.requested_pence), over_cap(published, requested_pence)
    is_of_figures = bool(stood.result) and (stood.set_by == BY_RULE or (bool(was) and stood.reason == was))
    is_a_persons = standing == "waived" or (standing == "fail" and not is_of_figures)
    if is_a_persons or not (why or standing != "pass"):
        return ()
    replace_results(session, round_id, gate, (_by_cap(gate, of, why),))
    return (stood,)


def judge_caps_again(session: Session, round_id: int) -> tuple[GateResult, ...]:
    """Judge by the caps of now what the program had judged by others; return what stood where that changed.

    What a person set at the gate stands.
    """
    gate, published = cap_gate(session, round_id), scheme(session, round_id)
    asked = {row.reference: row.requested_pence for row in applications(session, round_id)}
    judged = [one for one in gate_results(session, round_id) if (one.gate, one.set_by) == (gate, BY_RULE)]
    found = [(one, over_cap(published, asked[one.application])) for one in judged]
    changed = [(one, why) for one, why in found if why != one.reason]
    put_results_back(session, round_id, [_by_cap(one.gate, one.application, why) for one, why in changed])
    return tuple(one for one, _ in changed)


def cap_gate(session: Session, round_id: int) -> str | None:
    """Return the code of the gate that the caps answer, None where a round has none."""
    return next((gate.code for gate in gates(session, round_id) if gate.is_cap), None)


def start_gate(session: Session, round_id: int) -> str | None:
    """Return the code of the gate that the start dates answer, None where a round has none."""
    return next((gate.code for gate in gates(session, round_id) if gate.is_start), None)
