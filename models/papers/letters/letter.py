"""One letter to an applicant, or on an award: its kind, and what it says before it has a form."""

from datetime import date
from typing import Annotated

from msgspec import Struct

from models.papers.order import TextPairs, Texts
from models.values.canonical import UNKEPT, Guarded
from models.values.recommending import scope_of
from models.values.rows import ApplicationRow, address_lines
from scoring.allocating.causes import HeldCause, LessCause
from scoring.round import Eligibility
from scoring.schedule.lines import PanelOutcome
from scoring.written.text import one_line

DIRECT_OFFER, VARIATION, RECOVERY = "direct-offer", "variation", "recovery"
SUBSIDY_NOTICE = "subsidy-notice"
DEFER, REFER = "defer", "refer"
PART_OFFER = "part-offer"
INELIGIBLE, INCOMPLETE, LATE = "ineligible", "incomplete", "late"
UNDECIDED, WITHDRAWN, DIRECT_WITHDRAWN = "undecided", "withdrawn", "direct-withdrawn"
"""What the panel could not decide, what was withdrawn, and such an award without a competition."""
RECEIVED = "received"
"""That an application came."""
AT_GATES = (INELIGIBLE, INCOMPLETE, LATE)
ACKNOWLEDGEMENT, ANSWER, CLOSED = ON_CHALLENGES = ("acknowledgement", "answer", "closed")
"""The letters of a challenge: that it came, what was found, and that it was withdrawn."""
ON_DECISIONS = ("offer", PART_OFFER, DIRECT_OFFER, "reserve", "decline", DEFER, REFER)
KINDS = (
    *ON_DECISIONS,
    *AT_GATES,
    *(UNDECIDED, WITHDRAWN, DIRECT_WITHDRAWN),
    RECEIVED,
    *(VARIATION, RECOVERY, SUBSIDY_NOTICE),
    *ON_CHALLENGES,
)
"""The letters by their templates: an offer is for all that was asked, a part-offer for less.

A direct offer is of an award without a competition, which nobody applied for.
"""


class GrantNow(Struct, frozen=True):
    """How a grant stands beside its signatures.

    `has_account` says that its bank details are there, `is_account_checked` that they are right. `paid_on` is
    when each payment of the letter was paid, and `proof_on` when the papers came that it waits for, None
    where it was not and they did not. Of what was `asked_back_pence`, `came_of_it_pence` came;
    `other_back_pence` came back that nobody had asked for. In the notice of minimal financial assistance its
    recipient `confirmed_on` a day that it is within the limit, None before that. One of less than was asked
    `leaves_open` which part of the application it is for. What is still to be paid is `held_for` a reason.
    One `lacks_outcomes` where nobody said what the grant brings about. Minimal financial assistance is
    `to_confirm` before anything is signed. One whose recipient answers first `asks_days`, where it cannot
    start as it meant to.
    """

    has_account: bool = False
    is_account_checked: bool = False
    paid_on: tuple[date | None, ...] = ()
    proof_on: tuple[date | None, ...] = ()
    asked_back_pence: int = 0
    came_of_it_pence: int = 0
    other_back_pence: int = 0
    confirmed_on: date | None = None
    leaves_open: bool = False
    held_for: str = ""
    lacks_outcomes: bool = False
    to_confirm: bool = False
    asks_days: bool = False

    @property
    def to_pay_back_pence(self) -> int:
        """Return what of the money asked back is still to come."""
        return self.asked_back_pence - self.came_of_it_pence

    @property
    def is_unsettled(self) -> bool:
        return self.leaves_open or self.lacks_outcomes

    @property
    def is_all_paid(self) -> bool:
        return None not in self.paid_on


CHALLENGE = " challenge "
"""What stands between an application's reference and the number of a challenge."""


class Missed(Struct, frozen=True):
    """A published minimum that was missed: the criterion's title, "" for the whole, what, and of how many."""

    title: str
    least: str
    of: int


