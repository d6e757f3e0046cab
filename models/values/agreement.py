"""What is known of the agreement on an award beside the day of its signature."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """When it was sent to the recipient, who signed it for each side, and where the signed copy is held.

    What is not known yet is "" or None. Posts stand apart from names: "Chief Executive". `signed_version` is
    the version that both signed.
    """

    sent_on: date | None = None
    held_at: str = ""
    office_signer: str = ""
    office_post: str = ""
    recipient_signer: str = ""
    recipient_post: str = ""
    signed_version: int | None = None

    @property
    def signers(self) -> tuple[str, ...]:
        """Return who signed, the office first, as "Name, post"."""
        both = ((self.office_signer, self.office_post), (self.recipient_signer, self.recipient_post))
        return tuple(", ".join(filter(None, pair)) for pair in both if pair[0])

    def signed_as(self, version: int | None) -> "AgreementDetails":
        """Return the same where both signed a version, None where nobody signed or none is issued."""
        return replace(self, signed_version=version)


NOT_SENT = AgreementDetails()
"""What is known of an agreement of which nothing is."""
