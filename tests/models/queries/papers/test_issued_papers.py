"""Issued versions as one list, what a schedule to sign or signed says, and what papers can be made of."""

import json
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256 as sum_of

import pytest
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import sign_off_rows, unsigned_words
from models.issuing import issued_status, next_issue
from models.operations.papers import IssuePaper
from models.papers.award_schedule import award_schedule
from models.papers.kinds import SCHEDULE
from models.papers.order import PaperOrder
from models.papers.status import PaperStatus
from models.papers.texts import LETTERS
from models.papers.to_sign import ToSign
from models.queries.papers.issues import issued_papers, schedules_issued
from models.queries.papers.papers import paper_sha256, paper_value
from models.queries.papers.to_sign import to_sign
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.sign_off import SignOff
from models.values.recommending import LineDecision
from models.values.rows import InterestRow, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, Eligibility, InterestKind
from scoring.schedule.lines import Settled
from scoring.schedule.values import AwardSchedule
from tests.models.operations.deciding.test_chain import signed_round
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
)
from tests.models.rounds import OFFICER, application, paper

AT = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
ORDER = PaperOrder(SCHEDULE, AT, round_id=1)


def test_the_same_values_have_no_next_issue_and_a_paper_of_the_one_before(loaded: Record) -> None:
    head, rows = loaded.head(), loaded.ask(lambda session: round_rows(session, 1))
    made = award_schedule(rows, rank(scored_round(rows)), Settled(marking="OFFICIAL"))

    def status() -> PaperStatus | None:
        return loaded.ask(lambda session: issued_status(session, ORDER, paper_value(session, ORDER)))

    assert status() is None
    following = loaded.ask(lambda session: next_issue(session, ORDER, made))
    assert following is not None
    loaded.perform(following.operation, OFFICER)

    assert loaded.ask(lambda session: next_issue(session, ORDER, made)) is None
    (issued,) = loaded.ask(lambda session: issued_papers(session, 1))
    first = (AT, paper_sha256(SCHEDULE, made), 1, head.seq, head.hash_hex, head.at)
    assert status() == PaperStatus(*first, issued_at=issued.issued_at)

    # Issued papers tell awards, and who was written to or has an agreement.
    lines = [{"reference": "A1", "awarded_pence": 10_000}, {"reference": "A2", "awarded_pence": None}]
    for kind, area, values in (
        (SCHEDULE, "Dudley", {"lines": lines}),
        (LETTERS, "Dudley", {"letters": [{"reference": "A1"}], "in_agreements": ["A2"]}),
        (LETTERS, "Coventry", {"letters": [{"reference": "A3"}]}),
    ):
        content, head = json.dumps(values), loaded.head()
        digest = sum_of(content.encode()).hexdigest()
        loaded.perform(IssuePaper(kind, 1, area, content, digest, "", head.seq, head.hash_hex), OFFICER)

    found = loaded.ask(lambda session: schedules_issued(session, 1))

    assert found.awarded == {"A1"}
    assert found.told == {"A1", "A2", "A3"}


NOW = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
DAY = "2 December 2026"


def of_record(record: Record) -> AwardSchedule:
    return paper(record, "schedule", NOW)


@pytest.mark.parametrize(("from_pence", "signs"), [(150_000, True), (300_000, True), (300_001, False)])
def test_a_post_that_signs_from_an_amount_is_wanted_where_something_reaches_it(
    record: Record, from_pence: int, *, signs: bool
) -> None:
    chain = (SignOff("commander", "NPU commander"), SignOff("decider", "Commissioner", from_pence=from_pence))
    signed_round(record, chain)

    found = of_record(record)

    posts = [post for post, *_ in sign_off_rows(found)]
    assert any(post.startswith("Commissioner, from") for post in posts) is signs
    assert posts[:2] == ["Chair of the panel", "NPU commander"]


def asked(record: Record, *answers: LineDecision, **of: object) -> ToSign:
    """Return what waits for a signature, as the command asks for it or with answers."""
    order = replace(PaperOrder("to-sign", NOW, 1), **of)
    if answers:
        return record.ask(partial(to_sign, order=order, answers=answers))
    value = record.ask(partial(paper_value, order=order))
    assert isinstance(value, ToSign)
    return value


def told(value: ToSign, reference: str) -> dict[str, str]:
    return dict(next(line.told for line in value.lines if line.reference == reference))


