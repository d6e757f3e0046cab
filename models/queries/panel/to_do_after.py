"""What waits once a panel has recommended: its chair's signature, the deciding office, and the money."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from models.permissions.role import MONEY, SIGNING, Role
from models.queries.awards.direct.break_dates import BreakDate, break_dates
from models.queries.deciding.challenges.waiting import WaitingChallenge, waiting_challenges
from models.queries.deciding.decisions import (
    DecisionRow,
    chain_of,
    decisions,
    final_decisions,
    signatures,
)
from models.queries.deciding.progress import NOT_BEGUN, Progress, progress_by_line
from models.queries.deciding.recommendations import recommendations
from models.queries.deciding.signatories import Signatory, person_signing, post_at, signatories, unfilled
from models.queries.panel.to_do import Harm, ToDo, What
from models.queries.panel.to_do_periods import period_tasks
from models.reference.sign_off import Chain
from models.session import Session
from scoring.counted import counted, listed
from scoring.money import column_money

if TYPE_CHECKING:
    from models.queries.awards.awards import AwardRow
    from models.queries.awards.monitoring_late import LateReturn
    from models.queries.awards.returns.reminders import PeriodReminder
    from models.queries.papers.schedules_issued import SchedulesIssued

LONG = 28
"""From so many days on, a return that is missing is a danger."""
NEITHER = "Neither the award schedule nor the finance schedule"
PAID_BY = "Finance pays by it"
LISTED_IN = "It lists what was decided"
NOT_PAID = "Nothing is paid before that"
FEW = 2
"""So many areas are named, more are counted."""


@dataclass(frozen=True, slots=True)
class After:
    """A round after its panel: its chain, what is signed and decided, and the awards.

    `recommended` is what the panel gives each application, in pence; `people` are those who sign. `issued`
    are the schedules that were issued, None for none; `late` the returns of awards that are missing today,
    the longest first; `breaks` the contracts of the record that may soon be ended, or end, the next first;
    `unpaid` the awards of which a part is late today, by reference; `barred` the applications whose
    agreement waits for checks that the fund requires; `periods` what waits of the fund's
    returns to the Ministry, the oldest first; `challenges` are those that wait.
    """

    chain: Chain = ()
    signed: frozenset[str] = frozenset()
    decisions: tuple[DecisionRow, ...] = ()
    awards: "tuple[AwardRow, ...]" = ()
    issued: "SchedulesIssued | None" = None
    late: "tuple[LateReturn, ...]" = ()
    breaks: tuple[BreakDate, ...] = ()
    unpaid: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()
    periods: "tuple[PeriodReminder, ...]" = ()
    challenges: tuple[WaitingChallenge, ...] = ()
    recommended: Mapping[str, int | None] = field(default_factory=dict)
    people: tuple[Signatory, ...] = ()
    decided: frozenset[str] = field(default=frozenset(), init=False)
    along: Mapping[str, Progress] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "decided", frozenset(final_decisions(self.decisions)))
        object.__setattr__(self, "along", progress_by_line(self.decisions))

    @property
    def sent_back(self) -> tuple[str, ...]:
        """Return what the chain sent back and the panel has not signed again, by reference."""
        last = {row.application: row.verdict for row in self.decisions}  # they come oldest first
        return tuple(of for of in sorted(last) if last[of] == "send_back" and of not in self.signed)

    def waiting_for(
        self, role: str, name: str, area: str | None, references: Iterable[str]
    ) -> tuple[str, ...]:
        """Return what of an area waits for a person in a role, as their post and areas are recorded."""
        mine = person_signing(self.people, name, role)
        if not mine.signs_for(area):
            return ()
        return tuple(of for of in references if of in self.signed and self._waits_for(of, role, mine))

    def _waits_for(self, reference: str, role: str, person: Signatory) -> bool:
        held = self.along.get(reference, NOT_BEGUN)
        pence = self.recommended.get(reference) if held.last is None else held.last.amount_pence
        waits = held.waits(self.chain, pence) if self.chain else None
        if waits is None or self.chain[waits.step].role != role:
            return False
        post = post_at(self.chain, waits.step, person)
        return post in waits.posts


def ask_after(session: Session, round_id: int) -> After:
    """Return what the record says of a round after its panel."""
    decided = decisions(session, round_id)
    made, issued, late = _money(session, round_id) if decided else ((), None, ())
    return After(
        chain=chain_of(session, round_id),
        signed=frozenset(row.application for row in signatures(session, round_id)),
        decisions=decided,
        awards=made,
        issued=issued,
        late=late,
        periods=_waiting(session, round_id),
        breaks=break_dates(session, date.today()),
        unpaid=frozenset(one.reference for one in made if one.late(date.today())),
        barred=_barred(session, round_id) if any(one.agreed_on is None for one in made) else frozenset(),
        challenges=waiting_challenges(session, date.today()),
        recommended={row.application: row.amount_pence for row in recommendations(session, round_id)},
        people=signatories(session, round_id),
    )


def _money(
    session: Session, round_id: int
) -> "tuple[tuple[AwardRow, ...], SchedulesIssued, tuple[LateReturn, ...]]":
    """Return the awards of a round, which schedules are issued, and what returns are missing today."""
    # Tables that no round needs to open the window before money is decided.
    from models.queries.awards.agreements.issued import with_wanted_agreements
    from models.queries.awards.awards import awards
    from models.queries.awards.monitoring_late import late_returns
    from models.queries.papers.schedules_issued import schedules_issued

    issued = schedules_issued(session, round_id)
    made = with_wanted_agreements(session, round_id, awards(session, round_id))
    return made, issued, late_returns(session, round_id, date.today())


def _barred(session: Session, round_id: int) -> frozenset[str]:
    from models.queries.awards.checks.award_checks import barred_by_checks  # the same

    return barred_by_checks(session, round_id)


def _waiting(session: Session, round_id: int) -> "tuple[PeriodReminder, ...]":
    """Return what waits of the returns to the Ministry of a round's fund, over all its rounds."""
    from models.queries.awards.returns.reminders import period_reminders  # the same, for most funds

    return period_reminders(session, round_id, date.today())


