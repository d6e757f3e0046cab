"""The applications of a round as corrected, and what their gates come to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import and_, func, select

from models.queries.rows import columns_of, named_of_round, of_round, rows_of_round
from models.schema.applications import (
    application_table,
    correction_table,
    gate_result_table,
    gate_table,
    kept_apart_table,
    organisation_table,
)
from models.schema.awards import award_table, direct_award_table, direct_round_table
from models.schema.personal import TextAbout
from models.schema.set_up import area_table
from models.session import OF_ROUND, WITH_FIGURES, Session, pairs_of
from models.store.locks.signing_on import refuse_uncounted
from models.store.parts import part
from models.values.applications import OWN_ROW, Correction, value_as_typed, written_in
from models.values.rows import ApplicationRow, AsSubmitted, Replaced, SubmittedCell, gathered
from models.values.stored import is_readable, read_or
from scoring.round import Eligibility
from scoring.written.text import first_of, in_clauses

T = TypeVar("T")


def cells_of(text: str) -> tuple[SubmittedCell, ...]:
    return tuple(SubmittedCell(*cell) for cell in read_or("applications.cells", text, ()))


def _corrected(*said: Any) -> Correction:
    found = Correction(*said[:-1])
    return replace(found, written=written_in(cells_of(said[-1]), found.field))


_corrections = rows_of_round(
    _corrected,
    of_round(Correction, correction_table)
    .add_columns(application_table.c.cells)
    .order_by(application_table.c.position, correction_table.c.field),
)


@part
def corrections(session: Session, round_id: int) -> tuple[Correction, ...]:
    """Return what was corrected in a round, by application and field; what cannot be read is passed over."""
    return tuple(one for one in _corrections(session, round_id) if _is_read(one))


def _is_read(one: Correction) -> bool:
    """Whether both values are read; what was submitted is "" where a server closes it to whoever asks."""
    if not is_readable("corrections.value", one.value, one.field):
        return False
    return not one.submitted or is_readable("corrections.submitted", one.submitted, one.field)


def submitted_cells(session: Session, round_id: int) -> Mapping[str, tuple[SubmittedCell, ...]]:
    """Return what the applicants' files had in the cells of fields, by application; none is left out."""
    cells = pairs_of(session, application_table.c.reference, application_table.c.cells, round_id=round_id)
    return {reference: cells_of(text) for reference, text in cells.items() if text != "[]"}


def as_submitted(
    session: Session, round_id: int, chosen: Collection[str] | None = None
) -> tuple[AsSubmitted, ...]:
    """Return what was submitted of some applications (None: all), and which fields were corrected."""
    replaced: dict[str, list[Replaced]] = defaultdict(list)
    for one in corrections(session, round_id):
        replaced[one.application].append(Replaced(one.field, one.submitted, one.reason))
    cells = submitted_cells(session, round_id)
    told = sorted(of for of in {*cells, *replaced} if chosen is None or of in chosen)
    return tuple(AsSubmitted(of, cells.get(of, ()), tuple(replaced[of])) for of in told)


def asked_corrected(session: Session, round_id: int) -> Mapping[str, str]:
    """Return by application that what was asked for was corrected, as papers print it beside the amount."""
    every = corrections(session, round_id)
    return {one.application: one.beside_amount for one in every if one.field == "requested_pence"}


def asked_as_submitted(session: Session, round_id: int) -> Mapping[str, int | None]:
    """Return what was asked for first where that was corrected, None where it was no number of pounds."""
    asked = (one for one in corrections(session, round_id) if one.field == "requested_pence")
    return {one.application: value_as_typed(one.field, one.submitted) for one in asked}


def as_corrected(session: Session, round_id: int, among: Iterable[ApplicationRow]) -> str:
    """Return which amounts of a sum of what was asked were corrected: " (ACF-002 as corrected)", "" for none.

    The public reads it too, so it has neither the applicant's own words nor who corrected them.
    """
    found = asked_corrected(session, round_id)
    told = [row.reference for row in among if row.reference in found]
    return f" ({first_of(told)} as corrected)" if told else ""


