"""How the award at hand is paid: its instalments, what they wait for, money back, and finance's codes."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from gui.listed.acts import Act, Confirm, Deed
from gui.listed.form import (
    Asked,
    AtField,
    Day,
    Field,
    Form,
    Free,
    Grid,
    Line,
    Money,
    Saying,
    Values,
    reason_form,
)
from gui.pages.awards.due_diligence import look_at_checks
from gui.pages.awards.lines import KEEP, AwardAct, AwardAt, award_of
from gui.record.clock import current_day
from gui.text import ours, sentence
from gui.widgets.typed import WHICH_DAY, amount_fault, pence_of
from models.operation import Operation
from models.operations.awards.finance import LONGEST, SetFinanceCodes, SetSupplierNumber, taken_back_by_bank
from models.operations.awards.paying import (
    HoldAward,
    PayInstalment,
    Proof,
    SetDue,
    SetInstalments,
    SetProof,
    SetReturned,
    look_words,
)
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import FinanceCodes, parts_of
from models.queries.awards.awards_page import AwardsAnswer
from models.queries.awards.year_facts import trigger_of
from models.values.awards import ON_THE_DAY, Instalment, Returned, trigger_words
from scoring import money
from scoring.written.amounts import amounts_of, percent_of
from scoring.written.days import full_day, short_day
from scoring.written.names import text_key
from scoring.written.text import with_capital

HEADS = ("Cost centre", "Nominal code", "Project code")
WHOLE = "The round"
CODES_ARE_TEXT = "Codes are text, so leading zeros stay. Leave an area blank where it uses the round's codes."
NOT_DUE = "What is not due yet is paid on its day or later. To pay it before, set an earlier due date."
PAID_TO_COME = "That day is still to come. A payment is recorded once it is made."
TO_COME = "That day is still to come. Record it once it has come in."
DECIDED = "You decided in this round, and nobody who decides may authorise payments."
SENT_BACK = (
    "Correct the account and have it verified anew, then lift the hold. The recipient reads the reason."
)
HELD = (
    "Nothing more is paid until the hold is lifted. What has been paid is not affected.",
    "The recipient's letters and agreement give the reason, and finance's schedule too.",
)
LINES = 6
TRIGGERS = ("agreement signed", ON_THE_DAY, "claim", "proof of purchase")
NO_AMOUNT = "Type an amount in pounds, such as 1,870 or 1870.50, or a percentage of the award, such as 50%."
UNASKED = "What the recipient did not spend and sent back unasked. It stays part of what was paid."
ASKED = " For what you asked back, choose “Record money received back…” instead."


def waiting_words(row: AwardRow) -> str:
    """Return what payments wait for, as a sentence; "" where nothing is outstanding or they may be made."""
    if not row.outstanding_pence:
        return ""
    if row.waits_for:
        return f"{sentence(row.waits_for)} Nothing is paid before that."
    days = (row.not_before(part) for part in row.instalments if part.paid_on is None)
    return NOT_DUE if any(day is not None and day > current_day() for day in days) else ""


def instalment_words(row: AwardRow, part: Instalment) -> str:
    """Return what an instalment of an award waits for, that it is on hold, or when it was paid."""
    if part.paid_on is not None:
        by = f" by {part.authorised_by}" if part.authorised_by else ""
        return f"paid {short_day(part.paid_on)}, authorised{by}" if by else f"paid {short_day(part.paid_on)}"
    words, due_on = trigger_words(trigger_of(row, part)), row.expected_on(part, current_day())
    if row.held_for:
        words += ", on hold"
    elif due_on is not None:
        is_late = due_on < current_day()
        words += f", late since {short_day(due_on)}" if is_late else f", due {short_day(due_on)}"
    if part.proof_on is not None:
        words += f"; came in {short_day(part.proof_on)}: {part.proof}"
    return words


def has_decided(found: AwardsAnswer | None, person: str) -> bool:
    """Whether somebody decided in the round, and so authorises nothing in it."""
    return found is not None and text_key(person) in map(text_key, found.deciders)


def pay_refusal(at: AwardAt) -> str:
    """Return why the person authorises no payment of the round, "" where they may."""
    if has_decided(at.answer, at.identity.name):
        return DECIDED
    refusal = at.identity.refusal("pay instalment")
    return f"{refusal} {at.answer.payers_words}" if refusal else ""


def term_form(
    title: str,
    sentence: str,
    words: str,
    does: Callable[..., Operation],
    most: int | None = None,
    since: date | None = None,
) -> Form:
    """Return what asks for an amount, up to so many pence where `most` is said, a day, and words.

    The day is not before `since`, where there is one. `does` is told them as `pence`, `on` and `words`.
    """
    too_much = f"Type an amount up to the {money.short_pounds(most or 0)} that may still come back."

    def pence_fault(pence: int) -> str:
        return "" if most is None or 0 < pence <= most else too_much

    def day_fault(on: date) -> str:
        return f"That is before it was paid, on {full_day(since)}." if since and on < since else ""

    amount = Money("pence", "Amount", wanted=too_much, is_needed=False, check=pence_fault)
    today = current_day()
    return Form(
        title=title,
        sentences=(sentence,),
        action="Record",
        does=does,
        fields=(
            *(() if most is None else (amount,)),
            Day("on", WHICH_DAY, shown="On", value=today, to_come=TO_COME, check=day_fault),
            Line("words", words, wanted=f"{words}: say it in a few words."),
        ),
    )


def _part(at: AwardAt) -> Instalment:
    """Return the instalment at hand, whose number is the part of the award that an act is about."""
    return at.row.instalments[at.part - 1]  # type: ignore[no-any-return]


def _named(at: AwardAt) -> str:
    return f"instalment {at.part}, {money.short_pounds(_part(at).amount_pence)}"


def _paid(at: AwardAt, on: date | None) -> PayInstalment:
    return PayInstalment(*award_of(at), at.part, on, _part(at).paid_on)


def _pay_today(at: AwardAt) -> Asked:
    """Mark it as paid, once it was asked about what is still to be looked at."""
    return Asked(_open_of(at), partial(_pay_knowing, at))


def _open_of(at: AwardAt) -> Callable[..., str]:
    """Return the query of what is open of a payment made today, in words."""
    return partial(look_words, parts=(_paid(at, current_day()),))


def _pay_knowing(at: AwardAt, warning: str) -> Deed:
    paid = _paid(at, current_day())
    if not warning:
        return paid
    words = (warning, f"If you go on, {_named(at)}, is marked as paid today.")
    beside = ("Look at the checks…", look_at_checks(at))
    return Confirm(f"Payment of {at.row.reference}", words, "Mark as paid", paid, beside=beside)


def _ask_paid_on(at: AwardAt) -> Asked:
    return Asked(_open_of(at), partial(_paid_on_form, at))


def _paid_on_form(at: AwardAt, warning: str) -> Form:
    words = f"When {_named(at)}, was paid. You authorise it as {at.identity.name}."
    day = Day("on", WHICH_DAY, shown="On", value=current_day(), to_come=PAID_TO_COME)
    said = (Saying(warning, tone="warning", size=13),) if warning else ()
    return _day_form(f"Payment of {at.row.reference}", words, partial(_paid, at), *said, day)


def _ask_due(at: AwardAt) -> Form:
    before = _part(at).due_on

    def set_due(on: date | None) -> SetDue | None:
        return None if on == before else SetDue(*award_of(at), at.part, on, before)

    words = f"When {_named(at)}, is to be paid. Leave it blank while there is no date."
    day = Day("on", WHICH_DAY, shown="On", value=before, is_past=False, is_needed=False)
    return _day_form(f"Due date of {at.row.reference}", words, set_due, day)


def _day_form(title: str, words: str, does: Callable[..., Deed], *fields: Saying | Day) -> Form:
    return Form(title=title, sentences=(words,), action="Record", does=does, fields=fields)


def _proof(at: AwardAt) -> Form:
    def prove(on: date, words: str) -> SetProof:
        return SetProof(*award_of(at), at.part, Proof(on, words), None)

    words = f"{with_capital(_named(at))}, waits for {_part(at).trigger}."
    return term_form(f"Proof for {at.row.reference}", words, "What came in", prove)


def _no_proof(at: AwardAt) -> SetProof:
    part = _part(at)
    assert part.proof_on is not None, "only proof that came in is removed"
    return SetProof(*award_of(at), at.part, None, Proof(part.proof_on, part.proof))


def _sent_back(at: AwardAt) -> Form:
    round_id, row = award_of(at)[0], at.row

    def send_back(on: date, words: str) -> Operation:
        return taken_back_by_bank(round_id, row, at.part, came_on=on, reason=words)

    words = f"{with_capital(_named(at))}, is then not paid, and {row.reference} is on hold. {SENT_BACK}"
    title = f"Payment of {row.reference} sent back"
    return term_form(title, words, "The bank's reason", send_back, since=_part(at).paid_on)


def _hold(at: AwardAt) -> Deed:
    def hold(reason: str) -> HoldAward:
        return HoldAward(*award_of(at), reason, at.row.held_for)

    title = f"Hold payments of {at.row.reference}"
    return hold("") if at.row.held_for else reason_form(title, HELD, "Hold payments", hold)


def unasked_words(row: AwardRow) -> str:
    """Say what is money returned unasked, and where it is put down that some was asked for has come."""
    return f"{UNASKED}{ASKED if any(one.outstanding_pence(row.returned) for one in row.asked_back) else ''}"


def _return(at: AwardAt) -> Form:
    row = at.row

    def put(pence: int, on: date, words: str) -> SetReturned:
        return SetReturned(*award_of(at), (*row.returned, Returned(pence, on, words)), row.returned)

    title, most = f"Money back from {row.reference}", row.paid_pence - row.returned_pence
    return term_form(title, unasked_words(row), "Why it came back", put, most)


def _set_parts(at: AwardAt, code: str, parts: tuple[Instalment, ...]) -> SetInstalments:
    return SetInstalments(*award_of(at), code, parts, at.row.instalments)


def _own_parts(at: AwardAt) -> Form:
    """Ask for up to six instalments; it says what is left until they add up."""
    row = at.row
    parts = (*row.instalments, *(None,) * LINES)[:LINES]
    lines = tuple(_part_line(number, part) for number, part in enumerate(parts, 1))
    return Form(
        title=f"Instalments of {row.reference}",
        sentences=("A percentage is of the whole award. Shares that make up what is left lose no penny.",),
        action="Set instalments",
        does=partial(_own, at),
        width=640,
        fields=(
            Grid(("Amount or %", "Waits for", "Due on"), lines, stretch=1),
            Saying(partial(_left_words, row), tone="text2"),
        ),
    )


def _part_line(number: int, part: Instalment | None) -> tuple[Field, ...]:
    of = f"Amount or percentage of instalment {number}"
    amount = money.short_pounds(part.amount_pence) if part else ""
    due = part.due_on if part else None
    return (
        Line(f"amount{number}", of, value=amount, hint="£ or %", width=110),
        Free(
            f"trigger{number}",
            f"What instalment {number} waits for",
            options=TRIGGERS,
            value=part.trigger if part else "",
        ),
        Day(
            f"due{number}",
            f"When instalment {number} is due",
            value=due,
            is_past=False,
            is_needed=False,
            width=170,
        ),
    )


def _amounts(row: AwardRow, said: Values) -> dict[int, int]:
    """Return what each line with an amount comes to in pence; those in per cent share what others leave."""
    texts = {n: said[f"amount{n}"] for n in range(1, LINES + 1) if said[f"amount{n}"].strip()}
    return dict(zip(texts, amounts_of(list(texts.values()), row.amount_pence), strict=True))


def _left_words(row: AwardRow, said: Values) -> str:
    left, award = row.amount_pence - sum(_amounts(row, said).values()), money.short_pounds(row.amount_pence)
    if left == 0:
        return f"They add up to the award of {award}."
    return f"{money.short_pounds(abs(left))} {'left of' if left > 0 else 'more than'} the award of {award}."


def _own(at: AwardAt, **said: Any) -> SetInstalments:
    amounts = _amounts(at.row, said)
    for number in amounts:
        _check_part(number, *(said[f"{name}{number}"] for name in ("amount", "trigger", "due")))
    if sum(amounts.values()) != at.row.amount_pence:
        raise AtField(_left_words(at.row, said), "amount1")
    made = (
        Instalment(pence, said[f"trigger{number}"], due_on=said[f"due{number}"])
        for number, pence in amounts.items()
        if pence
    )
    return _set_parts(at, "", tuple(made))


def _check_part(number: int, amount: str, trigger: str, due: date | None) -> None:
    """Refuse a line that says an amount and is not as it has to be."""
    if not pence_of(amount) and not percent_of(amount):
        fault = NO_AMOUNT if amount.endswith("%") else amount_fault(amount, NO_AMOUNT)
        raise AtField(fault, f"amount{number}")
    if not trigger:
        raise AtField("Say what the instalment waits for.", f"trigger{number}")
    if trigger == ON_THE_DAY and due is None:
        raise AtField("An instalment that waits for a day needs the day it is due.", f"due{number}")


def _codes(at: AwardAt) -> Form:
    """Ask for finance's codes: those of the round, and of each area that has others."""
    before, areas = at.answer.codes, ("", *(area.name for area in at.answer.areas))
    held = {row.area: row.parts for row in before}

    def line(number: int, area: str) -> tuple[str | Field, ...]:
        parts = held.get(area, FinanceCodes(area).parts)
        return (
            area or WHOLE,
            *(_code(*part, number, area) for part in enumerate(zip(HEADS, parts, strict=True))),
        )

    def keep(**said: str) -> SetFinanceCodes | None:
        lines = (
            FinanceCodes(
                area, *(" ".join(said[f"code{part} {number}"].split()) for part in range(len(HEADS)))
            )
            for number, area in enumerate(areas)
        )
        codes = tuple(line for line in lines if any(line.parts))
        return None if codes == before else SetFinanceCodes(award_of(at)[0], codes, before)

    lines = tuple(line(number, area) for number, area in enumerate(areas))
    return Form(
        title="Finance codes",
        sentences=(ours(CODES_ARE_TEXT),),
        action="Save codes",
        does=keep,
        width=600,
        fields=(Grid(("", *HEADS), lines, stretch=(1, 2, 3)),),
    )


