"""The lines of an award schedule: what a panel recommended, what was decided and signed, and the sums."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from msgspec import Struct

from scoring.allocating.allocation import of_one_list
from scoring.allocating.over_pot import Overspend
from scoring.money import column_money
from scoring.ranking import Allowance, Cause, Ranking, Standing
from scoring.scheme import Scheme
from scoring.written.text import lazy_pattern, listed, noun

Texts = tuple[str, ...]
TextPairs = tuple[tuple[str, str], ...]
"""Texts that belong together: a reference and what is said of it, a post and an area."""


class Basis(StrEnum):
    """What the column of recommended money shows."""

    PROPOSED = "proposed"
    RECOMMENDED = "recommended"


class PanelOutcome(StrEnum):
    """What a panel may recommend for an application."""

    FUND = "fund"
    PART_FUND = "part_fund"
    RESERVE = "reserve"
    DECLINE = "decline"
    DEFER = "defer"
    REFER = "refer"


OUTCOME_WORDS = {
    PanelOutcome.FUND: "fund",
    PanelOutcome.PART_FUND: "part-fund",
    PanelOutcome.RESERVE: "reserve",
    PanelOutcome.DECLINE: "decline",
    PanelOutcome.DEFER: "defer",
    PanelOutcome.REFER: "refer to another fund",
}
FUND_CAPPED = "fund, capped"
"""What is funded with the most that a cap of the round allows, which is less than was asked."""


class Recommended(Struct, frozen=True):
    """The panel's recommendation on one application; money only with fund and part-fund, in pence.

    Once it is decided, the outcome is that of the decision, and so is the reason where the panel gave none
    for it; `by_panel` is then what the panel recommended, with its reason, and `advised` the panel's outcome.
    """

    reference: str
    outcome: PanelOutcome
    amount_pence: int | None = None
    reason: str = ""
    exception: bool = False
    conditions: Texts = ()
    by_panel: str = ""
    advised: PanelOutcome | None = None

    @property
    def panel_words(self) -> str:
        return self.by_panel or f"{OUTCOME_WORDS[self.outcome]}: {self.reason}".removesuffix(": ")


class Awarded(Struct, frozen=True):
    """What the deciding office awarded one application, in pence; nought when it was refused.

    `award` is the reference that the award has, "" where there is none; `stands_pence` what it stands at as
    varied, less what was recovered, None where that is what was decided. `gone` says that it was not taken
    up, "" of one that was. `takes_pence` is what it takes of its pot, None where that is what it stands at.
    """

    reference: str
    amount_pence: int
    award: str = ""
    stands_pence: int | None = None
    gone: str = ""
    takes_pence: int | None = None

    @property
    def now_pence(self) -> int:
        return self.amount_pence if self.stands_pence is None else self.stands_pence

    @property
    def taken_pence(self) -> int:
        return self.now_pence if self.takes_pence is None else self.takes_pence


class Signed(NamedTuple):
    """A signature of the chain: the post, who signed and when, and the notice of a decision, "" before it.

    `areas` names what it is for where that is not every area of the schedule; `interests` is what who signed
    disclosed, "" where that is not recorded. `seat` is the post of the chain in which a deputy signed, or
    somebody whose post is called otherwise, "" of its holder.
    `because` is why it goes without the signature of an earlier step.
    """

    post: str
    name: str
    on: date
    notice: str = ""
    areas: Texts = ()
    interests: str = ""
    seat: str = ""
    because: str = ""

    @property
    def words(self) -> str:
        """Return who signed for what, as a sentence says it: "Dan Decides, Chief Executive"."""
        return f"{self.name}, {self.post}"


class ToSign(NamedTuple):
    """Who alone is to sign in a post; `areas` where each area has its own person, () for all of them."""

    post: str
    name: str
    areas: Texts = ()


SIGN_OFF = ("Chair of the panel", "Commander", "Chief Executive")


class Settled(Struct, frozen=True):
    """What was recommended and awarded in a round, and how its papers are marked and signed.

    `sign_off` holds the posts of the sign-off chain, the chair of the panel first; `late` the late
    applications, each with when it came and what lets it in; `waived` what a waiver let in;
    `allowances` what was allowed over pots, `over_year` with decisions over the money of the year;
    `amended` what became of awards since they were decided, in words; `signed` the signatures that stand,
    each with the application that it is under; `missing` what an application lacks that its checks wait for;
    `to_sign` who alone is to sign in a post; `unquorate` which items of the meeting had too few, in words;
    `withdrawn` how applications were, where it is known; `not_needed` has the posts that need not sign for an
    area, as all that is recommended or awarded there is below the amount from which on they do; `asked` says
    that what was asked for was corrected; `corrections` which decisions a correction waits to replace.
    """

    recommended: tuple[Recommended, ...] = ()
    awarded: tuple[Awarded, ...] = ()
    marking: str = "OFFICIAL"
    sign_off: Texts = SIGN_OFF
    late: TextPairs = ()
    allowances: tuple[Allowance, ...] = ()
    over_year: tuple[Overspend, ...] = ()
    amended: TextPairs = ()
    signed: tuple[tuple[str, Signed], ...] = ()
    waived: TextPairs = ()
    missing: TextPairs = ()
    to_sign: tuple[ToSign, ...] = ()
    unquorate: TextPairs = ()
    withdrawn: TextPairs = ()
    not_needed: TextPairs = ()
    asked: TextPairs = ()
    corrections: TextPairs = ()


class Worked(NamedTuple):
    """What one ranked application's score is worked from, for those who check it.

    `marks` has an entry for each judged criterion of the scheme, in its order: the agreed mark alone
    under consensus, else the counting members' marks, without names and in an order of their own for
    each application; None where the criterion is not applicable. `computed` has S, exact, for each
    computed criterion, None likewise. `received_at` has no zone.
    """

    marks: tuple[tuple[int, ...] | None, ...]
    computed: tuple[Fraction | None, ...]
    values_1e2: tuple[int | None, ...]
    quality_1e2: int | None
    cost_1e2: int | None
    received_at: datetime | None
    chair_place: int | None


class Line(NamedTuple):
    """One ranked application as printed; money in pence, None where there is none.

    `recommended_pence` is what the rule proposes as long as the schedule's basis is proposed.
    `number` is the charity or company number; `crime_type` the crime type or priority, "" if not given.
    `award` is the award's reference, "" before the decision; `allocated` what the rule says of the line,
    `told` the same as papers print it, and `cause` why, None where nothing is told;
    `now_pence` what the award stands at, None where that is what was awarded, and `takes_pence` what it takes
    of its pot, None where that is the same.
    """

    reference: str
    organisation: str
    number: str
    project: str
    area: str
    crime_type: str
    requested_pence: int
    recommended_pence: int | None
    awarded_pence: int | None
    total_1e2: int
    price_pence: int | None
    place: int
    tied: bool
    place_by: str | None
    outcome: str
    conditions: Texts
    reason: str
    worked: Worked
    award: str = ""
    allocated: str = ""
    told: str = ""
    cause: Cause | None = None
    now_pence: int | None = None
    takes_pence: int | None = None


class Unranked(NamedTuple):
    """One application that has no place, with every reason; `outcome` is the panel's, "" if none."""

    reference: str
    organisation: str
    number: str
    project: str
    area: str | None
    requested_pence: int
    status: str
    reason: str
    outcome: str


