"""The agreement on one award: who agrees with whom on what, for how much, when, and on what terms."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from msgspec import Struct
from msgspec.structs import asdict

from models.papers.kinds import sums_of
from models.papers.office import NO_NAME
from models.papers.order import RoundPaper, TextPair, TextPairs, Texts
from models.papers.paper_words import Sentences
from models.values.awards import (
    DAYS_TO_PAY,
    MORE,
    ON_THE_DAY,
    trigger_words,
    waits_for_a_day,
    waits_for_signature,
)
from models.values.canonical import UNKEPT
from scoring.money import pounds
from scoring.written.names import salutation
from scoring.written.text import with_article

GAPS = Sentences("gaps")
MOST_NAMED = 8
"""Of the letters that say what they said before; more are counted."""
_OTHER_MONEY = "other public money"
"""Stands in a clause that asks to be told of it before anybody signs."""
_THE_AGREEMENT = re.compile(r"\bthe (?:grant agreement\b|agreement(?= names\b))|\bits agreement(?= asks\b)")
"""How a condition that any letter may give calls the agreement in which it stands."""
_TO_SIGN = re.compile(
    r"sign(?: and return)? (?:the|this) (?:(?:grant )?agreement|contract)(?: before any payment)?\.?",
    re.IGNORECASE,
)


State = Literal["paid", "held", "on signature", "was due", "due", "came", "open"]
"""How a payment stands: it is paid or held, waits for a signature, has a day, or its papers came, or not."""


class AgreedPart(Struct, frozen=True):
    """One payment in pence, what it waits for, and the days on which it is due and was paid, else None.

    `proof_on` is when the papers that it waits for came in, None while they have not. `set_on` is a day that
    the office set for it, which makes another agreement of it; what comes of its days does not.
    """

    amount_pence: int
    trigger: str
    due_on: Annotated[date | None, UNKEPT] = None
    paid_on: Annotated[date | None, UNKEPT] = None
    proof_on: Annotated[date | None, UNKEPT] = None
    set_on: date | None = None

    @property
    def waits_for_signature(self) -> bool:
        """Whether it waits for the agreement in which it stands: the first, or a varied award's next."""
        return waits_for_signature(self.trigger) or self.trigger == MORE

    def state(self, today: date, *, is_signed: bool, is_held: bool) -> tuple[State, date | None]:
        """Return how it stands on a day, and the day of that; nothing is late that is held or not signed."""
        if self.paid_on is not None:
            return "paid", self.paid_on
        is_past = self.due_on is not None and self.due_on < today
        if is_held:
            is_own_day = self.trigger.casefold() == ON_THE_DAY and not is_past
            return "held", self.due_on if is_own_day else None
        if self.due_on is not None and (is_signed or not is_past):
            return "was due" if is_past else "due", self.due_on
        if self.waits_for_signature or (is_past and waits_for_a_day(self.trigger)):
            return "on signature", None
        return "open" if self.proof_on is None else "came", None

    @property
    def after(self) -> str:
        """Return what it waits for, as a sentence goes on after "after"; "" for its day alone."""
        if self.waits_for_signature:
            return "the agreement is signed"
        words = trigger_words(self.trigger)
        is_day = self.trigger.strip().casefold() == ON_THE_DAY
        return "" if is_day else f"the {words}" if words.startswith("end of") else words


class AgreedPoint(Struct, frozen=True):
    """One outcome or output that is agreed, its figure to reach, and how it is measured."""

    words: str
    target: int | None = None
    measure: str = ""
    is_outcome: bool = False

    @property
    def figure(self) -> str:
        return "–" if self.target is None else f"{self.target:,}"


class AgreedReturn(Struct, frozen=True):
    """A return that the recipient owes: on what, by when, and on the time up to when."""

    due_on: date
    words: str
    covers_to: date | None = None


