"""What the ranked list shows, and what one person may see and do of it, as one value."""

from collections.abc import Sequence

from msgspec import Struct

from gui.listed.form import NamedMembers
from gui.pages.page import Identity
from models.permissions.viewing import closed_to, codes_of, hand_in_first
from models.queries.deciding.decisions import signed_words
from models.queries.deciding.round_list import Listed, Mark, RoundFigures
from models.queries.panel.panel import named_in_place
from models.queries.permissions.conditions import OTHERS_RULE, stands_aside
from models.role import Role, panel_role
from models.values.recommending import RecommendationRow
from models.values.rows import ChairDecisionRow
from scoring.allocating.allocation import same_place
from scoring.ranking import Outcome, Standing
from scoring.round import ChairDecisionKind


class RankingState(Struct, frozen=True):
    """A round's figures before a person, at an area or (None) at all; sentences are "" where nothing hinders.

    `waits` says why nothing is recorded now; where amounts are tried they can be typed all the same.
    """

    figures: RoundFigures
    identity: Identity
    area: str | None = None
    waits: str = ""
    tries_amounts: bool = False

    @property
    def round_id(self) -> int:
        """Return the round."""
        return self.figures.line.round_id

    @property
    def closed(self) -> frozenset[str]:
        """Return what the person declared an interest in."""
        return self.figures.sight.closed

    @property
    def is_closed(self) -> str:
        """Say why the list is closed to the person."""
        return hand_in_first(self.figures.sight, self.area, [one.name for one in self.figures.line.areas])

    @property
    def reads_only(self) -> str:
        """Say why the person records nothing here."""
        return self.is_closed or self._acts_not or self.waits

    @property
    def _acts_not(self) -> str:
        rows = self.figures.rows
        chairs = tuple(one.name for one in rows.members if panel_role(one.role) is Role.CHAIR)
        return self.identity.refusal("record recommendations", chairs)

    def line(self, reference: str) -> Listed | None:
        """Return an application of the list, None where it has none of that reference."""
        return self.figures.listed.of_application(reference)

    def recorded(self, reference: str) -> RecommendationRow | None:
        """Return what is recommended on an application, None for nothing yet."""
        return next((row for row in self.figures.recorded if row.application == reference), None)

    def barred(self, reference: str) -> str:
        """Say why the person does not act on an application."""
        rows = self.figures.rows
        if reference in closed_to(rows, codes_of(rows, self.identity.viewer)):
            aside = stands_aside([reference])
            return f"{aside} {OTHERS_RULE}" if self.identity.role == Role.CHAIR else aside
        return self._acts_not

    def signed(self, reference: str) -> str:
        """Say that the recommendation on an application is signed, and what changes it."""
        return signed_words(reference) if reference in self.figures.signed else ""

    def settled(self, reference: str) -> str:
        """Say why nothing is recommended on an application by this person any more, or at all."""
        return self.barred(reference) or self.signed(reference)

    @property
    def is_signed(self) -> bool:
        """Whether nothing is left to recommend: every ranked line is signed."""
        lines = [line for line in self.figures.listed.of_area(self.area) if line.is_ranked]
        return bool(lines) and all(line.standing.reference in self.figures.signed for line in lines)

    @property
    def tie(self) -> str:
        """Return the first of those whose tie stops the list, "" where none does."""
        lines = self.figures.listed.of_area(self.area)
        return next(filter(None, (self._tie_before(line) for line in lines)), "")

    def _tie_before(self, line: Listed) -> str:
        if line.is_recorded or line.standing.outcome is not Outcome.TIE:
            return ""
        standings, area = self.figures.ranking.standings, line.standing.area
        return next(one.reference for one in standings if one.outcome is Outcome.TIE and one.area == area)

    def tie_to_rule(self, line: Listed) -> str:
        """Return the first of those whose tie stops the list above a line, if the person may rule on it."""
        tie = self._tie_before(line)
        return tie if tie and self.may_rule_tie(tie) else ""

    def tied_with(self, reference: str) -> tuple[Standing, ...]:
        """Return the applications that share a place with one."""
        ranking = self.figures.ranking
        own = next(standing for standing in ranking.standings if standing.reference == reference)
        return tuple(one for one in same_place(ranking, own) if one.tied)

    @property
    def is_chair(self) -> bool:
        """Whether the chair is using this laptop."""
        return self.identity.may("decide tie")

    def named(self, references: Sequence[str]) -> NamedMembers:
        """Return who may be named in the chair's place, for an officer to choose from."""
        rows = self.figures.rows
        return named_in_place(rows.members, rows.interests, references, self.identity.role)

    def may_rule(self, references: Sequence[str]) -> bool:
        """Whether the person rules on applications, or puts down what was ruled in the chair's place."""
        return self.is_chair or bool(self.named(references))

    def may_rule_tie(self, reference: str) -> bool:
        """Whether the person does so on all that share a place with one."""
        return self.may_rule([one.reference for one in self.tied_with(reference)])

    def exception(self, reference: str) -> ChairDecisionRow | None:
        """Return the exception that was made for an application, None where none was."""
        rows = self.figures.rows.chair_decisions
        exceptions = (row for row in rows if row.kind is ChairDecisionKind.EXCEPTION)
        return next((row for row in exceptions if row.application == reference), None)

    @property
    def unreasoned(self) -> tuple[RecommendationRow, ...]:
        """Return what gets money without a reason and the person may write one for, by place."""
        return self._by_place(unreasoned(self.figures.recorded))

    @property
    def declined_without(self) -> tuple[RecommendationRow, ...]:
        """Return what is declined without a reason, by place: no letter leaves without one."""
        rows = self.figures.recorded
        return self._by_place([row for row in rows if row.outcome == Mark.DECLINE and not row.reason.strip()])

    def _by_place(self, rows: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
        found = {row.application: row for row in rows}
        shown = (line.standing.reference for line in self.figures.listed.of_area(self.area))
        return tuple(found[of] for of in shown if of in found and not self.barred(of))

    @property
    def may_sign(self) -> bool:
        """Whether the person signs what is recommended; Decisions says what still stands in the way."""
        return self.identity.may("sign recommendations")


def unreasoned(items: Sequence[RecommendationRow]) -> tuple[RecommendationRow, ...]:
    """Return those that get money and have no reason yet."""
    return tuple(item for item in items if item.amount_pence and not item.reason.strip())
