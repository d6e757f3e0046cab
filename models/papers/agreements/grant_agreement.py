"""The agreement on one award: who agrees with whom on what, for how much, when, and on what terms."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from scoring.counted import counted, first_of
from scoring.money import pounds
from scoring.schedule.values import PLAIN, Letterhead

MOST_NAMED = 8
"""Of the agreements that settle nothing; more are counted."""


class AgreedPart(Struct, frozen=True):
    """One payment in pence, what it waits for, and the days on which it is due and was paid, else None.

    `proof_on` is when the papers that it waits for came in, None while they have not.
    """

    amount_pence: int
    trigger: str
    due_on: date | None = None
    paid_on: date | None = None
    proof_on: date | None = None


class AgreedPoint(Struct, frozen=True):
    """One outcome or output that is agreed, its figure to reach, and how it is measured."""

    words: str
    target: int | None = None
    measure: str = ""
    is_outcome: bool = False


class AgreedReturn(Struct, frozen=True):
    """A return that the recipient owes: on what, by when, and on the time up to when.

    Issues of before say `covers_to` of none.
    """

    due_on: date
    words: str
    covers_to: date | None = None


class GrantAgreement(Struct, frozen=True):
    """The agreement on one award as it stands.

    `award` is its reference. `registered` are the recipient's numbers in words, `clauses` (heading, words).
    `is_letter` where offer and agreement are one letter. `template` is the office's own .docx in base64,
    "" for the one that ships: the values alone give the paper. `changes` say what became of the award since
    it was decided, a sentence for each. It is to come back signed within `sign_within_days` of the day on
    it, by the working day `sign_by`. Nobody applied for
    one that `is_direct`.
    Where it `is_quoted` the summary is the applicant's own; where it `is_drafted`, `points` are as well,
    since nothing was agreed yet. `asked_pence` is what was applied for, 0 where nothing was, `asked_was`
    that it was corrected; a condition says what less than that buys where it `is_scoped`. The days of one
    that is not `is_dated` are the usual ones, since nobody named any; the recipient's name may be
    `is_withheld`. An earlier version of one that `is_signed` was signed. `asked_back_pence` is what was
    asked back of the amount, `came_back_pence` what came, with or without that, and `to_come_back_pence`
    what has still to. One that changed and `is_first` was never
    signed nor paid. One that was `signed_on` a day was signed as it stands, so that nothing is to be
    signed; whether it `has_account` is told of what was signed once, and the account may be
    `is_account_checked`. What is still to be paid is `held_for` a reason. What changed since `is_of_amount`
    unless other terms alone did. Minimal financial assistance is `to_confirm`
    by its recipient before anything is signed. Where the office has no e-mail the recipient `sends_to` its
    address, "" for none; None otherwise. `the_fund` is its fund as a sentence
    names it. One that `awaits_answer` is not for
    signature: its recipient says first what it is for. Of one that is signed, `signers` are who signed for
    the office and for the recipient,
    "Name, post", "" where nobody recorded who. `later` says how what the applicant's own words set for a
    later time is reported, "" where nothing is.
    """

    office: str
    fund: str
    round: str
    year: str
    marking: str
    award: str
    application: str
    organisation: str
    registered: str
    address: tuple[str, ...]
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
    conditions: tuple[str, ...]
    points: tuple[AgreedPoint, ...]
    returns: tuple[AgreedReturn, ...]
    clauses: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...] = ()
    subsidy: str = ""
    is_letter: bool = False
    template: str = ""
    changes: tuple[str, ...] = ()
    sign_within_days: int | None = None
    is_direct: bool = False
    is_quoted: bool = False
    is_drafted: bool = False
    asked_pence: int = 0
    asked_was: str = ""
    is_scoped: bool = False
    is_dated: bool = True
    is_withheld: bool = False
    sign_by: date | None = None
    is_signed: bool = False
    asked_back_pence: int = 0
    is_first: bool = False
    signed_on: date | None = None
    is_account_checked: bool = False
    came_back_pence: int | None = None
    to_come_back_pence: int = 0
    has_account: bool | None = None
    letterhead: Letterhead = PLAIN
    held_for: str = ""
    is_of_amount: bool = True
    to_confirm: bool = False
    sends_to: str | None = None
    the_fund: str = ""
    awaits_answer: bool = False
    signers: tuple[str, str] = ("", "")
    later: str = ""

    @property
    def title(self) -> str:
        """Return the title as printed."""
        return f"Grant {'offer and agreement' if self.is_letter else 'agreement'} {self.award}"

    @property
    def control(self) -> str:
        """Return whose it is and how much."""
        return f"{self.organisation}, {pounds(self.amount_pence)}"

    @property
    def printed_pence(self) -> tuple[int | None, ...]:
        """Return the sums that it prints."""
        back = (self.asked_back_pence, self.came_back_pence, self.to_come_back_pence)
        asked = self.asked_pence if self.amount_pence < self.asked_pence else None
        return asked, self.amount_pence, *back, *(one.amount_pence for one in self.parts)

    @property
    def settles_nothing(self) -> bool:
        """Whether it says nothing yet of what the grant is to bring about."""
        return not self.points

    @property
    def leaves_open(self) -> bool:
        """Whether nobody settled yet which part of what was applied for the money is for.

        A change of the amount that was signed says what it leaves out; its letter asks nothing.
        """
        is_change = self.is_signed and bool(self.changes) and self.is_of_amount
        return self.is_drafted and self.amount_pence < self.asked_pence and not (self.is_scoped or is_change)

    @property
    def stands_pence(self) -> int:
        """Return what the grant stands at: its amount less what came back of it."""
        return self.amount_pence - (self.came_back_pence or 0)

    def dated_on(self, today: date) -> date:
        """Return the day that it bears: of its version, and never one after both have signed it."""
        return today if self.signed_on is None else min(today, self.signed_on)

    @property
    def is_begun(self) -> bool:
        """Whether a part of it is paid, so that what is not is the rest."""
        return any(one.paid_on is not None for one in self.parts)

    @property
    def is_paid(self) -> bool:
        """Whether all of it is paid."""
        return bool(self.parts) and all(one.paid_on is not None for one in self.parts)

    @property
    def purpose(self) -> str:
        """Return what the money is for: the project, and what it does as far as that is told."""
        return self.project or self.organisation


def unsettled_words(found: Iterable[object]) -> str:
    """Return which agreements leave open what is agreed, or are not to be signed yet; "" for none."""
    known = [one for one in found if isinstance(one, GrantAgreement)]
    bare = [one.award for one in known if one.settles_nothing]
    part = [one.award for one in known if one.leaves_open]
    said = (
        (bare, "agreement says", "agreements say", "nothing of what the grant is to bring about"),
        (part, "agreement leaves", "agreements leave", "open what an amount smaller than asked is for"),
    )
    told = [
        f"{counted(len(of), one, many)} {what}: {first_of(of, MOST_NAMED)}."
        for of, one, many, what in said
        if of
    ]
    if told:
        told.append(
            "Record it on Monitoring, or with the command award RECORD agree, and draw them again before "
            "anybody signs."
        )
    if first := [one.award for one in known if one.to_confirm]:
        told.append(
            f"{counted(len(first), 'agreement waits', 'agreements wait')} for the confirmation of minimal "
            f"financial assistance, and nothing is signed before that: {first_of(first, MOST_NAMED)}."
        )
    return " ".join(told)
