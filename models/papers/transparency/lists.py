"""The lists that an office publishes, and what is given out of rounds on a request for information.

The lists: awards, contracts, spending, and subsidies given. On a request: no contact, no account, and names
as ticked.
"""

from datetime import date
from typing import ClassVar

from msgspec import Struct

from models.papers.order import Counts, Paper, RoundPaper, TextPairs, Texts
from models.papers.paper_words import Sentences
from models.values.direct_award import extending
from scoring.allocating.allocation import PUTS_IN
from scoring.money import pounds, short_pounds
from scoring.written.text import counted, listed

_SAID = Sentences("given")


class Published(Struct, frozen=True, kw_only=True):
    """What each list tells: an award by its reference, who has it, and what for, in pence.

    `numbers` are charity and company numbers. Of a recipient whose name is withheld from the public it says
    the ground in the name's place.
    """

    award: str
    recipient: str
    numbers: str
    fund: str
    purpose: str
    amount_pence: int


class PublishedDecision(Published, frozen=True, kw_only=True):
    """The same of an award by its decision, and its project."""

    project: str
    decided_on: date
    notice: str


class PublishedAward(PublishedDecision, frozen=True, kw_only=True):
    """One award; nothing personal, no score, no account.

    It is as it stands. `first_pence` is what was decided where that differs, and `amended` what became of it.
    `counted_under` names the lines of the fund's lists that it has, each after its list; `decided_by` who
    decided, with the post.
    """

    year: str
    reasons: str
    conditions: Texts
    start_on: date | None
    end_on: date | None
    area: str
    first_pence: int | None = None
    amended: str = ""
    counted_under: str = ""
    decided_by: str = ""


class SpanList(Paper, frozen=True, kw_only=True):
    """What was in a `span`, in words, that `ends_on` a day, of one fund or ("") of all.

    What is above `over_pence` alone is in a list whose title says so; `words` are those before the span.
    """

    words: ClassVar[str]
    span: str
    fund: str
    ends_on: date
    over_pence: int = 0

    @property
    def title(self) -> str:
        """Return the title as printed."""
        of = f", {self.fund}" if self.fund else ""
        return f"{self.words.format(short_pounds(self.over_pence))} {self.span}{of}"


class PublicationList(SpanList, frozen=True):
    """Awards by the day of their decision; a time without awards is a list without lines.

    It is not issued while an award is `silent`: its reasons must be published. `gone` are sentences on what
    was awarded in the time and has no award any more.
    """

    words = "Grants awarded in"
    awards: tuple[PublishedAward, ...]
    gone: Texts = ()

    @property
    def silent(self) -> Texts:
        """Return the awards that give no reason why they reduce crime or help victims, by reference."""
        return tuple(award.award for award in self.awards if not award.reasons.strip())

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = pounds(sum(award.amount_pence for award in self.awards))
        return f"{counted(len(self.awards), 'award')}, {total}"


class Contract(PublishedDecision, frozen=True, kw_only=True):
    """One contract as it stands; `changed` says what it was, "" where nothing changed it.

    `decided_by` is who decided, with the post. `extends` is the reference of the award that it extends, ""
    for none; `counts_with` are those of one contract with it, which come to `whole_pence` together.
    """

    route: str
    route_reason: str
    starts_on: date | None
    ends_on: date | None
    option_years: int
    break_on: date | None
    agreed_on: date | None
    changed: str
    decided_by: str = ""
    extends: str = ""
    counts_with: Texts = ()
    whole_pence: int = 0

    @property
    def route_words(self) -> str:
        """Return how it was awarded, with what it extends and what it comes to together with that."""
        route = extending(self.route, self.extends)
        if not self.counts_with:
            return route
        return f"{route}. With {listed(self.counts_with)} {pounds(self.whole_pence)} together"


class ContractList(SpanList, frozen=True):
    """Contracts by the day of their decision; `gone` is what was decided in the time and taken back since."""

    words = "Contracts over {} awarded in"
    contracts: tuple[Contract, ...]
    gone: Texts = ()

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.contracts)
        return f"{counted(len(self.contracts), 'contract')}, {pounds(total)}"


class Spent(Published, frozen=True, kw_only=True):
    """One payment, below nothing where money came back; `route` says how the award came about."""

    on: date
    what: str
    area: str
    reasons: str
    route: str


