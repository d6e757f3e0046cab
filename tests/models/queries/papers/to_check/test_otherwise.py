"""Issued papers that say otherwise of an award than the record does: told with the change, and listed."""

import json
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256

import pytest

from models.issuing import next_issue
from models.operation import Operation
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.monitoring import AwardPlan, PlanReturns, SetAgreedOutputs
from models.operations.awards.paying import HoldAward, SetDue, SetInstalments
from models.operations.papers import IssuePaper
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts
from models.papers.kinds import AGREEMENT, FINANCE, SCHEDULE
from models.papers.monitoring.monitoring import AgreedOutput
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS
from models.queries.panel.to_do import ask_after
from models.queries.panel.to_do_money import money_tasks
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.otherwise import changed_words, says_otherwise
from models.record import Record
from models.values.awards import Instalment, PlannedReturn, WithheldName
from tests.models.journal.test_erasing import round_of_texts
from tests.models.operations.awards.varied_awards import (
    HALVES,
    JULY,
    MARCH,
    OF,
    half_paid,
    sign_both,
    the_award,
    vary,
)
from tests.models.operations.deciding_rounds import decided
from tests.models.operations.test_kept_files import erased
from tests.models.rounds import OFFICER, load, set_up_office, undo

AT = datetime(2027, 1, 5, 10, 0, tzinfo=UTC)


def issue(record: Record, kind: str) -> None:
    award = the_award(record).reference if kind == AGREEMENT else ""
    order = PaperOrder(kind, AT, 1, award=award)
    value = record.ask(partial(paper_value, order=order))
    following = record.ask(partial(next_issue, order=order, value=value))
    assert following is not None
    record.perform(following.operation, OFFICER)


def told(record: Record) -> list[tuple[str, int, tuple[str, ...]]]:
    found = record.ask(partial(says_otherwise, round_id=1))
    return [(one.paper, one.version, one.what) for one in found if one.application == OF]


def change(record: Record, operation: Operation) -> str:
    return record.perform(operation, OFFICER).words


def test_nothing_is_told_while_the_papers_say_what_the_award_says(record: Record) -> None:
    half_paid(record)
    for kind in (LETTERS, AGREEMENT, FINANCE, "monitoring"):
        issue(record, kind)

    assert told(record) == []


def test_minutes_and_a_call_are_compared_as_a_whole_whatever_the_office_is_called(record: Record) -> None:
    decided(record)
    issue(record, "minutes")
    issue(record, "call")

    def changed() -> str:
        return record.ask(partial(changed_words, round_id=1))

    assert changed() == ""
    day = date(2027, 2, 1)
    later = (FactChange("name", "Office of Westmarch", day), FactChange("telephone", "01632 960001", day))
    record.perform(SetOfficeFacts(later), OFFICER)
    assert changed() == "", "what the office is from another day on is not what these papers say of theirs"
    record.perform(SetPaperTexts(1, "minutes", "", (("chaired", "Bo took the chair."),)), OFFICER)
    assert changed() == (
        "1 issued paper says otherwise than the record does today: moderation record and minutes version 1."
    )
    record.perform(SetPaperTexts(1, "call", "", (("how", "Send it by post."),)), OFFICER)
    assert changed().endswith("minutes version 1 and call for applications version 1.")
    issue(record, "minutes")
    issue(record, "call")
    assert changed() == "", "the newest version is what is compared"


def test_what_is_erased_since_is_nothing_that_minutes_say_otherwise(record: Record) -> None:
    set_up_office(record)
    load(record, round_of_texts())
    issue(record, "minutes")
    order = PaperOrder("minutes", AT, 1)
    before = record.ask(partial(paper_value, order=order))

    erased(record, "ACF-001")

    assert record.ask(partial(paper_value, order=order)) != before, "the erasure took something of them"
    assert record.ask(partial(changed_words, round_id=1)) == ""


def test_another_sum_is_told_with_the_change_by_paper_and_version(record: Record) -> None:
    half_paid(record)
    for kind in (LETTERS, AGREEMENT, FINANCE):
        issue(record, kind)

    done = vary(record, amount_pence=90_000)

    assert "3 issued papers say otherwise: A-031-01, letter version 1 (its sum), " in done.words
    assert told(record) == [(kind, 1, ("its sum",)) for kind in (LETTERS, AGREEMENT, FINANCE)]
    assert "otherwise" not in undo(record, done).words
    assert told(record) == []