class OutcomeForms(NamedTuple):
    """An outcome in words: what an application is, was and became, and what was decided to do with it.

    `became` differs from `was` where somebody reads of one application what they would not of several.
    """

    is_now: str
    was: str
    became: str
    to_do: str


FORMS = {
    PanelOutcome.FUND: OutcomeForms("funded", "funded", "funded", "to fund the application"),
    PanelOutcome.PART_FUND: OutcomeForms(
        "funded in part", "funded in part", "funded in part", "to fund the application in part"
    ),
    PanelOutcome.DECLINE: OutcomeForms("not funded", "not funded", "declined", "to decline the application"),
    PanelOutcome.RESERVE: OutcomeForms(
        "on the reserve list",
        "put on the reserve list",
        "put on the reserve list",
        "to place the application on the reserve list",
    ),
    PanelOutcome.DEFER: OutcomeForms("deferred", "deferred", "deferred", "to defer the application"),
    PanelOutcome.REFER: OutcomeForms(
        "referred to another fund",
        "referred to another fund",
        "referred to another fund",
        "to refer the application to another fund",
    ),
}
WITHOUT_MONEY = (PanelOutcome.DECLINE, PanelOutcome.RESERVE, PanelOutcome.DEFER, PanelOutcome.REFER)
"""The outcomes that give no money, in the order in which a sentence has them."""


