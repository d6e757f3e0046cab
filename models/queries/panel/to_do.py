"""What needs a person, and what waits once a panel has recommended: signatures, decisions and the money."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field, toml
from msgspec.structs import force_setattr, replace

import resources
from models.queries.applications.applications import entered
from models.queries.awards.direct_awards import BreakDate, break_dates
from models.queries.deciding.allowances import pots_over, proposed_sums
from models.queries.deciding.awaiting import Awaiting, Signed, awaiting
from models.queries.deciding.challenges import WaitingChallenge, waiting_challenges
from models.queries.deciding.decisions import (
    chain_of,
    decisions,
    final_decisions,
    recommendations,
    signatures,
)
from models.queries.deciding.signatories import Signatory, person_signing, signatories, unfilled
from models.queries.panel.left_to_do import Words
from models.queries.permissions.declarations import declared_as, signers_declared
from models.queries.set_up.funds import fund_rules_of, round_rules
from models.queries.set_up.round_facts import CarriedMoney, carried
from models.reference.sign_off import Chain
from models.role import SIGNING, Role
from models.session import Session
from models.store.locks.signing_on import why_closed
from models.values.recommending import DecisionRow
from models.values.rounds import RoundKey
from scoring.budget.figures import ProposedSum
from scoring.ranking import PotUse
from scoring.written.text import counted, listed

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow
    from models.queries.awards.ministry import PeriodReminder
    from models.queries.awards.monitoring import OpenReturn
    from models.queries.papers.issues import SchedulesIssued
    from models.queries.papers.to_check.otherwise import Otherwise


class Harm(IntEnum):
    """What comes of leaving it, the worst first."""

    DANGER = 0
    WARNING = 1
    NONE = 2


class What(StrEnum):
    """What is to be done; a page offers the button for it."""

    DECLARE = "declare interests"
    SCORE = "score"
    HAND_IN = "hand in sheets"
    ADD_APPLICATIONS = "add applications"
    PUBLISH = "publish the scheme"
    CHECK_GATES = "check gates"
    SETTLE_WAITING = "settle what came in"
    TELL_APART = "tell organisations apart"
    CHECK_COPIED = "check what was copied"
    CHOOSE_LINES = "say what applications are for"
    SEE_UNDECLARED = "see who has not declared"
    SEE_STRANGERS = "see marks that do not count"
    ADD_MEMBERS = "add members"
    NAME_CHAIR = "name a chair"
    MOVE_ON = "open the next stage"
    SEE_CHECKLIST = "see the checklist"
    REVIEW_SPREAD = "review spread"
    SETTLE = "settle items"
    KEEP_TO_POT = "keep to the pot"
    WRITE_REASONS = "write reasons"
    RECOMMEND = "recommend"
    RECOMMEND_AGAIN = "recommend again"
    SIGN = "sign for the panel"
    SEE_SIGNATORIES = "see who signs"
    DECIDE = "decide"
    SIGN_VARIATION = "sign a variation"
    SIGN_ELSEWHERE = "sign in another round"
    ISSUE = "issue schedules"
    WRITE_LETTERS = "issue letters"
    CHASE_RETURNS = "chase returns"
    SUBMIT_RETURN = "submit a return to the Ministry"
    VERIFY = "verify accounts"
    PAY = "pay"
    AGREE = "sign agreements"
    WITHDRAW = "withdraw what is erased"
    SEE_CONTRACT = "see the contract"
    SEE_CHALLENGE = "see the challenge"
    TAKE_BANK_DETAILS = "enter bank details"
    MAKE_RETURN = "make a return"


class ToDo(Struct, frozen=True):
    """Something to do: why in a sentence, a note, by when, and what it is about.

    `reference` is that application, period or paper, `stage` that stage. `verb` is what opens the next
    stage, for `MOVE_ON` alone. `round` is the one that it is in, None for the one on show.
    """

    what: What
    harm: Harm
    words: str
    note: str
    by: date | None = None
    reference: str = ""
    stage: str = ""
    verb: str = ""
    round: RoundKey | None = None


class _Said(Words, frozen=True, kw_only=True):
    """How a task is told: `notes` stand below it where several are to be done, and that is said otherwise."""

    what: What
    harm: Harm = Harm.WARNING
    note: str = ""
    notes: str = ""


TASKS = toml.decode(resources.text("forms/tasks.toml"), type=dict[str, _Said])
"""What is said of each task."""


def to_do(
    name: str,
    of: int | Sequence[str] = 1,
    /,
    *,
    harm: Harm | None = None,
    by: date | None = None,
    reference: str = "",
    **known: object,
) -> Iterator[ToDo]:
    """Yield a task of `forms/tasks.toml` where there is any of it to do: so many, or of what it is about.

    It leads to the first of these, or to a `reference`.
    """
    said, many = TASKS[name], of if isinstance(of, int) else len(of)
    if many:
        about = reference if isinstance(of, int) else of[0]
        note = said.notes if said.notes and many > 1 else said.note
        pressing = said.harm if harm is None else harm
        yield ToDo(said.what, pressing, said.of(many, **known), note.format(**known), by, about)


SIGNED_BY_TASK = {
    "decide": Signed.DECISION,
    "sign correction": Signed.CORRECTION,
    "sign variation": Signed.VARIATION,
}
"""Which task asks for a signature on what."""
LONG = 28
"""From so many days on, a return that is missing is a danger."""
FEW = 2
"""So many areas are named, more are counted."""


class After(Struct, frozen=True):
    """A round after its panel: its chain, what is signed and decided, and the awards.

    `recommended` is what the panel gives each application, in pence, `waits` what is proposed in each area,
    `people` are those who sign.
    `issued` are the schedules that were issued, None for none; `otherwise` issued papers that say
    otherwise than the awards; `late` the returns of awards that are missing today, the longest first,
    `coming` those that are not due before today; `breaks` the contracts of the record that may soon be
    ended, or end, the next first; `unpaid` the references of awards with a part late; `barred` the
    applications whose agreement waits for checks that the fund requires, `erased` those of which none is
    written any more; `periods` what waits of the
    fund's returns to the Ministry, the oldest first; `challenges` are those that wait; `lacking` what is
    recommended, and before that every application, that lacks a line of a list which the fund wants
    before a decision, by the names of the lists; `addressed` are those to whom a letter goes once any is
    decided; `undeclared` are those of the people who have still to declare. `carried` is what of each area
    stands as it was copied from another round, and is still to be checked; `awaiting` what waits for a
    signature of the chain, and `elsewhere` how much waits for the person in other rounds. `over` are the
    pots, as they are now, which what is given passes by money that nobody allows.
    """

    chain: Chain = ()
    signed: frozenset[str] = frozenset()
    decisions: tuple[DecisionRow, ...] = ()
    awards: "tuple[AwardRow, ...]" = ()
    waits: Mapping[str, ProposedSum] = field(default_factory=dict)
    issued: "SchedulesIssued | None" = None
    otherwise: "tuple[Otherwise, ...]" = ()
    late: "tuple[OpenReturn, ...]" = ()
    coming: "tuple[OpenReturn, ...]" = ()
    breaks: tuple[BreakDate, ...] = ()
    unpaid: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    erased: frozenset[str] = frozenset()
    periods: "tuple[PeriodReminder, ...]" = ()
    challenges: tuple[WaitingChallenge, ...] = ()
    recommended: Mapping[str, int | None] = field(default_factory=dict)
    people: tuple[Signatory, ...] = ()
    undeclared: tuple[Signatory, ...] = ()
    lacking: Mapping[tuple[str, ...], Sequence[str]] = field(default_factory=dict)
    addressed: frozenset[str] = frozenset()
    carried: CarriedMoney = field(default_factory=dict)
    awaiting: tuple[Awaiting, ...] = ()
    elsewhere: tuple[tuple[RoundKey, int], ...] = ()
    over: tuple[PotUse, ...] = ()
    decided: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        force_setattr(self, "decided", frozenset(final_decisions(self.decisions)))

    @property
    def sent_back(self) -> tuple[str, ...]:
        """Return what the chain sent back and the panel has not signed again, by reference."""
        last = {row.application: row.verdict for row in self.decisions}  # they come oldest first
        return tuple(of for of in sorted(last) if last[of] == "send_back" and of not in self.signed)

    def waiting_for(self, role: str, name: str) -> tuple[Awaiting, ...]:
        """Return what waits for a person in a role, as their post and areas are recorded."""
        mine = person_signing(self.people, name, role)
        return tuple(one for one in self.awaiting if one.is_for(self.chain, self.people, mine))


def ask_after(session: Session, round_id: int, role: str = "") -> After:
    """Return what the record says of a round after its panel; to whom letters go an officer alone is told."""
    decided, people = decisions(session, round_id), signatories(session, round_id)
    given = {row.application: row.amount_pence for row in recommendations(session, round_id)}
    waiting = sorted(given.keys() - final_decisions(decided).keys())
    declared = signers_declared(session, round_id) if people else ()
    return After(
        chain=chain_of(session, round_id),
        signed=frozenset(row.application for row in signatures(session, round_id)),
        decisions=decided,
        periods=_waiting(session, round_id),
        breaks=break_dates(session, date.today()),
        challenges=waiting_challenges(session, date.today()),
        recommended=given,
        lacking=_lacking(session, round_id, [of for of in waiting if given[of]] if given else None),
        addressed=_addressed(session, round_id, decided) if role == Role.OFFICER else frozenset(),
        people=people,
        undeclared=tuple(one for one in people if not declared_as(declared, one.name)),
        carried=carried(session, round_id),
        awaiting=awaiting(session, round_id),
        **(_money(session, round_id, role) if decided else {}),
    )


def _money(session: Session, round_id: int, role: str) -> dict[str, Any]:
    """Return the awards of a round, which schedules are issued, and what waits of them, as `After` has it."""
    # Tables that no round needs to open the window before money is decided.
    from models.queries.applications.endings import erasures
    from models.queries.awards.agreements import with_agreements
    from models.queries.awards.award_checks import checks_of_round
    from models.queries.awards.monitoring import open_returns
    from models.queries.papers.issues import schedules_issued
    from models.queries.papers.to_check.otherwise import says_otherwise

    today, made = date.today(), with_agreements(session, round_id)
    returns, unsigned = open_returns(session, round_id, today), [one for one in made if one.agreed_on is None]
    checks = checks_of_round(session, round_id) if unsigned else {}
    return {
        "awards": made,
        "waits": proposed_sums(session, round_id),
        "over": () if why_closed(session, round_id) else pots_over(session, round_id),
        "issued": schedules_issued(session, round_id),
        "otherwise": says_otherwise(session, round_id) if made and role == Role.OFFICER else (),
        "late": tuple(one for one in returns if one.days > 0),
        "coming": tuple(one for one in returns if one.days <= 0),
        "unpaid": frozenset(one.reference for one in made if one.late(today)),
        "erased": frozenset(erasures(session, round_id)),
        "barred": frozenset(of for of, held in checks.items() if held.barring),
    }


def _lacking(
    session: Session, round_id: int, references: Sequence[str] | None
) -> Mapping[tuple[str, ...], Sequence[str]]:
    """Return which of some applications lack a line the fund wants, None for all: nothing is recommended."""
    if not round_rules(session, round_id).required():
        return {}
    from models.queries.applications.choices import without_choices

    every = sorted(entered(session, round_id)) if references is None else references
    return without_choices(session, round_id, every)


def _addressed(session: Session, round_id: int, rows: Sequence[DecisionRow]) -> frozenset[str]:
    decided = final_decisions(rows)
    if not decided:
        return frozenset()
    from models.queries.papers.letter_parts.without_decision import addressed  # the same

    return addressed(session, round_id, decided, date.today())


def _waiting(session: Session, round_id: int) -> "tuple[PeriodReminder, ...]":
    """Return what waits of the returns to the Ministry of a round's fund, over all its rounds."""
    if fund_rules_of(session, round_id).reports_every is None:
        return ()
    from models.queries.awards.ministry import period_reminders  # the same, for other funds

    return period_reminders(session, round_id, date.today())