class GrantAgreement(RoundPaper, frozen=True):
    """The agreement on one award as it stands.

    `award` is its reference. `registered` are the recipient's numbers in words, `clauses` (heading, words).
    `is_letter` where offer and agreement are one letter. `template` is the office's own .docx in base64,
    "" for the one that ships. `changes` say what became of the award since it was decided. Nobody applied for
    one that `is_direct`, and one that `is_contract` buys a service. Where it `is_quoted` the summary is the
    applicant's own; where it `is_drafted`, `points` are as well, since nothing was agreed yet. `asked_pence`
    is what was applied for, 0 where nothing was, `asked_was` that it was corrected; a condition says what
    less than that buys where it `is_scoped`. The days of one that is not `is_dated` are the usual ones; the
    recipient's name may be `is_withheld`. Of what was asked back `came_back_pence` came, with or without
    that, and `to_come_back_pence` has still to. What changed since `is_of_amount` unless other terms alone
    did. Where the office has no e-mail the recipient `sends_to` its address, None for its e-mail.

    How far it is signed, paid and held makes no other agreement of it, and no issue keeps it: it is to be
    back by `sign_by`; an earlier version of one that `is_signed` was signed, and one that was `signed_on` a
    day was signed as it stands, by `signers` for office and recipient, "" where nobody recorded who. One that
    changed and `is_first` was never signed nor paid. What is still to be paid is `held_for` a reason. Minimal
    financial assistance is `to_confirm` by its recipient before anything is signed. `unchecked` says which
    due diligence that its fund requires is open, "" for none.
    """

    award: str
    application: str
    organisation: str
    registered: str
    address: Texts
    contact_name: str
    project: str
    summary: str
    area: str
    amount_pence: int
    notice: str
    decided_on: date
    power: str
    reason: str
    start_on: date
    end_on: date
    parts: tuple[AgreedPart, ...]
    conditions: Texts
    points: tuple[AgreedPoint, ...]
    returns: tuple[AgreedReturn, ...]
    clauses: TextPairs
    contact: TextPairs = ()
    subsidy: str = ""
    is_letter: bool = False
    template: str = ""
    changes: Texts = ()
    is_direct: bool = False
    is_contract: bool = False
    is_quoted: bool = False
    is_drafted: bool = False
    asked_pence: int = 0
    asked_was: str = ""
    is_scoped: bool = False
    is_dated: bool = True
    is_withheld: bool = False
    came_back_pence: int = 0
    to_come_back_pence: int = 0
    is_of_amount: bool = True
    sends_to: str | None = None
    sign_by: Annotated[date | None, UNKEPT] = None
    is_signed: Annotated[bool, UNKEPT] = False
    is_first: Annotated[bool, UNKEPT] = False
    signed_on: Annotated[date | None, UNKEPT] = None
    signers: Annotated[TextPair, UNKEPT] = ("", "")
    has_account: Annotated[bool, UNKEPT] = False
    is_account_checked: Annotated[bool, UNKEPT] = False
    held_for: Annotated[str, UNKEPT] = ""
    to_confirm: Annotated[bool, UNKEPT] = False
    unchecked: Annotated[str, UNKEPT] = ""

    @property
    def title(self) -> str:
        return f"{self.named} {self.award}"

    @property
    def named(self) -> str:
        """Return what it is called: "Contract", "Grant agreement"."""
        if self.is_contract:
            return "Contract"
        return f"Grant {'offer and agreement' if self.is_letter else 'agreement'}"

    @property
    def called(self) -> str:
        return "contract" if self.is_contract else "agreement"

    @property
    def control(self) -> str:
        return f"{self.organisation}, {pounds(self.amount_pence)}"

    @property
    def unprinted(self) -> Texts:
        """Return the sums that it has and does not print."""
        return () if self.is_part else ("asked_pence",)

    @property
    def is_part(self) -> bool:
        return self.amount_pence < self.asked_pence

    @property
    def settles_nothing(self) -> bool:
        return not self.points

    @property
    def leaves_open(self) -> bool:
        """Whether nobody settled yet which part of what was applied for the money is for.

        A change of the amount that was signed says what it leaves out; its letter asks nothing.
        """
        is_change = self.is_signed and bool(self.changes) and self.is_of_amount
        return self.is_drafted and self.is_part and not (self.is_scoped or is_change)

    @property
    def awaits_answer(self) -> bool:
        """Whether something is open before it can be signed: what it is for, or a check that is required."""
        is_open = self.leaves_open or self.settles_nothing or bool(self.unchecked)
        return not self.is_signed and self.signed_on is None and is_open

    @property
    def is_answered_late(self) -> bool:
        """Whether its project starts on a day before that by which it is to be back."""
        is_open = self.is_dated and self.signed_on is None and not self.is_signed
        return is_open and self.sign_by is not None and self.start_on < self.sign_by

    @property
    def stands_pence(self) -> int:
        return self.amount_pence - self.came_back_pence

    @property
    def is_begun(self) -> bool:
        """Whether a part of it is paid, so that what is not is the rest."""
        return any(one.paid_on is not None for one in self.parts)

    @property
    def is_paid(self) -> bool:
        return bool(self.parts) and all(one.paid_on is not None for one in self.parts)

    @property
    def purpose(self) -> str:
        return self.project or self.organisation


class AgreedPayment(Struct, frozen=True):
    """A payment as it stands on the day of a copy: what it waits for, how it stands, and the day of that."""

    pence: int
    after: str
    state: State
    on: date | None = None
    proof_on: date | None = None


