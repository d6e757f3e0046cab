"""The parts in which an award is paid, and what of it came back."""

import re
from datetime import date

from msgspec import Struct

from models.schema.base import TextAbout
from scoring.written.days import full_day

_PROOF = re.compile(r"\b(?:proofs?|claim(?:s|ed)?|receipt(?:s|ed)?|invoice[sd]?)\b", re.IGNORECASE)
"""What a trigger says, as a word of its own, when an instalment waits for papers of the recipient's."""
_SIGNATURE = re.compile(r"\b(?:signatures?|signed|signing)\b(?![ -]off)", re.IGNORECASE)
"""What a trigger says when a part waits for the agreement to be signed; "Designed leaflets" does not."""
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
_QUARTER = re.compile(r"end of (?:the )?quarter (\d{1,2})", re.IGNORECASE)


def waits_for_signature(trigger: str) -> bool:
    """Say whether a part waits for the agreement to be signed."""
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
        """Whether they have not come in."""
        return self.needs_proof and self.proof_on is None

    def came_after(self, on: date) -> bool:
        """Whether the papers that it waits for came in after a day."""
        return self.needs_proof and self.proof_on is not None and on < self.proof_on

    @property
    def waits_for_version(self) -> bool:
        """Whether it waits for the agreement that a variation calls for to be signed."""
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
        if part.proof_on is not None and part.came_after(on):
            return f"what it waits for came in after that, on {full_day(part.proof_on)}"
        if self.match or part.paid_on is not None:
            return self.match
        not_before = self.not_before[number - 1] if self.not_before else part.due_on
        not_yet = part.not_yet(on, not_before, self.versions[number - 1] if self.versions else "")
        return self.waits_for or (f"it {not_yet}" if not_yet else "")