def _code(part: int, of: tuple[str, str], number: int, area: str) -> Line:
    """Return a line for a code; in a blank one of an area stands what it is booked under then."""
    head, code = of
    whole = f"code{part} 0"
    return Line(
        f"code{part} {number}",
        f"{head} of {area or WHOLE.lower()}",
        value=code,
        long=LONGEST,
        hinted=(lambda typed: str(typed[whole])) if area else None,
    )


def _supplier(at: AwardAt) -> Form:
    before = at.row.supplier_number

    def keep(number: str) -> SetSupplierNumber | None:
        now = " ".join(number.split())
        return None if now == before else SetSupplierNumber(*award_of(at), now, before)

    return Form(
        title=f"Supplier number of {at.row.organisation}",
        action="Save the number",
        does=keep,
        fields=(Line("number", "Supplier number of the payee", value=before, long=LONGEST),),
    )


def _is_paid(at: AwardAt) -> bool:
    return _part(at).paid_on is not None and at.row.agreed_on is not None and not pay_refusal(at)


def _may_pay(at: AwardAt) -> bool:
    """Whether the person may pay an instalment today, which nothing holds up."""
    part, row = _part(at), at.row
    is_free = part.paid_on is None and row.agreed_on is not None and not pay_refusal(at)
    return is_free and not row.on_hold and not row.not_yet(part, current_day())