class SpendingList(SpanList, frozen=True):
    """Payments by day, then award; what came back is counted apart from them.

    `below_pence` is what came back in sums that are not above the limit, and so stand on no line.
    """

    words = "Spending over {} in"
    payments: tuple[Spent, ...]
    below_pence: int = 0

    @property
    def came_back(self) -> str:
        """Return in a sentence what came back and is not listed, "" where nothing did."""
        return _SAID.came_back(self)

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        back = sum(line.amount_pence < 0 for line in self.payments)
        return _SAID.spending(self, len(self.payments) - back, back)


class PublishedSubsidy(PublishedDecision, frozen=True, kw_only=True):
    """An award that goes into the database, with the days of its decision and of its confirmation.

    `kind` is the code of what it is under subsidy control.
    """

    kind: str
    confirmed_on: date | None
    legal_power: str = ""


class SubsidyList(SpanList, frozen=True):
    """Subsidies above the threshold of their day, which is the limit today."""

    words = "Subsidies over {} for the transparency database, decided in"
    subsidies: tuple[PublishedSubsidy, ...]

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        total = sum(line.amount_pence for line in self.subsidies)
        return f"{counted(len(self.subsidies), 'subsidy', 'subsidies')}, {pounds(total)}"


UNDECIDED_TOO = "What is not decided yet too"
"""What is ticked to tell of applications before they are decided."""
WITHDRAWN, GIVEN_UP = "withdrawn", "withdrawn after the award"
DECIDED_BY = "Decided by"
"""The rule that says which post decided, and so is of one round alone."""
COMMITTED, RESERVE_LIST = "Committed before", "Reserve list"
"""What was given of a round's budget before it, and how long its reserve list holds: also of one alone."""
WAIVERS = "Let in by a waiver"
"""Which applications did not meet a condition and went on to the panel all the same."""
SHARED_POT = "Shared pot"
"""The rule that says which areas are ranked in one list."""
NOT_MET = "One of the conditions that every application must meet was not met, and was not waived."
SOME_UNMET = "Some of the conditions that every application must meet were not met, and were not waived."
CAME_LATE, LATE = "came too late", "It came after the round had closed for applications."
MISSING = "Something that every application must have was missing."
DECIDED_AGAIN = "It was awarded money. A new decision, which gives it none, took the place of that award."
"""What is said of applications that are not named."""

NONE = "–"
"""Stands for what there is none of, and for the reference of an application that is not named."""
LEFT_OUT = "left out"
"""What stands for the mark on a criterion that does not apply to an application that has a total."""
LEFT_OUT_RULE = (
    "A criterion left out",
    "It does not apply to the application; the other criteria of its side carry its weight",
)
UNCOMPETED = (
    "Nobody competed for what is listed here: no panel marked anything, and no criteria or ranking applied. "
    "Each line says by which route it came about and why nobody competed."
)
_OWN = (DECIDED_BY, COMMITTED, RESERVE_LIST, WAIVERS)


def title_of(round_name: str, fund: str, year: str) -> str:
    """Return the title of what is given of a round, of rounds where it has no name."""
    what = f"Information on the round “{round_name}”" if round_name else "Information on rounds"
    return ", ".join(filter(None, (what, fund, year)))


class Criterion(Struct, frozen=True):
    """A criterion as it was published; `weight` is its share of 100, `round` where there are several."""

    code: str
    title: str
    weight: str
    round: str = ""


class Given(Struct, frozen=True):
    """One application; `who` is "Applicant 3" where its applicant is not named, and then nothing is quoted.

    `marks` are the panel's values, each after the code of its criterion, "–" where there is none; scores are
    as shown. `round` is its round where there are several. What is awarded is as it stands today, and
    `decided_pence` what was decided where that is another sum. `gone_pence` was decided on an application
    that was withdrawn after that, of which nothing was paid. `came_about` says by which route, and why nobody
    competed, "" after a competition. `files` are what is kept with it, each with whether it was read: named
    where the applicant is.
    """

    who: str
    reference: str
    project: str
    purpose: str
    area: str
    asked_pence: int
    outcome: str
    awarded_pence: int | None
    total: str
    place: str
    marks: TextPairs
    reasons: str
    notice: str
    round: str = ""
    decided_pence: int | None = None
    gone_pence: int = 0
    came_about: str = ""
    files: Texts = ()

    @property
    def is_named(self) -> bool:
        return self.reference != NONE

    @property
    def first_pence(self) -> int:
        """Return what was decided, nought where nothing stands awarded."""
        return (self.awarded_pence or 0) if self.decided_pence is None else self.decided_pence


