"""An award: its parts and terms, subsidy control, a name withheld, and challenges to decisions."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from models.schema.personal import TextAbout
from scoring.written.days import full_day, short_day
from scoring.written.text import lazy_pattern, listed

_PROOF = lazy_pattern(r"(?i)\b(?:proofs?|claim(?:s|ed)?|receipt(?:s|ed)?|invoice[sd]?)\b")
"""What a trigger says, as a word of its own, when an instalment waits for papers of the recipient's."""
_SIGNATURE = lazy_pattern(r"(?i)\b(?:signatures?|signed|signing)\b(?![ -]off)")
"""What a trigger says when a part waits for the agreement to be signed; "Designed leaflets" does not."""
PROPOSED = "is proposed"
"""How papers tell a sum that both have not signed."""
DAYS_TO_PAY = 30
"""How long after the agreement is signed a part that waits for that is due, where no day is set."""
MORE = "the next version of the agreement"
"""What more money waits for where everything before it is paid."""
ON_THE_DAY = "on the day"
"""What a part waits for that waits for its day alone."""
PROJECT_END = "end of the project"
"""What a part waits for that is paid by quarters, where its project has no such quarter."""
NOT_DUE = "not due before"
"""How what is said of a part begins that waits for its day alone."""
_QUARTER = lazy_pattern(r"(?i)end of (?:the )?quarter (\d{1,2})")


def waits_for_signature(trigger: str) -> bool:
    return _SIGNATURE.search(trigger) is not None


def waits_for_a_day(trigger: str) -> bool:
    """Whether a part waits for nothing but its day, or the end of a quarter or of the project."""
    return bool(quarter_of(trigger)) or trigger == PROJECT_END or trigger.strip().casefold() == ON_THE_DAY


def quarter_of(trigger: str) -> int:
    """Return which quarter of its project a part waits for the end of, counted from 1; 0 for none."""
    found = _QUARTER.fullmatch(trigger.strip())
    return 0 if found is None else int(found[1])


def trigger_words(trigger: str) -> str:
    """Return what a part waits for as papers and lists have it.

    A quarter is one of the project: reports are on quarters of the year.
    """
    return f"{trigger.strip()} of the project" if quarter_of(trigger) else trigger


class Instalment(Struct, frozen=True):
    """One part of an award in pence, what it waits for, and when it was paid and by whom authorised.

    `due_on` is when it is expected to be paid; `proof_on` when a claim or proof came in, `proof` what it was.
    """

    amount_pence: int
    trigger: str
    paid_on: date | None = None
    due_on: date | None = None
    proof_on: date | None = None
    proof: TextAbout = ""
    authorised_by: str = ""

    @property
    def needs_proof(self) -> bool:
        """Whether it waits for papers of the recipient's, which come in before it is paid."""
        return _PROOF.search(self.trigger) is not None

    @property
    def waits_for_proof(self) -> bool:
        return self.needs_proof and self.proof_on is None

    @property
    def waits_for_version(self) -> bool:
        return self.trigger == MORE

    def has_no_day(self, not_before: date | None) -> bool:
        """Whether the record cannot tell if what it waits for is there: "final report", without a day.

        That is anything but a signature, papers of the recipient's or a day. A day that is set for it, or
        what came in for it, says that it may be paid.
        """
        is_known = self.needs_proof or self.waits_for_version or waits_for_signature(self.trigger)
        return not_before is None and self.proof_on is None and not is_known

    def not_yet(self, on: date, not_before: date | None, version: str = "") -> str:
        """Return why it may not be paid on a day, whatever bars the rest of its award; "" where it may be.

        `not_before` is the first day on which it is due, `version` says what it waits for where that is the
        agreement to be signed again. A part that waits for a signature or for proof may be paid once that is
        there: its day is the last by which it is. The words go on after "it ".
        """
        if self.waits_for_proof:
            return f"waits for {self.trigger}"
        if version:
            return f"waits for {version}"
        has_event = self.needs_proof or waits_for_signature(self.trigger)
        if not has_event and not_before is not None and on < not_before:
            return f"is {NOT_DUE} {full_day(not_before)}"
        return ""


def is_of_later(why: str) -> bool:
    """Say whether a payment that may not be made, for the reason given, only waits for its day."""
    return why.casefold().startswith(NOT_DUE)


