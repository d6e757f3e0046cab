"""The letters to applicants on what was decided: what each says, before a template gives it its form."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, ClassVar, NamedTuple

from msgspec.structs import force_setattr

from models.guarded import Guarded
from models.journal.canonical import UNKEPT
from models.papers.agreements.enclosed import EnclosedAgreement
from models.papers.agreements.grant_now import GrantNow
from models.papers.mail import addresses_in
from models.papers.texts import counted_by_kind
from scoring.counted import counted, first_of, noun
from scoring.money import pounds
from scoring.refused import Refused
from scoring.schedule.letterhead import PLAIN, Letterhead

DIRECT_OFFER, VARIATION, RECOVERY = "direct-offer", "variation", "recovery"
SUBSIDY_NOTICE = "subsidy-notice"
DEFER, REFER = "defer", "refer"
PART_OFFER = "part-offer"
INELIGIBLE, INCOMPLETE, LATE = "ineligible", "incomplete", "late"
UNDECIDED, WITHDRAWN = "undecided", "withdrawn"
"""What the panel could not decide, and what was withdrawn."""
RECEIVED = "received"
"""That an application came."""
AT_GATES = (INELIGIBLE, INCOMPLETE, LATE)
ACKNOWLEDGEMENT, ANSWER, CLOSED = ON_CHALLENGES = ("acknowledgement", "answer", "closed")
"""The letters of a challenge: that it came, what was found, and that it was withdrawn."""
ON_DECISIONS = ("offer", PART_OFFER, DIRECT_OFFER, "reserve", "decline", DEFER, REFER)
KINDS = (
    *ON_DECISIONS,
    *AT_GATES,
    *(UNDECIDED, WITHDRAWN),
    RECEIVED,
    *(VARIATION, RECOVERY, SUBSIDY_NOTICE),
    *ON_CHALLENGES,
)
"""The letters by their templates: an offer is for all that was asked, a part-offer for less.

