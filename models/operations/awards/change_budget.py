"""Several changes to the money of a fund's year as one: made together, refused together, undone together."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.awards.budget_moves import MoveMoney, TakeBackMove
from models.operations.awards.contributions import Contribute, TakeBackContribution
from models.operations.awards.year_end_decisions import DecideYearEnd
from models.operations.awards.year_end_rules import the_key
from models.operations.operation_base import RegisteredOperation, label_of, made_together
from models.papers.year.year_facts import year_after
from models.queries.awards.budget import fund_budget
from models.session import Session
from models.values.as_done import as_done
from scoring.budget.figures import FundBudget
from scoring.budget.limits import lowered_words

Part = DecideYearEnd | MoveMoney | TakeBackMove | Contribute | TakeBackContribution


class ChangeBudget(RegisteredOperation, frozen=True):
    """Make changes to a year's money in their order, or none of them; `words` say what they come to."""

    kind: ClassVar[str] = "change budget"
    words: str
    parts: tuple[Part, ...]
    is_back: bool = False

    @property
    def label(self) -> str:
        """Return the change in words."""
        return label_of(self.words, is_back=self.is_back)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Make them all; each checks its own rules."""
        before = self._money(session)
        touched, back = made_together(self.parts, session, actor, at, nothing="There is nothing to change.")
        inverse = replace(self, parts=back, is_back=not self.is_back)
        lowered = (lowered_words(was, now) for was, now in zip(before, self._money(session), strict=True))
        return Outcome(touched, inverse, " ".join(filter(None, (f"{as_done(self.label)}.", *lowered))))

    def _money(self, session: Session) -> list[FundBudget]:
        """Return the money of the years that decisions at a year's end give money to."""
        decided = dict.fromkeys((p.fund, p.year) for p in self.parts if isinstance(p, DecideYearEnd))
        return [
            fund_budget(session, (the_key(session, fund, year)[0], year_after(year)))
            for fund, year in decided
        ]