def _wants_proof(at: AwardAt) -> bool:
    return _part(at).paid_on is None and _part(at).needs_proof


def _has_proof(at: AwardAt) -> bool:
    return _part(at).proof_on is not None


def _of_part(
    words: str, where: Callable[[AwardAt], bool], does: Callable[[AwardAt], Deed], kind: str = ""
) -> AwardAct:
    def name(at: AwardAt) -> str:
        return f"Instalment {at.part}: {words.lower()}"

    return Act(
        words=words,
        name=name,
        where=where,
        does=does,
        kind=kind,
        parts=lambda at: range(1, len(at.row.instalments) + 1),
    )


BOOKED: tuple[AwardAct, ...] = (
    Act(words="Supplier number…", kind=SetSupplierNumber.kind, does=_supplier),
    Act(words="Finance codes…", kind=SetFinanceCodes.kind, does=_codes),
)
"""What finance books an award under."""
OF_INSTALMENT: tuple[AwardAct, ...] = (
    _of_part("Take back", _is_paid, lambda at: _paid(at, None), PayInstalment.kind),
    _of_part("The bank sent it back…", _is_paid, _sent_back, PayInstalment.kind),
    _of_part("Record proof…", lambda at: _wants_proof(at) and not _has_proof(at), _proof, KEEP),
    _of_part("Remove the proof", lambda at: _wants_proof(at) and _has_proof(at), _no_proof, KEEP),
    _of_part("Mark as paid today", _may_pay, _pay_today, PayInstalment.kind),
    _of_part("Mark as paid on…", _may_pay, _ask_paid_on, PayInstalment.kind),
    _of_part("Set due date…", lambda at: _part(at).paid_on is None, _ask_due, KEEP),
)
"""What may be done with an instalment; its number is the part of the award that is at hand."""
TERMS: tuple[AwardAct, ...] = (
    Act(
        words=lambda at: "Lift the hold" if at.row.held_for else "Hold payments…",
        kind=HoldAward.kind,
        where=lambda at: bool(at.row.outstanding_pence),
        does=_hold,
    ),
    Act(
        words="Record money returned unasked…",
        kind=SetReturned.kind,
        where=lambda at: at.row.paid_pence > at.row.returned_pence,
        does=_return,
    ),
)
OTHER_WAYS: tuple[AwardAct, ...] = (
    Act(
        words=lambda at: " then ".join(f"{part}%" for part, _ in at.part.parts),
        name=lambda at: str(at.part.words),
        tip=lambda at: str(at.part.words),
        kind=SetInstalments.kind,
        where=lambda at: at.row.agreed_on is None,
        parts=lambda at: (one for one in at.answer.payments if one.code != at.row.profile),
        does=lambda at: _set_parts(at, at.part.code, parts_of(at.row.amount_pence, at.part)),
    ),
    Act(
        words="Set my own instalments…",
        kind=SetInstalments.kind,
        where=lambda at: at.row.agreed_on is None,
        does=_own_parts,
    ),
)
