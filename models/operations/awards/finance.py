"""What finance books awards under, its ledger's payments, what the bank sent back, and layouts of files."""

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Outcome
from models.operations.awards.paying import HoldAward, PayInstalment, check_payments, checks_left
from models.operations.operation_base import (
    SETTING,
    InRound,
    OnApplication,
    RegisteredOperation,
    check_stated,
    in_known_round,
    the_area,
)
from models.queries.applications.applications import entered
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import FinanceCodes, awards, finance_codes, known_payees, saved_layouts
from models.schema.applications import organisation_table
from models.schema.awards import (
    finance_codes_table,
    payment_layout_table,
    succession_table,
    supplier_number_table,
)
from models.session import Session, put, remove, replace_row, replace_rows, row_of, set_values, today
from models.trouble import refuse
from models.values import canonical
from models.values.payments import (
    AMOUNT,
    COVERS,
    DATE_FORMS,
    FIELDS,
    SEPARATORS,
    STANDARD,
    LayoutColumn,
    PaymentLayout,
)
from scoring.money import pounds
from scoring.written.days import full_day
from scoring.written.names import text_key
from scoring.written.text import Refused, listed

LONGEST = 40
"""Most characters of a code or a number."""


class SetFinanceCodes(InRound, frozen=True):
    """Set the codes of a round and of those areas that have others; the first of them is the round's.

    A code is text, and what an area leaves blank is as the round's.
    """

    kind = "set finance codes"
    titled = "Set the finance codes"
    told = "The finance codes were saved."
    codes: tuple[FinanceCodes, ...]
    replacing: tuple[FinanceCodes, ...]

    @in_known_round
    def apply(self, session: Session) -> Outcome:
        """Set them; refused before there is an award, and for codes that are none."""
        before = finance_codes(session, self.round_id)
        self.refuse_stale(before, "The finance codes", "were changed")
        if not awards(session, self.round_id):
            raise Refused("No award is made in this round yet. Finance codes come with the first.")
        kept = tuple(row for row in self.codes if any(row.parts))
        there = {row.area: the_area(session, self.round_id, row.area) for row in kept if row.area}
        self._check(kept)
        rows = (
            row_of(finance_codes_table, row, position=at, area_id=there.get(row.area))
            for at, row in enumerate(kept)
        )
        replace_rows(session, finance_codes_table, {"round_id": self.round_id}, rows)
        return self.done(replace(self, codes=before, replacing=kept))

    def _check(self, kept: tuple[FinanceCodes, ...]) -> None:
        if len({row.area for row in kept}) < len(kept):
            raise Refused("Each area has its codes once. Remove one of the two.")
        for code in (code for row in kept for code in row.parts):
            _check_code(code, "A finance code")


class SetSupplierNumber(OnApplication, frozen=True):
    """Set the number that finance's system knows a payee by, for all its awards; "" takes it out.

    `stood` puts back what organisations that are one by now had, each by its number in the record.
    """

    kind = "set supplier number"
    titled = "Set the supplier number of {0.application}"
    told = (
        "The payee of {1.reference} {0.number:is supplier {0.number}|has {0.stood:several|no} supplier "
        "{0.stood:numbers again|number}}."
    )
    number: str
    replacing: str
    stood: tuple[tuple[int, str], ...] = ()

    def apply(self, session: Session) -> Outcome:
        """Set it; refused where there is no award, or where it is none."""
        award = self.its_award(session)
        self.refuse_stale(award.supplier_number, f"The supplier number of {self.application}")
        _check_code(self.number, "A supplier number")
        if award.successor is not None:
            key = {"application_id": award.number, "number": len(award.successors)}
            set_values(session, succession_table, key, supplier_number=self.number)
            return self.done_exchanging("number", award)
        organisation = entered(session, self.round_id)[self.application].organisation_id
        before = {payee.of: payee.number for payee in known_payees(session) if payee.now == organisation}
        remove(session, supplier_number_table, organisation_id=set(before))
        others = select(supplier_number_table.c.organisation_id)  # one that is apart by now keeps its own
        free = set(session.scalars(select(organisation_table.c.id).except_(others)))
        put(
            session,
            supplier_number_table,
            [
                {"organisation_id": of, "number": number}
                for of, number in self.stood or ((organisation, self.number),)
                if number and of in free
            ],
        )
        stood = () if before.items() <= {(organisation, self.replacing)} else tuple(before.items())
        return self.done_exchanging("number", award, stood=stood)


def _check_code(code: str, what: str) -> None:
    if code != code.strip() or not code.isprintable() or len(code) > LONGEST:
        raise Refused(
            f"{what} must be on one line, without spaces around it, with up to {LONGEST} characters."
        )


LONGEST_NAME = 60
"""Most characters of a name, a heading or fixed words."""
MOST_COLUMNS = 60


