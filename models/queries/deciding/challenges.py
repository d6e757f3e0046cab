"""The challenges of a record, each with the decision that it is to and what was decided anew on it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Row, func, select

from models.papers.paper_words import Sentences
from models.permissions.viewing import OFFICE_VIEWER, Viewer
from models.queries.applications.applications import (
    ApplicationHead,
    application_heads,
    corrected_names,
    corrections_everywhere,
)
from models.queries.awards.variations import Recovery, VariationRow, recipients, recoveries, variations
from models.queries.deciding.decisions import decided_by, decisions, final_decisions, scorers_of, signatures
from models.queries.panel.panel import members
from models.queries.permissions.declarations import declared_by
from models.queries.permissions.reading import as_read_by
from models.queries.rows import rows_of_round, value_of
from models.queries.set_up.office import office_on
from models.queries.set_up.rounds import is_direct
from models.schema.applications import application_table
from models.schema.awards import award_table
from models.schema.deciding import challenge_table
from models.session import OF_ROUND, Session, count
from models.store.parts import part
from models.trouble import required
from models.values.awards import KIND_WORDS, Challenge
from models.values.recommending import DecisionRow
from scoring.money import pounds
from scoring.schedule.lines import OUTCOME_WORDS, PanelOutcome
from scoring.written.days import short_day
from scoring.written.names import is_same_text
from scoring.written.text import Refused
from scoring.written.working_days import working_day_after

_DECIDED = Sentences("decided")
Change = DecisionRow | VariationRow | Recovery
"""What was done on a challenge that calls for a new decision."""


class HeldChallenge(Struct, frozen=True):
    """A challenge as the record has it, to `decision`, which stood when it came, None where there was none.

    `organisation` is called what a variation says, where one does. `changed_by` is the decision, the
    variation or the request for money that was made on it since, a decision `decided_by` whom, with their
    posts; one whose application `is_withdrawn` needs none. The award that `has_agreement`, signed or varied,
    is varied or declined, and not corrected. `may_carry_out` are the variations that hold and the requests
    for money made since it came: somebody says which of them was made on it.
    """

    number: int
    round_id: int
    application: str
    organisation: str
    project: str
    challenge: Challenge
    decision: DecisionRow | None
    changed_by: Change | None = None
    is_withdrawn: bool = False
    has_agreement: bool = False
    may_carry_out: tuple[VariationRow | Recovery, ...] = ()
    decided_by: str = ""

    @property
    def waits_for_decision(self) -> bool:
        """Whether its answer calls for a new decision that nobody has taken yet."""
        return self.challenge.calls_for_decision and self.changed_by is None and not self.is_withdrawn

    @property
    def is_open(self) -> bool:
        return self.challenge.finding is None or self.waits_for_decision

    def state(self, today: date) -> str:
        """Return in words what it waits for, or what came of it."""
        changed = "" if self.changed_by is None else changed_words(self.changed_by)
        return _DECIDED.state(self, changed, today)

    @property
    def words(self) -> str:
        """Return it as a sentence names it: "Appeal 3, on ACF-002"."""
        return f"{KIND_WORDS[self.challenge.kind]} {self.number}, on {self.application}"


def decided_words(decision: DecisionRow | None) -> str:
    """Return what was decided: "fund, £4,500.00, notice 031/2026 of 2 Dec 2026"."""
    if decision is None:
        return "nothing was decided"
    money = "" if decision.amount_pence is None else f", {pounds(decision.amount_pence)}"
    outcome = OUTCOME_WORDS[PanelOutcome(decision.outcome)]
    return f"{outcome}{money}, notice {decision.notice} of {short_day(decision.signed_on)}"


def changed_words(changed_by: Change) -> str:
    """Return what was decided anew, in a few words."""
    if isinstance(changed_by, Recovery):
        return f"{pounds(changed_by.amount_pence)} asked back"
    if isinstance(changed_by, VariationRow):
        to = f" to {pounds(changed_by.to_pence)}" if changed_by.change_pence else ""
        return f"varied{to}, variation {changed_by.number}"
    return f"decided again, {decided_words(changed_by)}"


def called(change: VariationRow | Recovery) -> str:
    """Return a variation or a request for money as a challenge names it: "variation 2", "request 1"."""
    return f"{'request' if isinstance(change, Recovery) else 'variation'} {change.number}"


_OF = application_table.c
_CHALLENGES = (
    select(
        *(_OF.round_id, _OF.reference, _OF.project, _OF.withdrawn, _OF.organisation, award_table.c.agreed_on),
        *(column for column in challenge_table.c if column.name != "recorded_by"),
    )
    .join(application_table, _OF.id == challenge_table.c.application_id)
    .outerjoin(award_table)
    .order_by(challenge_table.c.number)
)
"""Every challenge with what it is on, in the order of their numbers."""


def held_challenges(session: Session, viewer: Viewer = OFFICE_VIEWER) -> tuple[HeldChallenge, ...]:
    """Return every challenge of the record that is open to a person, in the order of their numbers."""
    with as_read_by(session, viewer):
        return tuple(_held_challenges(session))


def _held_challenges(session: Session) -> Iterator[HeldChallenge]:
    rows = session.execute(_CHALLENGES).all()
    every = {number: decisions(session, number) for number in {row.round_id for row in rows}}
    changes: dict[int, tuple[VariationRow | Recovery, ...]] = {
        number: (*variations(session, number), *recoveries(session, number)) for number in every
    }
    called = {**corrected_names(session), **dict(recipients(session))} if rows else {}
    projects = corrections_everywhere(session, ("project",)) if rows else {}
    for row in rows:
        here = [one for one in changes[row.round_id] if one.application == row.reference]
        named = called.get(row.application_id, row.organisation)
        project = projects.get(row.application_id, {}).get("project", row.project)
        yield _held(row, (named, project), every[row.round_id], here)


def _held(
    row: Row[Any],
    on: tuple[str, str],
    every: Sequence[DecisionRow],
    changes: Sequence[VariationRow | Recovery],
) -> HeldChallenge:
    """Return a challenge on an organisation with a project, what it is to, and what could carry it out."""
    held = HeldChallenge(
        row.number,
        row.round_id,
        row.reference,
        *on,
        value_of(Challenge, row),
        next((one for one in every if one.number == row.decision_id), None),
        is_withdrawn=row.withdrawn,
    )
    since = tuple(one for one in changes if _is_since(one, held.challenge))
    is_varied = any(isinstance(one, VariationRow) and not one.ended_because for one in changes)
    changed = _changed_by(held, every, since)
    return replace(
        held,
        changed_by=changed,
        decided_by=decided_by(every, changed) if isinstance(changed, DecisionRow) else "",
        may_carry_out=since,
        has_agreement=row.agreed_on is not None or is_varied,
    )


def find_challenge(session: Session, number: int) -> HeldChallenge:
    """Return the challenge of a number; refused where there is none."""
    return required(
        next((held for held in held_challenges(session) if held.number == number), None),
        f"The record has no challenge {number}. grant-panel challenge RECORD list names them.",
    )


def next_challenge(session: Session) -> int:
    return (session.scalar(select(func.max(challenge_table.c.number))) or 0) + 1


def _changed_by(
    held: HeldChallenge, every: Sequence[DecisionRow], since: Sequence[VariationRow | Recovery]
) -> Change | None:
    """Return what was done on an answer that calls for a new decision, None where that waits.

    It is what somebody named, else the decision that was taken anew from the day of the answer on.
    """
    answered, named = held.challenge.answered_on, held.challenge.carried_out_by
    if answered is None or not held.challenge.calls_for_decision:
        return None
    if named:
        return next((one for one in since if called(one) == named), None)
    stood = 0 if held.decision is None else held.decision.number
    final = final_decisions(every).get(held.application)
    return final if final is not None and final.number > stood and final.signed_on >= answered else None


def _is_since(change: VariationRow | Recovery, challenge: Challenge) -> bool:
    """Whether something holds that was done from the day on which a challenge came."""
    if isinstance(change, Recovery):
        return change.asked_on >= challenge.received_on
    return change.is_in_effect and change.proposed_on >= challenge.received_on


class AnswerDays(NamedTuple):
    """The days by which a challenge is acknowledged and answered."""

    acknowledge_by: date
    answer_by: date


def answer_days(session: Session, received_on: date) -> AnswerDays:
    """Return the days for a challenge that was received on a day, by the office's rules of that day."""
    office = office_on(session, received_on)
    acknowledge, answer = (
        working_day_after(received_on, office.working_days(key), office.closed_days)
        for key in ("acknowledge_days", "answer_days")
    )
    return AnswerDays(acknowledge, answer)