def test_a_letter_on_the_change_takes_the_place_of_the_first_and_the_next_version_of_an_agreement(
    record: Record,
) -> None:
    half_paid(record)
    issue(record, LETTERS)
    issue(record, AGREEMENT)
    vary(record, amount_pence=90_000)

    issue(record, "award-letters")
    assert told(record) == [(AGREEMENT, 1, ("its sum",))]
    issue(record, AGREEMENT)
    assert told(record) == []

    vary(record, 2, end_on=date(2027, 9, 30))
    assert told(record) == [("award-letters", 1, ("its days",)), (AGREEMENT, 2, ("its days",))]
    vary(record, 3, amount_pence=80_000)
    assert told(record) == [
        ("award-letters", 1, ("its sum", "its days")),
        (AGREEMENT, 2, ("its sum", "its days")),
    ]


def test_more_money_is_told_once_it_is_signed_for(record: Record) -> None:
    half_paid(record)
    issue(record, LETTERS)

    assert "otherwise" not in vary(record, amount_pence=120_000).words
    assert "1 issued paper says otherwise: A-031-01, letter version 1 (its sum)." in sign_both(record).words


def test_other_parts_and_other_days_of_payment_are_told_and_a_paid_part_is_not(record: Record) -> None:
    half_paid(record)
    issue(record, LETTERS)
    issue(record, FINANCE)

    words = change(record, SetDue(1, OF, 2, JULY, MARCH))
    assert "letter version 1 (how it is paid)" in words
    assert told(record) == [(LETTERS, 1, ("how it is paid",))], "one day of the schedule is not set"
    assert "otherwise" not in change(record, SetDue(1, OF, 2, MARCH, JULY))
    assert "letter version 1 (how it is paid)" in change(record, SetDue(1, OF, 3, JULY, None))


def test_a_day_set_after_an_agreement_was_issued_is_told_of_it_and_is_in_its_next_version(
    record: Record,
) -> None:
    half_paid(record)
    issue(record, AGREEMENT)
    assert told(record) == []

    assert "agreement version 1 (how it is paid)" in change(record, SetDue(1, OF, 2, JULY, MARCH))
    issue(record, AGREEMENT)
    assert told(record) == []


def test_parts_of_an_award_that_nobody_signed_are_told(record: Record) -> None:
    decided(record)
    issue(record, LETTERS)
    parts = (Instalment(60_000, "agreement signed"), Instalment(40_000, "receipts"))

    words = change(record, SetInstalments(1, OF, "", parts, the_award(record).instalments))

    assert words.endswith("1 issued paper says otherwise: A-031-01, letter version 1 (how it is paid).")


def test_other_returns_are_told_of_agreement_and_workbook(record: Record) -> None:
    half_paid(record)
    first, other = (PlannedReturn(1, day, "at the end") for day in (MARCH, JULY))
    change(record, PlanReturns(1, (AwardPlan(OF, (first,), ()),)))
    issue(record, AGREEMENT)
    issue(record, "monitoring")
    assert told(record) == []

    words = change(record, PlanReturns(1, (AwardPlan(OF, (other,), (first,)),)))

    assert "2 issued papers say otherwise" in words
    assert told(record) == [(AGREEMENT, 1, ("its returns",)), ("monitoring", 1, ("its returns",))]


def test_another_recipient_is_told_of_agreement_and_schedule(record: Record) -> None:
    half_paid(record)
    issue(record, AGREEMENT)
    issue(record, FINANCE)

    vary(record, recipient="Allotment Friends Trust")

    assert told(record) == [(AGREEMENT, 1, ("whose it is",)), (FINANCE, 1, ("whose it is",))]


def test_what_is_agreed_since_is_told_of_the_agreement(record: Record) -> None:
    half_paid(record)
    issue(record, AGREEMENT)

    words = change(record, SetAgreedOutputs(1, OF, (AgreedOutput(1, "Forty sessions", 40),), ()))

    assert words.endswith("1 issued paper says otherwise: A-031-01, agreement version 1 (what is agreed).")
    issue(record, AGREEMENT)
    assert told(record) == []