def test_an_answer_that_is_not_recorded_yet_is_what_is_signed(signed: Record) -> None:
    why = ("It keeps the estate quiet.", "Less is enough.", ("Reduced scope: two evenings", "Report by May"))
    lines = (
        LineDecision("ACF-001", "change", "part_fund", 60_000, *why),
        LineDecision("ACF-002"),
        LineDecision("ACF-003", "send_back", change_reason="Say more."),
    )

    value = asked(signed, *lines)

    assert [one.given_pence for one in value.lines] == [60_000, 200_000, None]
    first = told(value, "ACF-001")
    assert first["Your answer"] == "Changed to part-fund £600: Less is enough."
    assert first["What it pays for"] == "two evenings"
    assert first["Why, in the office’s words"] == "It keeps the estate quiet."
    assert first["Conditions"] == "Report by May"
    assert told(value, "ACF-002")["Your answer"] == "As it came."
    assert not any("Not stated" in dict(one.told) for one in value.lines)
    assert told(value, "ACF-003")["Your answer"] == "Sent back: Say more."
    assert [pot.left_pence for pot in value.pots] == [90_000]  # 3,500 − 600 − 2,000

    # Of a line alone the pot says what others take.
    order = PaperOrder("to-sign", NOW, 1)
    value = signed.ask(partial(to_sign, order=order, of={"ACF-002"}))
    assert [line.reference for line in value.lines] == ["ACF-002"]
    (pot,) = value.pots
    assert (pot.here_pence, pot.others_pence, pot.left_pence) == (200_000, 100_000, 50_000)


def test_each_line_tells_its_own_exceptions_and_interests_and_why_it_is_in_reserve(record: Record) -> None:
    rows = deciding_rows()
    *others, third = rows.applications
    late = replace(third, eligibility=Eligibility.WAIVED, eligibility_reason="It came as late as ACF-001.")
    own = InterestRow("M2", "ACF-001", InterestKind.PREJUDICIAL)
    more = replace(rows, applications=(*others, late), interests=(*rows.interests, own))
    recommended(record, replace(more, sheets=(*rows.sheets, SheetRow("M2", "ACF-001", True, (4, 4, 4)))))

    value = asked(record)

    first, last = told(value, "ACF-001"), told(value, "ACF-003")
    assert first["Interests and who left"].endswith("declared an interest; their score sheet is not counted.")
    assert "Order and exceptions" not in first, "that of another line only names it"
    assert last["Order and exceptions"].endswith("It came as late as ACF-001.")
    assert last["The panel recommends"] == "Reserve. £500 was left, too little for it."


def test_nothing_is_told_of_a_line_that_is_closed_to_its_reader_nor_what_is_left_of_its_pot(
    record: Record,
) -> None:
    rows = deciding_rows()
    dudley = replace(application(4), reference="AAA-001", area="Dudley")
    more = replace(
        rows,
        areas=(Area("Coventry", 350_000), Area("Dudley", 500_000)),
        applications=(*rows.applications, dudley, replace(application(5), withdrawn=True)),
        sheets=(*rows.sheets, SheetRow("M1", "AAA-001", True, (5, 5, 5))),
    )
    value = asked(recommended(record, more), closed=("ACF-001", "ACF-999"))

    assert [line.reference for line in value.lines] == ["ACF-002", "ACF-003", "AAA-001"]
    assert value.closed == ("ACF-001",)
    coventry, dudley = value.pots
    assert (coventry.others_pence, coventry.left_pence, coventry.over) == (None, None, "")
    assert dudley.left_pence == 100_000  # 5,000 − 4,000
    words = " ".join(words for line in value.lines for _, words in line.told)
    assert "ACF-001" not in words
    assert asked(record, area="Dudley", closed=("ACF-001",)).closed == ()


@pytest.mark.parametrize(
    ("post", "as_signed"),
    [
        ("Deputy for the Chief Executive", "Dan Decides, Deputy for the Chief Executive"),
        ("chief  executive", "Dan Decides"),
    ],
)
def test_the_sign_off_is_filled_with_who_signed_when_in_a_post_that_the_chain_calls_otherwise_too(
    signed: Record, post: str, as_signed: str
) -> None:
    rows = sign_off_rows(of_record(signed))
    assert [row[0] for row in rows] == ["Chair of the panel", "NPU commander", "Chief Executive"]
    assert rows[0][2:] == ("Signed, as recorded", DAY, "as declared, under Interests")
    assert rows[1][1:] == ("", "", "", "")

    signed.perform(first_step(*every_line()), COMMANDER)
    last = replace(last_step(*every_line()), post=post, from_paper=True, unsigned_because="They are away.")
    signed.perform(last, OFFICER)

    found = of_record(signed)
    assert sign_off_rows(found)[-1] == ("Chief Executive", as_signed, "Signed, as recorded", DAY, "none")
    assert (unsigned_words(found), found.exceptions) == ("", ())
