"""The book of a panel's meeting: running order, who stands aside, and each application with what it says."""

from datetime import date

from msgspec import Struct

from models.papers.minutes import SIGNS, MinuteLine, sign_words
from models.papers.order import RoundPaper, TextPair, TextPairs, Texts
from models.values.rows import gathered
from scoring.marks.meeting import Sign, counts_words
from scoring.money import column_money, in_one_form, pounds
from scoring.scheme import Combine
from scoring.written.names import round_names
from scoring.written.text import Refused, counted, cut_to, with_capital

PASSED = "passed"
"""The result of a gate that needs no word more."""
NO_MARK, _NOTHING = SIGNS[Sign.NONE], "–"
LONGEST_NAME = 70
"""Of the name over a blank sheet, which keeps to one page; it stands whole over the application."""
HIGHEST_BOXED = 10
"""Above this scale a blank sheet has a line to write the mark on, not a box for each."""


class BookMember(Struct, frozen=True):
    """A member with the references on which they stand aside, and those on which they abstain."""

    name: str
    role: str
    organisation: str
    has_declared: bool
    aside: Texts
    abstained: Texts


class BookItem(Struct, frozen=True):
    """One application; money in pence, None where it is not known.

    Its `number` is that of its area, as Meeting has it.
    `each_pence` is what is asked for each person helped and `median_pence` the round's median of that.
    `is_quorate` counts who has declared and has no interest, once it is known who is at the meeting of those
    alone; `undeclared` is how many are still to declare who have none, `may_decide` how many count.
    `late` says when a late one came and what lets it in, "" for one in time.
    `gates` are (question, result), no question where one result was given for all, `advice` those that turn
    nobody down, which no applicant reads in the call; `before` earlier awards in words, `texts` (heading,
    text) as submitted, `noes` what the applicant has not, in its own words, whatever came of the gates;
    `is_over` once the panel has closed it or recommends something.
    `asked_was` says that what was asked for was corrected, "" where it is as submitted. `reopened` says of a
    book with marks which score sheets were opened again after others' marks could be seen, and why.
    """

    number: int
    reference: str
    organisation: str
    project: str
    area: str
    asked_pence: int
    minimum_pence: int | None
    total_cost_pence: int | None
    match_pence: int | None
    people: int | None
    each_pence: int | None
    median_pence: int | None
    start_on: date | None
    end_on: date | None
    away: Texts
    abstained: Texts
    is_quorate: bool
    gates: TextPairs
    before: Texts
    texts: TextPairs
    lines: tuple[MinuteLine, ...]
    late: str = ""
    undeclared: int = 0
    may_decide: int | None = None
    advice: TextPairs = ()
    noes: Texts = ()
    asked_was: str = ""
    reopened: Texts = ()
    is_over: bool = False

    @property
    def listed(self) -> str:
        return "\n".join(filter(None, (self.organisation, self.project, "Late" if self.late else "")))

    @property
    def short_name(self) -> str:
        return cut_to(self.organisation, LONGEST_NAME)

    @property
    def each_and_median(self) -> TextPair:
        """Return what is asked for each person helped, and the median of that, "" for none, in one form."""
        show = column_money((self.each_pence, self.median_pence), is_apart=True)
        return show(self.each_pence), "" if self.median_pence is None else show(self.median_pence)

    @property
    def all_gates(self) -> str:
        """Return what came of every gate where it is the same, "" where each stands with its own result."""
        results = {result for _, result in self.gates}
        if len(self.gates) == 1 and not self.gates[0][0]:
            return in_one_form(with_capital(results.pop()))
        if len(self.gates) > 1 and len(results) == 1:
            return f"All {len(self.gates)} {results.pop()}"
        return PASSED.capitalize() if results == {PASSED} else ""

    @property
    def is_marked(self) -> bool:
        return any(line.agreed != _NOTHING or {*line.marks} - {NO_MARK} for line in self.lines)

    @property
    def opening(self) -> str:
        """Return the heading of an application, by which the contents find it."""
        return f"{self.number}. {self.reference} {self.organisation}"


class Judged(Struct, frozen=True):
    """A criterion as the book names it, with its least mark, "" for none."""

    title: str
    weight: str
    guidance: str
    minimum: str = ""


class PanelBook(RoundPaper, frozen=True):
    """A whole book; `markers` are the names of those who mark, in the order of the marks of each line.

    `descriptors` are (mark, what it means). Raises Refused when there is no application to discuss.
    `meets` is (area, when and where); `orders` are (member, references in that member's reading order).
    `left_out` is (reference and name, why) of applications that the meeting does not take; `rules` are
    (subject, sentence) of how marks come to a total and what least there is.
    """

    area: str
    scale_maximum: int
    descriptors: tuple[tuple[int, str], ...]
    quorum: int
    members: tuple[BookMember, ...]
    markers: Texts
    criteria: tuple[Judged, ...]
    items: tuple[BookItem, ...]
    has_marks: bool
    combine: Combine = Combine.CONSENSUS
    meets: TextPairs = ()
    left_out: TextPairs = ()
    rules: TextPairs = ()
    orders: tuple[tuple[str, Texts], ...] = ()

    def __post_init__(self) -> None:
        if not self.items:
            raise Refused("There is no application to discuss there: none came, or none that is eligible.")

    @property
    def title(self) -> str:
        return "Panel book"

    @property
    def has_minimums(self) -> bool:
        return any(one.minimum for one in self.criteria)

    @property
    def boxes(self) -> tuple[int, ...]:
        """Return the marks that a blank sheet has boxes for, none on a scale with too many."""
        return tuple(range(self.scale_maximum + 1)) if self.scale_maximum <= HIGHEST_BOXED else ()

    @property
    def names(self) -> Texts:
        return round_names(self.fund, self.round)

    @property
    def counts(self) -> str:
        """Return what counts where marks are not agreed, "" under consensus."""
        return counts_words(self.combine)

    @property
    def signs(self) -> str:
        """Return what the signs mean that stand among its marks, "" where there are none."""
        marked = [item.lines for item in self.items if item.is_marked]
        every = (own for lines in marked for own in zip(*(line.marks for line in lines), strict=True))
        agreed = {line.agreed for lines in marked for line in lines}
        return sign_words(agreed.union(*(own for own in every if {*own} != {NO_MARK})))

    @property
    def is_apart(self) -> bool:
        return any(member.aside for member in self.members)

    @property
    def has_areas(self) -> bool:
        return len({item.area for item in self.items}) > 1

    @property
    def meetings(self) -> tuple[tuple[str, Texts], ...]:
        """Return when and where panels meet, each with its areas, none where all meet together."""
        days = gathered((words, area) for area, words in self.meets)
        areas = {item.area for item in self.items}
        found = ((words, () if self.area or areas <= {*of} else tuple(of)) for words, of in days.items())
        return tuple(found)

    @property
    def is_over(self) -> bool:
        return all(item.is_over for item in self.items)

    @property
    def control(self) -> str:
        """Return how many applications there are and what they ask for."""
        many = len(self.items)
        asked = pounds(sum(item.asked_pence for item in self.items))
        return f"{counted(many, 'application')}, {asked} asked"
