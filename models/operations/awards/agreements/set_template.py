"""The office's own template of a fund's agreements."""

import base64
import binascii
from datetime import datetime
from typing import ClassVar

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation, refuse_changed
from models.operations.rows.writing import put, remove
from models.operations.set_up.fund_changes import the_fund
from models.queries.awards.agreements.issued import agreement_template
from models.schema.awards.award_agreement import agreement_template_table
from models.session import Session
from scoring.refused import Refused

MOST = 600_000
"""Characters of a template in base64."""
_DOCX = b"PK"


class SetAgreementTemplate(RegisteredOperation, frozen=True):
    """Take a Word document, in base64, as the template of a fund's agreements; "" is the one that ships."""

    kind: ClassVar[str] = "set agreement template"
    fund: str
    content: str
    replacing: str

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Change the template of agreements of {self.fund}"

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Take it; refused where it is no Word document, or another stands there."""
        fund = the_fund(session, self.fund)
        refuse_changed(
            agreement_template(session, fund.fund_id), self.replacing, "The template", then="change it"
        )
        if self.content and not _is_word(self.content):
            raise Refused("The template is not a Word document of a size that is kept. Choose it again.")
        table = agreement_template_table
        remove(session, table, table.c.fund_id == fund.fund_id)
        if self.content:
            put(session, table, [{"fund_id": fund.fund_id, "content": self.content}])
        which = "the office’s own" if self.content else "the one that ships"
        words = f"Agreements of {fund.name} are written from {which}."
        return Outcome(frozenset({Topic.FUNDS, Topic.AWARDS}), self.exchanged("content"), words)


def _is_word(content: str) -> bool:
    try:
        return len(content) <= MOST and base64.b64decode(content, validate=True).startswith(_DOCX)
    except binascii.Error:
        return False
