"""Trying a scheme out before it is published: dummy applications, and what each criterion decides."""

from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct

from gui.listed.acts import Act, At, Told
from gui.listed.page import Tab
from gui.listed.side import Name, Says, Side
from gui.listed.side import Told as Telling
from gui.pages.set_up.criteria.draft import SetUp
from gui.tables.columns import LineColumn
from gui.text import NOTHING
from gui.theme.tokens import Tone
from gui.widgets.label import Chip
from models.queries.deciding.round_list import OUTCOME_WORDS, Mark
from scoring import money
from scoring.allocating.causes import note_words
from scoring.places.totals import left_to_share
from scoring.publishing import DUMMIES, POT_PENCE, Dummy, try_out
from scoring.ranking import Outcome, Standing

TAB = "Try it"
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