A direct offer is of an award without a competition, which nobody applied for.
"""

DAYS_TO_PAY_BACK = 28
"""How long a recipient has to pay back or to answer, as the usual clause of agreements says."""
SAY_IT = "Say it on Exports with “What the letter says…” above the letter, or with the command words."
RECORD_IT = "Whoever decided records it on Decisions with “Correct this decision…”; the outcome stays."
"""Where somebody writes what a letter says that the record cannot know, and why it was decided."""
CHECK_IT = (
    "Answer its check on Applications under Gates, or ask for what is missing by a day with “What the letter "
    "says…” on Exports."
)
"""Where somebody settles what a panel marked before its checks were done."""
LACKING = (
    (INELIGIBLE, "the published condition that was not met"),
    (INCOMPLETE, "what is missing"),
    (PART_OFFER, "why it offers less than was asked by a new decision"),
)
"""What a letter cannot do without, and waits for."""
NEWEST_WORDING = 1
"""1: how long is kept what nobody decides on is set off with commas, and whoever was stopped is told by when
to say that it is not so."""
MOST_NAMED = 8
"""Of the letters that wait for a reason; more are counted."""


class Letter(Guarded, frozen=True):
    """One letter. `feedback` is (heading, reason), drafted from the agreed reasons; money in pence.

    `payments` are (amount, what it waits for), `due` the day of each, None where none is set; they and
    `conditions` are empty without an offer. A letter on an award has its reference, what a variation
    `changes`, or what is asked back and how much of that came. Of the feedback, the criteria that are
    `held_back` fell short, and those that were `met` are not called strong; `minimums` says which published
    minimums were missed, `place` is the place in words where the office tells it. `points` are what stopped
    an application before it was scored. By `send_by` it may still send what is missing, or what is `wanted`
    of it where it is deferred; one that is deferred, or referred to `referred_to`, hears by `answer_by`.
    `replaces` is what was decided before, in words, `why_less` why an offer is less than was asked,
    `why_reserve` why what is in reserve got no money, as a sentence goes on; `signed_on` is when what a
    variation made of the agreement was signed. `about` is what somebody asked for who challenges a decision,
    like "request for review"; the name of one that `is_withheld` is not told to the public. Of an award
    `was_pence` is what it was before a variation, `paid_pence` what has been paid of it, `to_come_pence` what
    is still to be paid, `clause` the clause of its agreement under which money is asked back and
    `comes_to_pence` what it comes to without that; one that `lacks_words` waits for somebody to say which
    published condition was not met, what is missing or why it offers less; what was `withdrawn_on` a day,
    None where that is not known, was awarded `was_pence`. What is not complete might be completed until
    `closed_on`, None while it still may, and where that is not known. One that `is_agreed` is of an award
    whose agreement was signed before. What is not complete and `is_open` may be sent while applications come
    in, by no day that is set. What nobody is known to have decided was `recorded_on` a day
    `recorded_by` somebody. `since` says how an award that is offered changed after that; its days, payments
    and signatures are then those of today, its days the same as before where it `keeps_days`. A decision that
    was taken again on what was upheld `leaves_out` what the panel said before, but for what `still` holds.
    What was stopped `is_proved` where the sum asked for says it all by itself. `passed_over` says what money
    went past one in reserve since the decision. One that `is_unchecked` has marks of the panel and a check
    that nobody has answered: it is refused nothing until somebody does. What was not complete when the panel
    met though no closing day was set was not on `met_on`, None where that is not known.
    It bears the day it is `dated_on`, None in what was issued before letters kept their day: that of its
    version. A letter on a decision, or an answer to a challenge, that says something else than the one before
    stands `instead_of` that of a day. Money that is asked back is paid by `pay_back_by` where an earlier
    version said the same, None where that is the day of the letters.
    A grant that `is_taken_back` got money by an earlier decision, and none by this one: no round to come is
    named to its holder. What was not eligible and `is_after_panel` was judged once the panel had met. What
    was not decided before its round was closed `is_over`.
    `decided_by` is a name and post, `number` that of the award that is offered, `email` where the letter may
    be sent, which no issue keeps. `now` is how its grant stands, None without one and in what was issued
    before letters said so.
    """

    kind: str
    uncompared: ClassVar = frozenset({"email"})
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
    conditions: tuple[str, ...]
    payments: tuple[tuple[int, str], ...]
    notice: str
    decided_on: date
    award: str = ""
    changes: tuple[str, ...] = ()
    asked_back_pence: int | None = None
    held_back: tuple[str, ...] = ()
    minimums: tuple[str, ...] = ()
    place: str = ""
    points: tuple[str, ...] = ()
    send_by: date | None = None
    due: tuple[date | None, ...] = ()
    start_on: date | None = None
    end_on: date | None = None
    decided_by: str = ""
    email: Annotated[str, UNKEPT] = ""
    area: str = ""
    replaces: str = ""
    why_less: str = ""
    came_back_pence: int = 0
    signed_on: date | None = None
    wanted: tuple[str, ...] = ()
    answer_by: date | None = None
    referred_to: str = ""
    met: tuple[str, ...] = ()
    why_reserve: str = ""
    about: str = ""
    is_withheld: bool = False
    was_pence: int | None = None
    paid_pence: int = 0
    to_come_pence: int = 0
    clause: str = ""
    withdrawn_on: date | None = None
    number: str = ""
    comes_to_pence: int | None = None
    lacks_words: Annotated[bool, UNKEPT] = False
    closed_on: date | None = None
    is_agreed: bool = True
    recorded_on: date | None = None
    recorded_by: str = ""
    since: str = ""
    leaves_out: bool = False
    still: tuple[str, ...] = ()
    keeps_days: bool = False
    now: GrantNow | None = None
    is_open: bool = False
    is_proved: bool = False
    passed_over: str = ""
    is_unchecked: Annotated[bool, UNKEPT] = False
    met_on: date | None = None
    dated_on: date | None = None
    instead_of: date | None = None
    pay_back_by: date | None = None
    is_taken_back: bool = False
    is_after_panel: bool = False
    is_over: bool = False

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
        given = self.feedback or self.minimums or self.points
        is_own = self.kind == WITHDRAWN
        return bool(given or self.reason.strip() or self.why_reserve or is_own)

    @property
    def strengths(self) -> tuple[tuple[str, str], ...]:
        """Return the feedback on criteria that are strong: they neither fell short nor were merely met."""
        return tuple(each for each in self.feedback if each[0] not in (*self.held_back, *self.met))

    @property
    def met_points(self) -> tuple[tuple[str, str], ...]:
        """Return the feedback on criteria that were met, which may hold a reservation."""
        return tuple(each for each in self.feedback if each[0] in self.met)

    @property
    def weaknesses(self) -> tuple[tuple[str, str], ...]:
        """Return the feedback on criteria that fell short."""
        return tuple(each for each in self.feedback if each[0] in self.held_back)


class LetterFiles(NamedTuple):
    """What is written beside letters: a draft e-mail with each, a list for a mail merge, each as a PDF."""

    mails: bool = False
    merge_list: bool = False
    pdfs: bool = False


class Letters(Guarded, frozen=True):
    """The letters of a round or an area that give a reason; raises Refused where there is none.

    Of those given to it, the ones without a reason are put aside: they are `waiting`, by reference and
    organisation, and are written once they give one.

    `challenge_days` are the working days in which a challenge is acknowledged and answered, None in what was
    issued before letters said so. `sign_within_days` of its day the agreement is to come back, None likewise.
    `agreement_days` are the working days in which an agreement follows its offer, None where the office does
    not say. `in_agreements` are the offers, by reference, that are made in the letters of offer and
    agreement.
    `next_round` is the next one of the fund, with the day on which it opens, None where none is set up.
    Money that is asked back is paid by `pay_back_by`, None in what was issued before that was a working day.
    `kept_for` is for how long what was given money is kept, and all else ("6 years", "2 years"), None in what
    was issued before letters said so, told alike in each letter where `is_kept_alike`. `wording` is the way
    sentences were written then, the newest of which is NEWEST_WORDING. `gaps` say in
    sentences what letters leave open that only a person knows. `unsaid` are the letters that lack words, or
    the answer to a check: they are put aside as well, and nothing is written where there is no other.
    """

    uncompared: ClassVar = frozenset({"waiting", "gaps", "unsaid", "enclosed"})
    office: str
    fund: str
    round: str
    year: str
    marking: str
    contact: tuple[tuple[str, str], ...]
    letters: tuple[Letter, ...]
    letterhead: Letterhead = PLAIN
    is_of_awards: bool = False
    is_of_challenges: bool = False
    is_of_intake: bool = False
    challenge_days: tuple[int, int] | None = None
    sign_within_days: int | None = None
    agreement_days: int | None = None
    in_agreements: tuple[str, ...] = ()
    next_round: tuple[str, date] | None = None
    pay_back_by: date | None = None
    kept_for: tuple[str, str] | None = None
    is_kept_alike: bool = False
    wording: int = 0
    waiting: Annotated[tuple[str, ...], UNKEPT] = ()
    gaps: Annotated[tuple[str, ...], UNKEPT] = ()
    unsaid: Annotated[tuple[Letter, ...], UNKEPT] = ()
    enclosed: Annotated[tuple[EnclosedAgreement, ...], UNKEPT] = ()

    def __post_init__(self) -> None:
        silent = tuple(one.named for one in self.letters if not one.has_a_reason)
        unsaid = (one for one in self.letters if one.is_put_aside)
        force_setattr(self, "unsaid", (*self.unsaid, *unsaid))
        said = (one for one in self.letters if one.has_a_reason and not one.is_put_aside)
        force_setattr(self, "letters", tuple(said))
        force_setattr(self, "waiting", (*self.waiting, *silent))
        if not self.letters and not self.unsaid:
            raise Refused(next(words for is_so, words in self._why_none() if is_so))

    def _why_none(self) -> Iterator[tuple[bool, str]]:
        """Yield what can leave no letter to write and how that is said; the first that is so counts."""
        yield bool(self.waiting), f"{self.waiting_words} Nothing was written."
        yield self.is_of_intake, "No application there is to be acknowledged, so there is no letter."
        yield self.is_of_challenges, "No decision was challenged there, so there is no letter."
        yield (
            self.is_of_awards,
            "Nothing was varied, no money is asked back and nothing is minimal financial assistance there, "
            "so there is no letter. Offers, and the letter on an award that is withdrawn, are among Letters "
            "to applicants.",
        )
        yield (
            bool(self.in_agreements),
            f"{self._in_agreements}. There is no other letter to write: draw the agreements.",
        )
        yield (
            True,
            "Nothing is decided there yet, and nothing that is missing is asked for, so there is no letter.",
        )

    @property
    def waiting_words(self) -> str:
        """Return which letters are not among these and what they wait for, "" for none."""
        many = counted(len(self.waiting), "letter waits", "letters wait")
        named = first_of(self.waiting, MOST_NAMED)
        return f"{many} for a reason: {named}. {RECORD_IT}" if self.waiting else ""

    @property
    def to_do(self) -> tuple[str, ...]:
        """Return what is still to be recorded for these letters, or to be looked at, () for nothing."""
        return tuple(filter(None, (self.waiting_words, self.unsaid_words, *self.gaps)))

    @property
    def to_do_words(self) -> str:
        """Return the same in one run, "" for nothing."""
        return " ".join(self.to_do)

    @property
    def unsaid_words(self) -> str:
        """Return which letters are put aside until somebody says what they are about, "" for none."""
        told = []
        for kind, what in LACKING:
            if here := [one.named for one in self.unsaid if one.kind == kind and not one.is_unchecked]:
                many = counted(len(here), "letter waits", "letters wait")
                told += [f"{many} for {what}, which the record does not say: {first_of(here, MOST_NAMED)}."]
        return " ".join(filter(None, (*told, SAY_IT if told else "", self._unchecked_words)))

    @property
    def _unchecked_words(self) -> str:
        """Return what the panel marked though a check of it is still open, "" for nothing."""
        here = [one.named for one in self.unsaid if one.is_unchecked]
        many = counted(len(here), "letter waits", "letters wait")
        why = "for a check that nobody has finished, though the panel gave marks"
        return f"{many} {why}: {first_of(here, MOST_NAMED)}. {CHECK_IT}" if here else ""

    @property
    def shown(self) -> tuple[Letter, ...]:
        """Return the letters with those that wait for what only a person can say."""
        return (*self.letters, *self.unsaid)

    def require_some(self) -> None:
        """Refuse where no letter can be written yet."""
        if not self.letters:
            raise Refused(f"{self.to_do_words} Nothing was written.")

    @property
    def without_address(self) -> tuple[str, ...]:
        """Return the letters, by reference, that have no e-mail address which can be used."""
        return tuple(letter.reference for letter in self.letters if not addresses_in(letter.email))

    @property
    def title(self) -> str:
        """Return what the letters are, in words."""
        on = " on awards" if self.is_of_awards else ""
        on = " on challenges" if self.is_of_challenges else on
        on = " that acknowledge applications" if self.is_of_intake else on
        return f"Letters{on}, {self.fund}, {self.round}"

    @property
    def control(self) -> str:
        """Return how many letters there are, of each kind, and what they offer."""
        many = counted(len(self.letters), "letter")
        if self.is_of_intake:
            return many
        many = f"{many} ({counted_by_kind(letter.kind for letter in self.letters)})"
        if self.is_of_awards:
            return many
        offered = sum(letter.offered_pence or 0 for letter in self.letters)
        words = f"{many}, {pounds(offered)} offered"
        return f"{words}. {self._in_agreements}" if self.in_agreements else words

    @property
    def _in_agreements(self) -> str:
        """Return how many offers have no letter here, since their agreements are one with it."""
        offers = counted(len(self.in_agreements), "small offer")
        return f"{offers} {noun(len(self.in_agreements), 'is', 'are')} in one letter with the agreement"
