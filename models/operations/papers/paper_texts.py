"""Writing the texts of a paper."""

from datetime import datetime
from typing import Annotated, ClassVar

from msgspec.structs import replace
from sqlalchemy import and_

from models.operation import Actor, Outcome, Topic
from models.operations.finders import the_application
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.writing import put, remove
from models.operations.set_up.round_state import require_known_round
from models.papers.texts import FIELDS_OF, OF_APPLICATIONS
from models.queries.papers.paper_texts import paper_texts
from models.schema.base import OWN
from models.schema.papers import paper_text_table
from models.session import Session
from scoring.refused import Refused


class SetPaperTexts(RegisteredOperation, frozen=True):
    """Write the texts of one paper anew: those not given, or blank, are taken out.

    `texts` are (field, text); `subject` is a notice's number, of publication and letters an application's
    reference, "" where the paper is of the round.
    """

    kind: ClassVar[str] = "set paper texts"
    round_id: int
    paper: str
    subject: str
    texts: Annotated[tuple[tuple[str, str], ...], OWN]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Write the words of the {self.paper}" + (f" {self.subject}" if self.subject else "")

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Keep the texts; refused for a paper or a field that has none."""
        require_known_round(session, self.round_id)
        self._check(session)
        before = paper_texts(session, self.round_id, self.paper, self.subject).texts
        table = paper_text_table
        key = {"round_id": self.round_id, "paper": self.paper, "subject": self.subject}
        remove(session, table, and_(*(table.c[name] == value for name, value in key.items())))
        kept = [(field, text.strip()) for field, text in dict(self.texts).items() if text.strip()]
        put(session, table, [{**key, "field": field, "text": text} for field, text in kept])
        return Outcome(frozenset({Topic.ISSUES}), replace(self, texts=before), "The words were saved.")

    def _check(self, session: Session) -> None:
        """Refuse a field that the paper does not have, and words that a field does not take."""
        fields = [field.code for field in FIELDS_OF.get(self.paper, ())]
        unknown = [field for field, _ in self.texts if field not in fields]
        if not fields or unknown:
            what = f"field “{unknown[0]}”" if fields else "words of its own"
            raise Refused(f"The {self.paper} has no {what}. Nothing was changed.")
        if self.paper in OF_APPLICATIONS:
            the_application(session, self.round_id, self.subject)
        written = dict(self.texts)
        faults = [field.fault(written.get(field.code, "")) for field in FIELDS_OF[self.paper]]
        if any(faults):
            raise Refused(" ".join(filter(None, faults)))