def sent_back_task(references: Sequence[str]) -> Iterator[ToDo]:
    """Yield what the panel is to recommend anew."""
    if references:
        words = counted(len(references), "recommendation was sent back", "recommendations were sent back")
        note = "Read why, change it or leave it, and sign again"
        yield ToDo(What.RECOMMEND_AGAIN, Harm.WARNING, words, note, reference=references[0])


def signing_task(areas: Sequence[str], lines: int) -> Iterator[ToDo]:
    """Yield what the chair may sign."""
    if areas:
        words = f"{named(areas)} {'is' if len(areas) == 1 else 'are'} ready to sign"
        note = f"{counted(lines, 'recommendation goes', 'recommendations go')} to the deciding office"
        yield ToDo(What.SIGN, Harm.WARNING, words, note)


def missing_task(after: After, areas: Sequence[str]) -> Iterator[ToDo]:
    """Yield the posts of the chain that nobody is recorded for in some areas."""
    missing = unfilled(after.chain, after.people, areas) if areas else {}
    if missing:
        posts = listed(list(missing))
        lacking = tuple(dict.fromkeys(area for found in missing.values() for area in found))
        where = f" in {named(lacking)}" if len(lacking) < len(areas) else ""
        note = "Add them under Who signs, or record what they sign on paper"
        yield ToDo(What.SEE_SIGNATORIES, Harm.WARNING, f"Nobody is recorded as {posts}{where}", note)


def deciding_task(after: After, role: str, name: str, areas: Mapping[str, Iterable[str]]) -> Iterator[ToDo]:
    """Yield what waits for a step of the deciding office; `areas` are their references."""
    found = {area: after.waiting_for(role, name, area, of) for area, of in areas.items()}
    waiting = {name: lines for name, lines in found.items() if lines}
    if role in SIGNING and waiting:
        lines = sum(len(one) for one in waiting.values())
        words = f"{counted(lines, 'recommendation waits', 'recommendations wait')} for your signature"
        note = f"{named(tuple(waiting))}: agree, change with a reason, or send back"
        yield ToDo(What.DECIDE, Harm.WARNING, words, note)


def money_tasks(
    after: After, role: str, name: str, area: str | None, *, is_direct: bool = False
) -> Iterator[ToDo]:
    """Yield what the office and finance do with the awards of an area, or (None) of all."""
    made = [award for award in after.awards if area in (None, award.area)]
    if role == Role.FINANCE:
        yield from _to_verify(made, name)
        yield from _to_pay(made, after.unpaid)
    elif role == Role.OFFICER:
        yield from _challenges(after.challenges)
        yield from _late_payments(made, after.unpaid)
        yield from _to_agree(made, after.barred)
        yield from _to_renew([award for award in made if award.wants_agreement])
        yield from _late([one for one in after.late if area in (None, one.area)])
    if role in MONEY:
        yield from _to_issue(made, after.issued, is_direct=is_direct)
        yield from _breaks(after.breaks)
        yield from period_tasks(after.periods, date.today())


def named(areas: Sequence[str]) -> str:
    """Return the names of a few areas, or how many there are."""
    return " and ".join(areas) if len(areas) <= FEW else counted(len(areas), "area", "areas")


def _to_issue(
    made: "Sequence[AwardRow]", issued: "SchedulesIssued | None", *, is_direct: bool
) -> Iterator[ToDo]:
    """Yield which of the two schedules is not issued yet, and of how many awards.

    What nobody competed for has no award schedule: nothing of it is scored.
    """
    listed = sum(
        1 for one in made if not is_direct and (issued is None or not issued.has_award(one.application))
    )
    paid = sum(1 for one in made if issued is None or not issued.has_finance(one.area))
    if listed and listed == paid:
        yield _issuing(f"No schedule of {counted(listed, 'award', 'awards')} is issued yet", NEITHER)
        return
    if listed:
        yield _issuing(f"Award schedule of {counted(listed, 'award', 'awards')} is not issued", LISTED_IN)
    if paid:
        yield _issuing(f"Finance schedule of {counted(paid, 'award', 'awards')} is not issued", PAID_BY)