def missing_task(after: After, areas: Sequence[str]) -> Iterator[ToDo]:
    """Yield the posts of the chain that nobody is recorded for in some areas."""
    missing = unfilled(after.chain, after.people, areas) if areas else {}
    if missing:
        lacking = tuple(dict.fromkeys(area for found in missing.values() for area in found))
        where = f" in {named(lacking)}" if len(lacking) < len(areas) else ""
        yield from to_do("unfilled posts", posts=listed(list(missing)), where=where)


def undeclared_words(after: After, areas: Sequence[str]) -> str:
    """Say who signs lines of some areas and has still to declare, which nobody else does; "" for none."""
    waiting = dict.fromkeys(one.name for one in after.undeclared if any(map(one.signs_for, areas)))
    return TASKS["signers undeclared"].of(len(waiting), who=listed(list(waiting)))


def signing_tasks(after: After, role: str, name: str) -> Iterator[ToDo]:
    """Yield what waits for a person's signature."""
    mine = after.waiting_for(role, name) if role in SIGNING else ()
    for task, kind in SIGNED_BY_TASK.items():
        found = [one for one in mine if one.what is kind]
        where = named(tuple(dict.fromkeys(one.area or "No area" for one in found)))
        yield from to_do(task, [one.reference for one in found], areas=where)
    for key, many in after.elsewhere:
        for one in to_do("sign elsewhere", many, named=f"{key.name}, {key.fund} {key.year}"):
            yield replace(one, round=key)


def named(few: Sequence[str], what: str = "area") -> str:
    """Return the names of a few areas, or of what else they are, or how many there are."""
    return listed(few) if len(few) <= FEW else counted(len(few), what)