class GivenRound(Struct, frozen=True):
    """How one round was judged: who marked, by what and by which rules, and the budget of each area.

    Of awards without a competition only who decided is known. The only round of a paper has no `name`.
    `panel` names members where ticked, else says how many marked. `rules` are (subject, sentence): how marks
    come to a total and a place, how places come to money, and who decided.
    """

    name: str
    panel: Texts
    criteria: tuple[Criterion, ...]
    areas: Counts
    rules: TextPairs

    @property
    def own_rules(self) -> TextPairs:
        """Return the rules that are of this round alone, however like another it was judged."""
        return tuple(rule for rule in self.rules if rule[0] in _OWN)

    @property
    def scheme_rules(self) -> TextPairs:
        """Return the rules by which it was judged, which another round may have too."""
        return tuple(rule for rule in self.rules if rule[0] not in (*_OWN, SHARED_POT))

    @property
    def judged_by(self) -> object:
        """Return what rounds that were judged alike have in common."""
        return tuple((one.code, one.title, one.weight) for one in self.criteria), self.scheme_rules

    @property
    def shared(self) -> Texts:
        """Return who shares a pot and a list, a sentence for each pot."""
        return tuple(f"{words}; {PUTS_IN}." for subject, words in self.rules if subject == SHARED_POT)


class Disclosure(RoundPaper, frozen=True):
    """What is given of a round or several.

    `left_out` counts the applications that are not decided yet, of which nothing is told. Awards without a
    competition are `elsewhere`: `apart` are the titles of the papers that tell of them, which stand in a
    section. `about` are (subject, sentences) on what is given itself: who is named, and what somebody does
    who is not content.
    """

    rounds: tuple[GivenRound, ...]
    lines: tuple[Given, ...]
    left_out: int = 0
    elsewhere: int = 0
    apart: Texts = ()
    about: TextPairs = ()

    @property
    def is_direct(self) -> bool:
        """Whether nobody competed, so that nothing was marked."""
        return bool(self.lines) and all(line.came_about for line in self.lines)

    @property
    def rules(self) -> TextPairs:
        return tuple(rule for one in self.rounds for rule in one.rules)

    @property
    def judged(self) -> tuple[tuple[GivenRound, str], ...]:
        """Return each round with the one before it by whose criteria and rules it was judged, "" for none."""
        found, before = list[tuple[GivenRound, str]](), dict[object, str]()
        for one in self.rounds:
            found.append((one, before.get(one.judged_by, "")))
            before.setdefault(one.judged_by, one.name)
        return tuple(found)

    @property
    def told(self) -> tuple[tuple[Given, bool], ...]:
        """Return each line with whether it is the first of a round."""
        before = ("", *(line.round for line in self.lines))
        return tuple((line, line.round != last) for line, last in zip(self.lines, before, strict=False))

    @property
    def uncompeted(self) -> str:
        return UNCOMPETED

    @property
    def apart_words(self) -> str:
        """Return where awards without a competition are told of, before the titles."""
        return _SAID.apart(self)

    @property
    def shares_lists(self) -> bool:
        """Whether areas of a round are ranked in one list, so that a place is not one in an area."""
        return any(one.shared for one in self.rounds)

    @property
    def title(self) -> str:
        return title_of(self.round, self.fund, self.year)

    @property
    def codes(self) -> Texts:
        """Return the codes of the criteria, each once."""
        return tuple(dict.fromkeys(one.code for each in self.rounds for one in each.criteria))

    @property
    def control(self) -> str:
        """Return count and sum in words."""
        return _SAID.disclosure(self)

    @property
    def withdrawn(self) -> tuple[Given, ...]:
        """Return what was withdrawn before it was decided."""
        return tuple(line for line in self.lines if line.outcome == WITHDRAWN and not line.notice)

    @property
    def kept(self) -> tuple[Given, ...]:
        return tuple(line for line in self.lines if line not in self.withdrawn)

    @property
    def given_up(self) -> tuple[Given, ...]:
        return tuple(line for line in self.lines if line.gone_pence)

    @property
    def proposed(self) -> tuple[Given, ...]:
        """Return what is neither withdrawn nor awarded, of awards without a competition."""
        return tuple(line for line in self.kept if line.awarded_pence is None and not line.gone_pence)

    @property
    def has_files(self) -> bool:
        return any(line.files for line in self.lines)

    @property
    def changed(self) -> tuple[Given, ...]:
        return tuple(line for line in self.lines if line.decided_pence is not None)