_NOUGHTS = lazy_pattern(r"\.00\b")


def with_named_minimums(scheme: Scheme, standing: Standing) -> Standing:
    """Return a standing whose missed minimums name criteria: "1.00 on A3 Community is below the …"."""
    if not standing.below_threshold:
        return standing
    titles = {one.code: f"{one.code} {one.title}" for one in scheme.criteria}
    found = []
    for words in standing.below_threshold:
        of, mark, rest = words.split(" ", 2)
        found.append(f"{mark} on {titles[of]} {rest}" if of in titles else words)
    return standing._replace(below_threshold=tuple(found))


def with_whole_minimums(scheme: Scheme, standing: Standing) -> Standing:
    """Return the same with whole marks as such: "1 on A3 Community is below the minimum of 2"."""
    named = with_named_minimums(scheme, standing)
    whole = tuple(_NOUGHTS.sub("", words) for words in named.below_threshold)
    return named._replace(below_threshold=whole)


def passed_over(ranking: Ranking, reference: str, waiting: Collection[str]) -> Texts:
    """Return which of those `waiting` stand before an application in its list, in the order of places."""
    own = next((one for one in ranking.standings if one.reference == reference), None)
    if own is None or own.place is None:
        return ()
    beside = [one for one in of_one_list(ranking, own) if one.reference in waiting and one.place is not None]
    before = [((one.place or 0), one.reference) for one in beside if (one.place or 0) < own.place]
    return tuple(of for _, of in sorted(before))


def stay_words(over: Sequence[str], than: str) -> str:
    """Return that those passed over stay where they are: "NBF-024, placed before it, stays on …"."""
    return f"{listed(over)}, placed before {than}, {noun(len(over), 'stays', 'stay')} on the reserve list"


def stands_words(decided_pence: int, now_pence: int, taken_pence: int) -> str:
    """Return what the awards stand at, and take of the pots, "" where both are what was decided."""
    if now_pence == decided_pence == taken_pence:
        return ""
    show = column_money((decided_pence, now_pence, taken_pence))
    than = "less" if now_pence < decided_pence else "more"
    by = show(abs(now_pence - decided_pence))
    told = f"The awards stand at {show(now_pence)} today, {by} {than} than was decided; "
    # The year's money counts so too: it holds the same, and never has what a later year brought back.
    counted = (
        "what is left is counted from that"
        if taken_pence == now_pence
        else f"{show(taken_pence)} is held of the pots: the larger of the agreed and the proposed amount, "
        "until a change is fully signed, and what came back in a later year"
    )
    return f"{told if now_pence != decided_pence else ''}{counted}."


def stands_of(awarded: Iterable[Awarded], references: Collection[str]) -> str:
    """Return the same of the awards to some applications."""
    own = [one for one in awarded if one.reference in references]
    amounts = ((one.amount_pence, one.now_pence, one.taken_pence) for one in own)
    return stands_words(*map(sum, zip((0, 0, 0), *amounts, strict=True)))
