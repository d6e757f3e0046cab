"""What is known of the agreements of a round's awards: sent, signed by whom, where held."""

from collections.abc import Mapping

from sqlalchemy import select

from models.schema.awards import award_agreement_table
from models.session import Session
from models.store.parts import part
from models.values.award_terms import AgreementDetails

_DETAILS = select(
    award_agreement_table.c.application_id,
    award_agreement_table.c.sent_on,
    award_agreement_table.c.held_at,
    award_agreement_table.c.office_signer,
    award_agreement_table.c.office_post,
    award_agreement_table.c.recipient_signer,
    award_agreement_table.c.recipient_post,
    award_agreement_table.c.signed_version,
    award_agreement_table.c.signed_anew_on,
)


@part
def agreement_details(session: Session) -> Mapping[int, AgreementDetails]:
    """Return what is known, by the application's number; nothing of those that nothing is known of."""
    return {row[0]: AgreementDetails(*row[1:]) for row in session.execute(_DETAILS)}
