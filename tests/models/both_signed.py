"""An agreement as both sides sign it, each by somebody who is named."""

from datetime import date

from msgspec.structs import replace

from models.operations.awards.agreements import SignAgreement
from models.queries.awards.award_rows import AwardRow
from models.values.awards import NOT_SENT, AgreementDetails
from tests.models.operations.deciding_rounds import COMMANDER

SIGNERS = {
    "office_signer": COMMANDER.name,
    "office_post": "NPU commander",
    "recipient_signer": "Rosa Recipient",
    "recipient_post": "Chair",
}
BOTH = AgreementDetails(**SIGNERS)


def both_sign(
    application: str, on: date, *, round_id: int = 1, post: str = BOTH.office_post
) -> SignAgreement:
    """Return that an agreement of which nothing is known is signed, for the office in a post."""
    return SignAgreement(round_id, application, on, None, replace(BOTH, office_post=post), NOT_SENT)


def sign_as(award: AwardRow, on: date | None) -> SignAgreement:
    """Return that an agreement is signed, or signed again, whatever is known of it."""
    known = award.agreement
    return SignAgreement(1, award.application, on, award.agreed_on, replace(known, **SIGNERS), known)
