"""What is to be done about the money that was awarded: papers, checks, payments, agreements, challenges."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.papers.kinds import FINANCE, SCHEDULE
from models.queries.panel.to_do import (
    FEW,
    LISTED_IN,
    LONG,
    NEITHER,
    NOT_PAID,
    PAID_BY,
    After,
    Harm,
    ToDo,
    What,
)
from models.role import MONEY, Role
from scoring.money import column_money
from scoring.written.text import counted, listed

if TYPE_CHECKING:
    from models.queries.awards.award_rows import AwardRow
    from models.queries.awards.ministry import PeriodReminder
    from models.queries.awards.monitoring import OpenReturn
    from models.queries.deciding.round_list import RoundFigures
    from models.queries.papers.issues import SchedulesIssued
    from models.queries.papers.to_check.otherwise import Otherwise


def period_tasks(waiting: "Sequence[PeriodReminder]", today: date) -> Iterator[ToDo]:
    """Yield the periods of the fund that are over and not submitted, or that returns came in for since."""
    for one in waiting[:FEW]:
        name = one.period.name
        harm = Harm.DANGER if one.days(today) > LONG and not one.is_submitted else Harm.WARNING
        if one.is_submitted:
            words = f"{counted(one.late, 'return')} came in after {name} was submitted"
            note = "Submit a correction to the Ministry with its reason"
        else:
            words = f"The return to the Ministry for {name} is not submitted"
            missing = counted(one.missing, "return of it is", "returns of it are")
            all_in = (
                "Every return of it has come in" if one.planned else "No return is planned that tells of it"
            )
            note = f"{missing} missing" if one.missing else all_in
        yield ToDo(What.SUBMIT_RETURN, harm, words, note, one.period.ends_on, name)


def money_tasks(
    after: After, role: str, name: str, area: str | None, *, is_direct: bool = False
) -> Iterator[ToDo]:
    """Yield what the office and finance do with the awards of an area, or (None) of all."""
    made = [award for award in after.awards if area in (None, award.area)]
    if role == Role.FINANCE:
        yield from _to_verify(made, name)
        yield from _to_pay(made, after.unpaid)
    elif role == Role.OFFICER:
        for one in after.challenges[:FEW]:
            harm = Harm.DANGER if one.is_late else Harm.WARNING
            yield ToDo(What.SEE_CHALLENGE, harm, one.words, one.note, one.by, reference=str(one.number))
        yield from _late_payments(made, after.unpaid)
        yield from _to_agree(made, after.barred)
        yield from _to_renew([award for award in made if award.wants_agreement])
        yield from _to_sign_anew([award for award in made if award.wants_signature])
        elsewhere = {award.application for award in after.awards if award not in made}
        yield from _otherwise([one for one in after.otherwise if one.application not in elsewhere])
        yield from _late([one for one in after.late if area in (None, one.area)])
    if role in MONEY:
        yield from _to_issue(made, after.issued, is_direct=is_direct)
        for at in after.breaks[:FEW]:
            yield ToDo(What.SEE_CONTRACT, Harm.WARNING, at.words, at.note, at.on, reference=at.award)
        yield from period_tasks(after.periods, date.today())


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
    of = counted(listed, "award", "awards")
    if listed and listed == paid:
        yield _issuing(f"No schedule of {of} is issued yet", NEITHER, SCHEDULE)
        return
    if listed:
        yield _issuing(f"Award schedule of {of} is not issued", LISTED_IN, SCHEDULE)
    if paid:
        of = counted(paid, "award", "awards")
        yield _issuing(f"Finance schedule of {of} is not issued", PAID_BY, FINANCE)


def letters_task(after: After, references: Collection[str], figures: "RoundFigures") -> Iterator[ToDo]:
    """Yield how many of the letters that Papers draws are not issued, once anything is decided."""
    if not after.decided:
        return
    from models.queries.papers.letter_parts.without_decision import unranked  # no start needs it

    stuck = unranked(figures.rows, figures.ranking, after.decided, after.recommended)
    told = after.issued.told if after.issued is not None else frozenset()
    left = [of for of in {*after.addressed, *stuck} if of in references and of not in told]
    if left:
        words = (
            f"{counted(len(left), 'letter to an applicant is', 'letters to applicants are')} not issued yet"
        )
        yield ToDo(What.WRITE_LETTERS, Harm.NONE, words, "What was decided, with the reasons")


def _issuing(words: str, note: str, paper: str) -> ToDo:
    return ToDo(What.ISSUE, Harm.NONE, words, note, reference=paper)


def _late(missing: "Sequence[OpenReturn]") -> Iterator[ToDo]:
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
    """Yield what may be paid now, and of which awards it is late."""
    today = date.today()
    ready = [award for award in made if any(award.may_be_paid(today))]
    parts = [part.amount_pence for award in ready for part in award.may_be_paid(today)]
    if parts:
        words = f"{counted(len(parts), 'instalment')} may be paid now"
        late = [award.reference for award in ready if award.reference in unpaid]
        if late:
            note = f"Late: {_few(late)}"
            yield ToDo(What.PAY, Harm.WARNING, words, note)
            return
        note = f"{column_money(parts)(sum(parts))} on awards whose account is verified"
        yield ToDo(What.PAY, Harm.NONE, words, note)


def _few(references: Sequence[str]) -> str:
    return listed([*references[:FEW], *(["others"] if len(references) > FEW else [])])


def _late_payments(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield of which awards a payment is late, and what the first waits for."""
    late = [award for award in made if award.reference in unpaid]
    if late:
        first, others = late[0], " and others" if len(late) > 1 else ""
        words = counted(len(late), "award has a late payment", "awards have late payments")
        note = f"{first.reference}{others}: {_holds_up(first)}"
        yield ToDo(What.PAY, Harm.WARNING, words, note, reference=first.application)


