"""What is to be done about the money that was awarded: papers, checks, payments, agreements, challenges."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from models.papers.kinds import FINANCE, SCHEDULE
from models.queries.panel.to_do import FEW, LONG, After, Harm, ToDo, What, to_do
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


def money_tasks(
    after: After, role: str, name: str, area: str | None, *, is_direct: bool = False
) -> Iterator[ToDo]:
    """Yield what the office and finance do with the awards of an area, or (None) of all."""
    made = [award for award in after.awards if area in (None, award.area)]
    if role == Role.FINANCE:
        held = [award.bank for award in made if award.bank is not None]
        others = (bank for bank in held if not bank.checked_by and bank.entered_by != name)
        yield from to_do("verify", len(tuple(others)))
        yield from _to_pay(made, after.unpaid)
    elif role == Role.OFFICER:
        for one in after.challenges[:FEW]:
            harm = Harm.DANGER if one.is_late else Harm.WARNING
            yield ToDo(What.SEE_CHALLENGE, harm, one.words, one.note, one.by, reference=str(one.number))
        yield from _late_payments(made, after.unpaid)
        yield from _to_agree(made, after.barred)
        yield from _of_awards("renew", [award for award in made if award.wants_agreement])
        yield from _to_sign_anew([award for award in made if award.wants_signature])
        elsewhere = {award.application for award in after.awards if award not in made}
        yield from _otherwise([one for one in after.otherwise if one.application not in elsewhere])
        yield from _late([one for one in after.late if area in (None, one.area)])
    if role in MONEY:
        yield from _to_issue(made, after.issued, is_direct=is_direct)
        for at in after.breaks[:FEW]:
            yield ToDo(What.SEE_CONTRACT, Harm.WARNING, at.words, at.note, at.on, reference=at.award)
        for period in after.periods[:FEW]:
            yield from _of_period(period, date.today())


def _of_period(one: "PeriodReminder", today: date) -> Iterator[ToDo]:
    """Yield that a period of the fund is over and not submitted, or that returns came in for it since."""
    by, period = one.period.ends_on, one.period.name
    if one.is_submitted:
        yield from to_do("correct return", one.late, by=by, period=period, reference=period)
        return
    harm = Harm.DANGER if one.days(today) > LONG else Harm.WARNING
    missing = f"{counted(one.missing, 'return of it is', 'returns of it are')} missing"
    all_in = "Every return of it has come in" if one.planned else "No return is planned that tells of it"
    known = {"period": period, "missing": missing if one.missing else all_in}
    yield from to_do("submit return", harm=harm, by=by, reference=period, **known)


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
    if listed == paid:
        yield from to_do("issue both", listed, reference=SCHEDULE)
        return
    yield from to_do("issue award schedule", listed, reference=SCHEDULE)
    yield from to_do("issue finance schedule", paid, reference=FINANCE)


def letters_task(after: After, references: Collection[str], figures: "RoundFigures") -> Iterator[ToDo]:
    """Yield how many of the letters that Papers draws are not issued, once anything is decided."""
    if not after.decided:
        return
    from models.queries.papers.letter_parts.without_decision import unranked  # no start needs it

    stuck = unranked(figures.rows, figures.ranking, after.decided, after.recommended)
    told = after.issued.told if after.issued is not None else frozenset()
    left = [of for of in {*after.addressed, *stuck} if of in references and of not in told]
    yield from to_do("write letters", len(left))


def _late(missing: "Sequence[OpenReturn]") -> Iterator[ToDo]:
    for worst in missing[:1]:
        harm = Harm.DANGER if worst.days > LONG else Harm.WARNING
        known = {"award": worst.award, "days": counted(worst.days, "day")}
        yield from to_do("chase returns", len(missing), harm=harm, by=worst.due_on, **known)


def _of_awards(
    name: str, rows: "Sequence[AwardRow]", harm: Harm | None = None, said: str = ""
) -> Iterator[ToDo]:
    """Yield a task on awards; it leads to the first."""
    for first in rows[:1]:
        of = [row.application for row in rows]
        yield from to_do(name, of, harm=harm, first=first.reference, said=said)


def _to_pay(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield what may be paid now, and of which awards it is late."""
    today = date.today()
    ready = [award for award in made if any(award.may_be_paid(today))]
    parts = [part.amount_pence for award in ready for part in award.may_be_paid(today)]
    late = [award.reference for award in ready if award.reference in unpaid]
    note = f"{column_money(parts)(sum(parts))} on awards whose account is verified"
    note, harm = (f"Late: {_few(late)}", Harm.WARNING) if late else (note, Harm.NONE)
    yield from to_do("pay", len(parts), harm=harm, said=note)


def _few(references: Sequence[str]) -> str:
    return listed([*references[:FEW], *(["others"] if len(references) > FEW else [])])


def _late_payments(made: "Iterable[AwardRow]", unpaid: frozenset[str]) -> Iterator[ToDo]:
    """Yield of which awards a payment is late, and what the first waits for."""
    late = [award for award in made if award.reference in unpaid]
    yield from _of_awards("late payments", late, said=_holds_up(late[0]) if late else "")


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

        awards = _few(list(dict.fromkeys(one.award for one in found)))
        paper = found[0].paper
        yield from to_do("issue again", what=counted_otherwise(found), awards=awards, reference=paper)


def _to_sign_anew(renewed: "Sequence[AwardRow]") -> Iterator[ToDo]:
    """Yield which new versions of agreements were issued and are not signed yet."""
    late = [award.reference for award in renewed if award.is_agreement_late(date.today())]
    words = f"Late to come back signed: {_few(late)}" if late else _few([one.reference for one in renewed])
    yield from _of_awards("sign anew", renewed, Harm.WARNING if late else Harm.NONE, words)


def _to_agree(made: "Sequence[AwardRow]", barred: frozenset[str]) -> Iterator[ToDo]:
    """Yield which agreements are to be signed, those first that wait for checks that the fund requires."""
    unsigned = [award for award in made if award.agreed_on is None]
    late = [award.reference for award in unsigned if award.is_agreement_late(date.today())]
    matched = [award.reference for award in unsigned if award.match]
    first = [award.reference for award in unsigned if award.application in barred]
    told = (
        ("A name on the sanctions list to look at", matched),
        ("Late to come back signed", late),
        ("Due diligence comes first", first),
    )
    notes = (f"{words}: {_few(found)}" for words, found in told if found)
    note, harm = next(notes, "Nothing is paid before that"), Harm.WARNING if late or matched else Harm.NONE
    yield from to_do("sign agreements", len(unsigned), harm=harm, said=note)
    bare = (award for award in made if award.agreed_on is not None and award.bank is None)
    yield from to_do("enter bank details", len(tuple(bare)))
