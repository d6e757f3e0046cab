"""What is known of the agreements of a round's awards: sent, signed by whom, where held."""

from sqlalchemy import select

from models.schema.awards.award_agreement import award_agreement_table
from models.session import Session
from models.values.agreement import AgreementDetails


def agreement_details(session: Session) -> dict[int, AgreementDetails]:
    """Return what is known, by the application's number; nothing of those that nothing is known of."""
    table = award_agreement_table
    rows = session.execute(
        select(
            table.c.application_id,
            table.c.sent_on,
            table.c.held_at,
            table.c.office_signer,
            table.c.office_post,
            table.c.recipient_signer,
            table.c.recipient_post,
        )
    )
    return {row[0]: AgreementDetails(*row[1:]) for row in rows}