def _holds_up(late: "AwardRow") -> str:
    """Return what the first payment of an award that is late waits for, or that it may be made."""
    today = date.today()
    waits = (late.not_yet(late.instalments[number - 1], today) for number in late.late(today))
    first = next(waits, "")
    return late.on_hold or (f"it {first}" if first else "finance may pay it now")


def _otherwise(found: "Sequence[Otherwise]") -> Iterator[ToDo]:
    """Yield which issued papers say otherwise than the awards do."""
    if found:
        from models.queries.papers.to_check.otherwise import counted_otherwise  # read by now

        note = f"{_few(list(dict.fromkeys(one.award for one in found)))}: Papers lists them; issue them again"
        yield ToDo(What.ISSUE, Harm.WARNING, counted_otherwise(found), note, reference=found[0].paper)


def _to_renew(varied: "Sequence[AwardRow]") -> Iterator[ToDo]:
    """Yield which awards were varied since their agreement was issued or signed."""
    if varied:
        words = counted(
            len(varied), "varied award needs a new agreement", "varied awards need new agreements"
        )
        others = " and others" if len(varied) > 1 else ""
        note = f"{varied[0].reference}{others}: issue the next version, and have it signed"
        yield ToDo(What.AGREE, Harm.NONE, words, note, reference=varied[0].application)


def _to_sign_anew(renewed: "Sequence[AwardRow]") -> Iterator[ToDo]:
    """Yield which new versions of agreements were issued and are not signed yet."""
    if renewed:
        words = counted(len(renewed), "new version of an agreement waits", "new versions of agreements wait")
        late = [award.reference for award in renewed if award.is_agreement_late(date.today())]
        note = f"Late to come back signed: {_few(late)}" if late else _few([one.reference for one in renewed])
        harm = Harm.WARNING if late else Harm.NONE
        yield ToDo(What.AGREE, harm, f"{words} to be signed", note, reference=renewed[0].application)


def _to_agree(made: "Iterable[AwardRow]", barred: frozenset[str]) -> Iterator[ToDo]:
    """Yield which agreements are to be signed, those first that wait for checks that the fund requires."""
    awards_made = tuple(made)
    unsigned = [award for award in awards_made if award.agreed_on is None]
    if unsigned:
        words = counted(len(unsigned), "award waits for its agreement", "awards wait for their agreements")
        late = [award.reference for award in unsigned if award.is_agreement_late(date.today())]
        matched = [award.reference for award in unsigned if award.match]
        first = [award.reference for award in unsigned if award.application in barred]
        note = f"Due diligence comes first: {_few(first)}" if first else NOT_PAID
        note = f"Late to come back signed: {_few(late)}" if late else note
        note = f"A name on the sanctions list to look at: {_few(matched)}" if matched else note
        yield ToDo(What.AGREE, Harm.WARNING if late or matched else Harm.NONE, words, note)
    bare = sum(1 for award in awards_made if award.agreed_on is not None and award.bank is None)
    if bare:
        words = counted(bare, "award has no bank details yet", "awards have no bank details yet")
        yield ToDo(What.TAKE_BANK_DETAILS, Harm.NONE, words, "Its agreement is signed")
