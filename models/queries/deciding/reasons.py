"""Reasons and conditions of recommendations and decisions: given, drafted from the marks, with codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from models.queries.deciding.decided_anew import as_decided
from models.queries.deciding.decisions import recommendations
from models.queries.panel.panel import barred_pairs
from models.queries.set_up.funds import round_rules
from models.queries.set_up.round_facts import round_rows
from models.reference.defaults import Condition, ListItem, in_use
from models.session import Session
from models.store.parts import part
from models.values.recommending import FUNDED, SCOPE, DecisionRow, RecommendationRow
from models.values.rows import AgreedRow, RoundRows, by_application, gathered, scored_round
from scoring.rank import rank
from scoring.scheme import Criterion
from scoring.written.text import as_sentence, in_one_run


class Library(Struct, frozen=True):
    """A fund's conditions and decline codes, each with the words that an applicant reads."""

    conditions: tuple[Condition, ...] = ()
    decline_codes: tuple[ListItem, ...] = ()


def library(session: Session, round_id: int) -> Library:
    """Return what may be chosen in a round."""
    rules = round_rules(session, round_id)
    return Library(in_use(rules.conditions), in_use(rules.decline_codes))


AGREED = "the agreed marks' reasons"
MEMBERS = "the members' reasons"
_MET = (3, 5)
"""A mark falls short under three fifths of the scale, which is "good" of nought to five."""


class Draft(Struct, frozen=True):
    """A draft, and what it was drafted from."""

    words: str
    source: str

    @property
    def note(self) -> str:
        """Return what is said beside it until a person has checked it."""
        return f"Drafted from {self.source}. Check it: the applicant will read it."


class _Said(NamedTuple):
    """What was said of a mark on one criterion, and whether that fell short."""

    title: str
    words: str
    is_short: bool


_Every = Mapping[str, Sequence[_Said]]


def drafts(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts from the agreed marks' reasons; from the members' where none of those has a reason.

    Members' words come from sheets that count, in the order of the criteria, and name nobody. Each line is
    a sentence, since most papers have no room for a line each. What was said of marks that fell short is no
    reason for money: it is left out where anything else was said. What is for the panel only always is.
    """
    return _drafted(_members(rows), MEMBERS, _for_money) | _drafted(_agreed(rows), AGREED, _for_money)


def drafts_against(rows: RoundRows) -> dict[str, Draft]:
    """Return drafts of why no money is recommended: what was said of marks that fell short, and no more."""
    agreed = _agreed(rows)
    members = {of: said for of, said in _members(rows).items() if of not in agreed}
    return _drafted(members, MEMBERS, _against) | _drafted(agreed, AGREED, _against)


def drafts_for(rows: RoundRows, outcomes: Mapping[str, str]) -> dict[str, Draft]:
    """Return the drafts that fit outcomes, by application: for money, or for why there is none."""
    given, against = drafts(rows), drafts_against(rows)
    found = {of: (given if outcome in FUNDED else against).get(of) for of, outcome in outcomes.items()}
    return {of: draft for of, draft in found.items() if draft is not None}


def short_of(rows: RoundRows) -> dict[str, tuple[str, ...]]:
    """Return by application the reasons of agreed marks that fell short, in the order of the criteria."""
    return {of: tuple(one.words for one in _against(said)) for of, said in _agreed(rows).items()}


def agreed_words(rows: RoundRows) -> dict[str, list[str]]:
    """Return the reasons of agreed marks by application, each under the title of its criterion.

    Those for the panel only are left out.
    """
    return {
        of: [f"{one.title}: {in_one_run(one.words)}" for one in said] for of, said in _agreed(rows).items()
    }


def _agreed(rows: RoundRows) -> _Every:
    """Return what was said of agreed marks, by application."""
    found = {row.application: tuple(_said_of(rows, row)) for row in rows.agreed}
    return {of: said for of, said in found.items() if said}


def _said_of(rows: RoundRows, row: AgreedRow) -> Iterator[_Said]:
    reasons = dict(row.told_reasons(rows.scheme))
    for criterion, mark in zip(rows.scheme.judged, row.marks, strict=True):
        if words := reasons.get(criterion.code, ""):
            yield _Said(criterion.title, words, _fell_short(rows, criterion, mark))


def _members(rows: RoundRows) -> _Every:
    """Return what members wrote on sheets that count, by application."""
    barred = barred_pairs(rows.interests)
    counting = [one for one in rows.sheets if one.submitted and (one.member, one.application) not in barred]
    return gathered(
        (sheet.application, _Said(criterion.title, reason, _fell_short(rows, criterion, sheet.marks[number])))
        for number, criterion in enumerate(rows.scheme.judged)
        for sheet in counting
        if (reason := sheet.reasons[number].strip() if number < len(sheet.reasons) else "")
        if criterion.code not in sheet.for_panel
    )


def _for_money(said: Sequence[_Said]) -> Sequence[_Said]:
    return [one for one in said if not one.is_short] or said


def _against(said: Sequence[_Said]) -> Sequence[_Said]:
    return [one for one in said if one.is_short]


def _drafted(
    every: _Every, source: str, chosen: Callable[[Sequence[_Said]], Sequence[_Said]]
) -> dict[str, Draft]:
    """Return drafts of what is chosen of what was said, a line a criterion, and nothing twice in it."""
    found = dict[str, Draft]()
    for of, said in every.items():
        lines: dict[str, dict[str, None]] = {}
        for one in chosen(said):
            lines.setdefault(one.title, {})[as_sentence(in_one_run(one.words))] = None
        if lines:
            words = "\n".join(f"{title}: {' '.join(words)}" for title, words in lines.items())
            found[of] = Draft(words, source)
    return found


def _fell_short(rows: RoundRows, criterion: Criterion, mark: int | None) -> bool:
    """Whether a mark is under three fifths of the scale, or under the criterion's own minimum."""
    if mark is None:
        return False
    part, whole = _MET
    is_low = mark * whole < part * rows.scheme.scale_maximum
    return is_low or (criterion.floor is not None and mark < criterion.floor)


def panel_reasons(session: Session, round_id: int) -> dict[str, str]:
    """Return the panel's own words by application: why it recommends, else the reasons of agreed marks.

    The reasons of marks may speak against an award, and what it is given for is published: they stand in only
    where the panel recorded no reason. An application on which nothing was said has no entry.
    Why the panel departed from its list is no reason of an award, so it is not among them.
    """
    rows, odd = recommendations(session, round_id), departures(session, round_id)
    own = {row.application: row.reason for row in rows if row.reason and row.application not in odd}
    marked = agreed_words(round_rows(session, round_id)).items()
    return {of: "\n".join(lines) for of, lines in marked if lines} | own


def departures(session: Session, round_id: int) -> frozenset[str]:
    """Return what is recommended for money although the published rule offers none: its reason says why.

    Such a reason is not why the award reduces crime or helps victims. What the chair let in below a minimum,
    for a reason of the chair's own, the rule does offer money.
    """
    odd = [row.application for row in recommendations(session, round_id) if row.is_departure]
    if not odd:
        return frozenset()
    offers = {
        one.reference: one.offer_pence for one in rank(scored_round(as_decided(session, round_id))).standings
    }
    return frozenset(of for of in odd if not offers.get(of))


class Given(Struct, frozen=True):
    """The fund's `standard` conditions, what was recorded `before`, and new `reasons` by application."""

    standard: tuple[str, ...] = ()
    before: Mapping[str, RecommendationRow] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)

    def reason(self, application: str, outcome: str) -> str:
        """Return the reason for an outcome: a new one, else the one recorded for the same; "" without."""
        row = self.before.get(application)
        is_same = row is not None and (row.outcome == outcome or {row.outcome, outcome} <= {*FUNDED})
        return self.reasons.get(application) or (row.reason if row is not None and is_same else "")

    def conditions(self, application: str, outcome: str) -> tuple[str, ...]:
        """Return the conditions of money: those recorded with money before, else the standard ones."""
        if outcome not in FUNDED:
            return ()
        row = self.before.get(application)
        if row is None or row.outcome not in FUNDED:
            return self.standard
        return tuple(one for one in row.conditions if outcome == "part_fund" or not one.startswith(SCOPE))


