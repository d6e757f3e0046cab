"""Finance schedules as values, for the tests of their writing."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from msgspec.structs import replace

from models.papers.finance import Codes, FinanceAward, FinanceSchedule, PaymentLine
from models.papers.status import PaperStatus
from models.values.awards import Returned

STATUS = PaperStatus(datetime(2026, 12, 2, 14, 5, tzinfo=UTC), "ab" * 32)
HOSTILE = '=HYPERLINK("http://example.invalid") <b>& Co'


def payment(number: int, pence: int, *, paid: date | None = None, due: date | None = None) -> PaymentLine:
    """Return an instalment that waits for its proof, paid on a day or not."""
    by, post, not_yet = ("Finn Pays", "Accountant", "") if paid else ("", "", "waits for proof of purchase")
    return PaymentLine(
        number, "proof of purchase", pence, due, True, None, "", paid, by, post, not_yet=not_yet
    )


def award(number: int, *payments: PaymentLine, area: str = "Coventry", **changes: object) -> FinanceAward:
    """Return an award of these payments, with codes that begin with noughts."""
    pence = sum(line.amount_pence for line in payments)
    made = FinanceAward(
        reference=f"A-031-{number:02d}",
        application=f"ACF-{number:03d}",
        notice="031/2026",
        decided_on=date(2026, 12, 2),
        decided_by="Dan Decides",
        decided_post="Chief Executive",
        area=area,
        payee=HOSTILE,
        supplier_number="000123",
        numbers="01234567",
        codes=Codes("0042", "003100", "P-007"),
        decided_pence=pence,
        amount_pence=pence,
        agreed_on=date(2026, 12, 5),
        held_for="",
        account="••••4958",
        account_flag="",
        payments=payments,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def schedule(awards: Sequence[FinanceAward], **changes: object) -> FinanceSchedule:
    """Return the schedule of awards, whose decisions are for what they are."""
    made = FinanceSchedule(
        office="Example office",
        fund="Active Citizens Fund",
        round="Autumn",
        year="2026/27",
        area="",
        marking="OFFICIAL",
        decided_pence=sum(each.decided_pence for each in awards),
        awards=tuple(awards),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def three_awards() -> FinanceSchedule:
    """Return £1,000.00 in halves, one paid; £0.05 in Dudley under other codes; £2,000.00 on hold, paid."""
    return schedule(
        [
            award(1, payment(1, 50_000, paid=date(2026, 12, 9)), payment(2, 50_000, due=date(2027, 2, 1))),
            award(2, payment(1, 5), area="Dudley", codes=Codes("42")),
            award(
                3,
                payment(1, 200_000, paid=date(2027, 2, 28)),
                held_for=HOSTILE,
                account_flag="Changed after a payment was made, not verified since",
                returned=(Returned(1_001, date(2027, 3, 1), "-1+1 session fewer"),),
            ),
        ]
    )