class Placed(Struct, frozen=True):
    """A place, (place, of how many, whether shared), in areas with one list, and its points of 100.

    `parted_by` is the published rule that parted it from others of as many points, "" where none did.
    """

    place: tuple[int, int, bool]
    areas: Texts
    points_1e2: int
    parted_by: str = ""

    @property
    def many(self) -> int:
        return self.place[1]


class Replaced(Struct, frozen=True):
    """The decision whose place another takes, its outcome, and why, "" where that stands elsewhere."""

    on: date
    notice: str
    outcome: PanelOutcome
    pence: int | None = None
    because: str = ""


class Challenged(Struct, frozen=True):
    """A challenge on which it was decided again: what it is called, and what was found."""

    what: str
    found: str


class OfChallenge(Struct, frozen=True):
    """What a letter on a challenge tells of it, beside its kind and its grounds or what was found in words.

    It is to the `decision` that stood when it came, None where there was none, and is answered by `due_on`:
    `within_days` working days after it came where that is the office's own time, 0 where it is another. `who`
    looks at it, "" while nobody is named. On what was found nothing was done yet (it `waits` for a decision,
    or the decision `stands`), or money was asked back, or it was decided `anew`; then a letter `goes_to`
    somebody else, "" for to its reader, unless it `is_offered` already.
    """

    application: str
    received_on: date
    due_on: date | None = None
    within_days: int = 0
    is_late: bool = False
    is_complaint: bool = False
    who: str = ""
    decision: Replaced | None = None
    finding: str = ""
    is_upheld: bool = False
    remedy: str = ""
    asked_back_pence: int = 0
    anew: Replaced | None = None
    decided_by: str = ""
    goes_to: str = ""
    is_offered: bool = False
    waits: bool = False
    stands: bool = False


class Undecided(Struct, frozen=True):
    """Why nobody decided on an application.

    The panel had not finished it; or fewer `came` than the `quorum`; or it is `tied` with so many others,
    none where it comes after such a tie. Where it `is_spent` others have all the money.
    """

    is_unfinished: bool = False
    quorum: int = 0
    came: int = 0
    tied: int = 0
    is_spent: bool = False


class Came(Struct, frozen=True):
    """When an application came, with its hour where that is known, and what is done with it next.

    `closes_on` and `closes_at` are when applications `area` names close, "" where the round has one area.
    `is_marked` says that the panel marked already, `is_checked` that it is checked first; the panel
    `meets_on` a day still to come.
    """

    on: date | None = None
    at: str = ""
    area: str = ""
    closes_on: date | None = None
    closes_at: str = ""
    is_over: bool = False
    is_late: bool = False
    is_marked: bool = False
    is_checked: bool = False
    meets_on: date | None = None


