"""An award whose applicant withdraws: what was decided stays said, what stands leaves it out."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from exchange.papers.disclosure import disclosure_document
from exchange.papers.document.values import Pairs, Table
from exchange.papers.finance.finance_payments import authorising_sheet, changes_sheets
from exchange.papers.prose_papers import decision_report_document
from models.operations.applications.corrections import SetWithdrawn
from models.papers.award_schedule import award_schedule
from models.papers.decision_report import DecisionReport
from models.papers.letters.letter import Replaced
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.awards.finance import finance
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decisions import decisions, recommendations
from models.queries.deciding.on_paper import settled_lines
from models.queries.deciding.round_list import Answer, round_list, work_out
from models.queries.panel.overview import overview
from models.queries.panel.to_do import After
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.notices.notice import notice
from models.queries.papers.to_sign import schedule as of_round
from models.queries.papers.transparency.disclosure import disclosure
from models.queries.papers.transparency.lists import publication
from models.queries.permissions.reading import SeenRound
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import round_line
from models.record import Record
from models.values import canonical
from models.values.recommending import LineDecision
from models.values.rows import scored_round
from scoring.allocating.over_pot import pot_use
from scoring.rank import rank
from scoring.schedule.lines import PanelOutcome
from scoring.schedule.values import AwardSchedule
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import DECIDER, REASON, decided, last_step
from tests.models.queries.panel.test_overview import OFFICER as VIEWER
from tests.models.queries.panel.test_overview import Place
from tests.models.rounds import OFFICER

NOW = datetime(2026, 12, 20, tzinfo=UTC)
MONTH = date(2026, 12, 1)

NOTICED_ON = date(2026, 12, 2)


@pytest.fixture
def withdrawn(record: Record) -> Record:
    """A record with awards of £1,000 and £2,000, the first of them withdrawn since."""
    decided(record)
    record.perform(SetWithdrawn(1, "ACF-001", True, "They closed"), OFFICER)
    return record


def schedule(record: Record) -> AwardSchedule:
    return record.ask(partial(of_round, order=PaperOrder("schedule", NOW, 1)))


def awarded(record: Record) -> tuple[int, int, int]:
    """Return what report, finance and publication say in all."""
    report = record.ask(partial(decision_report, order=PaperOrder("decision-report", NOW, 1)))
    paid = record.ask(partial(finance, order=PaperOrder("finance", NOW, 1)))
    listed = record.ask(partial(publication, order=PaperOrder("publication", NOW, month=MONTH)))
    return (
        sum(area.awarded_pence for area in report.areas),
        sum(award.amount_pence for award in paid.awards),
        sum(award.amount_pence for award in listed.awards),
    )


def test_papers_on_decisions_have_it_until_it_is_decided_anew_and_lists_of_what_stands_do_not(
    withdrawn: Record,
) -> None:
    # the report says what was decided; finance pays, and the public reads, what stands
    assert awarded(withdrawn) == (300_000, 200_000, 200_000)
    paid = withdrawn.ask(partial(finance, order=PaperOrder("finance", NOW, 1)))
    assert [(one.pence, one.notice) for one in paid.not_taken_up] == [(100_000, "031/2026")]
    (told,) = changes_sheets(paid)
    assert [row[2:5] for row in told.cells()] == [("Not taken up", date(2026, 11, 3), -100_000)]
    sheet = authorising_sheet(paid).rows
    assert sheet[0][1].endswith("1 award, £2,000.00; 1 more award, £1,000.00, not taken up")
    assert sheet[1][0] == "Not taken up, pay nothing"
    withdrawn.perform(SetWithdrawn(1, "ACF-002", True, "They closed too"), OFFICER)
    with pytest.raises(Refused, match=r"No award of this round was taken up"):
        withdrawn.ask(partial(finance, order=PaperOrder("finance", NOW, 1)))
    withdrawn.perform(SetWithdrawn(1, "ACF-002", False), OFFICER)
    given = withdrawn.ask(partial(disclosure, order=PaperOrder("disclosure", NOW, 1)))
    assert given.control == (
        "3 applications, £2,000.00 awarded; 1 award (£1,000.00) was withdrawn after the "
        "decision and not counted"
    )
    given = withdrawn.ask(partial(given_amounts, round_id=1))
    (use, *_) = withdrawn.ask(partial(pot_uses, round_id=1, given=given))
    assert use.left_pence == 150_000  # £3,500 less £2,000: what is not taken up may go to others
    told = withdrawn.ask(partial(notice, order=PaperOrder("notice", NOW, 1, notice="031/2026"))).financial
    assert "commits £3,000; £500 of the pot is left." in told[0], "the notice says what was decided then"
    made = schedule(withdrawn)
    assert made.whole.awarded_pence == 300_000
    assert made.stands.startswith("The awards stand at £2,000 today, £1,000 less than was decided")
    (line, *_), on = made.lines, "on 3 November 2026"
    assert line.reason == f"{REASON} Not taken up, as the applicant withdrew {on}."
    assert [dict(made.amended)[one] for one in ("ACF-001",)] == [
        "Not taken up, as the applicant withdrew on 3 Nov 2026"
    ]
    rows = withdrawn.ask(partial(round_rows, round_id=1))
    settled = withdrawn.ask(partial(settled_lines, round_id=1))
    stands = replace(settled, awarded=tuple(replace(one, stands_pence=None) for one in settled.awarded))
    with pytest.raises(
        Refused, match=r"ACF-001 is withdrawn, and still has an award of £1,000\.00\. The person who decided"
    ):
        award_schedule(rows, rank(scored_round(rows)), stands)


def test_once_its_decision_is_corrected_it_counts_nowhere_and_the_schedule_is_made(withdrawn: Record) -> None:
    none = LineDecision("ACF-001", "change", "decline", None, "They closed.", "They withdrew")
    withdrawn.perform(replace(last_step(none, notice="032/2026"), correcting=True), DECIDER)

    assert awarded(withdrawn) == (200_000, 200_000, 200_000)
    made = schedule(withdrawn)
    assert (made.whole.awarded_pence, made.stands) == (200_000, "")
    assert (made.lines[0].outcome, made.lines[0].recommended_pence) == ("decline", 100_000)
    assert made.lines[0].reason == "They withdrew. Decided again, notice 032/2026."


def test_information_on_request_tells_what_was_awarded_and_given_up(withdrawn: Record) -> None:
    order = PaperOrder("disclosure", NOW, 1)

    first = withdrawn.ask(partial(disclosure, order=order))
    named = withdrawn.ask(partial(disclosure, order=replace(order, names_declined=True)))

    told, of_name = (next(line for line in one.lines if line.gone_pence) for one in (first, named))
    assert (told.who, told.outcome) == ("Applicant 1", "withdrawn after the award")
    assert told.reasons == (
        "It was awarded £1,000.00 on 2 December 2026 (notice 031/2026), which was not taken up, as the "
        "applicant withdrew on 3 November 2026."
    )
    assert of_name.reasons == f"{told.reasons}\n{REASON}", "what was written of it stands with its name alone"
    pairs = [one for one in disclosure_document(first, PaperStatus(NOW, 0)).blocks if isinstance(one, Pairs)]
    assert "£1,000, not taken up" in [dict(block.rows).get("Awarded") for block in pairs]


def promoted(record: Record) -> Record:
    """Have what is not taken up go to the third, which was in reserve, by a notice of its own."""
    line = LineDecision("ACF-003", "change", "part_fund", 150_000, REASON, "Money came back")
    record.perform(replace(last_step(line, notice="032/2026"), correcting=True), DECIDER)
    return record


def test_a_notice_that_gives_again_what_was_not_taken_up_goes_beyond_no_pot(withdrawn: Record) -> None:
    promoted(withdrawn)

    made = withdrawn.ask(partial(notice, order=PaperOrder("notice", NOW, 1, notice="032/2026")))

    assert made.over_pots == ()  # £2,000 stands and £1,500 comes, of £3,500
    assert made.financial[0].endswith(
        "The pot of Coventry is £3,500, of which £3,000 was decided earlier; £1,000 of that is free again, "
        "as A-031-01 was not taken up. This notice commits £1,500; nothing of the pot is left."
    )
    sent = withdrawn.ask(partial(letters, order=PaperOrder("letters", NOW, 1))).letters
    (offer,) = (one for one in sent if one.reference == "ACF-003")
    was = Replaced(NOTICED_ON, "031/2026", PanelOutcome.RESERVE, None, "Money came back")
    assert (offer.reason, offer.replaced) == (REASON, was), "that money came back is no reason for it"


def test_a_report_names_what_was_given_up_and_counts_what_stands(withdrawn: Record) -> None:
    made = withdrawn.ask(partial(decision_report, order=PaperOrder("decision-report", NOW, 1)))

    assert made.not_taken_up == ("ACF-001",)
    told = dict(made.implications)
    assert told["Crime and Disorder"].startswith("Each award that stands has a recorded reason")
    # £1,000 and £2,000 were awarded, and the first was not taken up
    assert told["Value for Money and Productivity"].endswith(
        "and £3,000 awarded. That stands at £2,000 today."
    )
    blocks = decision_report_document(made, PaperStatus(NOW, 0)).blocks
    who = next(one for one in reversed(blocks) if isinstance(one, Table))
    given_up, *others = ("not taken up since" in " ".join(row) for row in who.rows)
    assert given_up
    assert not any(others)
    assert canonical.from_text(DecisionReport, canonical.to_text(made)) == made


def test_ranking_and_overview_leave_its_money_to_others(withdrawn: Record) -> None:
    rows = withdrawn.ask(partial(round_rows, round_id=1))
    advised = withdrawn.ask(partial(recommendations, round_id=1))
    listed = round_list(rank(scored_round(rows)), advised)

    use = pot_use(listed.areas[0], listed.scheme)
    assert (use.given_pence, use.left_pence) == (200_000, 150_000)
    line = withdrawn.ask(partial(round_line, round_id=1))
    figures = work_out(line, Answer(SeenRound(rows), advised))
    after = After(decisions=withdrawn.ask(partial(decisions, round_id=1)))
    shown = overview(Place(line, "Coventry"), figures, {}, VIEWER, NOW.date(), after)
    assert [(one.area, one.recommended) for one in shown.budget] == [("Coventry", 200_000)]