class Returned(Struct, frozen=True):
    """Money of an award that came back; `recovery` is the number of the request for it, None without one."""

    amount_pence: int
    on: date
    reason: TextAbout
    recovery: int | None = None


class AwardParts(Struct, frozen=True):
    """An award by its reference, with the round and the application that it is of, and its instalments.

    `waits_for` says why nothing of it may be paid now, "" where it may be; `match` that a name like its
    recipient's is on the sanctions list, and nobody found it to be another's; `checks_left` how many checks
    of due diligence are not settled, which bars nothing. `not_before` is the first day on which each
    instalment is due, None for any, and `versions` say what each waits for that wants a new agreement, "" for
    one that does not.
    """

    round_id: int
    application: str
    reference: str
    instalments: tuple[Instalment, ...]
    waits_for: str = ""
    agreed_on: date | None = None
    match: str = ""
    checks_left: str = ""
    not_before: tuple[date | None, ...] = ()
    versions: tuple[str, ...] = ()

    def bars(self, number: int, on: date) -> str:
        """Return why an instalment, counted from 1, may not have been paid on a day, "" where it may be."""
        part = self.instalments[number - 1]
        if self.agreed_on is not None and on < self.agreed_on:
            return f"the agreement was signed after that, on {full_day(self.agreed_on)}"
        if part.needs_proof and part.proof_on is not None and on < part.proof_on:
            return f"what it waits for came in after that, on {full_day(part.proof_on)}"
        if self.match or part.paid_on is not None:
            return self.match
        not_before = self.not_before[number - 1] if self.not_before else part.due_on
        not_yet = part.not_yet(on, not_before, self.versions[number - 1] if self.versions else "")
        return self.waits_for or (f"it {not_yet}" if not_yet else "")


class Part(Struct, frozen=True):
    """A part of an award that is still to be paid, in pence: what it waits for, and when it is due."""

    amount_pence: int
    trigger: str
    due_on: date | None = None


AFTER = timedelta(days=28)
"""A return is due so long after the time it tells of, as the usual condition asks: within a month."""


class PlannedReturn(Struct, frozen=True):
    """A return that is due; `number` stays its own, `words` name its point: "half way".

    It tells of the time up to `covers_to`, None where nobody says.
    """

    number: int
    due_on: date
    words: str
    covers_to: date | None = None

    @property
    def tells_to(self) -> date:
        """Return the last day that it tells of: as it says, else so long before it is due as is usual."""
        return self.covers_to or self.due_on - AFTER

    @property
    def of(self) -> str:
        """Return what it is of, as a form asks for it: "half way, up to 30 Sep 2027"."""
        return self.words if self.covers_to is None else f"{self.words}, up to {short_day(self.covers_to)}"


class Terms(Struct, frozen=True):
    """Terms of an award; None is not said, and so stays as it is.

    `amount_pence` is the award before anything that was recovered of it. `profile` is the code of a payment
    profile, by which what is not paid yet is shared anew, and `parts` are those parts where they are its own.
    `returns` are all that the award reports, those that came in among them.
    """

    amount_pence: int | None = None
    start_on: date | None = None
    end_on: date | None = None
    outcomes: TextAbout | None = None
    profile: str | None = None
    parts: tuple[Part, ...] | None = None
    conditions: tuple[str, ...] | None = None
    recipient: str | None = None
    returns: tuple[PlannedReturn, ...] | None = None

    @property
    def said(self) -> tuple[str, ...]:
        return tuple(name for name in self.__struct_fields__ if getattr(self, name) is not None)

    def over(self, stands: "Terms") -> "Terms":
        """Return what stands, with what these say in its place."""
        return replace(stands, **{name: getattr(self, name) for name in self.said})


SIDES = "office", "recipient"
"""Who signs an agreement: the office first."""