def test_papers_that_name_whom_the_public_is_told_no_more_are_told_until_issued_again(record: Record) -> None:
    half_paid(record)
    line = '{{"awards":[{{"reference":"A-031-01","recipient":"{}"}}]}}'
    named, blank = line.format(the_award(record).organisation), line.format("Withheld")
    keep(record, "publication", named, "first", None)
    keep(record, "notice", named.replace("awards", "allocations"), "031/2026")
    assert told(record) == []

    why = WithheldName("safety", "a refuge", "Rosa Plume", "Chief Executive")
    words = change(record, SetWithheldName(1, OF, why, None))

    assert "2 issued papers say otherwise: A-031-01, notice of decision version 1 (whom it names)" in words
    assert told(record) == [("notice", 1, ("whom it names",)), ("publication", 1, ("whom it names",))]
    keep(record, "publication", blank, "then", None)
    assert told(record) == [("notice", 1, ("whom it names",))]


def test_a_schedule_that_pays_what_is_withdrawn_or_on_hold_is_told_until_a_newer_does_not(
    record: Record,
) -> None:
    decided(record)
    parts = [{"amount_pence": p.amount_pence, "trigger": p.trigger} for p in the_award(record).instalments]
    keep(record, FINANCE, json.dumps({"awards": [{"reference": "A-031-01", "payments": parts}]}))
    assert told(record) == []

    held = record.perform(HoldAward(1, OF, "accounts late", ""), OFFICER)
    assert told(record) == [(FINANCE, 1, ("that nothing holds its payment",))]
    undo(record, held)
    words = change(record, SetWithdrawn(1, OF, True, "moved away"))

    assert words.endswith("finance schedule version 1 (that there is an award).")
    assert told(record) == [(FINANCE, 1, ("that there is an award",))]
    keep(record, FINANCE, '{"awards":[{"reference":"A-031-02"}]}')
    assert told(record) == []


def keep(record: Record, paper: str, content: str, subject: str = "", round_id: int | None = 1) -> None:
    """Issue a paper of these facts."""
    head, digest = record.head(), sha256(content.encode()).hexdigest()
    row = IssuePaper(paper, round_id, subject, content, digest, "", head.seq, head.hash_hex)
    record.perform(row, OFFICER)


@pytest.mark.parametrize(
    ("paper", "round_id", "line"),
    [
        (SCHEDULE, 1, '"lines":[{{"reference":"ACF-001","awarded":"{pounds}"}}]'),
        ("notice", 1, '"allocations":[{{"award":"A-031-01","reference":"ACF-001","amount_pence":{pence}}}]'),
        ("decision-report", 1, '"allocations":[{{"reference":"ACF-001","amount_pence":{pence}}}]'),
        ("publication", None, '"awards":[{{"reference":"A-031-01","amount_pence":{pence}}}]'),
        ("360giving", None, '"grants":[{{"identifier":"360G-own-A-031-01","awarded_pence":{pence}}}]'),
    ],
)
def test_a_list_that_says_another_sum_of_an_award_is_told_until_a_newer_says_it(
    record: Record, paper: str, round_id: int | None, line: str
) -> None:
    half_paid(record)

    keep(record, paper, "{" + line.format(pounds="900.00", pence=90_000) + "}", "first", round_id)
    assert told(record) == [(paper, 1, ("its sum",))]

    keep(record, paper, "{" + line.format(pounds="1000.00", pence=100_000) + "}", "then", round_id)
    assert told(record) == []


def test_what_a_paper_says_of_others_and_of_what_was_passed_on_is_no_sum_of_an_award(record: Record) -> None:
    half_paid(record)

    keep(record, "notice", '{"passed_on":[{"reference":"ACF-001","amount_pence":5}],"allocations":[{}]}')
    keep(record, SCHEDULE, '{"lines":[{"reference":"ACF-001","awarded":null},{"reference":"ACF-9"}]}')

    assert told(record) == []


def test_the_overview_of_an_officer_counts_the_papers(record: Record) -> None:
    half_paid(record)
    issue(record, LETTERS)
    vary(record, amount_pence=90_000)

    after = record.ask(partial(ask_after, round_id=1, role="officer"))
    words = {task.words: task.note for task in money_tasks(after, "officer", "Olive", None)}

    assert words["1 issued paper says otherwise"] == "A-031-01: Papers lists them; issue them again"


def test_what_was_erased_or_never_was_an_issue_of_facts_is_passed_over(record: Record) -> None:
    half_paid(record)
    for content in ("[erased]", "[]", '{"letters":[{"reference":"ACF-001"}]}'):
        keep(record, LETTERS, content, content)

    assert told(record) == []
    assert HALVES[0].paid_on is None
