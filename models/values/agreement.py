"""What is known of the agreement on an award beside the day of its signature."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from models.schema.personal import TextAbout


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