class AgreementDetails(Struct, frozen=True):
    """When it was sent to the recipient, who signed it for each side, and where the signed copy is held.

    What is not known yet is "" or None. Posts stand apart from names: "Chief Executive". `signed_version` is
    the version that both signed last, `signed_anew_on` the day of that where it followed a variation.
    """

    sent_on: date | None = None
    held_at: TextAbout = ""
    office_signer: str = ""
    office_post: str = ""
    recipient_signer: TextAbout = ""
    recipient_post: TextAbout = ""
    signed_version: int | None = None
    signed_anew_on: date | None = None

    @property
    def signers(self) -> tuple[str, ...]:
        """Return who signed, the office first, as "Name, post"."""
        return tuple(filter(None, self.signed_for))

    @property
    def named_for(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return the name and the post of who signed for the office, and for the recipient."""
        return (self.office_signer, self.office_post), (self.recipient_signer, self.recipient_post)

    @property
    def signed_for(self) -> tuple[str, str]:
        """Return who signed for the office and for the recipient, "" where nobody is recorded."""
        office, recipient = self.named_for
        return _named(*office), _named(*recipient)

    @property
    def missing_sides(self) -> tuple[str, ...]:
        """Return the sides that nobody is recorded for as having signed: "office", "recipient"."""
        return tuple(side for side, name in zip(SIDES, self.signed_for, strict=True) if not name)

    def signed_as(self, version: int | None, anew_on: date | None = None) -> "AgreementDetails":
        """Return the same where both signed a version, None where nobody signed or none is issued.

        `anew_on` is the day where an earlier version was signed before.
        """
        return replace(self, signed_version=version, signed_anew_on=anew_on)


NOT_SENT = AgreementDetails()
"""What is known of an agreement of which nothing is."""


def _named(name: str, post: str) -> str:
    return ", ".join(filter(None, (name, post))) if name else ""


class Amendment(Struct, frozen=True):
    """One variation that holds: the award before and after in pence, what else it changed, and why.

    One that `is_proposed` both have not signed.
    """

    number: int
    on: date
    was_pence: int
    pence: int
    words: str
    reason: str
    is_proposed: bool = False

    @property
    def change_pence(self) -> int:
        """Return by how much the award is more than before, below nothing where it is less."""
        return self.pence - self.was_pence


NONE, MINIMAL, SUBSIDY = "none", "minimal", "subsidy"
KINDS = {
    NONE: "Not a subsidy",
    MINIMAL: "Minimal financial assistance",
    SUBSIDY: "A subsidy, assessed against the principles",
}
"""What an award may be, by code."""


_NOT_CONFIRMED = "the recipient has not confirmed in writing that it is within the limit"


class Subsidy(Struct, frozen=True):
    """What an award is, and the steps of minimal financial assistance in their order.

    `reason` says why it is none, or where the assessment of a subsidy is. `declared_pence` is other minimal
    assistance that the recipient declared for this and the two earlier financial years; then the office's
    notice to it, and its written confirmation, which comes before the award is given.
    """

    kind: str
    reason: TextAbout = ""
    declared_pence: int | None = None
    declared_on: date | None = None
    notified_on: date | None = None
    confirmed_on: date | None = None
    confirmed_by: TextAbout = ""

    @property
    def waits_for(self) -> str:
        """Return what is missing before the award may be given, "" when nothing is."""
        if self.kind != MINIMAL:
            return ""
        if self.declared_pence is None:
            return "the recipient has not declared its other minimal financial assistance"
        if self.notified_on is None:
            return "the recipient has not been given the notice of minimal financial assistance"
        return "" if self.confirmed_on is not None else _NOT_CONFIRMED


GROUNDS = {
    "personal": "personal information",
    "safety": "the safety of people",
    "policing": "the prevention or detection of crime",
    "commercial": "commercial interests",
    "barred": "a legal bar on publication",
}
"""Why a name is withheld, by code, in the words that the public reads."""
BY_NOTICE = "notice"
"""The ground of what nobody recorded by itself: the notice of decision is withheld as a whole."""
LONGEST, LONGEST_NAME, MOST_WORDS, SHORTEST_WORD = 2_000, 300, 20, 3


class Successor(Struct, frozen=True):
    """Who takes over an award in law, from which day, and why; "" for no number.

    An address is given with its postcode; where both are "" the first's stay, as its contact does. The e-mail
    is always its own: what is written to it goes to nobody else.
    `supplier_number` is what finance knows it by, "" where that is not set.
    """

    name: str
    charity_number: str
    company_number: str
    from_on: date
    reason: TextAbout
    address: TextAbout = ""
    postcode: TextAbout = ""
    contact_name: TextAbout = ""
    email: TextAbout = ""
    supplier_number: str = ""

    @property
    def own(self) -> dict[str, str]:
        """Return what is its own in place of the first recipient's, by the fields of an application."""
        found = {"organisation": self.name, **self._given("charity_number", "company_number", "email")}
        for stays in (self._given("address", "postcode"), self._given("contact_name")):
            found |= stays if any(stays.values()) else {}
        return found

    def _given(self, *names: str) -> dict[str, str]:
        return {name: getattr(self, name) for name in names}


class WithheldName(Struct, frozen=True):
    """A recipient's name that lists for the public do not give; amount, purpose and reasons they do.

    `reason` is for the record alone. `words` are others that would tell who it is, one a line,
    such as a house's name.
    """

    ground: str
    reason: TextAbout
    decided_by: str
    decided_post: str
    words: TextAbout = ""

    @property
    def printed(self) -> str:
        return f"Withheld: {GROUNDS.get(self.ground, 'its notice of decision is confidential')}"

    @property
    def is_by_notice(self) -> bool:
        """Whether the notice of decision withholds it, and nobody recorded more."""
        return self.ground == BY_NOTICE

    @property
    def decider(self) -> str:
        return f"{self.decided_by}, {self.decided_post}"

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what keeps it from being recorded: the field, and a sentence."""
        if self.ground not in GROUNDS:
            yield (
                "ground",
                f"The ground must be one of {listed(tuple(GROUNDS))}, not “{self.ground}”.",
            )
        if not self.reason.strip():
            yield "reason", "Say why the name is withheld."
        if len(self.reason) > LONGEST:
            yield "reason", f"The reason is longer than {LONGEST:,} characters. Shorten it."
        for field, text in (("decided_by", self.decided_by), ("decided_post", self.decided_post)):
            if not text.strip():
                yield field, "Name who decided that the name is withheld, with the post."
            if len(text) > LONGEST_NAME or not text.isprintable():
                yield (
                    field,
                    f"A name or a post must be on one line of up to {LONGEST_NAME} characters. Shorten it.",
                )
        words = self.words.splitlines()
        if len(words) > MOST_WORDS:
            yield "words", f"Give {MOST_WORDS} other words at most."
        for word in words:
            if not SHORTEST_WORD <= len(word.strip()) <= LONGEST_NAME:
                yield "words", f"“{word[:40]}” cannot be removed from texts. Give a whole word or name."


class ChallengeKind(StrEnum):
    """What somebody asks for."""

    REVIEW = "review"
    COMPLAINT = "complaint"
    APPEAL = "appeal"


KIND_WORDS = {
    ChallengeKind.REVIEW: "Request for review",
    ChallengeKind.COMPLAINT: "Complaint",
    ChallengeKind.APPEAL: "Appeal",
}


NOTHING = "nothing"
"""What carries an answer out where a decision taken anew does not, and nothing else does yet."""


class Finding(StrEnum):
    """What came of a challenge."""

    UPHELD = "upheld"
    PARTLY = "partly upheld"
    NOT_UPHELD = "not upheld"
    WITHDRAWN = "withdrawn"


class Challenge(Struct, frozen=True):
    """What is known of a challenge; `due_on` is the day by which the office answers.

    Until somebody answers there is no `finding`, and `reasons` are "". One that is upheld in whole or in part
    may call for a new decision, which is then taken and signed as any decision is. `address` is where letters
    go, on lines of its own, an e-mail address among them; "" where that is the applicant's own.
    `carried_out_by` is what was done on an answer that calls for a new decision, like "variation 2",
    "request 1" or "nothing"; where it is "" a decision taken anew carries it out, and nothing else does.
    `remedy` is what the office does about what was upheld, as its letter tells it.
    """

    kind: ChallengeKind
    asked_by: TextAbout
    grounds: TextAbout
    received_on: date
    due_on: date
    acknowledged_on: date | None = None
    looked_at_by: str = ""
    looked_at_post: str = ""
    finding: Finding | None = None
    reasons: TextAbout = ""
    answered_on: date | None = None
    calls_for_decision: bool = False
    address: TextAbout = ""
    carried_out_by: str = ""
    remedy: TextAbout = ""
