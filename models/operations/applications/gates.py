"""Setting what applications come to at gates, and what they are for."""

from collections.abc import Container, Sequence

from msgspec import Struct
from msgspec.structs import asdict, replace

from models.operation import Outcome
from models.operations.applications.in_time import put_results_back, refuse_pass_of_late
from models.operations.operation_base import (
    InRound,
    OnApplication,
    in_open_round,
    refuse_changed,
    require_not_recommended,
    the_application,
    the_gate,
)
from models.operations.panel.reopened import marking_opened
from models.operations.rows.write_applications import application_ids, put_choices
from models.queries.applications.applications import GateResult, gate_results, gates
from models.queries.applications.choices import choices
from models.queries.applications.gates import RESULT_WORDS
from models.queries.set_up.funds import round_rules
from models.reference.defaults import FundDefaults
from models.schema.applications import gate_table
from models.schema.base import TextAbout
from models.session import Session, actor_name, selection
from models.values.applications import CHOICE_WORDS, Choice, ChoicesOf
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
        inverse = replace(
            self,
            result=before.result,
            reason=before.reason,
            set_by=before.set_by,
            replacing=self.result,
        )
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
        if not self.settings:
            raise Refused("No gate was chosen. Choose at least one.")
        if len({(one.application, one.gate) for one in self.settings}) < len(self.settings):
            raise Refused("A gate of an application is named twice. Name each once.")
        before = _set(session, self.round_id, self.settings)
        return self.done(replace(self, settings=before))


def _set(session: Session, round_id: int, settings: Sequence[GateSetting]) -> tuple[GateSetting, ...]:
    """Set gates, and return the settings that put back what stood."""
    there = application_ids(session, round_id)
    codes = {gate.code for gate in gates(session, round_id)}
    stands = {(one.application, one.gate): one for one in gate_results(session, round_id)}
    back = []
    for one in settings:
        _check_one(one, there, codes)
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


def _check_one(one: GateSetting, there: Container[str], codes: Container[str]) -> None:
    if one.application not in there:
        raise Refused(f"There is no application {one.application} in the round.")
    if one.gate not in codes:
        raise Refused(f"There is no gate {one.gate} in the round.")
    if one.result not in RESULTS:
        raise Refused(f"“{one.result}” is not one of {', '.join(RESULTS[1:])}.")
    if one.result in ("fail", "waived") and not one.reason.strip():
        raise Refused(f"Say why the gate {one.gate} is {one.result} for {one.application}.")


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
    by = {one.application: one for one in stood}
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
