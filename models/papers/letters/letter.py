"""One letter to an applicant, or on an award: what it says, before a template gives it its form."""

from datetime import date
from typing import Annotated, ClassVar

from models.papers.agreements.grant_now import GrantNow
from models.papers.letters.letter_kinds import RECOVERY, SUBSIDY_NOTICE, VARIATION, WITHDRAWN
from models.values.canonical import UNKEPT, Guarded

CHALLENGE = " challenge "
"""What stands between an application's reference and the number of a challenge."""


class Letter(Guarded, frozen=True):
    """One letter; money in pence."""

    uncompared: ClassVar = frozenset({"email"})

    kind: str
    reference: str
    organisation: str
    contact_name: str
    address: tuple[str, ...]
    project: str
    asked_pence: int
    offered_pence: int | None
    reason: str
    decline_words: str
    feedback: tuple[tuple[str, str], ...]
    """(criterion, reason) of each agreed mark that is told, the reason "" where none is."""
    conditions: tuple[str, ...]
    """Like `payments`, empty without an offer."""
    payments: tuple[tuple[int, str], ...]
    """(amount in pence, what it waits for)."""
    notice: str
    decided_on: date
    award: str = ""
    """The reference of the award that it is about; see `number` for one that is offered."""
    changes: tuple[str, ...] = ()
    """What a variation changes."""
    asked_back_pence: int | None = None
    mark_words: tuple[tuple[str, str], ...] = ()
    """(criterion, published word for its mark), where the fund's scale has words."""
    minimums: tuple[str, ...] = ()
    """Which published minimums were missed."""
    place: str = ""
    """The place in words where the office tells it."""
    points: tuple[str, ...] = ()
    """What stopped an application before it was scored."""
    send_by: date | None = None
    """Until when it may still send what is missing, or what is `wanted` of it where it is deferred."""
    due: tuple[date | None, ...] = ()
    """The day of each payment, None where none is set."""
    start_on: date | None = None
    end_on: date | None = None
    decided_by: str = ""
    """A name and post."""
    email: Annotated[str, UNKEPT] = ""
    """Where the letter may be sent, which no issue keeps."""
    area: str = ""
    replaces: str = ""
    """What was decided before, in words."""
    why_less: str = ""
    """Why an offer is less than was asked."""
    came_back_pence: int = 0
    """What came of the money that was asked back."""
    signed_on: date | None = None
    """When what a variation made of the agreement was signed."""
    wanted: tuple[str, ...] = ()
    answer_by: date | None = None
    """By when one that is deferred, or referred to `referred_to`, hears."""
    referred_to: str = ""
    why_reserve: str = ""
    """Why what is in reserve got no money, as a sentence goes on."""
    about: str = ""
    """What somebody asked for who challenges a decision, like "request for review"."""
    is_withheld: bool = False
    """Whether the name of who challenges is not told to the public."""
    was_pence: int | None = None
    """What an award was before a variation, or before it was withdrawn."""
    paid_pence: int = 0
    to_come_pence: int = 0
    """What is still to be paid of an award."""
    clause: str = ""
    """The clause of the agreement under which money is asked back."""
    withdrawn_on: date | None = None
    """When it was withdrawn, None where that is not known."""
    number: str = ""
    """The reference of the award that is offered."""
    comes_to_pence: int | None = None
    """What an award comes to without the money that is asked back."""
    lacks_words: Annotated[bool, UNKEPT] = False
    """Whether it waits for somebody to say which condition was not met, what is missing or why it is less."""
    closed_on: date | None = None
    """Until when what is not complete might be completed, None while it still may, or where not known."""
    is_agreed: bool = True
    """Whether the agreement of its award was signed before."""
    recorded_on: date | None = None
    """When it was recorded, `recorded_by` whom, where nobody is known to have decided it."""
    recorded_by: str = ""
    since: str = ""
    """How an award that is offered changed after that; its payments and signatures are those of today."""
    leaves_out: bool = False
    """Whether a decision on what was upheld leaves out what the panel said before, but for `still`."""
    still: tuple[str, ...] = ()
    keeps_days: bool = False
    """Whether an award that changed `since` keeps its days."""
    asked_was: str = ""
    """That what was asked for was corrected, "" where it is as submitted."""
    now: GrantNow | None = None
    """How its grant stands, None without one."""
    is_open: bool = False
    """Whether what is missing may be sent while applications come in, by no day that is set."""
    is_proved: bool = False
    """Whether the sum asked for says by itself why it was stopped."""
    passed_over: str = ""
    """What money went past one in reserve since the decision."""
    is_unchecked: Annotated[bool, UNKEPT] = False
    """Whether it has marks of the panel and a check that nobody has answered: it is refused nothing."""
    met_on: date | None = None
    """When the panel met without it, where no closing day was set; None where not known."""
    dated_on: date | None = None
    """The day that it bears, None until it is told."""
    instead_of: date | None = None
    """The day of the letter before, where that said something else."""
    pay_back_by: date | None = None
    """By when money asked back is paid where an earlier version said the same, None for that of `Letters`."""
    is_taken_back: bool = False
    """Whether it got money by an earlier decision and none by this: no round to come is named to it."""
    is_after_panel: bool = False
    """Whether it was judged not eligible once the panel had met."""
    is_over: bool = False
    """Whether its round was closed before it was decided."""
    has_pence: bool = False
    """Whether each of its sums has pence, as one of them has some."""

    @property
    def printed_pence(self) -> tuple[int | None, ...]:
        """Return the sums that it prints."""
        asked = None if self.kind in (VARIATION, RECOVERY) else self.asked_pence
        of_award = (self.was_pence, self.paid_pence, self.to_come_pence)
        now = self.now or GrantNow()
        back = (self.asked_back_pence, self.came_back_pence, self.comes_to_pence)
        came = (now.asked_back_pence, now.came_of_it_pence, now.other_back_pence)
        parts = (amount for amount, _ in self.payments)
        return asked, self.offered_pence, *of_award, *back, *came, *parts

    @property
    def sent_about(self) -> str:
        """Return the reference of the award, or of the application, that it is about."""
        return self.award or self.reference.partition(CHALLENGE)[0]

    @property
    def is_put_aside(self) -> bool:
        """Whether it waits for somebody to say what it is about, or to answer a check."""
        return self.lacks_words or self.is_unchecked

    @property
    def has_agreement(self) -> bool:
        """Whether a version of the agreement is signed, of an offer as it stands or before it changed."""
        is_varied = self.kind == VARIATION or bool(self.since)
        return self.signed_on is not None or (is_varied and self.is_agreed)

    @property
    def asks_nothing(self) -> bool:
        """Whether its reader has nothing to do about a grant: nothing to sign, to confirm or to pay back."""
        if self.kind == RECOVERY:
            return not self.to_pay_back_pence
        if self.kind == SUBSIDY_NOTICE:
            return self.now is not None and self.now.confirmed_on is not None
        now = self.now or GrantNow()
        return self.signed_on is not None and not (now.to_pay_back_pence or now.is_unsettled)

    @property
    def asks_before_signing(self) -> bool:
        """Whether its recipient says first what it will do with the money, and signs an agreement after."""
        is_signed = self.is_agreed or self.signed_on is not None
        return not is_signed and self.now is not None and self.now.is_unsettled

    @property
    def to_pay_back_pence(self) -> int | None:
        """Return what of the money asked back is still to come, None where none is asked."""
        return None if self.asked_back_pence is None else self.asked_back_pence - self.came_back_pence

    @property
    def asked_before_pence(self) -> int:
        """Return what was asked back before this letter did, where it says what the grant comes to."""
        if self.comes_to_pence is None or self.offered_pence is None:
            return 0
        return self.offered_pence - self.comes_to_pence - (self.asked_back_pence or 0)

    @property
    def named(self) -> str:
        """Return whose letter it is, as a list names it."""
        return f"{self.reference} {self.organisation}"

    @property
    def has_a_reason(self) -> bool:
        """Whether it tells the applicant why, as every letter must."""
        given = any(reason for _, reason in self.feedback) or self.minimums or self.points
        is_own = self.kind == WITHDRAWN
        return bool(given or self.reason.strip() or self.why_reserve or is_own)
