"""What a notice and a decision report tell of money: of pots and of the fund's year."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from models.papers.order import PaperOrder
from models.papers.paper_words import Sentences
from models.queries.applications.applications import entered
from models.queries.deciding.allowances import pot_uses
from models.queries.deciding.as_decided import DecidedMoney, KeptWith
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import decisions
from models.queries.papers.notices.signatures import award_references
from models.queries.set_up.funds import FundYearMoney
from models.queries.set_up.round_facts import RoundFacts, round_facts
from models.queries.set_up.year_plans import YearPlan, year_plan
from models.reference.fund_checks import source_words
from models.session import Session
from models.values.recommending import DecisionRow
from models.values.rounds import RoundLine
from models.values.rows import by_application
from scoring.allocating.allocation import shared_words
from scoring.allocating.over_pot import over_words, unneeded_words
from scoring.money import column_money
from scoring.ranking import PotUse
from scoring.written.days import full_day

ROUND = Sentences("round")
COMMITS, TAKES_BACK = "This notice commits", "This notice takes back"


def promised_words(session: Session, order: PaperOrder) -> str:
    """Return that a call promises more than the fund has in the year, "" where it does not."""
    line = round_facts(session, order.of_round).line
    do = "Lower a pot, or record what it has on Funds, before this goes out."
    plan = year_plan(session, line)
    return f"{_year_words(line, plan)} {do}" if plan.over_pence > 0 else ""


def _year_words(line: RoundLine, plan: YearPlan) -> str:
    """Return what the fund has in a round's year, "" where none is recorded, and how its pots pass that."""
    return ROUND.year(line, plan.money, plan.planned_pence, plan.over_pence)


def lapsing(money: FundYearMoney | None, ends: Collection[date | None], today: date) -> Iterator[str]:
    """Yield for each part of the year's money that lapses, or lapsed, how many projects run on after that.

    `ends` holds the last day of each project that has money.
    """
    for source in money.sources if money else ():
        day = source.ends_on
        late = 0 if day is None else sum(end is not None and end > day for end in ends)
        if day is not None and late:
            open_ = sum(end is None for end in ends)
            yield ROUND.lapsing(source, source_words(source), lapses_words(day, today), ends, late, open_)


def lapses_words(day: date, today: date) -> str:
    """Return how money of which `day` is the last to spend it goes on: it lapses, or has lapsed."""
    lapses, is_not = ("lapsed", "was not") if day < today else ("lapses", "is not")
    return f"{lapses} where it {is_not} spent by {full_day(day)}"


class Drawn(Struct, frozen=True):
    """What lines that are decided together draw on the pots of their areas, each told whole.

    `stands` is the money on each application once they are decided, `changes` what a sentence says of it
    (`what`), and `before` what earlier decisions gave in these areas; all in pence. `uses` is how the round's
    pots stand then. `freed` is what of that was not taken up by then, by award. What came later, a variation
    too, is left out: a paper says what held on its day; `today` is what a report says that `changes` stands
    at, None in a notice, and `takes` what it takes of the pots. Where it `is_changed`, some of
    `before` was varied or came back by then.
    """

    areas: Collection[str]
    stands: Mapping[str, int]
    changes: int
    uses: tuple[PotUse, ...]
    before: int = 0
    what: str = COMMITS
    freed: Mapping[str, int] = {}
    today: int | None = None
    takes: int = 0
    is_changed: bool = False

    @property
    def here(self) -> list[PotUse]:
        """Return the pots of its areas."""
        return [use for use in self.uses if not {*use.areas}.isdisjoint(self.areas)]


