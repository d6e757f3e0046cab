"""Trying a scheme out before it is published: dummy applications, and what each criterion decides."""

from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

from gui.listed.acts import Act, At, Deed, Later, Listing, Told
from gui.listed.page import Tab
from gui.listed.side import Name, Says, Side
from gui.listed.side import Told as Telling
from gui.pages.page import PageTools
from gui.pages.set_up.criteria.draft import SetUp
from gui.record.runner import Ticket
from gui.tables.columns import LineColumn
from gui.text import NOTHING
from gui.theme.look import Tone
from gui.widgets.label import Chip
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from scoring import money
from scoring.allocating.causes import note_words
from scoring.places.totals import left_to_share
from scoring.publishing import DUMMIES, POT_PENCE, Dummy, try_out
from scoring.ranking import Outcome, Standing
from scoring.scheme import Scheme

if TYPE_CHECKING:
    from scoring.sensitivity.model_test import Decides, ModelTest

TAB = "Try it"
OFTEN_TIED = 10
"""From so many percent of rounds with a tie at the line a further tie-break rule is advised."""
FINE = "Every criterion moves awards, and ties at the budget line are rare."
WHAT = (
    "Five made-up applications share a pot of {pot}. Their marks are the same on every criterion of a side. "
    "Leave one out, move the split or choose a cost method, and see what follows."
)
NO_TOTALS = "The totals come back when the weights add to 100."
TONES = {
    Outcome.FUND: (Tone.FUND, Mark.FUND),
    Outcome.PART: (Tone.PART, Mark.PART),
    Outcome.RESERVE: (Tone.RESERVE, Mark.RESERVE),
    Outcome.BELOW: (Tone.DECLINE, Mark.BELOW),
    Outcome.TIE: (Tone.WARNING, Mark.TIE),
}


def test_words(found: "ModelTest") -> str:
    """Return what was done."""
    each = found.applications // max(found.rounds, 1)
    return (
        f"{found.rounds} made-up rounds of {each} applications each, with a pot of half of what they ask. "
        "Each criterion was left out in turn, its weight shared within its side. Nothing was recorded."
    )


def cost_words(found: "ModelTest") -> str:
    """Return whether the cost side matters."""
    if found.cost is None:
        return "The scheme has one side only."
    if not found.cost:
        return "The cost side never decides an award: quality alone would fund the same applications."
    return f"The cost side decides an award in {percent(found.cost, found.rounds)} of rounds."


def tie_words(found: "ModelTest") -> str:
    """Return how often equals stop the list at the budget line."""
    if not found.ties:
        return "No tie falls on the budget line."
    share = percent(found.ties, found.rounds)
    return f"A tie falls on the budget line in {share} of rounds, and the chair would have to decide."


def advice_words(found: "ModelTest") -> tuple[str, ...]:
    """Return what somebody may want to change before the round opens."""
    lines = [_idle(each) for each in found.criteria if not each.awards]
    if found.cost == 0:
        lines.append("Give the cost side more weight, or do without it.")
    if 100 * found.ties >= OFTEN_TIED * found.rounds:
        lines.append("Add a tie-break, or use a longer scale of marks.")
    return tuple(lines) or (FINE,)


def percent(count: int, of: int) -> str:
    """Return a share in whole percent; none and all are said only when they are."""
    if not count or count == of:
        return f"{100 if count else 0}%"
    return f"{min(max(100 * count // of, 1), 99)}%"


def _idle(each: "Decides") -> str:
    name = f"{each.code} {each.title}"
    if each.places:
        return f"{name} never moves an award here. It could weigh more, or be left out of the form."
    return f"{name} never moves anything here. It could weigh more, or be left out of the form."


def _work_out(scheme: Scheme, ticket: Ticket) -> "ModelTest":
    from scoring.sensitivity.model_test import model_test  # loads numpy, which no page waits for

    return model_test(scheme, tick=ticket.tick)


def test_listing(found: "ModelTest") -> Listing:
    """Return what working a scheme out on made-up rounds came to, a line for each criterion."""
    lines = (_decides(found, each) for each in found.criteria)
    told = (*lines, "", cost_words(found), tie_words(found), *advice_words(found))
    return Listing("Test the model", test_words(found), told, name="What each criterion decides")