class RecordPayments(RegisteredOperation, frozen=True):
    """Record the days on which instalments were paid, of any awards; `source` is the ledger's file name."""

    kind = "record payments"
    titled = "{0.is_back:Take back|Record} {0.parts:payment} from {0.source}"
    told = "{0.parts:payment} of {0.source} {0.is_back:taken back|recorded}."
    source: str
    parts: tuple[PayInstalment, ...]
    is_back: bool = False

    def check_at_entry(self, session: Session) -> None:
        """Refuse a day before an agreement, and while a match on the sanctions list waits for a person."""
        check_payments(session, self.parts, today(session))

    def apply(self, session: Session) -> Outcome:
        """Record them; each is refused as it would be by itself, and then none is recorded."""
        if not self.parts:
            raise Refused(f"{self.source} says nothing of payments that is new. Nothing was changed.")
        of = {(part.round_id, part.application): part for part in self.parts}
        found = {key: part.its_award(session) for key, part in of.items()}
        for part in self.parts:
            key = part.round_id, part.application
            part.apply_to(found[key], session)
            found[key] = part.made_of(found[key])
        back = tuple(replace(part, on=part.replacing, replacing=part.on) for part in reversed(self.parts))
        inverse = RecordPayments(self.source, back, not self.is_back)
        return self.done(inverse, more=checks_left(session, self.parts))

    @property
    def asked_of(self) -> tuple[PayInstalment, ...]:
        """Return one payment of each round: whether a person may make it is the same for all of a round."""
        return tuple({part.round_id: part for part in self.parts}.values())


class SetPaymentLayout(RegisteredOperation, frozen=True):
    """Save a layout under a name, in the place of what stood there; None takes it out.

    The standard layout is the program's where the office saved none under its name.
    """

    kind = "set payment layout"
    titled = "{0.layout:Save|Remove} the payment layout {0.name}"
    told = "The payment layout {0.name} was {0.layout:saved|removed}."
    name: str
    layout: PaymentLayout | None
    replacing: PaymentLayout | None

    def apply(self, session: Session) -> Outcome:
        """Save it; refused for what no file can be made of, and where it was changed in the meantime."""
        saved = {one.name: one for one in saved_layouts(session)}
        self.refuse_stale(saved.get(self.name), f"The layout {self.name}")
        if self.layout is None and self.replacing is None:
            raise Refused(f"No layout {self.name} is saved, so there is nothing to remove.")
        if self.layout is not None:
            refuse(*_faults(self.name, self.layout, (STANDARD.name, *saved)))
        row = None if self.layout is None else {"layout": canonical.to_text(self.layout)}
        replace_row(session, payment_layout_table, {"name": self.name}, row)
        return self.done_exchanging("layout")


def _faults(name: str, layout: PaymentLayout, others: tuple[str, ...]) -> Iterator[str]:
    """Yield why no file can be laid out so, the plainest first."""
    if not name or layout.name != name or not _is_line(name):
        yield f"The name of a layout must be on one line, with up to {LONGEST_NAME} characters."
    same = next((one for one in others if one != name and text_key(one) == text_key(name)), None)
    if same is not None:
        yield f"There is a layout {same} already. Choose another name."
    if not any(column.holds == AMOUNT for column in layout.columns):
        yield "A payment file needs a column with the amount. Add it."
    if len(layout.columns) > MOST_COLUMNS:
        yield f"A payment file has up to {MOST_COLUMNS} columns. Remove some."
    for known, said in ((SEPARATORS, layout.separator), (DATE_FORMS, layout.dates), (COVERS, layout.covers)):
        if said not in known:
            yield f"“{said}” is not known here. Choose {listed(list(known), 'or')}."
    for number, column in enumerate(layout.columns, 1):
        is_line = _is_line(column.heading) and _is_line(column.words)
        yield SETTING.column(column, number, tuple(FIELDS), is_line, LONGEST_NAME, layout.has_headings)
    twice = _twice(layout.columns) if layout.has_headings else ""
    if twice:
        yield f"Two columns are headed “{twice}”. Give one of them another heading."


def _is_line(text: str) -> bool:
    return text == text.strip() and text.isprintable() and len(text) <= LONGEST_NAME


def _twice(columns: tuple[LayoutColumn, ...]) -> str:
    seen: set[str] = set()
    for column in columns:
        key = text_key(column.heading)
        if key in seen:
            return column.heading
        seen.add(key)
    return ""


def taken_back_by_bank(
    round_id: int, row: AwardRow, number: int, *, came_on: date, reason: str
) -> PayInstalment:
    """Return the change that takes instalment `number`, from 1, back and holds its award.

    `reason` is what the bank gives. A hold that stands already keeps its words before those of this one.
    Refused for what is not paid, for a day before it was, and without a reason.
    """
    part = row.instalments[number - 1]
    if part.paid_on is None:
        raise Refused(f"Instalment {number} of {row.reference} is not paid.")
    if came_on < part.paid_on:
        paid = f"Instalment {number} of {row.reference} was paid on {full_day(part.paid_on)}"
        raise Refused(f"{paid}, after {full_day(came_on)}. The bank sends nothing back before that.")
    check_stated(reason, "Say why the bank sent it back, such as “account closed”.")
    what = f"instalment {number}, {pounds(part.amount_pence)}, paid on {full_day(part.paid_on)}"
    because = reason.strip().rstrip(".")
    why = (
        f"on {full_day(came_on)} the bank sent back {what} ({because}), and the account is to be checked anew"
    )
    held = "; ".join(filter(None, (row.held_for.rstrip("."), why)))
    hold = HoldAward(round_id, row.application, held, row.held_for)
    return PayInstalment(round_id, row.application, number, None, part.paid_on, hold)
