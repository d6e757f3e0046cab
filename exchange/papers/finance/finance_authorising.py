"""What is to be known before a payment: who decided and authorised, and what was changed since."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from exchange.papers.paper_words import short_day
from exchange.xlsx.table_book import FIRST, SECOND, TableColumn, TableSheet
from models.papers.finance import (
    DecidedAgain,
    FinanceAward,
    FinanceSchedule,
    MoneySum,
    NotTakenUp,
    PaymentLine,
)
from models.values.award_parts import is_of_later
from scoring.counted import counted, listed
from scoring.money import pounds
from scoring.written.text import with_capital

AUTHORISING = "To authorise"
NOW, LATER, HELD = "May be paid now", "Not due yet, not to be paid now", "On hold, not to be paid"
TO_WRITE = "." * 80
_Turn = tuple[date, str]
"""The day and the number of a notice."""
COLUMNS = (
    TableColumn("What", 44, "wrapped", FIRST),
    TableColumn("By whom, and how much", 110, "wrapped", SECOND),
)


class Payment(NamedTuple):
    """One payment of an award, in pence."""

    award: FinanceAward
    line: PaymentLine

    @property
    def waits(self) -> str:
        """Return why it is not paid now, "" when it may be, or is paid."""
        return self.award.on_hold(self.line)


def payments_of(schedule: FinanceSchedule) -> tuple[Payment, ...]:
    """Return the payments of all awards."""
    return tuple(Payment(award, line) for award in schedule.awards for line in award.payments)


def authorising_sheet(schedule: FinanceSchedule) -> TableSheet:
    """Return the sheet that is signed before anything is paid."""
    by_day = sorted((*_given(schedule), *_taken_back(schedule)), key=lambda each: each[0])
    rows = [row for _, row in by_day]
    rows.extend(
        ("Not taken up, pay nothing", f"{left.award}, {left.payee}: {pounds(left.pence)}")
        for left in schedule.not_taken_up
    )
    rows.extend(_paid(schedule))
    rows.extend((state, _money(amounts)) for state, amounts in waiting(schedule).items())
    rows.extend(_to_look_at(schedule))
    rows.extend(("Money that lapses", words) for words in schedule.lapsing)
    rows.extend((what, TO_WRITE) for what in ("Authorised by, name", "Post", "Signature", "Date"))
    note = "Nobody who decided in the round authorises a payment of it."
    return TableSheet(AUTHORISING, AUTHORISING, note, COLUMNS, rows)


def waiting(schedule: FinanceSchedule) -> dict[str, list[int]]:
    """Return what is not paid, in pence for each payment: to be paid now, when its day comes, or on hold."""
    found: dict[str, list[int]] = {NOW: [], LATER: [], HELD: []}
    for one in payments_of(schedule):
        if one.line.paid_on is None:
            state = (LATER if is_of_later(one.waits) else HELD) if one.waits else NOW
            found[state].append(one.line.amount_pence)
    return found


def _given(schedule: FinanceSchedule) -> Iterator[tuple[_Turn, tuple[str, str]]]:
    """Yield what each notice gave, with its day and number, by which they stand one after the other."""
    days = {_decision(award): award.decided_on for award in schedule.awards}
    for (notice, who), total in schedule.sums(_decision).items():
        what = f"Decided, notice {notice}" if notice else "Decided"
        said = f"{who}: {_decided(total)}{_no_more(schedule, notice)}"
        yield (days[notice, who], notice), (what, said)


def _decision(award: FinanceAward) -> tuple[str, str]:
    post = f", {award.decided_post}" if award.decided_post else ""
    return award.notice, f"{award.decided_by}{post}, {short_day(award.decided_on)}"


def _decided(total: MoneySum) -> str:
    """Return what was decided, and what it stands at where variations made it more or less since."""
    said = f"{counted(total.awards, 'award')}, {pounds(total.decided_pence)}"
    varied = total.amount_pence - total.decided_pence
    if not varied:
        return said
    by = f"{pounds(abs(varied))} {'more' if varied > 0 else 'less'} by variation"
    return f"{said}; {by} since, now {pounds(total.amount_pence)}"


def _no_more(schedule: FinanceSchedule, notice: str) -> str:
    """Return what a notice gave beside that: decided again under a later one, or not taken up."""
    gone = [one for one in schedule.again if one.notice_before == notice and one.before_pence]
    said = ""
    if gone:
        by = listed(list(dict.fromkeys(one.notice for one in gone)))
        total = pounds(sum(one.before_pence for one in gone))
        said = f"; {counted(len(gone), 'more award')}, {total}, decided again under notice {by}"
    left = [one.pence for one in schedule.not_taken_up if one.notice == notice]
    return f"{said}; {counted(len(left), 'more award')}, {pounds(sum(left))}, not taken up" if left else said


def _taken_back(schedule: FinanceSchedule) -> Iterator[tuple[_Turn, tuple[str, str]]]:
    """Yield each award that a notice left without money, which has no line among those paid, likewise."""
    for one in schedule.again:
        if not one.pence:
            who = f"{one.by}, {short_day(one.on)}"
            was = f"{pounds(one.before_pence)} of notice {one.notice_before}"
            yield (one.on, one.notice), (f"Taken back, notice {one.notice}", f"{who}: {one.award}, {was}")


def _paid(schedule: FinanceSchedule) -> Iterator[tuple[str, str]]:
    """Yield who authorised what was paid, in the order of the payments."""
    sums: dict[str, list[int]] = {}
    for line in (one.line for one in payments_of(schedule) if one.line.paid_on):
        post = f", {line.authorised_post}" if line.authorised_post else ""
        sums.setdefault(f"{line.authorised_by}{post}", []).append(line.amount_pence)
    for who, amounts in sums.items():
        yield "Authorised and paid", f"{who}: {_money(amounts)}"


def _to_look_at(schedule: FinanceSchedule) -> Iterator[tuple[str, str]]:
    """Yield what is to be settled before paying: money owed back, and agreements to renew."""
    for award in schedule.awards:
        for one in award.asked:
            if one.due_pence:
                asked = f"{award.reference}: asked back {short_day(one.on)}, {pounds(one.amount_pence)}"
                still = f"{pounds(one.due_pence)} still to come"
                yield "To come back", f"{asked}, {still}: {one.reason}"
    waits: dict[str, list[str]] = {}
    for award in schedule.awards:
        if award.agreement_waits:
            waits.setdefault(award.agreement_waits, []).append(award.reference)
    for words, references in waits.items():
        yield "Agreement to renew", f"{listed(references)}: {with_capital(words)}"


def _money(amounts: list[int]) -> str:
    return f"{counted(len(amounts), 'payment')}, {pounds(sum(amounts))}"


CHANGES = "Changes"
CHANGE_COLUMNS = (
    TableColumn("Award", 11, "text", "award"),
    TableColumn("Payee", 30, "wrapped", "payee"),
    TableColumn("What", 16, "text", "what"),
    TableColumn("On", 12, "day", "on"),
    TableColumn("Amount", 13, "pounds", "amount_pence"),
    TableColumn("Still to come", 13, "pounds", "to_come_pence"),
    TableColumn("What was changed, and why", 64, "wrapped", "words"),
)


class Change(NamedTuple):
    """What became of an award since it was decided."""

    award: str
    payee: str
    what: str
    on: date | None = None
    amount_pence: int | None = None
    to_come_pence: int | None = None
    words: str = ""


def changes_sheets(schedule: FinanceSchedule) -> tuple[TableSheet, ...]:
    """Return the sheet of changes, none where nothing was changed since the decisions."""
    rows = [_again(one) for one in schedule.again]
    rows += [_not_taken_up(one) for one in schedule.not_taken_up]
    for award in schedule.awards:
        rows += _changes(award, is_told=bool(schedule.again))
    if not rows:
        return ()
    note = (
        "Each change since the decision. What was asked back lowers no payment: what has still to come is to "
        "be claimed of the payee."
    )
    return (TableSheet(CHANGES, "Changes since the decision", note, CHANGE_COLUMNS, rows),)


def _again(one: DecidedAgain) -> Change:
    """Return the line of a new decision, under the award, or the application where none is left."""
    what = "Decided anew" if one.pence else "Taken back"
    was = f"notice {one.notice_before} gave {pounds(one.before_pence) if one.before_pence else 'no money'}"
    by = f"decided again by {one.by}, notice {one.notice}"
    said = f"{with_capital(was)}; {by}: {pounds(one.pence) if one.pence else 'no money'}."
    return Change(one.award, one.payee, what, one.on, one.pence - one.before_pence, 0, said)


def _not_taken_up(one: NotTakenUp) -> Change:
    """Return the line of an award whose application was withdrawn: it is in no sum."""
    why = f" ({one.reason.strip().rstrip('.')})" if one.reason.strip() else ""
    gave = f"Notice {one.notice} gave {pounds(one.pence)}"
    said = f"{gave}; the application was withdrawn since{why}. Pay nothing."
    return Change(one.award, one.payee, "Not taken up", one.on, -one.pence, 0, said)


def _changes(award: FinanceAward, *, is_told: bool) -> Iterator[Change]:
    """Yield what became of an award; where a new decision `is_told` with its amount, that is left out."""
    whose = award.reference, award.payee
    if award.decided_anew and not is_told:
        yield Change(*whose, "Decided anew", words=with_capital(award.decided_anew))
    for varied in award.amendments:
        said = f"{with_capital(varied.words)}. {varied.reason}"
        yield Change(*whose, "Varied", varied.on, varied.change_pence, 0, said)
    for asked in award.asked:
        yield Change(*whose, "Asked back", asked.on, asked.amount_pence, asked.due_pence, asked.reason)
    for back in award.returned:
        yield Change(*whose, "Returned", back.on, back.amount_pence, 0, back.reason)