def drawn_by_lines(
    round_: DecidedRound,
    lines: Mapping[str, int],
    back: Collection[str],
    signed: DecisionRow | None,
    before: DecidedMoney,
) -> Drawn:
    """Return what lines draw: what each gets in pence, nought for one that gets none.

    `back` holds those that had money before and have none now, and
    `signed` the first line of a notice that is signed, None for a draft; `before` is what stood decided as
    it was signed, or stands today. Lines that award nothing take back.
    """
    session, round_id, areas = round_.session, round_.round_id, round_.places
    numbers = {of: row.number for of, row in entered(session, round_id).items()}
    pence = dict(before.held)
    held = {of: pence[number] for of, number in numbers.items() if number in pence}
    rows = by_application(_stood(session, round_id, signed))
    here = {areas[of] for of in lines}
    lost = sum(held.get(of, 0) for of in back)
    told = [of for of in held if of not in lines and areas.get(of) in here]
    gone = [of for of in held if numbers[of] in before.gone and held[of] and of not in (*lines, *back)]
    free = _not_taken_up(session, gone, rows)
    stands = {**held, **lines, **dict.fromkeys(free, 0)}
    commits = sum(lines.values())
    freed = {award: held[of] for of, award in free.items() if areas.get(of) in here}
    is_changed = any(held[of] != (rows[of].amount_pence or 0) for of in told)
    return Drawn(
        here,
        stands,
        commits or lost,
        _uses(round_, stands, signed),
        sum(held[of] for of in told) + (0 if commits else lost),
        TAKES_BACK if lost and not commits else COMMITS,
        freed=freed,
        is_changed=is_changed,
    )


def _uses(round_: DecidedRound, stands: Mapping[str, int], signed: DecisionRow | None) -> tuple[PotUse, ...]:
    """Return the pots of today for a draft, and those that the lines of a signed notice were decided on."""
    if signed is None:
        return pot_uses(round_.session, round_.round_id, stands)
    return round_.pot_uses(stands, [line for line in round_.every if line.notice == signed.notice])


def _stood(session: Session, round_id: int, signed: DecisionRow | None) -> Iterator[DecisionRow]:
    """Yield what was decided on applications before a line was signed, until today for a draft."""
    for row in decisions(session, round_id):
        is_before = signed is None or row.number < signed.number
        if is_before and row.is_last and row.verdict != "send_back" and not row.is_taken_back:
            yield row


def _not_taken_up(session: Session, gone: Sequence[str], rows: Mapping[str, DecisionRow]) -> dict[str, str]:
    """Return the award of each application that left its money to others, by the application."""
    made = award_references(session, [rows[of].number for of in gone]) if gone else {}
    return {of: made.get(of, of) for of in gone}


def financial_position(facts: RoundFacts, taken: Drawn, there: KeptWith) -> str:
    """Return the fund's year and the pots, with what was committed and decided before, and what is left."""
    names = tuple(name for use in taken.here for name in use.areas)
    return ROUND.position(
        year=_year_words(facts.line, there.plan),
        is_of_all=len(names) == there.areas,
        taken=taken,
        start_up_pence=sum(
            one.start_up_pence for use in taken.here for one in use.parts or (use,) if one.area in taken.areas
        ),
        names=names,
        freed=tuple(taken.freed),
        freed_pence=sum(taken.freed.values()),
        shared=tuple(shared_pots(taken.here)),
    )


def shared_pots(uses: Iterable[PotUse]) -> Iterator[str]:
    """Yield of each pot that several areas share who they are, and what is given of it in all of them."""
    for use in (use for use in uses if use.parts):
        show = column_money((use.pot_pence, use.given_pence))
        yield (
            f"{shared_words(use.areas)} of {show(use.pot_pence)}; in all they take {show(use.given_pence)}."
        )


def areas_over_pot(taken: Drawn, *, is_decided: bool = True) -> Iterator[tuple[str, int, str]]:
    """Yield each area that is over its pot, by how much, and who allows it in a sentence.

    The sum of an only pot is told before it.
    """
    is_or_would = "is" if is_decided else "would be"
    for use in taken.here:
        if use.over_pence:
            show = column_money((use.used_pence, use.pot_pence, use.over_pence))
            decided = f"{show(use.used_pence)} {is_or_would} decided, of a pot of {show(use.pot_pence)}. "
            told = decided if len(taken.here) > 1 else ""
            yield use.area, use.over_pence, f"{use.area}: {told}{over_words(use, show)}."


def authorities_unused(taken: Drawn, decided: Collection[str]) -> Iterator[str]:
    """Yield who allowed money over the pots for what is decided and is not over, in a sentence."""
    for use in taken.here:
        yield from (f"{use.area}: {words}." for words in unneeded_words(use, decided))
