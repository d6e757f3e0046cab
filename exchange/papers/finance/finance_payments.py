"""The payments and awards of a finance workbook, and where they stand, for formulas of other sheets."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from exchange.papers.paper_writing import named
from exchange.xlsx.table import TABLE_HEADING_ROW, TableSheet, columns_of, letters_of
from models.papers.finance import (
    EarlierPayee,
    FinanceAward,
    FinanceSchedule,
    PaymentLine,
)
from models.papers.paper_words import NONE_GIVEN, Sentences, short_day
from models.papers.status import PaperStatus
from models.values.awards import DAYS_TO_PAY, is_of_later, trigger_words, waits_for_a_day, waits_for_signature
from models.values.rows import gathered
from scoring.money import pounds
from scoring.written.text import with_capital

AUTHORISING = "To authorise"
NOW, LATER, HELD = "May be paid now", "Not due yet, not to be paid now", "On hold, not to be paid"
TO_WRITE = "." * 80
_Turn = tuple[date, str]
"""The day and the number of a notice."""
COLUMNS = columns_of("finance to authorise")

WITHIN_DAYS = f"within {DAYS_TO_PAY} days of the last signature"
"""When a payment is due that waits for the signatures, as letter and agreement say."""


class Payment(NamedTuple):
    """One payment of an award, in pence."""

    award: FinanceAward
    line: PaymentLine

    @property
    def to(self) -> FinanceAward | EarlierPayee:
        """Return who is paid, or was."""
        return self.award.paid_on(self.line.paid_on)

    @property
    def waits(self) -> str:
        """Return why it is not paid now, "" when it may be, or is paid."""
        return self.award.on_hold(self.line)


def payments_of(schedule: FinanceSchedule) -> tuple[Payment, ...]:
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
    rows.extend((state, SAID.payments(amounts)) for state, amounts in waiting(schedule).items())
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
    """Yield what each notice gave, with its day and number, by which they stand one after the other.

    Said is also what variations made of it, or would once both have signed, and what it gave beside that:
    decided again under a later one, or not taken up.
    """
    days = {_decision(award): award.decided_on for award in schedule.awards}
    for (notice, who), total in schedule.sums(_decision).items():
        varied = total.amount_pence - total.decided_pence
        again = [one for one in schedule.again if one.notice_before == notice and one.before_pence]
        left = [one.pence for one in schedule.not_taken_up if one.notice == notice]
        said = SAID.decided(who, total, max(varied, 0), max(-varied, 0), again, left)
        yield (days[notice, who], notice), (f"Decided, notice {notice}" if notice else "Decided", said)


def _decision(award: FinanceAward) -> tuple[str, str]:
    post = f", {award.decided_post}" if award.decided_post else ""
    return award.notice, f"{award.decided_by}{post}, {short_day(award.decided_on)}"


def _taken_back(schedule: FinanceSchedule) -> Iterator[tuple[_Turn, tuple[str, str]]]:
    """Yield each award that a notice left without money, which has no line among those paid, likewise."""
    for one in schedule.again:
        if not one.pence:
            yield (one.on, one.notice), (f"Taken back, notice {one.notice}", SAID.taken_back(one))


def _paid(schedule: FinanceSchedule) -> Iterator[tuple[str, str]]:
    """Yield who authorised what was paid, in the order of the payments."""
    sums: dict[str, list[int]] = {}
    for line in (one.line for one in payments_of(schedule) if one.line.paid_on):
        post = f", {line.authorised_post}" if line.authorised_post else ""
        sums.setdefault(f"{line.authorised_by}{post}", []).append(line.amount_pence)
    for who, amounts in sums.items():
        yield "Authorised and paid", f"{who}: {SAID.payments(amounts)}"


def _to_look_at(schedule: FinanceSchedule) -> Iterator[tuple[str, str]]:
    """Yield what is to be settled before paying: money owed back, and changes that are not fully signed."""
    for award in schedule.awards:
        yield from (("To come back", SAID.owed(award.reference, one)) for one in award.asked if one.due_pence)
    waiting = (award for award in schedule.awards if award.agreement_waits)
    waits = gathered(((_change_of(one), one.agreement_waits), one.reference) for one in waiting)
    yield from ((what, SAID.renew(references, words)) for (what, words), references in waits.items())


def _change_of(award: FinanceAward) -> str:
    """Return what waits: an agreement to renew, or a change of an award that has no agreement yet."""
    return "Change not fully signed" if award.agreed_on is None else "Agreement to renew"


SAID = Sentences("finance")
CHANGES = "Changes"
CHANGE_COLUMNS = columns_of("finance changes")


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
    rows = []
    for one in schedule.again:  # under the award, or the application where none is left
        what, pence = "Decided anew" if one.pence else "Taken back", one.pence - one.before_pence
        rows.append(Change(one.award, one.payee, what, one.on, pence, 0, SAID.anew(one)))
    for left in schedule.not_taken_up:  # in no sum
        said = SAID.gone(left, left.reason.strip().rstrip("."))
        rows.append(Change(left.award, left.payee, "Not taken up", left.on, -left.pence, 0, said))
    for award in schedule.awards:
        rows += _changes(award, is_told=bool(schedule.again))
    if not rows:
        return ()
    note = (
        "Each change since the decision. What was asked back lowers no payment: what has still to come is to "
        "be claimed of the payee."
    )
    return (TableSheet(CHANGES, "Changes since the decision", note, CHANGE_COLUMNS, rows),)


def _changes(award: FinanceAward, *, is_told: bool) -> Iterator[Change]:
    """Yield what became of an award; where a new decision `is_told` with its amount, that is left out."""
    of = award.reference
    if award.decided_anew and not is_told:
        yield Change(of, award.payee, "Decided anew", words=with_capital(award.decided_anew))
    for varied in award.amendments:
        said, payee = f"{with_capital(varied.words)}. {varied.reason}", award.paid_on(varied.on).payee
        yield Change(of, payee, "Varied", varied.on, varied.change_pence, 0, said)
    payees = (*(one.payee for one in award.before), award.payee)
    for over, payee in zip(award.before, payees[1:], strict=True):
        yield Change(of, payee, "Taken over", over.until, words=SAID.taken_over(payee, over))
    for asked in award.asked:
        payee = award.paid_on(asked.on).payee
        yield Change(of, payee, "Asked back", asked.on, asked.amount_pence, asked.due_pence, asked.reason)
    for back in award.returned:
        payee = award.paid_on(back.on).payee
        yield Change(of, payee, "Returned", back.on, back.amount_pence, 0, back.reason)


PAYMENTS, AWARDS = "Payments", "Awards"
LOOK_FIRST = "Look at first"
"""The heading of what is to be settled before a payment that nothing holds up."""
PRINTED_PAYMENTS = 18
"""So many columns of Payments, what finance pays by, are printed, one page wide; all stand on the sheet."""
FIRST = TABLE_HEADING_ROW + 1
"""The row of the first line on every sheet."""
BY_AREA, BY_CODE, BY_MONTH = "By area", "By code", "By month"


class Places:
    """Where the columns of one schedule's sheets stand, by both names: "payment Amount"."""

    def __init__(self, schedule: FinanceSchedule) -> None:
        self._sheets = {
            "payment": (PAYMENTS, "finance payments", schedule.payment_count),
            "award": (AWARDS, "finance awards", len(schedule.awards)),
            "area": (f"'{BY_AREA}'", "finance areas", len(schedule.sums(lambda award: award.area))),
            "code": (f"'{BY_CODE}'", "finance codes", len(schedule.sums(lambda award: award.codes))),
            "month": (f"'{BY_MONTH}'", "finance months", len(schedule.months())),
        }

    def __call__(self, name: str) -> str:
        """Return the cells of a column of a sheet, for a formula on any sheet."""
        of, _, heading = name.partition(" ")
        sheet, layout, rows = self._sheets[of]
        letter = letters_of(layout)[heading]
        return f"{sheet}!${letter}${FIRST}:${letter}${FIRST + max(rows, 1) - 1}"


