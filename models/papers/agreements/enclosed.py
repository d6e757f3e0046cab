"""The issued agreement that a letter on a change sends with it."""

from msgspec import Struct

from models.papers.agreements.grant_agreement import GrantAgreement
from models.papers.status import PaperStatus


class EnclosedAgreement(Struct, frozen=True):
    """The newest version of an agreement, as it was issued, for the letters on its award."""

    agreement: GrantAgreement
    status: PaperStatus
