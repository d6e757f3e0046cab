"""What papers of a round print of money over a pot: by how much, who allows it, and why."""

from datetime import UTC, datetime

from msgspec.structs import replace

from exchange.papers.document.values import Para, Table
from exchange.papers.prose_papers import decision_report_document
from models.operations.deciding.recommendations import AllowOverPot
from models.operations.set_up.office import SetPaperTexts
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.queries.deciding.allowances import over_lines
from models.queries.deciding.on_paper import settled_lines
from models.queries.papers.decision_report import decision_report
from models.queries.papers.governance import governance_report
from models.queries.papers.notices.notice import notice
from models.queries.papers.transparency.disclosure import disclosure, over_pots
from models.queries.papers.transparency.public_award import Withheld
from models.record import Record
from tests.models.operations.deciding.test_allowances import ALLOWED, THIRD
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    DECIDER,
    every_line,
    first_step,
    last_step,
    signed,
)
from tests.models.rounds import OFFICER

OVER = "£2,500.00 over the pot, allowed by A. Example, Commissioner: The last two are one project"
SHORT = OVER.replace(".00", "")
ORDER = PaperOrder("notice", datetime(2026, 12, 9, tzinfo=UTC), 1)


def decided_over(record: Record) -> Record:
    """Decide £6,000 of a pot of £3,500, of which £2,500 was allowed."""
    signed(record).perform(AllowOverPot(1, ALLOWED), OFFICER)
    record.perform(first_step(*every_line()[:2], THIRD), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    return record


def test_a_notice_says_what_is_over_the_pot_whatever_the_office_wrote(record: Record) -> None:
    decided_over(record)
    told = f"Coventry: {SHORT}."

    assert record.ask(lambda s: notice(s, ORDER)).financial[1:] == (told,)
    record.perform(SetPaperTexts(1, "notice", "031/2026", (("financial", "As budgeted."),)), OFFICER)
    assert record.ask(lambda s: notice(s, ORDER)).financial == ("As budgeted.", told)


def test_a_decision_report_has_pot_and_what_is_over_apart_and_no_column_of_noughts(record: Record) -> None:
    report = decided_over(record).ask(lambda s: decision_report(s, replace(ORDER, kind="decision-report")))
    area = report.areas[0]

    assert (area.pot_pence, area.tolerance_pence, area.left_pence, area.over) == (350_000, 0, -250_000, SHORT)
    blocks = decision_report_document(report, PaperStatus(datetime(2026, 12, 2, tzinfo=UTC), "00")).blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert [column.heading for column in table.columns][3:] == [
        *("Pot", "Asked", "Awarded", "Pot left", "Over pot")
    ]
    assert table.rows[0][3:] == ("£3,500", "£6,000", "£6,000", "£0", "£2,500")
    assert any(isinstance(block, Para) and block.text == f"Coventry: {SHORT}." for block in blocks)
    assert max(len(column.heading.split()) for column in table.columns[3:]) == 2, (
        "no heading takes more lines"
    )


def test_the_report_across_funds_tells_of_pots_that_were_exceeded(record: Record) -> None:
    whole = PaperOrder("governance", datetime(2026, 12, 9, tzinfo=UTC))
    (fund,) = decided_over(record).ask(lambda s: governance_report(s, whole)).funds

    recorded = "(recorded on 3 November 2026)"
    assert f"{fund.rounds[0].name}, Coventry: {SHORT} {recorded}" in fund.changes


def test_information_on_request_says_it_by_the_post_and_names_nobody(record: Record) -> None:
    asked = replace(ORDER, kind="disclosure")

    rules = dict(decided_over(record).ask(lambda s: disclosure(s, asked)).rules)

    assert rules["Over a pot"] == f"Coventry, {SHORT.replace('A. Example, ', 'the ')}"
    elsewhere = record.ask(lambda s: tuple(over_pots(s, 1, "Dudley", str)))
    assert elsewhere == ()
    blank = Withheld(("Coventry", "Example"))
    ((_, said),) = record.ask(lambda s: tuple(over_pots(s, 1, None, blank.without)))
    assert said.startswith("Coventry, "), "an area has its name, whoever has an address there"


def test_a_schedule_brings_what_was_allowed(record: Record) -> None:
    assert decided_over(record).ask(lambda s: settled_lines(s, 1)).allowances == (ALLOWED,)


def test_what_is_over_is_told_for_one_area_or_all(record: Record) -> None:
    decided_over(record)

    assert record.ask(lambda s: over_lines(s, 1, {})) == (f"Coventry: {OVER}.",)
    assert record.ask(lambda s: over_lines(s, 1, {}, ["Dudley"])) == ()
    assert record.ask(lambda s: over_lines(s, 1, {"ACF-003": 0}, ["Coventry"])) == ()