def _challenges(waiting: Sequence[WaitingChallenge]) -> Iterator[ToDo]:
    """Yield the challenges to be acknowledged, answered, or decided anew, the most pressing first."""
    for one in waiting[:FEW]:
        harm = Harm.DANGER if one.is_late else Harm.WARNING
        yield ToDo(What.SEE_CHALLENGE, harm, one.words, one.note, one.by, reference=str(one.number))


def _breaks(dates: Sequence[BreakDate]) -> Iterator[ToDo]:
    """Yield the contracts of awards without a competition that can soon be ended or made longer."""
    for one in dates[:FEW]:
        yield ToDo(What.SEE_CONTRACT, Harm.WARNING, one.words, one.note, one.on, reference=one.award)


def _issuing(words: str, note: str) -> ToDo:
    return ToDo(What.ISSUE, Harm.NONE, words, note)


def _late(missing: "Sequence[LateReturn]") -> Iterator[ToDo]:
    """Yield the returns that are missing, with the longest."""
    if missing:
        words = counted(len(missing), "return is overdue", "returns are overdue")
        worst = missing[0]
        note = f"{worst.award} by {counted(worst.days, 'day', 'days')}"
        note = note if len(missing) == 1 else f"The longest: {note}"
        harm = Harm.DANGER if worst.days > LONG else Harm.WARNING
        yield ToDo(What.CHASE_RETURNS, harm, words, note, worst.due_on)


def _to_verify(made: "Iterable[AwardRow]", name: str) -> Iterator[ToDo]:
    held = [a.bank for a in made if a.bank is not None]
    number = sum(1 for bank in held if not bank.checked_by and bank.entered_by != name)
    if number:
        words = counted(number, "account is to be verified", "accounts are to be verified")
        note = "Ring the payee on a number that you know"
        yield ToDo(What.VERIFY, Harm.WARNING, words, note)


def _to_pay(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield what is still to be paid, and of which awards it is late."""
    ready = [a for a in made if a.agreed_on is not None and a.bank is not None and a.bank.checked_by]
    parts = [part.amount_pence for award in ready for part in award.instalments if part.paid_on is None]
    if parts:
        words = f"{counted(len(parts), 'instalment is', 'instalments are')} still to pay"
        late = [award.reference for award in ready if award.reference in unpaid]
        if late:
            note = f"Late: {listed(late[:FEW])}{' and others' if len(late) > FEW else ''}"
            yield ToDo(What.PAY, Harm.WARNING, words, note)
            return
        note = f"{column_money(parts)(sum(parts))} on awards whose account is verified"
        yield ToDo(What.PAY, Harm.NONE, words, note)


def _late_payments(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield of which awards a payment is late, and what the first waits for."""
    late = [award for award in made if award.reference in unpaid]
    if late:
        first, others = late[0], " and others" if len(late) > 1 else ""
        words = counted(len(late), "award has a late payment", "awards have late payments")
        note = f"{first.reference}{others}: {first.on_hold or 'finance may pay it now'}"
        yield ToDo(What.PAY, Harm.WARNING, words, note, reference=first.application)


def _to_renew(varied: "Sequence[AwardRow]") -> Iterator[ToDo]:
    """Yield which awards were varied since their agreement was issued or signed."""
    if varied:
        words = counted(
            len(varied), "varied award wants a new agreement", "varied awards want new agreements"
        )
        others = " and others" if len(varied) > 1 else ""
        note = f"{varied[0].reference}{others}: issue the next version, and have it signed"
        yield ToDo(What.AGREE, Harm.NONE, words, note, reference=varied[0].application)


def _to_agree(made: "Iterable[AwardRow]", barred: frozenset[str]) -> Iterator[ToDo]:
    """Yield which agreements are to be signed, those first that wait for checks that the fund requires."""
    awards_made = tuple(made)
    unsigned = [award for award in awards_made if award.agreed_on is None]
    if unsigned:
        words = counted(len(unsigned), "award waits for its agreement", "awards wait for their agreements")
        first = [award.reference for award in unsigned if award.application in barred]
        others = " and others" if len(first) > FEW else ""
        note = f"Due diligence comes first: {listed(first[:FEW])}{others}" if first else NOT_PAID
        yield ToDo(What.AGREE, Harm.NONE, words, note)
    bare = sum(1 for award in awards_made if award.agreed_on is not None and award.bank is None)
    if bare:
        words = counted(bare, "award has no bank details yet", "awards have no bank details yet")
        yield ToDo(What.TAKE_BANK_DETAILS, Harm.NONE, words, "Its agreement is signed")
