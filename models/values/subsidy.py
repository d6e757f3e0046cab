"""What subsidy control asks of one award: what it is, what the recipient declared, and what was confirmed."""

from datetime import date

from msgspec import Struct

from models.schema.base import TextAbout

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
