"""The agreement on an award: sent, signed by whom, where it is held; and the template of a fund's."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, ForeignKey, Named

from models.schema.base import Columns, record_table
from models.schema.personal import TextAbout


class AwardAgreementColumns(Columns):
    """What is known of an award's agreement beside the day of its signature, which is the award's.

    It hangs on the application, so that a corrected decision leaves it as it is; "" is not known yet.
    `signed_version` is the issued version that was signed, None where nobody said, `signed_anew_on` the day
    of that where one was signed before.
    """

    application_id: Named[int] = Column(ForeignKey("applications.id"), primary_key=True)
    sent_on: Named[date | None]
    held_at: Named[TextAbout]
    office_signer: Named[str]
    office_post: Named[str]
    recipient_signer: Named[TextAbout]
    recipient_post: Named[TextAbout]
    signed_version: Named[int | None]
    signed_anew_on: Named[date | None]


award_agreement_table = record_table("award_agreements", AwardAgreementColumns)


class AgreementTemplateColumns(Columns):
    """The office's own template of a fund's agreements: a Word document in base64."""

    fund_id: Named[int] = Column(ForeignKey("funds.id"), primary_key=True)
    content: Named[str]


agreement_template_table = record_table(
    "agreement_templates",
    AgreementTemplateColumns,
    CheckConstraint("length(content) > 0", name="content_is_there"),
)
