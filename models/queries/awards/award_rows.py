"""One award as rows of a page need it: what was decided, paid, returned, and what bars the next payment."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from models.papers.monitoring.monitoring import quarter_ends_on
from models.papers.order import Texts
from models.queries.awards.variations import WITHDRAWN, Recovery, VariationRow, in_effect, terms_now
from models.reference.defaults import Payment
from models.values.awards import (
    DAYS_TO_PAY,
    NOT_SENT,
    PROPOSED,
    AgreementDetails,
    Instalment,
    Returned,
    Subsidy,
    Successor,
    Terms,
    WithheldName,
    quarter_of,
    waits_for_signature,
)
from models.values.recommending import DecisionRow
from models.values.rows import ApplicationRow
from scoring.budget.figures import AwardMoney
from scoring.money import pounds
from scoring.written.days import short_day
from scoring.written.working_days import working_day_by

ProjectDays = tuple[date | None, date | None]
"""The first and the last day of a project, None for one that the application does not say."""


FULL = Payment("full", "Full on signature", ((100, "signature"),))
"""How an award is paid where the fund says nothing."""
PAYING = frozenset(("amount_pence", "profile", "parts"))
"""The terms that say in what parts an award is paid."""
_THIS = re.compile(r"\b([Tt])his (?:grant )?agreement\b")
"""How a condition calls the agreement that was written to stand in it."""


class BankState(Struct, frozen=True):
    """What is known openly of an award's account: its last four digits, and who recorded it and checked it.

    `changed_after` says that it was changed after it was "checked" or "paid" into, "" when it was not;
    `account_sum` is the salted sum that the journal keeps of it.
    """

    last_four: str
    entered_by: str
    entered_at: datetime
    checked_by: str = ""
    checked_at: datetime | None = None
    changed_after: str = ""
    account_sum: str = ""


class IssuedAgreement(Struct, frozen=True):
    """A version of an agreement, and when it was issued."""

    version: int
    issued_at: datetime

    @property
    def issued_on(self) -> date:
        return self.issued_at.date()


class AwardRow(Struct, frozen=True):
    """An award as it stands, as varied; `profile` is a payment profile's code, "" for parts of its own.

    `organisation` is the recipient's name; `amount_pence` is before anything that was recovered. `held_for`
    says why nothing more is paid for now, "" when it is not held. `decision` is the one that made it, with
    its notice, legal power and the reason it gives. `supplier_number` is what finance's own system knows the
    payee by, "" also where there are several `suppliers`, of which nobody set the right one. `variations` are
    all there were, in their order, `asked_back` likewise.
    `earlier` are decisions that the one that made it took the place of, oldest first.
    `counted_under` names the lines of the fund's lists, where asked for. `agreement` is what is known of it
    beside its day. `withheld` says why the public is not told its recipient, None where it is; `known_as`
    are then the names and numbers by which that would be found out. `issued` are the versions of its
    agreement, the newest last. `agree_by` says, where asked for, that an agreement sent or issued and not
    signed is to come back by then; `match`, likewise, that a name like its recipient's is on the sanctions
    list and nobody found it to be another's;
    `successors` have taken it over in law, each from the one before; its `bank` then counts as verified if
    that was done since the newest was recorded.
    `corrected_pence` is what a correction makes of it that not all have signed, None without one.
    `came_about` how it came about without a competition, where asked for; `contract` is what binds its
    recipient then, beside the conditions. `applied` is its application as corrected, kept under `number`.
    """

    application: str
    reference: str
    organisation: str
    area: str
    amount_pence: int
    profile: str
    agreed_on: date | None
    instalments: tuple[Instalment, ...]
    bank: BankState | None = None
    held_for: str = ""
    returned: tuple[Returned, ...] = ()
    decision: DecisionRow | None = None
    supplier_number: str = ""
    suppliers: Texts = ()
    variations: tuple[VariationRow, ...] = ()
    asked_back: tuple[Recovery, ...] = ()
    counted_under: str = ""
    agreement: AgreementDetails = NOT_SENT
    subsidy: Subsidy | None = None
    earlier: tuple[DecisionRow, ...] = ()
    withheld: WithheldName | None = None
    known_as: Texts = ()
    issued: tuple[IssuedAgreement, ...] = ()
    agree_by: date | None = None
    match: str = ""
    came_about: Texts = ()
    contract: Texts = ()
    number: int = 0
    applied: ApplicationRow = ApplicationRow("", "")
    successors: tuple[Successor, ...] = ()
    corrected_pence: int | None = None

    @property
    def awarded_to(self) -> str:
        """Return the recipient's name as both have agreed it, whoever has taken the award over since."""
        signed = (one for one in self.variations if one not in self.unsigned)
        return terms_now(signed).recipient or self.applied.organisation or self.organisation

    @property
    def successor(self) -> Successor | None:
        """Return who took it over last, None where nobody did."""
        return self.successors[-1] if self.successors else None

    @property
    def holders(self) -> tuple[ApplicationRow, ...]:
        """Return its application as each holder's, the first recipient's first, the newest successor's last.

        A name that both have not signed is its recipient's until a successor takes over.
        """
        first = self.awarded_to if self.successors else self.organisation
        found = [replace(self.applied, organisation=first)]
        for one in self.successors:
            found.append(replace(found[-1], **one.own))
        return tuple(found)

    def recipient_on(self, day: date) -> ApplicationRow:
        """Return its application with the name, numbers, address and contact of its holder on a day."""
        return self.holders[sum(one.from_on <= day for one in self.successors)]

    @property
    def stands(self) -> bool:
        """Whether its application was not withdrawn; what was paid is told in any case."""
        return not self.applied.withdrawn or self.paid_pence > 0

    @property
    def varied(self) -> tuple[VariationRow, ...]:
        return in_effect(self.variations)

    @property
    def terms(self) -> Terms:
        """Return what the variations made of it; what none of them says is None."""
        return terms_now(self.variations)

    @property
    def decided_on(self) -> date | None:
        return None if self.decision is None else self.decision.signed_on

    @property
    def paid_parts(self) -> tuple[Instalment, ...]:
        return tuple(part for part in self.instalments if part.paid_on is not None)

    @property
    def open_parts(self) -> tuple[Instalment, ...]:
        return tuple(part for part in self.instalments if part.paid_on is None)

    @property
    def is_account_checked(self) -> bool:
        return self.bank is not None and bool(self.bank.checked_by)

    @property
    def proposed(self) -> VariationRow | None:
        return next((one for one in self.variations if one.is_proposed), None)

    @property
    def signed_on(self) -> date | None:
        """Return when both signed the agreement last, None where they have not."""
        return self.agreement.signed_anew_on or self.agreed_on

    def signed_as(self, one: VariationRow) -> date | None:
        """Return when the agreement was signed as a variation has it, None where that is not signed.

        The version that was signed has it where it was issued since; where nobody said which, the day tells.
        On one day nobody knows what came first, and what may not be signed is not said to be.
        """
        signed, version = self.signed_on, self.agreement.signed_version
        at = next((each.issued_at for each in self.issued if each.version == version), None)
        holds_from = max(one.proposed_on, one.effective_on or one.proposed_on)
        is_after = signed is not None and signed > holds_from if at is None else at >= one.settled_at
        return signed if is_after else None

    @property
    def unsigned(self) -> tuple[VariationRow, ...]:
        """Return the variations that hold for the office and that both have not signed."""
        return tuple(one for one in self.varied if self.signed_as(one) is None)

    @property
    def newest_version(self) -> IssuedAgreement | None:
        return self.issued[-1] if self.issued else None

    @property
    def wants_agreement(self) -> bool:
        """Whether no version was issued since what is not signed; of one on other paper, whether it was."""
        settled = [one.settled_at for one in self.unsigned]
        if not settled or self.newest_version is None:
            return bool(settled) and self.agreed_on is not None
        return max(settled) > self.newest_version.issued_at

    @property
    def wants_signature(self) -> bool:
        """Whether a version with all that is not signed is issued, of an agreement that was signed before."""
        is_issued = bool(self.unsigned and self.issued) and not self.wants_agreement
        return is_issued and self.agreed_on is not None

    @property
    def waiting_pence(self) -> int:
        """Return what variations that hold change and both have not signed, below nothing where less."""
        return sum(one.change_pence for one in self.unsigned)

    @property
    def agreed_pence(self) -> int:
        """Return what both have agreed, while nobody signed what was decided: nothing that is proposed."""
        return self.amount_pence - self.waiting_pence

    @property
    def proposed_pence(self) -> int | None:
        """Return what a change proposes that not all have signed, None where it leaves the sum."""
        pence = self.amount_pence if self.proposed is None else self.proposed.to_pence
        pence = pence if self.corrected_pence is None else self.corrected_pence
        return None if pence == self.agreed_pence else pence

    @property
    def is_half_agreed(self) -> bool:
        return bool(self.unsigned) or self.proposed is not None or self.corrected_pence is not None

    @property
    def money(self) -> AwardMoney:
        return AwardMoney(self.agreed_pence, self.proposed_pence)

    @property
    def held_pence(self) -> int:
        return self.money.held_pence

    @property
    def withdrawable(self) -> VariationRow | None:
        """Return the variation that can be withdrawn: the newest that is not, until both parties sign it."""
        newest = next((one for one in reversed(self.variations) if one.state != WITHDRAWN), None)
        return None if newest is None or (newest in self.varied and newest not in self.unsigned) else newest

    @property
    def void_versions(self) -> tuple[int, ...]:
        """Return the agreement's versions that have a variation which was withdrawn: nobody signs them."""
        return tuple(
            each.version
            for each in self.issued
            if any(one.was_in_effect_at(each.issued_at) for one in self.variations)
        )

    @property
    def signed_version(self) -> int | None:
        """Return the version that was signed; where nobody said which, the first that was issued."""
        said = self.agreement.signed_version
        return said if said is not None or not self.issued else self.issued[0].version

    @property
    def proposed_words(self) -> str:
        """Return which sum, name and days are proposed, which agreed: "£9.00 is proposed, £8.00 agreed"."""
        is_signed = "agreed" if self.agreed_on is not None else "decided"
        return "; ".join(f"{one} {PROPOSED}, {agreed} {is_signed}" for one, agreed in self._proposed_pairs())

    def _proposed_pairs(self) -> Iterator[tuple[str, str]]:
        """Yield what is proposed that both have not signed, each with what is agreed in its place."""
        if self.proposed_pence is not None:
            yield pounds(self.proposed_pence), pounds(self.agreed_pence)
        agreed = self.as_agreed
        now = self.terms if self.proposed is None else self.proposed.becomes.over(self.terms)
        if now.recipient not in (None, agreed.organisation):
            yield f"the name {now.recipient}", agreed.organisation
        for what, day, was in zip(("start", "end"), (now.start_on, now.end_on), agreed.days, strict=True):
            if day not in (None, was):
                yield f"the {what} date {short_day(day)}", "none" if was is None else short_day(was)

    @property
    def as_agreed(self) -> "AwardRow":
        """Return it as both have agreed, while nobody signed as it was decided; payments stay as varied."""
        signed = tuple(one for one in self.variations if one not in self.unsigned)
        name = self.awarded_to if self.successor is None else self.successor.name
        return replace(self, organisation=name, amount_pence=self.agreed_pence, variations=signed)

    @property
    def first_pence(self) -> int:
        return self.amount_pence - sum(one.change_pence for one in self.varied)

    def pence_on(self, day: date) -> int:
        """Return what was agreed on a day, with the variations that held by then."""
        agreed = (one for one in self.varied if one not in self.unsigned)
        since = (one for one in agreed if (one.effective_on or one.proposed_on) <= day)
        return self.first_pence + sum(one.change_pence for one in since)

    def comes_to_pence(self, asked: Recovery) -> int:
        """Return what it came to once money was asked back, with what was asked back before that."""
        by_then = sum(one.amount_pence for one in self.asked_back if one.number <= asked.number)
        return self.pence_on(asked.asked_on) - by_then

    @property
    def decided_first_pence(self) -> int:
        """Return what was decided at the very first, nought where that was no money."""
        return (self.earlier[0].amount_pence or 0) if self.earlier else self.first_pence

    @property
    def stands_pence(self) -> int:
        """Return what it stands at: as agreed, less what was recovered; what is proposed is not in it."""
        return self.agreed_pence - self.returned_pence

    @property
    def withheld_itself(self) -> WithheldName | None:
        """Return what somebody recorded of the name: with a whole notice more than it may be withheld."""
        return None if self.withheld is None or self.withheld.is_by_notice else self.withheld

    @property
    def may_be_asked_pence(self) -> int:
        return self.paid_pence - self.returned_pence - self.to_come_back_pence

    @property
    def to_come_back_pence(self) -> int:
        return sum(one.outstanding_pence(self.returned) for one in self.asked_back)

    @property
    def conditions(self) -> Texts:
        """Return its conditions: as varied, else as decided."""
        decided = () if self.decision is None else self.decision.conditions
        varied = self.terms.conditions
        return decided if varied is None else varied

    @property
    def bound_by(self) -> Texts:
        """Return what its recipient is bound by, as its agreement lists it: conditions and contract."""
        return (*self.conditions, *self.contract)

    @property
    def bound_elsewhere(self) -> Texts:
        """Return what its recipient is bound by, as a letter or a list names the agreement that asks it."""
        return tuple(_THIS.sub(r"\1he grant agreement", one) for one in self.bound_by)

    def due_on(self, part: Instalment) -> date | None:
        """Return when a part is due: by its own day, else so long after the signature that it waits for.

        One whose day was past when both had signed is due so long after that too. What a variation made of
        the payments waits for the signature of the version that has it.

        None where nothing says a day, and for what is not paid of an award that is on hold or withdrawn.
        """
        if part.paid_on is None and (self.held_for or self.applied.withdrawn):
            return None
        day = self.not_before(part)
        if day is not None or not waits_for_signature(part.trigger):
            is_past = day is not None and self.agreed_on is not None and day < self.agreed_on
            return _after(self.agreed_on) if is_past and part.paid_on is None else day
        return _after(self.agreed_on if part.paid_on is not None else self._payments_signed_on)

    @property
    def _payments_signed_on(self) -> date | None:
        """Return when the agreement was signed that says how it is paid now, None before that."""
        paying = [one for one in self.varied if PAYING & {*one.becomes.said}]
        return self.signed_as(paying[-1]) if paying else self.agreed_on

    def expected_on(self, part: Instalment, today: date) -> date | None:
        """Return when a part is due, as lists of a day have it.

        None as well where that day is over and nobody signed: then it waits for the signature.
        """
        day = self.due_on(part)
        return None if day is not None and day < today and not self.is_due else day

    def not_before(self, part: Instalment) -> date | None:
        """Return the first day on which a part may be paid: as set, else the end of the quarter it waits for.

        A quarter is the project's, and ends with it at the latest; None where no day is known.
        """
        quarter, (starts, ends) = quarter_of(part.trigger), self.project_days
        if part.due_on is not None or not quarter or starts is None:
            return part.due_on
        day = quarter_ends_on(starts, quarter)
        return day if ends is None or ends < starts else min(day, ends)

    @property
    def days(self) -> ProjectDays:
        """Return the first and the last day of its project: as varied, else as applied for."""
        now = self.terms
        return now.start_on or self.applied.start_on, now.end_on or self.applied.end_on

    @property
    def project_days(self) -> ProjectDays:
        """Return the same; what has no first day begins as its agreement is signed."""
        starts, ends = self.days
        return starts or self.agreed_on, ends

    def version_before(self, part: Instalment) -> str:
        """Return which version of the agreement is signed before a part is paid, "" where it is or none is.

        That is what more money waits for, and where a variation changed the payments all that is paid on
        signature: until the new version is signed nobody has agreed what that comes to.
        """
        if part.waits_for_version:
            return self._version
        waits = self.is_proposed(part) and self.agreed_on is not None and waits_for_signature(part.trigger)
        return self._version if waits else ""

    def is_proposed(self, part: Instalment) -> bool:
        """Whether a part is one of a variation that changed how it is paid and that both have not signed."""
        return part.paid_on is None and any(PAYING & {*one.becomes.said} for one in self.unsigned)

    @property
    def _version(self) -> str:
        if self.wants_agreement:
            return "the next version of the agreement to be issued and signed"
        is_known = self.agreement.signed_version is not None or self.agreement.signed_anew_on is not None
        return (
            "" if is_known and not self.wants_signature else "the new version of the agreement to be signed"
        )

    def not_yet(self, part: Instalment, on: date) -> str:
        """Return why a part may not be paid on a day, beside what bars all of it; the award says its version.

        The words go on after "it "; "" where it may.
        """
        return part.not_yet(on, self.not_before(part), self.version_before(part))

    def may_be_paid(self, on: date) -> tuple[Instalment, ...]:
        """Return which parts may be paid on a day, none of those of which the record cannot tell."""
        if self.bars_payment:
            return ()
        return tuple(
            part
            for part in self.open_parts
            if not self.not_yet(part, on) and not part.has_no_day(self.not_before(part))
        )

    def late(self, today: date) -> tuple[int, ...]:
        """Return which parts, counted from 1, are due before a day, and neither paid nor on hold.

        Nothing of an award is late before anybody has signed its agreement.
        """
        if not self.is_due:
            return ()
        parts = enumerate(self.instalments, 1)
        unpaid = ((number, self.due_on(part)) for number, part in parts if part.paid_on is None)
        return tuple(number for number, due in unpaid if due is not None and due < today)

    @property
    def is_due(self) -> bool:
        """Say whether anything of it can be due: its agreement was signed, or some of it is paid."""
        return self.agreed_on is not None or bool(self.paid_pence)

    def is_agreement_late(self, today: date) -> bool:
        return self.agree_by is not None and self.agree_by < today

    @property
    def before_signing(self) -> str:
        """Return what its agreement is not signed before, "" where nothing is missing or it is signed."""
        if self.agreed_on is not None or self.subsidy is None:
            return ""
        return self.subsidy.waits_for

    @property
    def waits_for(self) -> str:
        """Return what nothing is paid before, "" once the agreement is signed and the account verified."""
        if not self.stands:
            return "its application was withdrawn and not brought back"
        if self.agreed_on is None:
            first = self.before_signing
            return f"the agreement is not signed{', as' if first else ''} {first}".rstrip()
        if self.bank is None:
            return "there are no bank details yet"
        return "" if self.bank.checked_by else "the bank details are not verified"

    @property
    def bars_payment(self) -> str:
        """Return why nothing of it may be paid now: what is waited for, else a hold; "" when it may be."""
        return self.waits_for or (f"it is on hold: {self.held_for.rstrip('.')}" if self.held_for else "")

    @property
    def holds_up(self) -> str:
        """Return why what is still to be paid is on hold, "" for no hold and where nothing is left to pay."""
        return self.held_for if self.outstanding_pence else ""

    @property
    def on_hold(self) -> str:
        """Return why what is outstanding is not paid now: a hold, what is waited for; "" when it may be."""
        if not self.outstanding_pence:
            return self.held_for
        return "; ".join(words for words in (self.held_for.rstrip("."), self.waits_for) if words)

    @property
    def returned_pence(self) -> int:
        return sum(part.amount_pence for part in self.returned)

    @property
    def outstanding_pence(self) -> int:
        """Return what is still to be paid as agreed: nothing that is proposed is in it."""
        return sum(part.amount_pence for part in self.open_parts) - self.amount_pence + self.agreed_pence

    def paid_by_pence(self, day: date) -> int:
        """Return what was paid by a day, that day's with it."""
        paid = (part for part in self.instalments if part.paid_on is not None and part.paid_on <= day)
        return sum(part.amount_pence for part in paid)

    @property
    def paid_pence(self) -> int:
        return sum(part.amount_pence for part in self.paid_parts)


def _after(signed_on: date | None) -> date | None:
    """Return when a part is due that waits for a signature, None before that is there.

    Nobody pays on a day on which banks are closed, and it is due within so many days: on the last before.
    """
    return None if signed_on is None else working_day_by(signed_on + timedelta(days=DAYS_TO_PAY))