class Letter(Guarded, frozen=True):
    """One letter; money in pence."""

    uncompared = frozenset({"email"})

    kind: str
    reference: str
    organisation: str
    contact_name: str
    address: Texts
    project: str
    asked_pence: int
    offered_pence: int | None
    reason: str
    decline_words: str
    feedback: TextPairs
    """(criterion, reason) of each agreed mark that is told, the reason "" where none is."""
    conditions: Texts
    """Like `payments`, empty without an offer."""
    payments: tuple[tuple[int, str], ...]
    """(amount in pence, what it waits for)."""
    notice: str
    decided_on: date | None
    award: str = ""
    """The reference of the award that it is about; see `number` for one that is offered."""
    changes: Texts = ()
    """What a variation changes, or one that was made on a challenge."""
    asked_back_pence: int | None = None
    mark_words: TextPairs = ()
    """(criterion, published word for its mark), where the fund's scale has words."""
    missed: tuple[Missed, ...] = ()
    """Which published minimums were missed."""
    placed: Placed | None = None
    """The place where the office tells it."""
    points: Texts = ()
    """What stopped an application before it was scored."""
    send_by: date | None = None
    """Until when it may still send what is missing or is `wanted` of it, or apply again if not eligible."""
    due: tuple[date | None, ...] = ()
    """The day of each payment, None where none is set."""
    start_on: date | None = None
    end_on: date | None = None
    decided_by: str = ""
    """A name and post."""
    email: Annotated[str, UNKEPT] = ""
    """Where the letter may be sent, which no issue keeps."""
    area: str = ""
    replaced: Replaced | None = None
    """What was decided before."""
    less: LessCause | None = None
    """Why the rule offers less than was asked, and `why_less` why somebody does."""
    why_less: str = ""
    came_back_pence: int = 0
    """What came of the money that was asked back."""
    signed_on: date | None = None
    """When what a variation made of the agreement was signed."""
    wanted: Texts = ()
    answer_by: date | None = None
    """By when one that is deferred, or referred to `referred_to`, hears."""
    referred_to: str = ""
    is_waived: bool = False
    """Whether a waiver let it in."""
    held: HeldCause | None = None
    """Why what is in reserve got no money."""
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
    twin: str = ""
    """The reference of the application for the same project that stays, where one of two was withdrawn."""
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
    since: str = ""
    """How an award that is offered changed after that; its payments and signatures are those of today."""
    leaves_out: bool = False
    """Whether a decision on what was upheld leaves out what the panel said before, but for `still`."""
    still: Texts = ()
    is_varied: bool = False
    """Whether a variation changed it `since`, which has a letter of its own; a successor has none."""
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
    challenged: Challenged | None = None
    """The challenge on which it was decided again."""
    challenge: OfChallenge | None = None
    open: Undecided | None = None
    """Why it is not decided yet."""
    no_competition: str = ""
    """Why it was awarded without a competition."""
    came: Came | None = None
    """How it came, and what is done with it next."""
    is_list_ended: bool = False
    """Whether it was on the reserve list when the round was closed."""
    is_money_spent: bool = False
    """Whether others have all the money by the time what is missing comes."""
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
    besides: Annotated[Texts, UNKEPT] = ()
    """What else its recipient is written about on its day, by reference."""

    @property
    def unprinted(self) -> Texts:
        """Return the sums that it has and does not print."""
        return ("asked_pence",) if self.kind in (VARIATION, RECOVERY) else ()

    @property
    def our_reference(self) -> str:
        return self.award or self.reference

    @property
    def sent_about(self) -> str:
        """Return the reference of the award, or of the application, that it is about."""
        return self.award or self.reference.partition(CHALLENGE)[0]

    @property
    def is_less_explained(self) -> bool:
        """Whether it says why it offers less: by the rule, by somebody, or for what part of the project."""
        return bool(self.less or self.why_less or scope_of(self.conditions))

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
        return f"{self.reference} {self.organisation}"

    @property
    def has_a_reason(self) -> bool:
        """Whether it tells the applicant why, as every letter must."""
        given = (any(reason for _, reason in self.feedback), self.missed, self.points, self.reason.strip())
        told = (self.held and self.held.is_told, self.open, self.came, self.challenged, self.is_list_ended)
        return bool(any(given) or any(told) or self.is_over or self.kind in (WITHDRAWN, DIRECT_WITHDRAWN))


def letter_to(row: ApplicationRow, kind: str, on: date | None = None) -> Letter:
    """Return a letter of a kind to whom an application names, which says nothing yet.

    `on` is the date of what it reports, None where nobody decided anything.
    """
    return Letter(
        kind=kind,
        reference=row.reference,
        organisation=row.organisation,
        contact_name=row.contact_name,
        address=address_lines(row.address, row.postcode),
        project=one_line(row.project),
        asked_pence=row.requested_pence,
        offered_pence=None,
        reason="",
        decline_words="",
        feedback=(),
        conditions=(),
        payments=(),
        notice="",
        decided_on=on,
        start_on=row.start_on,
        end_on=row.end_on,
        email=row.email,
        area=row.area or "",
        is_waived=row.eligibility is Eligibility.WAIVED,
    )