def corrected_fields(session: Session, round_id: int) -> Mapping[str, dict[str, Any]]:
    """Return the values in force of corrected fields, by application."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for correction in corrections(session, round_id):
        if correction.field not in OWN_ROW:
            found[correction.application][correction.field] = value_as_typed(
                correction.field, correction.value
            )
    return found


_FIRST, _SECOND = application_table.alias(), application_table.alias()
kept_apart = rows_of_round(
    lambda one, other: (str(one), str(other)),
    select(_FIRST.c.reference, _SECOND.c.reference)
    .join(kept_apart_table, kept_apart_table.c.first_id == _FIRST.c.id)
    .join(_SECOND, _SECOND.c.id == kept_apart_table.c.second_id)
    .where(_FIRST.c.round_id == OF_ROUND),
)
"""The pairs of references that look alike and are both kept, the earlier import first."""


def corrected_names(session: Session) -> Mapping[int, str]:
    """Return what applicants are called where that was corrected, by the application's number.

    A recipient goes by the name on its application, until a variation changes it: that is who the agreement
    is with. Another application of the same organisation may spell it otherwise.
    """
    found = corrections_everywhere(session, ("organisation",))
    return {number: values["organisation"] for number, values in found.items()}


def corrections_everywhere(session: Session, names: Collection[str]) -> Mapping[int, dict[str, Any]]:
    """Return the corrected values of some fields over all rounds, by the application's number."""
    table = correction_table
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    columns = select(table.c.application_id, table.c.field, table.c.value).where(table.c.field.in_(names))
    for number, name, value in session.execute(columns):
        if is_readable("corrections.value", value, name):
            found[number][name] = value_as_typed(name, value)
    return found


_FIELDS = ApplicationRow.__struct_fields__
PLAIN_FIELDS = tuple(name for name in _FIELDS if name in application_table.c and name != "answers")
"""The fields of an application that are kept in a column of the same name, as they are."""

_COLUMNS = {name: application_table.c[name] for name in PLAIN_FIELDS} | {
    "area": area_table.c.name,
    "eligibility": application_table.c.all_gates,
    "eligibility_reason": application_table.c.all_gates_reason,
    "answers": application_table.c.answers,
}
_ELIGIBILITY, _REASON, _ANSWERS = (
    _FIELDS.index(name) for name in ("eligibility", "eligibility_reason", "answers")
)
_SUBMITTED = (
    select(*(_COLUMNS[name] for name in _FIELDS))
    .outerjoin(area_table)
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.position)
)


class Entered(Struct, frozen=True):
    """An application by its number, whose it is, and the word that stands for all its gates: why, by whom."""

    number: int
    organisation_id: int
    all_gates: str
    all_gates_reason: str
    all_gates_by: str

    @property
    def word(self) -> tuple[str, str, str]:
        return self.all_gates, self.all_gates_reason, self.all_gates_by


class ApplicationHead(Struct, frozen=True):
    """An application of any round as it was entered, with its award: "" and nothing where it has none.

    `recipient` is what its organisation was first known as. From `route` on it is of an award that came about
    without a competition, which may extend that of the application `extends_id`.
    """

    number: int
    uid: str
    round_id: int
    reference: str
    organisation_id: int
    organisation: str
    charity_number: str
    company_number: str
    postcode: str
    address: str
    withdrawn: bool
    end_on: date | None
    recipient: str
    area: str
    award: str
    amount_pence: int
    decision_id: int
    route: str
    route_reason: str
    break_on: date | None
    option_years: int
    extends_id: int

    @property
    def key(self) -> tuple[int, str]:
        """Return the round and the application, by which changes name it."""
        return self.round_id, self.reference


class GateLine(Struct, frozen=True):
    """One gate of a round."""

    gate_id: int
    code: str
    question: str
    is_advisory: bool
    is_cap: bool
    is_time: bool = False
    is_start: bool = False


class GateResult(Struct, frozen=True):
    """What one application came to at one gate when it was set by itself: pass, fail, waived or to check."""

    application: str
    gate: str
    result: str
    reason: TextAbout = ""
    set_by: str = ""

    @property
    def word(self) -> tuple[str, str, str]:
        return self.result, self.reason, self.set_by


Verdict = tuple[str, str]
"""What a gate came to, and the reason."""
entered = named_of_round(
    Entered,
    select(
        application_table.c.reference, *columns_of(Entered, application_table, number=application_table.c.id)
    )
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.position),
)
"""The applications of a round as they were entered, by reference, in their order."""
_AWARD, _DIRECT = award_table.c, direct_award_table.c
_HEADS = (
    select(
        *columns_of(
            ApplicationHead,
            application_table,
            number=application_table.c.id,
            recipient=func.coalesce(organisation_table.c.name, ""),
            area=func.coalesce(area_table.c.name, ""),
            award=func.coalesce(_AWARD.reference, ""),
            amount_pence=func.coalesce(_AWARD.amount_pence, 0),
            decision_id=func.coalesce(_AWARD.decision_id, 0),
            route=func.coalesce(_DIRECT.route, ""),
            route_reason=func.coalesce(_DIRECT.route_reason, ""),
            break_on=_DIRECT.break_on,
            option_years=func.coalesce(_DIRECT.option_years, 0),
            extends_id=func.coalesce(_DIRECT.extends_id, 0),
        )
    )
    .outerjoin(organisation_table)
    .outerjoin(area_table)
    .outerjoin(award_table)
    .outerjoin(
        direct_award_table,
        and_(
            _DIRECT.application_id == application_table.c.id,
            application_table.c.round_id.in_(select(direct_round_table.c.round_id)),
        ),
    )
    .order_by(application_table.c.round_id, application_table.c.id)
)
gates = rows_of_round(
    GateLine, of_round(GateLine, gate_table, gate_id=gate_table.c.id).order_by(gate_table.c.position)
)
gate_results = rows_of_round(
    GateResult,
    of_round(GateResult, gate_result_table, gate=gate_table.c.code)
    .join(gate_table, gate_table.c.id == gate_result_table.c.gate_id)
    .order_by(application_table.c.position, gate_table.c.position),
)


