"""Which awards stand in a schedule that was issued: the award schedule's, and the finance schedule's."""

import json

from msgspec import Struct

from models.papers.kinds import FINANCE, SCHEDULE
from models.papers.texts import LETTERS
from models.queries.papers.issues import issued_papers
from models.session import Session
from models.store.parts import part


class SchedulesIssued(Struct, frozen=True):
    """The applications that an issued award schedule tells an award of, and the areas of finance schedules.

    "" stands for a finance schedule of all areas. `told` are those that a letter or agreement was issued to.
    """

    awarded: frozenset[str] = frozenset()
    finance_areas: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()

    def has_award(self, application: str) -> bool:
        """Whether an award schedule was issued with an application's award."""
        return application in self.awarded

    def has_finance(self, area: str | None) -> bool:
        """Whether a finance schedule was issued of an area, or of all."""
        return "" in self.finance_areas or (area or "") in self.finance_areas


@part
def schedules_issued(session: Session, round_id: int) -> SchedulesIssued:
    """Return what was issued of a round; a schedule from before the decisions tells no award."""
    issued = issued_papers(session, round_id)
    schedules = (json.loads(one.content) for one in issued if one.kind == SCHEDULE)
    lines = (line for values in schedules for line in values.get("lines", ()))
    awarded = frozenset(line["reference"] for line in lines if line.get("awarded") is not None)
    finance = frozenset(one.subject for one in issued if one.kind == FINANCE)
    written = [json.loads(one.content) for one in issued if one.kind == LETTERS]
    told = frozenset(letter["reference"] for values in written for letter in values.get("letters", ()))
    in_agreements = frozenset(of for values in written for of in values.get("in_agreements", ()))
    return SchedulesIssued(awarded, finance, told | in_agreements)
