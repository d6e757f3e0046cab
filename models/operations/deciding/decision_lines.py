"""The lines of a signing: what it is held to as it is made, what stood before each, and recording it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, update

from models.operations.deciding.signing import unreasoned_words
from models.operations.operation_base import DECIDING
from models.operations.rows.write_applications import application_ids
from models.queries.applications.applications import applications
from models.queries.awards.awards import awards
from models.queries.deciding.decided_anew import DECIDED, ranked
from models.queries.deciding.decisions import (
    NOT_BEGUN,
    Progress,
    decisions,
    ended_by_change,
    progress_by_line,
    recommendations,
    signatures,
)
from models.queries.deciding.reasons import standard_conditions
from models.queries.permissions.declarations import declared_by
from models.queries.set_up.rounds import is_direct
from models.reference.sign_off import Chain
from models.schema.deciding import decision_table, signature_table
from models.session import Session, fields_of, next_id, put, remove
from models.trouble import refuse
from models.values import canonical
from models.values.recommending import (
    FUNDED,
    OUTCOMES,
    DecisionRow,
    LineDecision,
    RecommendationRow,
    whole_pence,
)
from models.values.rows import by_reference
from scoring.allocating.allocation import same_place
from scoring.allocating.causes import own_reason
from scoring.ranking import Outcome
from scoring.ranking import Standing as Figures
from scoring.written.days import full_day
from scoring.written.names import is_same_typed
from scoring.written.text import Refused, first_of, listed


def require_paid_nothing(session: Session, round_id: int, by: str) -> None:
    """Refuse as a signer who authorised a payment of the round: nobody does both, in either order.

    (Separation of duties; paying asks it of whoever decided.)
    """
    parts = (part for award in awards(session, round_id) for part in award.instalments)
    has_paid = any(part.authorised_by and is_same_typed(part.authorised_by, by) for part in parts)
    refuse(DECIDING.signer(by, has_paid, ()))


def require_no_interest(session: Session, round_id: int, by: str, references: Sequence[str]) -> None:
    """Refuse as a signer who declared an interest in a line, also from paper: it waits for another."""
    closed = declared_by(session, round_id, by)
    refuse(DECIDING.signer(by, False, [of for of in references if of in closed]))


def require_no_open_tie(session: Session, round_id: int, references: Collection[str]) -> None:
    """Refuse to record what is signed in an area where a tie on the budget line is not decided.

    (A tie on the line is never settled silently.) What the panel recommended on every one of the tied has
    settled it.
    """
    ranking = ranked(session, round_id)
    there = {row.application for row in recommendations(session, round_id)}
    tied = (one for one in ranking.standings if one.outcome is Outcome.TIE and one.tied)
    first = {one.area: one for one in reversed(tuple(tied))}
    for area in dict.fromkeys(one.area for one in ranking.standings if one.reference in references):
        group = [one.reference for one in same_place(ranking, first[area])] if area in first else []
        if not there.issuperset(group):
            raise Refused(
                f"The tie of {listed(group)} on the budget line of {area} is open. The panel's chair decides "
                "it first; then what follows from it is recommended and signed."
            )


def require_steps_before(
    chain: Chain, unsigned: Mapping[int, Sequence[str]], for_the_panel: Sequence[str], because: str
) -> None:
    """Refuse to record from paper what nobody signed at a step before, unless it is said why.

    The chair's signature is a step too: it lacks on what is still to be signed `for_the_panel`.
    """
    if (unsigned or for_the_panel) and not because.strip():
        words = [f"the chair of the panel on {first_of(for_the_panel)}"] if for_the_panel else []
        words += [f"the {chain[number].words} on {first_of(of)}" for number, of in unsigned.items()]
        raise Refused(
            f"No signature is recorded of {listed(words)}. What was signed first is recorded first, with "
            f"that post; where it goes without, say why with --unsigned-because TEXT."
        )


def require_in_order(
    session: Session, round_id: int, step: int, on: date, references: Collection[str]
) -> None:
    """Refuse a day before that of a signature it follows: the panel's, an earlier step, what it replaces."""
    panel = (
        (row.signed_on, -1, f"{row.signed_by}, for the panel", row.application)
        for row in (() if is_direct(session, round_id) else signatures(session, round_id))
    )
    chain = (
        (row.signed_on, row.step, f"{row.signed_by}, {row.post}", row.application)
        for row in decisions(session, round_id)
        if row.is_in_force and (row.step < step or row.is_last)
    )
    later = [one for one in (*panel, *chain) if one[3] in references and one[0] > on]
    if later:
        day, newest, who, _ = max(later)
        named = first_of([of for _, number, _, of in later if number == newest])
        raise Refused(
            f"{who}, signed {named} on {full_day(day)}, and this comes after it, on {full_day(on)}. "
            "Correct the day."
        )