def find_application(session: Session, said: str, round_id: int | None = None) -> ApplicationHead:
    """Return the application of a reference, its own or its award's; refused without one or with more.

    With `round_id` it is looked for in that round alone.
    """
    reference = said.strip()
    named = (one for one in application_heads(session) if reference in (one.reference, one.award))
    found = [one for one in named if reference and round_id in (None, one.round_id)]
    if not found:
        raise Refused(f"There is no application {reference} in the record. Correct the reference.")
    if len(found) > 1:
        raise Refused(f"Several rounds have an application {reference}. Say which with --round NAME.")
    return found[0]


challenged_in = rows_of_round(
    str,
    select(application_table.c.reference)
    .join(challenge_table)
    .distinct()
    .where(application_table.c.round_id == OF_ROUND)
    .order_by(application_table.c.reference),
)
"""The applications of a round on which a challenge is recorded, in order of references."""


_SOON = timedelta(days=10)
"""So long before its answer is due a challenge that is acknowledged is told of."""


class WaitingChallenge(Struct, frozen=True):
    """A challenge with what is next, by when, and whether that day is over."""

    number: int
    words: str
    note: str
    by: date | None
    is_late: bool


@part
def waiting_challenges(session: Session, today: date) -> tuple[WaitingChallenge, ...]:
    """Return what waits, the most pressing first; a record without challenges costs one question."""
    if not count(session, challenge_table):
        return ()
    found = (_waiting(session, held, today) for held in held_challenges(session) if held.is_open)
    return tuple(sorted(filter(None, found), key=lambda one: (one.by or date.max, one.number)))