class PaymentRow(NamedTuple):
    """A payment in its row of the sheet."""

    row: int
    schedule: FinanceSchedule
    award: FinanceAward
    line: PaymentLine

    @property
    def to(self) -> FinanceAward | EarlierPayee:
        return self.award.paid_on(self.line.paid_on)


class AwardRow(NamedTuple):
    """An award in its row of the sheet."""

    row: int
    award: FinanceAward

    @property
    def waits(self) -> str:
        """Return why nothing is paid of it, and that its agreement is to be renewed."""
        why = filter(None, (_held(self.award), self.award.agreement_waits))
        return with_capital("; ".join(why))


def payments_sheet(schedule: FinanceSchedule, status: PaperStatus) -> TableSheet:
    """Return every payment, with what finance pays it by."""
    every = payments_of(schedule)
    nothing = filter(None, [schedule.nothing_payable])
    said = (f"{named(schedule)}. {schedule.control}.", *nothing, *_not_due_yet(schedule), *status.below)
    looks = any(award.to_look_at(line) for award, line in every)
    return TableSheet(
        PAYMENTS,
        schedule.title,
        " ".join(said),
        tuple(replace(c, is_hidden=c.heading == LOOK_FIRST and not looks) for c in PAYMENT_COLUMNS),
        [PaymentRow(row, schedule, *each) for row, each in enumerate(every, FIRST)],
        frozen_columns=2,
        printed_columns=PRINTED_PAYMENTS,
    )


def _not_due_yet(schedule: FinanceSchedule) -> Iterator[str]:
    """Yield when the payments without a day fall due that wait for signatures, as their agreements say."""
    every = [one for one in payments_of(schedule) if one.line.due_on is None]
    if any(waits_for_signature(one.line.trigger) for one in every):
        yield f"A payment that waits for the agreement is due {WITHIN_DAYS}."
    if any(one.award.agreed_on is None and waits_for_a_day(one.line.trigger) for one in every):
        yield f"A payment whose day is over before anybody signed is due {WITHIN_DAYS}."


def _proof(line: PaymentLine) -> str:
    if line.proof_on is not None:
        return f"Came in {short_day(line.proof_on)}: {line.proof}"
    return "Required, not in yet" if line.needs_proof else NONE_GIVEN


def awards_sheet(schedule: FinanceSchedule, places: Places) -> TableSheet:
    """Return every award with its sums."""
    note = (
        f"{schedule.control}. One line for each award: what was decided, what its instalments add up to, "
        "what came back, what it stands at without that, and what was asked back and has not come."
    )
    rows = [AwardRow(row, award) for row, award in enumerate(schedule.awards, FIRST)]
    return TableSheet(AWARDS, "Awards", note, columns_of("finance awards", ranges=places), rows)


def _held(award: FinanceAward) -> str:
    """Return why none of an award is paid now, or that all that is left of it waits for its day."""
    waits = [award.on_hold(line) for line in award.payments if line.paid_on is None]
    return award.held_for or (waits[0] if waits and all(map(is_of_later, waits)) else "")


PAYMENT_COLUMNS = columns_of(
    "finance payments",
    due_once=lambda each: with_capital(trigger_words(each.line.trigger)),
    on_hold=lambda each: with_capital(each.award.on_hold(each.line)),
    look_first=lambda each: with_capital(each.award.to_look_at(each.line)),
    proof=lambda each: _proof(each.line),
)