def said_so_far(session: Session, round_id: int) -> Given:
    """Return what is said already in a round."""
    return Given(standard_conditions(session, round_id), by_application(recommendations(session, round_id)))


@part
def standard_conditions(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the words of the conditions that go with every award of the round's fund."""
    return tuple(one.words for one in in_use(round_rules(session, round_id).conditions) if one.is_standard)


_PUBLISHED = "The panel found that the project meets the published purposes and criteria of the fund."
"""What is told of an award on which nobody wrote a reason of their own."""
_BY_ITSELF = {
    "fund": _PUBLISHED,
    "part_fund": _PUBLISHED,
    "reserve": "Applications that were placed before it took the money there was.",
    "decline": "Other applications met the published criteria better.",
}


def reason_given(decided: DecisionRow, advised: RecommendationRow | None) -> str:
    """Return why, for the applicant: somebody's own words, else what the outcome says by itself."""
    return own_words(decided, advised) or _BY_ITSELF.get(decided.outcome, "")


def published_reason(decided: DecisionRow) -> str:
    """Return why, for the public: what stands on the decision, "" where the deciding office wrote nothing."""
    return decided.reason.strip()


def own_words(decided: DecisionRow, advised: RecommendationRow | None) -> str:
    """Return the office's, the panel's or a change's own words; "" where nobody wrote any.

    That an amount was changed is no reason why money is given; why an outcome was is one for what gets none.
    """
    panels = "" if advised is None else advised.reason
    if decided.amount_pence is None:
        said = (decided.change_reason, decided.reason, panels)
    else:
        is_for_money = advised is not None and advised.amount_pence is not None
        said = (decided.reason, panels if is_for_money else "", decided.change_reason)
    return next((words.strip() for words in said if words.strip()), "")


def why_changed(decided: DecisionRow, reason: str) -> str:
    """Return why money was changed when it was decided, "" where that is the `reason` that is told."""
    why = decided.change_reason.strip()
    return "" if decided.amount_pence is None or why == reason else why