def _waiting(session: Session, held: HeldChallenge, today: date) -> WaitingChallenge | None:
    known = held.challenge
    if held.waits_for_decision:
        words = f"{held.application} is to be decided again"
        return WaitingChallenge(held.number, words, f"{held.words} is {known.finding}", None, False)
    if known.acknowledged_on is None:
        by = answer_days(session, known.received_on).acknowledge_by
        words, note = f"{held.words} is to be acknowledged", f"Answer due by {short_day(known.due_on)}"
        return WaitingChallenge(held.number, words, note, by, by < today)
    if known.due_on > today + _SOON:
        return None
    by_whom = f"Looked at by {known.looked_at_by}" if known.looked_at_by else "Nobody looks at it yet"
    words = f"{held.words} is to be answered"
    return WaitingChallenge(held.number, words, by_whom, known.due_on, known.due_on < today)


def part_in(session: Session, round_id: int, application: str, name: str) -> str:
    """Return what a person did on an application, as "signed it as Commander", "" where they did nothing.

    Whoever decided or signed, now or before it was corrected, signed a variation, marked it, sat on the panel
    that recommended it, or declared an interest in it has a part.
    """
    parts = (*_signed(session, round_id, application, name), *_on_panel(session, round_id, application, name))
    return next(iter(parts), "")


def _signed(session: Session, round_id: int, application: str, name: str) -> Iterator[str]:
    for row in decisions(session, round_id):
        if row.application == application and not row.is_taken_back and is_same_text(row.signed_by, name):
            yield f"{'decided' if row.is_last else 'signed'} it as {row.post}"
    for varied in variations(session, round_id):
        for one in varied.signatures:
            if varied.application == application and is_same_text(one.signed_by, name):
                yield f"signed its variation as {one.post}"
    for signed in signatures(session, round_id):
        if signed.application == application and is_same_text(signed.signed_by, name):
            yield "proposed it" if is_direct(session, round_id) else "signed the panel's recommendation on it"


def _on_panel(session: Session, round_id: int, application: str, name: str) -> Iterator[str]:
    if application in declared_by(session, round_id, name):
        yield "declared an interest in it"
    if any(is_same_text(who, name) for who in scorers_of(session, round_id, application)):
        yield "marked it"
    if any(is_same_text(row.name, name) for row in members(session, round_id)):
        yield "sat on the panel that recommended it"
