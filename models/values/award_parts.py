"""The parts in which an award is paid, and what of it came back."""

from datetime import date

from msgspec import Struct

from scoring.written.days import full_day

PROOFS = ("proof", "claim", "receipt", "invoice")
"""What a trigger says when an instalment waits for papers of the recipient's."""


SIGNATURES = ("signature", "signed")
"""What a trigger says when a part waits for the agreement to be signed."""
DAYS_TO_PAY = 30
"""How long after the agreement is signed a part that waits for that is due, where no day is set."""


def waits_for_signature(trigger: str) -> bool:
    """Say whether a part waits for the agreement to be signed."""
    said = trigger.casefold()
    return any(word in said for word in SIGNATURES)


class Instalment(Struct, frozen=True):
    """One part of an award in pence, what it waits for, and when it was paid and by whom authorised.

    `due_on` is when it is expected to be paid; `proof_on` when a claim or proof came in, `proof` what it was.
    """

    amount_pence: int
    trigger: str
    paid_on: date | None = None
    due_on: date | None = None
    proof_on: date | None = None
    proof: str = ""
    authorised_by: str = ""

    @property
    def needs_proof(self) -> bool:
        """Whether it waits for papers of the recipient's, which come in before it is paid."""
        said = self.trigger.casefold()
        return any(word in said for word in PROOFS)


class Returned(Struct, frozen=True):
    """Money of an award that came back; `recovery` is the number of the request for it, None without one."""

    amount_pence: int
    on: date
    reason: str
    recovery: int | None = None


class AwardParts(Struct, frozen=True):
    """An award by its reference, with the round and the application that it is of, and its instalments.

    `waits_for` says why nothing of it may be paid now, "" where it may be; `match` that a name like its
    recipient's is on the sanctions list, and nobody found it to be another's; `checks_left` how many checks
    of due diligence are not settled, which bars nothing.
    """

    round_id: int
    application: str
    reference: str
    instalments: tuple[Instalment, ...]
    waits_for: str = ""
    agreed_on: date | None = None
    match: str = ""
    checks_left: str = ""

    def bars(self, number: int, on: date) -> str:
        """Return why an instalment, counted from 1, may not have been paid on a day, "" where it may be."""
        part = self.instalments[number - 1]
        if self.agreed_on is not None and on < self.agreed_on:
            return f"the agreement was signed after that, on {full_day(self.agreed_on)}"
        if self.match or part.paid_on is not None:
            return self.match
        if self.waits_for or not part.needs_proof or part.proof_on is not None:
            return self.waits_for
        return f"it waits for {part.trigger}"
