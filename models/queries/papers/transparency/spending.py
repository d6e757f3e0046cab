"""What was spent above the office's limit, over all rounds and awards without a competition."""

from collections.abc import Iterator
from datetime import date

from models.papers.order import PaperOrder
from models.papers.transparency.lists import SpendingList, Spent
from models.queries.papers.letterhead import letterhead
from models.queries.papers.publication import MARKING
from models.queries.papers.transparency.public_lines import PublicLine, public_lines
from models.queries.set_up.funds import fund_called
from models.queries.set_up.office import office_on
from models.session import Session


def spending(session: Session, order: PaperOrder) -> SpendingList:
    """Return the payments above the limit in the time ordered, by day, then by award.

    Money that came back stands below nothing, in the time in which it came.
    """
    over = office_on(session, order.today).limit_pence("spending_over")
    every = [
        one for public in public_lines(session, order.fund) for one in _spent(public) if order.has(one.on)
    ]
    found = [one for one in every if abs(one.amount_pence) > over]
    found.sort(key=lambda one: (one.on, one.award, -one.amount_pence))
    office, head = letterhead(session, order.kind, order.today)
    return SpendingList(
        office=office,
        letterhead=head,
        span=order.span,
        ends_on=order.ends_on,
        fund=fund_called(session, order.fund, order.today),
        over_pence=over,
        marking=MARKING,
        payments=tuple(found),
        tells_returns=any(one.amount_pence < 0 for one in found),
        below_pence=sum(-one.amount_pence for one in every if -over <= one.amount_pence < 0),
    )


def _spent(public: PublicLine) -> Iterator[Spent]:
    parts = public.award.instalments
    for number, part in enumerate(parts, 1):
        if part.paid_on is not None:
            words = f"Payment {number} of {len(parts)}" if len(parts) > 1 else "Only payment"
            yield _line(public, part.paid_on, part.amount_pence, words)
    for back in public.award.returned:
        yield _line(public, back.on, -back.amount_pence, "Money that came back")


def _line(public: PublicLine, on: date, pence: int, what: str) -> Spent:
    return Spent(
        on=on,
        payee=public.published.recipient,
        numbers=public.published.numbers,
        amount_pence=pence,
        what=what,
        fund=public.fund,
        area=public.line.application.area or "",
        purpose=public.purpose,
        reasons=public.reasons,
        award=public.award.reference,
        route=public.route,
    )