def require_whole_or_part(
    session: Session,
    round_id: int,
    said: Sequence[LineDecision | RecommendationRow],
    stands: Mapping[str, "Standing | RecommendationRow"],
) -> None:
    """Refuse a part that is called fund, and all as a part; what `stands` so may be said again."""
    by_rule = by_reference(ranked(session, round_id).standings) if said else {}
    for one in (of for of in said if of.application in by_rule):
        held, rule = stands.get(one.application), by_rule[one.application]
        is_held = held is not None and (one.outcome, one.amount_pence) == (held.outcome, held.amount_pence)
        whole, asked = whole_pence(rule), rule.requested_pence
        if not is_held and 0 < (one.amount_pence or 0) <= asked:
            refuse(DECIDED.parted(one.outcome, one.amount_pence, whole, asked, one.application))


VERDICTS = ("agree", "change", "send_back")


class Standing(Struct, frozen=True):
    """Where an application stands: the words and money that hold, and how far along its chain it is.

    `conditions` are those of its money, the standard ones where it has none. `own_reason` is what an
    earlier signature wrote on money, "" while only the panel gave a reason. `before` are the numbers of the
    rows that stand from before the pass at hand: a decision that a correction takes the place of. For what
    `is_direct`, proposed without a competition, what was proposed is its request.
    """

    outcome: str
    amount_pence: int | None
    reason: str
    own_reason: str
    conditions: tuple[str, ...]
    is_exception: bool
    requested_pence: int
    is_signed: bool
    area: str | None
    progress: Progress
    before: tuple[int, ...]
    is_withdrawn: bool = False
    is_direct: bool = False

    @property
    def is_decided(self) -> bool:
        return self.progress.final is not None


def standing_lines(session: Session, round_id: int) -> dict[str, Standing]:
    """Return where every application with a recommendation stands."""
    there = by_reference(applications(session, round_id))
    signed = {row.application for row in signatures(session, round_id)}
    decided = decisions(session, round_id)
    newest = {row.application: row for row in decided if row.is_in_force}
    standard, along = standard_conditions(session, round_id), progress_by_line(decided)
    without_competition, found = is_direct(session, round_id), {}
    for row in recommendations(session, round_id):
        last, held = newest.get(row.application, row), along.get(row.application, NOT_BEGUN)
        found[row.application] = Standing(
            outcome=last.outcome,
            amount_pence=last.amount_pence,
            reason=last.reason or row.reason,
            own_reason="" if last is row or last.outcome not in FUNDED else last.reason,
            conditions=last.conditions if last.outcome in FUNDED else standard,
            is_exception=row.is_exception,
            requested_pence=there[row.application].requested_pence,
            is_signed=row.application in signed,
            area=there[row.application].area,
            progress=held,
            before=_before(decided, row.application, held),
            is_withdrawn=there[row.application].withdrawn,
            is_direct=without_competition,
        )
    return found


def _before(decided: Sequence[DecisionRow], application: str, held: Progress) -> tuple[int, ...]:
    standing = (row for row in decided if row.application == application and row.is_in_force)
    return tuple(row.number for row in standing if row not in held.since)


def checked_lines(
    lines: Sequence[LineDecision],
    standings: Mapping[str, Standing],
    *,
    own_reasons: bool = False,
) -> tuple[LineDecision, ...]:
    """Return the lines with what they leave unsaid filled in; refused where one does not hold together.

    With `own_reasons` the panel's reason is not put in for the office's own.
    """
    faults = []
    for line in lines:
        of = standings[line.application]
        said = of.requested_pence, of.is_direct
        faults.append(DECIDING.decided(line, *said, VERDICTS, OUTCOMES, FUNDED))
    refuse(" ".join([*filter(None, faults)][:3]))
    filled = tuple(_filled(line, standings[line.application], own_reasons=own_reasons) for line in lines)
    for line in filled:
        if (
            line.outcome in FUNDED
            and line.verdict != "send_back"
            and standings[line.application].is_withdrawn
        ):
            raise Refused(
                f"{line.application} is withdrawn, so it gets no money. Reinstate it first, or send it back."
            )
    return filled


