"""A pot that areas share in a record: joined, parted, recommended from, on papers, in the year's money."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from exchange.papers.prose_papers import decision_report_document
from exchange.papers.schedule.schedule_sheets import result
from models.operations.awards.budget import MoveMoney
from models.operations.deciding.chair_decisions import DecideTie
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.areas import AddArea, MoveAreas, SetPot
from models.operations.set_up.office import SetUpOffice
from models.papers.award_schedule import award_schedule
from models.papers.minutes import Pot
from models.papers.status import PaperStatus
from models.queries.awards.budget import fund_budget
from models.queries.awards.year_facts import over_year_lines
from models.queries.deciding.allowances import over_lines, pot_uses
from models.queries.deciding.decided_anew import DecidedRound, undecided
from models.queries.papers.letter_parts.causes import reserves
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.schedule.lines import Recommended, Settled
from scoring.schedule.values import shared_sentences
from tests.models.operations.budgets import ACF, BY, YEAR, allocate, area_of, opened, publish, start
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    deciding_rows,
    declare_to_sign,
    first_step,
    last_step,
    reasoned,
)
from tests.models.rounds import FUND, OFFICER, application, load, paper, refused, refuses

NOW = datetime(2026, 12, 9, tzinfo=UTC)
COVENTRY, DUDLEY = Area("Coventry", 350_000, shared_pot="Joint"), Area("Dudley", 0, shared_pot="Joint")


def shared_rows(*asks: int) -> RoundRows:
    """Return three applications, the second of Dudley, to a pot of £3,500 that both areas share."""
    asked = asks or (100_000, 200_000, 300_000)
    rows = (application(n, requested_pence=pence) for n, pence in enumerate(asked, 1))
    first, second, third = rows
    areas = (COVENTRY, DUDLEY)
    return replace(deciding_rows(), areas=areas, applications=(first, replace(second, area="Dudley"), third))


def shared(record: Record, rows: RoundRows | None = None, stages: Sequence[str] = ()) -> Record:
    """Load the round and take both areas through some stages."""
    record.perform(SetUpOffice("Office", (replace(FUND, amounts=((YEAR, 15_000_000),)),)), OFFICER)
    load(record, rows or shared_rows())
    for stage in stages:
        for area in ("Coventry", "Dudley"):
            record.perform(MoveAreas(1, (area,), stage), CHAIR)
    return record


def recommend(record: Record) -> None:
    """Record what the rule proposes."""
    ranked = rank(scored_round(record.ask(lambda s: round_rows(s, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)


def test_an_area_joins_a_pot_and_gets_its_own_again(record: Record) -> None:
    rows = replace(deciding_rows(), areas=(replace(COVENTRY, shared_pot=""), replace(DUDLEY, shared_pot="")))
    shared(record, rows)
    before = record.ask(lambda s: round_rows(s, 1)).areas

    joined = record.perform(SetPot(1, COVENTRY, before[0]), OFFICER)

    assert joined.words == "Let Coventry share the pot Joint."
    assert record.ask(lambda s: round_rows(s, 1)).areas[0] == COVENTRY
    assert [area.shared_pot for area in record.ask(lambda s: round_line(s, 1)).areas] == ["Joint", ""]
    assert joined.inverse is not None
    assert joined.inverse.label == "Give Coventry a pot of its own"
    refuses(record, "changed in the meantime", SetPot(1, COVENTRY, before[0]))


def test_money_goes_down_one_list_and_is_refused_past_the_whole_pot(record: Record) -> None:
    shared(record, stages=("scoring", "meeting", "recommending"))

    recommend(record)

    # 1,000 for Coventry and 2,000 for Dudley; the 3,000 of the third do not fit into the 500 left.
    (use,) = record.ask(lambda s: pot_uses(s, 1, {"ACF-001": 100_000, "ACF-002": 200_000}))
    assert (use.area, use.pot_pence, use.left_pence) == ("Coventry and Dudley", 350_000, 50_000)
    assert record.ask(lambda s: over_lines(s, 1, {})) == ()
    ranked = rank(scored_round(record.ask(lambda s: round_rows(s, 1))))
    third = proposed(ranked)[1]
    assert third.application == "ACF-003"
    more = replace(third, outcome="fund", amount_pence=300_000, reason="It is wanted.", is_exception=True)
    refuses(record, "Coventry and Dudley: .* over the £3,500.00 pot", RecordRecommendations(1, (more,)))

    # Who shares a pot stays once a list of it is signed.
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    stays = "recommendations of Coventry are signed, so who shares its pot stays"
    refuses(record, stays, SetPot(1, replace(DUDLEY, shared_pot=""), DUDLEY))
    record.perform(SetPot(1, replace(DUDLEY, pot_pence=5), DUDLEY), OFFICER)  # its money is another matter
    refuses(record, stays, AddArea(1, Area("Walsall", 9, shared_pot="joint")))
    record.perform(AddArea(1, Area("Walsall", 9, shared_pot="Other")), OFFICER)


def test_one_area_is_never_set_in_the_place_of_another(record: Record) -> None:
    shared(record)

    refuses(record, "money of Coventry was changed in the meantime", SetPot(1, COVENTRY, DUDLEY))

    # The call for applications says who shares.
    words = (
        "Coventry and Dudley share one pot of £3,500, and their applications are ranked in one list; what "
        "stands beside each is what it puts in."
    )
    for area in ("Dudley", None):
        assert paper(record, "call", NOW, area=area).shared == (words,)

    # What is given on request is one list over both areas, not first those of Coventry, then those of Dudley.
    told = paper(record, "disclosure", NOW, with_undecided=True)
    assert [line.place for line in told.lines] == sorted(line.place for line in told.lines)
    assert {line.area for line in told.lines[:2]} == {"Coventry", "Dudley"}


def test_the_chair_puts_a_tie_across_both_areas_in_order(record: Record) -> None:
    same = tuple(SheetRow("M1", f"ACF-00{n}", True, (4, 4, 4)) for n in (1, 2))
    rows = replace(shared_rows(200_000, 200_000, 300_000), sheets=same)
    shared(record, rows, stages=("scoring", "meeting"))
    left = record.ask(lambda s: undecided(s, [(1, "ACF-001")]))
    assert left[0].tied_with == ("ACF-002",)

    record.perform(DecideTie(1, ("ACF-002", "ACF-001"), "longer waiting"), CHAIR)

    ranked = rank(scored_round(record.ask(lambda s: round_rows(s, 1))))
    assert {s.reference: s.place for s in ranked.standings}["ACF-002"] == 1


def test_a_schedule_shows_each_area_with_its_part_and_says_who_shares() -> None:
    rows = shared_rows()
    ranking = rank(scored_round(rows))

    whole = award_schedule(rows, ranking, Settled())
    alone = award_schedule(rows, ranking, Settled(), area="Coventry")

    told = (
        "Coventry and Dudley share one pot of £3,500.00 and one list: places are those of the list. What "
        "stands beside an area as its pot, left or over is a share, reckoned for sums alone."
    )
    assert shared_sentences(whole) == shared_sentences(alone) == (told,)
    assert result(alone)[2].startswith("£500 of the pot of £3,500 is left")
    assert [(a.area, a.pot_pence, a.recommended_pence) for a in whole.areas] == [
        ("Coventry", 150_000, 100_000), ("Dudley", 200_000, 200_000),
    ]  # fmt: skip
    assert alone.areas == whole.areas[:1]
    assert whole.shared == (("Coventry", "Dudley"),)
    assert [line.place for line in whole.lines] == [1, 3, 2]
    other = Settled((Recommended("ACF-002", "fund", 150_000, (), ""),))
    assert award_schedule(rows, ranking, other, area="Coventry").areas[0].pot_pence == 200_000


def test_papers_tell_the_shared_pot_whole_and_the_year_holds_it_once(record: Record) -> None:
    shared(record, stages=("scoring", "meeting", "recommending"))
    allocate(record, Coventry=350_000, Dudley=50_000)
    # While nothing is decided the pot is held where it was put in.
    assert [area_of(record, name).committed_pence for name in ("Coventry", "Dudley")] == [350_000, 0]
    assert record.ask(lambda s: fund_budget(s, (1, YEAR))).sharing("dudley") != ()
    # £500 is left of both together: more cannot go into another round of either, nor be moved away.
    another = start(record, "Second", Coventry=50_001)
    words = r"Coventry, together with Dudley, has £500\.00 left of its money for 2026/27.*takes £500\.01"
    refused(words, publish, record, another)
    allocate(record, Walsall=0)
    refuses(record, "project money left", MoveMoney(ACF, YEAR, "Dudley", "Walsall", 50_001, "short", BY))
    record.perform(MoveMoney(ACF, YEAR, "Dudley", "Coventry", 50_000, "as given", BY), OFFICER)
    opened(record, "Third", Walsall=0)
    first, third, second = reasoned(proposed(rank(scored_round(record.ask(lambda s: round_rows(s, 1))))))
    declare_to_sign(record, COMMANDER, DECIDER)

    said = list[str]()
    for number, area, items in (("031/2026", "Coventry", (first, third)), ("032/2026", "Dudley", (second,))):
        lines = tuple(LineDecision(one.application) for one in items)
        record.perform(RecordRecommendations(1, items), OFFICER)
        record.perform(SignRecommendations(1, area, DAY), CHAIR)
        waits = paper(record, "to-sign", NOW, area=area)
        record.perform(first_step(*lines), COMMANDER)
        record.perform(last_step(*lines, notice=number), DECIDER)
        said.append(paper(record, "notice", NOW, notice=number).financial[0])
        # The letter tells what its own notice left of £3,500, whatever was recommended and decided later.
        assert record.ask(lambda s: reserves(DecidedRound(s, 1)))["ACF-003"].left_pence == 250_000
    report = paper(record, "decision-report", NOW)
    own = replace(report, implications=(("Finance", "As the year's plan has it."),))
    (fund,) = paper(record, "governance", NOW, None).funds

    # £1,000 is awarded in Coventry, then £2,000 in Dudley.
    told, left = "Coventry and Dudley share one pot of £3,500; in all they take", "of the shared pot is left."
    assert said[0].endswith(f"{told} £1,000. This notice commits £1,000; £2,500 {left}")
    assert said[1].endswith(
        f"The pot of this round is £3,500. {told} £3,000. This notice commits £2,000; £500 {left}"
    )
    assert paper(record, "minutes", NOW, area="Dudley").results[0].pot == Pot(
        350_000, 0, 200_000, 50_000, ("Coventry", "Dudley"), "", 300_000
    )
    assert [(one.area, one.left_pence) for one in waits.pots] == [("Coventry and Dudley", 50_000)]
    money = [(one.pot_pence, one.kept_pence) for one in (*report.areas, *report.pots, report.totals)]
    assert (report.shared, money) == ((f"{told} £3,000.",), [(0, 0)] * 2 + [(350_000, 50_000)] * 2)
    blocks = [str(decision_report_document(one, PaperStatus(NOW, "")).blocks) for one in (report, own)]
    assert [text.count("share one pot") for text in blocks] == [1, 1]
    # £4,000 is allocated to both, and the round holds its pot of £3,500
    assert fund.shared[0].endswith("their money is looked at together: £500 is left of it.")
    # Dudley gets £2,000, more than is allocated to it, but both together have enough.
    assert record.ask(lambda s: over_year_lines(s, 1)) == ()