def _decides(found: "ModelTest", each: "Decides") -> str:
    places = percent(each.places, found.applications)
    awards = percent(each.awards, found.rounds)
    name = f"{each.code} {each.title}"
    return f"{name}, {each.side.value}: another place in {places}, another award in {awards} of rounds"


def _test(at: At[SetUp, Any]) -> Later:
    work = partial(_work_out, at.answer.scheme)

    def begin(tools: PageTools, go_on: Callable[[Deed], None]) -> None:
        tools.workspace.work(work, lambda found: go_on(test_listing(found)), label="Testing the model")

    return Later(begin)


class LeftOut(Struct, frozen=True):
    """A dummy that takes part no more, or again."""

    name: str


class Tried(NamedTuple):
    """A dummy, and where it stands: None where it takes no part, or there are no totals."""

    dummy: Dummy
    standing: Standing | None

    @property
    def name(self) -> str:
        return self.dummy.name

    @property
    def facts(self) -> str:
        """Return its side marks, and what it asks for whom."""
        dummy, asks = self.dummy, money.short_pounds(self.dummy.requested_pence)
        return f"quality {dummy.quality}, cost {dummy.cost}, asks {asks} for {dummy.beneficiaries} people"

    @property
    def place(self) -> str:
        """Return its place, equal or not."""
        stands = self.standing
        return NOTHING if stands is None else money.place(stands.place, tied=stands.tied)

    @property
    def total(self) -> str:
        return NOTHING if self.standing is None else money.score(self.standing.total_1e2)

    @property
    def chip(self) -> Chip | None:
        """Return what the rule would propose."""
        if self.standing is None or self.standing.outcome is None:
            return None
        tone, mark = TONES[self.standing.outcome]
        return Chip(tone, OUTCOME_WORDS[mark])

    @property
    def outcome(self) -> str:
        return self.chip.word if self.chip else ""


Here = At[SetUp, Tried]


def _rows(set_up: SetUp) -> tuple[Tried, ...]:
    """Return the dummies in the order of their places, those without one last."""
    chosen = (
        () if left_to_share(set_up.scheme) else (one for one in DUMMIES if one.name not in set_up.left_out)
    )
    lines = [line for line in try_out(set_up.scheme, chosen).standings if line.place is not None]
    by_name, stands = {dummy.name: dummy for dummy in DUMMIES}, {line.reference: line for line in lines}
    return tuple(Tried(by_name[of], stands.get(of)) for of in dict.fromkeys((*stands, *by_name)))


def _tell(at: Here) -> Iterator[Telling]:
    yield Name(at.row.name)
    yield Says(at.row.facts)
    standing, scheme = at.row.standing, at.answer.scheme
    if standing is not None and standing.outcome is not None:
        yield Says(money.without_noughts(note_words(standing, scheme)))
    yield Says(NO_TOTALS if left_to_share(scheme) else "", "warning")
    yield Says(WHAT.format(pot=money.short_pounds(POT_PENCE)), "muted")


MODEL: Act[SetUp, Any] = Act(
    *("Test the model…", _test),
    where=lambda at: at.section == TAB,
    why_not=lambda at: NO_TOTALS if left_to_share(at.answer.scheme) else "",
    tip="Rank made-up rounds and see what each criterion decides",
)
LIST: Tab[SetUp, Tried] = Tab(
    TAB,
    _rows,
    lambda set_up: "",
    columns=(
        LineColumn(
            "dummy",
            "Dummy",
            attrgetter("name"),
            under=attrgetter("facts"),
            is_strong=True,
        ),
        LineColumn("outcome", "Outcome", attrgetter("outcome"), chip=attrgetter("chip"), width=130),
        LineColumn("place", "Place", attrgetter("place"), width=70, is_right=True),
        LineColumn("total", "Total", attrgetter("total"), width=80, is_right=True),
    ),
    row_key=attrgetter("name"),
    list_name="Dummy applications",
    side=Side(
        name="The selected dummy",
        width=340,
        nothing=NOTHING,
        tell=_tell,
        acts=(
            Act(
                lambda at: "Let it take part" if at.row.name in at.answer.left_out else "Leave it out",
                lambda at: Told(LeftOut(at.row.name)),
            ),
        ),
        tabs=("List", "Details"),
    ),
)