class AgreementFacts(GrantAgreement, frozen=True):
    """What the template of an agreement may name: the agreement on the day of a copy.

    `reached` are the lines on which the office is reached.
    """

    today: date = date.min
    reached: str = ""

    @classmethod
    def of(cls, agreement: GrantAgreement, today: date, reached: str) -> "AgreementFacts":
        """Return an agreement's facts on a day."""
        return cls(**asdict(agreement), today=today, reached=reached)

    @property
    def has_pence(self) -> bool:
        """Whether each of its sums has pence, as one of them has some."""
        return self.letterhead.has_pence or any(pence % 100 for pence in sums_of(self))

    @property
    def dated_on(self) -> date:
        """Return the day that it bears: of its version, and never one after both have signed it."""
        return self.today if self.signed_on is None else min(self.today, self.signed_on)

    @property
    def the_office(self) -> str:
        return with_article(self.office or NO_NAME)

    @property
    def recipient(self) -> str:
        """Return the recipient with its numbers, and with the address where no letter has that above.

        "Made-up Choir (registered charity 1000001), 12 High St, Birmingham".
        """
        who = f"{self.organisation} ({self.registered})" if self.registered else self.organisation
        address = () if self.is_letter else self.address
        return ", ".join((who, *(line.rstrip(" .,") for line in address)))

    @property
    def work(self) -> str:
        """Return what it pays for, in a word."""
        return "service" if self.is_contract else "project"

    @property
    def the_fund(self) -> str:
        return with_article(self.fund)

    @property
    def greeting(self) -> str:
        return salutation(self.contact_name).opening

    @property
    def contact_officer(self) -> str:
        return dict(self.contact).get("Contact officer", "") or self.the_office

    @property
    def telephone(self) -> str:
        return dict(self.contact).get("Telephone", "")

    @property
    def email(self) -> str:
        return dict(self.contact).get("E-mail", "")

    @property
    def sent_back_to(self) -> str:
        return self.sends_to or self.letterhead.email or self.the_office

    @property
    def signatory(self) -> str:
        return self.letterhead.signatory.partition(",")[0].strip()

    @property
    def signatory_post(self) -> str:
        return self.letterhead.signatory.partition(",")[2].strip()

    @property
    def standing(self) -> TextPairs:
        return self.letterhead.words

    @property
    def days_to_pay(self) -> int:
        """Return within how many days of the last signature a payment is made that waits for it."""
        return DAYS_TO_PAY

    @property
    def starts_on_signature(self) -> bool:
        """Whether the project starts with the last signature: the decision's day is none that was named."""
        return not self.is_dated and self.start_on == self.decided_on

    @property
    def starts_before_return(self) -> bool:
        return self.sign_by is not None and self.today < self.start_on <= self.sign_by

    @property
    def is_under_way(self) -> bool:
        """Whether some of it may be paid and spent already: it changed since, or a part is paid."""
        return not self.is_first and (bool(self.changes) or self.is_begun)

    @property
    def is_late(self) -> bool:
        """Whether a payment is not made though its day is gone by, and nothing holds it up."""
        days = (one.due_on for one in self.parts if one.paid_on is None)
        return not self.held_for and any(day is not None and day < self.today for day in days)

    @property
    def is_ready(self) -> bool:
        """Whether nothing more of the recipient's has to come before it is paid."""
        left = (one for one in self.parts if one.paid_on is None)
        return all(one.proof_on or (one.waits_for_signature and self._is_signed(one)) for one in left)

    @property
    def asks_of_other_money(self) -> bool:
        """Whether a clause asks to be told of other public money before anybody signs."""
        return not self.is_signed and any(_OTHER_MONEY in words for _, words in self.clauses)

    @property
    def has_figures(self) -> bool:
        return any(one.target is not None or one.measure for one in self.points)

    @property
    def bound_by(self) -> Texts:
        """Return the conditions, in which the agreement is this one; none asks again for a signature."""
        said = [_THE_AGREEMENT.sub(f"this {self.called}", one) for one in self.conditions]
        return still_asked(said, is_signed=self.is_signed or self.signed_on is not None)

    @property
    def payments(self) -> tuple[AgreedPayment, ...]:
        return tuple(map(self._payment, self.parts))

    def _payment(self, one: AgreedPart) -> AgreedPayment:
        state, on = one.state(self.today, is_signed=self._is_signed(one), is_held=bool(self.held_for))
        after = f"the {self.called} is signed" if one.waits_for_signature else one.after
        return AgreedPayment(one.amount_pence, after, state, on, one.proof_on)

    def _is_signed(self, one: AgreedPart) -> bool:
        """Whether what a part waits for is signed; what waits for no signature may be paid without any."""
        is_any = self.is_signed or (self.is_begun and not one.waits_for_signature)
        return self.signed_on is not None or (is_any and one.trigger != MORE)


def still_asked(conditions: Iterable[str], *, is_signed: bool) -> Texts:
    return tuple(one for one in conditions if not (is_signed and _TO_SIGN.fullmatch(one.strip())))


def gap_words(names: Iterable[str], one: str, several: str, what: str, do: str) -> str:
    """Return which letters leave something open that somebody has to `do`, in a sentence; "" for none.

    >>> gap_words(["A-1 Choir"], "letter names", "letters name", "no day", "Set it.")
    '1 letter names no day: A-1 Choir. Set it.'
    """
    return GAPS.gap(tuple(names), one, several, what, do)


def unsettled_words(found: Iterable[object]) -> str:
    """Return which agreements leave open what is agreed, or are not to be signed yet; "" for none."""
    return GAPS.agreements([one for one in found if isinstance(one, GrantAgreement)])