def require_reasons(
    lines: Sequence[LineDecision],
    standings: Mapping[str, Standing],
    remedy: str,
    finished: Collection[str],
) -> None:
    """Refuse money without a reason why it reduces crime or helps victims, and name every such line.

    Before a line is `finished` the panel's reason to fund will do; then it stands on the line.
    """
    reasoned = [of for of, one in standings.items() if one.outcome in FUNDED and one.reason.strip()]
    without = [
        line.application
        for line in lines
        if line.outcome in FUNDED
        and line.verdict != "send_back"
        and not line.reason.strip()
        and (line.application in finished or line.application not in reasoned)
    ]
    if without:
        raise Refused(f"{unreasoned_words(without)} {remedy}")


def put_lines(
    session: Session,
    round_id: int,
    sign_off: int,
    lines: Sequence[LineDecision],
    standings: Mapping[str, Standing],
) -> dict[str, int]:
    """Record lines under a signing, with a copy of the figures as they stand; return their numbers."""
    start = next_id(session, decision_table.c.id)
    numbers = {line.application: start + index for index, line in enumerate(lines)}
    applicants = application_ids(session, round_id)
    figures = by_reference(ranked(session, round_id).standings)
    put(
        session,
        decision_table,
        [
            {
                "id": numbers[line.application],
                "sign_off_id": sign_off,
                "application_id": applicants[line.application],
                **_values(line, standings[line.application], figures[line.application]),
            }
            for line in lines
        ],
    )
    return numbers


def end_lines(
    session: Session,
    round_id: int,
    step: int,
    numbers: Mapping[str, int],
    chosen: Sequence[tuple[LineDecision, Standing, bool]],
) -> None:
    """End what no longer holds once lines (each with what stood, and whether it is finished) are signed.

    A line that goes back loses what was signed of it since, and its chair's signature; a correction that
    goes back leaves the decision as it was. A change ends what the same step or a later one signed before,
    and a correction that is finished takes the place of the decision.
    """
    ended = [
        {"ended": before, "by": numbers[line.application]}
        for line, standing, is_finished in chosen
        for before in (*_ended(line, standing, step), *(standing.before if is_finished else ()))
    ]
    if ended:
        to_end = update(decision_table).where(decision_table.c.id == bindparam("ended"))
        session.execute(to_end.values(ended_by=bindparam("by")), ended)
    applicants = application_ids(session, round_id)
    back = [
        applicants[line.application]
        for line, standing, _ in chosen
        if line.verdict == "send_back" and not standing.is_decided
    ]
    if back:
        remove(session, signature_table, application_id=back)


def _ended(line: LineDecision, standing: Standing, step: int) -> tuple[int, ...]:
    since = standing.progress.since
    if line.verdict == "send_back":
        return tuple(row.number for row in since)
    return ended_by_change(since, step) if line.verdict == "change" else ()


def _filled(line: LineDecision, standing: Standing, *, own_reasons: bool) -> LineDecision:
    if line.verdict != "change":
        line = replace(line, outcome=standing.outcome, amount_pence=standing.amount_pence)
    is_funded = line.outcome in FUNDED
    stood = standing.own_reason if own_reasons and is_funded else standing.reason
    conditions = standing.conditions if line.conditions is None else line.conditions
    return replace(line, reason=own_reason(line.reason) or stood, conditions=conditions if is_funded else ())


def _values(line: LineDecision, standing: Standing, figures: Figures) -> dict[str, object]:
    return {
        **fields_of(line, "verdict", "outcome", "amount_pence", "reason", "change_reason"),
        "conditions": canonical.dumps(list(line.conditions or ())),
        "is_exception": standing.is_exception and line.outcome in FUNDED,
        **fields_of(figures, "quality_1e2", "cost_1e2", "total_1e2"),
        "ended_by": None,
    }