def in_round(session: Session, round_id: int, every: Mapping[int, T]) -> dict[str, T]:
    """Return what some applications of a round have, by reference, of what is kept by their number."""
    return {of: every[one.number] for of, one in entered(session, round_id).items() if one.number in every}


@part
def application_heads(session: Session) -> tuple[ApplicationHead, ...]:
    """Return the applications of all rounds, by round."""
    return tuple(ApplicationHead(*row) for row in session.execute(_HEADS))


@part
def awarded(session: Session) -> tuple[ApplicationHead, ...]:
    """Return those with an award, in order of the awards' references; a start asks for no others."""
    found = (ApplicationHead(*row) for row in session.execute(_HEADS.where(_AWARD.reference.is_not(None))))
    return tuple(sorted(found, key=attrgetter("award")))


def time_gates(session: Session, round_id: int) -> frozenset[str]:
    """Return the code of the gate that the closing dates answer, none while no date was."""
    return frozenset(gate.code for gate in gates(session, round_id) if gate.is_time)


@part
def applications(session: Session, round_id: int) -> tuple[ApplicationRow, ...]:
    """Return a round's applications in the order in which they came in, with corrections in force."""
    corrected = corrected_fields(session, round_id)
    return tuple(
        replace(row, **corrected[row.reference]) if row.reference in corrected else row
        for row in submitted_applications(session, round_id)
    )


@part
def areas_by_reference(session: Session, round_id: int) -> Mapping[str, str | None]:
    """Return the area of each application of a round, None for one without."""
    return {row.reference: row.area for row in applications(session, round_id)}


def withdrawn_in(session: Session, round_id: int) -> frozenset[str]:
    return frozenset(row.reference for row in applications(session, round_id) if row.withdrawn)


@part
def submitted_applications(session: Session, round_id: int) -> tuple[ApplicationRow, ...]:
    """Return a round's applications as they were submitted, but for their areas, in order."""
    if WITH_FIGURES in session.info:
        refuse_uncounted(session, round_id)
    barring = [gate for gate in gates(session, round_id) if not gate.is_advisory]
    verdicts: dict[str, dict[str, Verdict]] = {}
    for result in gate_results(session, round_id):
        verdicts.setdefault(result.application, {})[result.gate] = (result.result, result.reason)
    rows = session.execute(_SUBMITTED, {"of_round": round_id}).all()
    return tuple(_row(row, barring, verdicts.get(row[0])) for row in rows)


def eligibility(
    word: str, reason: str, barring: Iterable[GateLine], verdicts: Mapping[str, Verdict]
) -> tuple[Eligibility, str]:
    """Return what the barring gates come to together, and why.

    No if one failed, to check if one is open, waived if one was waived, else yes. `word` and `reason`
    stand for every gate without a verdict of its own, but for the one of the closing date, which is not
    asked without.
    """
    asked = [(gate, verdicts.get(gate.code)) for gate in barring]
    said = [one for gate, one in asked if one is not None and not (gate.is_time and one[0] == "pass")]
    if asked and not said:
        return Eligibility(word), reason
    standing = gathered(
        (came_to, given or ("" if came_to is Eligibility.YES else gate.question))
        for gate, verdict in asked
        if verdict is not None or not gate.is_time
        for came_to, given in [(Eligibility(word), reason) if verdict is None else _came_to(*verdict)]
    )
    for came_to in _FIRST_OF:
        if came_to in standing:
            return came_to, in_clauses(standing[came_to])
    return Eligibility.YES, reason


_STANDS_FOR = {
    "fail": Eligibility.NO,
    "to check": Eligibility.TO_CHECK,
    "waived": Eligibility.WAIVED,
    "pass": Eligibility.YES,
}
_FIRST_OF = (Eligibility.NO, Eligibility.TO_CHECK, Eligibility.WAIVED, Eligibility.YES)


def _came_to(result: str, reason: str) -> tuple[Eligibility, str]:
    return _STANDS_FOR[result], reason


def _row(
    row: tuple[Any, ...], barring: list[GateLine], verdicts: Mapping[str, Verdict] | None
) -> ApplicationRow:
    values = list(row)
    word, answers = values[_ELIGIBILITY], values[_ANSWERS]
    values[_ELIGIBILITY] = Eligibility(word)
    if verdicts:
        values[_ELIGIBILITY], values[_REASON] = eligibility(word, values[_REASON], barring, verdicts)
    values[_ANSWERS] = read_or("applications.answers", answers, ())
    return ApplicationRow(*values)
