"""The terms of an award: what is agreed, what an amendment changes, and how they stand."""

from collections.abc import Callable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.papers.monitoring.monitoring import PlannedReturn
from models.schema.base import TextAbout
from models.values.award_parts import Returned
from scoring.money import pounds
from scoring.written.days import short_day


class Part(Struct, frozen=True):
    """A part of an award that is still to be paid, in pence: what it waits for, and when it is due."""

    amount_pence: int
    trigger: str
    due_on: date | None = None


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
        """Return the names of what is said, in the order of the fields."""
        return tuple(name for name in self.__struct_fields__ if getattr(self, name) is not None)


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
    def signed_for(self) -> tuple[str, str]:
        """Return who signed for the office and for the recipient, "" where nobody is recorded."""
        office = _named(self.office_signer, self.office_post)
        return office, _named(self.recipient_signer, self.recipient_post)

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
    """One variation that holds: the award before and after in pence, what else it changed, and why."""

    number: int
    on: date
    was_pence: int
    pence: int
    words: str
    reason: str

    @property
    def change_pence(self) -> int:
        """Return by how much the award is more than before, below nothing where it is less."""
        return self.pence - self.was_pence


def amended_words(
    amendments: tuple[Amendment, ...],
    recovered: Sequence[Returned] = (),
    day_words: Callable[[date], str] = short_day,
) -> str:
    """Return in words what an award was and what was done to it since, "" where nothing was."""
    told = [
        f"{'on' if number else 'On'} {day_words(one.on)} {one.words}" for number, one in enumerate(amendments)
    ]
    if recovered:
        days = sorted({one.on for one in recovered})
        when = f"on {day_words(days[0])}" if len(days) == 1 else f"by {day_words(days[-1])}"
        told.append(f"{pounds(sum(one.amount_pence for one in recovered))} was recovered {when}")
    return "; ".join(told)
