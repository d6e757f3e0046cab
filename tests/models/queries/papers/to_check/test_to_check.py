"""What is asked before a paper is issued, and issued papers that say otherwise than the record."""

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.applications.corrections import SetWithdrawn
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.paying import HoldAward
from models.operations.awards.variations import VaryAward
from models.operations.deciding.challenges import SetChallenge
from models.operations.panel.agreed import KeepForPanel
from models.operations.papers import IssuePaper
from models.operations.set_up.office import SetPublisher
from models.papers.kinds import AGREEMENT, FINANCE, KINDS, SCHEDULE
from models.papers.letters.letters import Letters
from models.papers.order import PaperOrder
from models.papers.texts import LETTERS
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations
from models.queries.awards.awards import awards
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.otherwise import otherwise_words, says_otherwise
from models.queries.papers.to_check.questions import (
    AS_IT_IS,
    REASONS_READ,
    Question,
    questions_of,
    words_to_check,
)
from models.record import Record
from models.values.awards import Terms, WithheldName
from models.values.rows import AgreedRow, RoundRows
from scoring.scheme import Combine
from tests.models.operations.awards.varied_awards import OF, the_award, vary
from tests.models.operations.deciding_rounds import DAY, decide, deciding_rows, recommended
from tests.models.queries.deciding.test_challenges import APPEAL
from tests.models.rounds import OFFICER, application, load, set_up_office, undo

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)


COMPARING = "Clearer than ACF-001."
LINES = (
    "ACF-003, Need: “Clearer than ACF-001.” (It names ACF-001. It says “Clearer than”. Compare with the "
    "criterion, not with another applicant.)",
    "ACF-001, Need: “A clear plan.”",
)


def agreed_rows() -> RoundRows:
    """Return the round with agreed marks, and a reason for one mark of the first and the last."""
    rows = deciding_rows()
    given = [AgreedRow(one.application, one.marks) for one in rows.sheets]
    given[0] = replace(given[0], reasons=("A clear plan.", "", ""))
    given[2] = replace(given[2], reasons=(COMPARING, "", ""))
    return replace(rows, scheme=replace(rows.scheme, combine=Combine.CONSENSUS), agreed=tuple(given))


def asked(record: Record, kind: str) -> tuple[Question, ...]:
    order = PaperOrder(kind, NOW, 1)
    value = record.ask(partial(paper_value, order=order))
    return record.ask(partial(questions_of, order=order, value=value))


def test_each_agreed_reason_is_read_once_before_an_applicant_does(record: Record) -> None:
    decide(recommended(record, agreed_rows()))

    (question,) = asked(record, "letters")
    assert question.option == REASONS_READ
    assert question.lines == LINES, "what names or compares with another says so and stands first"
    assert question.refusal == (
        "Applicants will read 2 reasons of agreed marks that nobody has looked at for them yet: "
        f"{'; '.join(LINES)}. Read them in the draft letters, keep what is for the panel only with meeting "
        "--for-panel, and issue with --reasons-read."
    )

    record.perform(KeepForPanel(1, "ACF-003", "A1", True), OFFICER)
    (question,) = asked(record, "letters")
    assert question.lines == LINES[1:], "what is for the panel is told to nobody"

    issue(record, "letters")
    assert asked(record, "letters") == (), "what an issued letter told was looked at"
    record.perform(KeepForPanel(1, "ACF-003", "A1", False), OFFICER)
    (question,) = asked(record, "letters")
    assert question.lines == LINES[:1]


def issue(record: Record, kind: str, **of: Any) -> None:
    """Issue a paper as it is today, where it says anything new."""
    order = PaperOrder(kind, NOW, 1, **of)
    value = record.ask(partial(paper_value, order=order))
    following = record.ask(partial(next_issue, order=order, value=value))
    if following is not None:
        record.perform(following.operation, OFFICER)


def told(record: Record) -> list[tuple[str, int, tuple[str, ...]]]:
    found = record.ask(partial(says_otherwise, round_id=1))
    return [(one.paper, one.version, one.what) for one in found if one.application == OF]


def test_another_sum_is_told_with_the_change_by_paper_and_version(half_paid: Record) -> None:
    for kind in (LETTERS, FINANCE, "monitoring"):
        issue(half_paid, kind)
    issue(half_paid, AGREEMENT, award=the_award(half_paid).reference)
    assert told(half_paid) == []

    done = vary(half_paid, amount_pence=90_000)

    assert "3 issued papers say otherwise: A-031-01, letter version 1 (its sum), " in done.words
    assert told(half_paid) == [(kind, 1, ("its sum",)) for kind in (LETTERS, AGREEMENT, FINANCE)]
    assert "otherwise" not in undo(half_paid, done).words
    assert told(half_paid) == []

    # So is a merge, of the first applicant into the second.
    half_paid.perform(SetPublisher("360G-Example", "GB-GOR-PB999"), OFFICER)
    issue(half_paid, "360giving")
    lines = half_paid.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
    first, second = (one for one in lines if one.name in {f"Allotment Friends {n}" for n in (1, 2)})
    merge = MergeOrganisations(second.uid, first.uid, second.name, first.name, "One charity.")
    done = half_paid.perform(merge, OFFICER)
    assert "A-031-01, 360Giving open data version 1 (whose it is)" in done.words
    assert "otherwise" not in undo(half_paid, done).words


def keep(record: Record, paper: str, content: str, subject: str = "", round_id: int | None = 1) -> None:
    """Issue a paper of these facts."""
    head, digest = record.head(), sha256(content.encode()).hexdigest()
    row = IssuePaper(paper, round_id, subject, content, digest, "", head.seq, head.hash_hex)
    record.perform(row, OFFICER)


def test_a_list_that_says_another_sum_of_an_award_is_told_until_a_newer_says_it(half_paid: Record) -> None:
    for paper, round_id, line in (
        (SCHEDULE, 1, '"lines":[{{"reference":"ACF-001","awarded_pence":{pence}}}]'),
        ("notice", 1, '"allocations":[{{"award":"A-031-01","reference":"ACF-001","amount_pence":{pence}}}]'),
        ("decision-report", 1, '"allocations":[{{"reference":"ACF-001","amount_pence":{pence}}}]'),
        ("publication", None, '"awards":[{{"reference":"A-031-01","amount_pence":{pence}}}]'),
        ("360giving", None, '"grants":[{{"identifier":"360G-own-A-031-01","awarded_pence":{pence}}}]'),
        ("contracts", None, '"contracts":[{{"award":"A-031-01","amount_pence":{pence}}}]'),
        ("subsidies", None, '"subsidies":[{{"award":"A-031-01","amount_pence":{pence}}}]'),
    ):
        keep(half_paid, paper, "{" + line.format(pence=90_000) + "}", "first", round_id)
        assert told(half_paid) == [(paper, 1, ("its sum",))]
        assert "first version 1 (its sum)" in half_paid.ask(
            lambda session: otherwise_words(says_otherwise(session, 1))
        )

        keep(half_paid, paper, "{" + line.format(pence=100_000) + "}", "then", round_id)
        assert told(half_paid) == []


def test_papers_that_name_whom_the_public_is_told_no_more_are_told_until_issued_again(
    half_paid: Record,
) -> None:
    line = '{{"awards":[{{"reference":"A-031-01","recipient":"{}"}}]}}'
    named, blank = line.format(the_award(half_paid).organisation), line.format("Withheld")
    keep(half_paid, "publication", named, "first", None)
    keep(half_paid, "notice", named.replace("awards", "allocations"), "031/2026")
    assert told(half_paid) == []

    why = WithheldName("safety", "a refuge", "Rosa Plume", "Chief Executive")
    words = half_paid.perform(SetWithheldName(1, OF, why, None), OFFICER).words

    notice = "A-031-01, notice of decision 031/2026 version 1 (whom it names)"
    assert f"2 issued papers say otherwise: {notice}" in words
    assert told(half_paid) == [("notice", 1, ("whom it names",)), ("publication", 1, ("whom it names",))]
    keep(half_paid, "publication", blank, "then", None)
    assert told(half_paid) == [("notice", 1, ("whom it names",))]


def test_a_schedule_that_pays_what_is_withdrawn_or_on_hold_is_told_until_a_newer_does_not(
    decided: Record,
) -> None:
    parts = [{"amount_pence": p.amount_pence, "trigger": p.trigger} for p in the_award(decided).instalments]
    award = {"reference": "A-031-01", "application": OF, "payments": parts}
    keep(decided, FINANCE, json.dumps({"awards": [award]}))
    assert told(decided) == []

    held = decided.perform(HoldAward(1, OF, "accounts late", ""), OFFICER)
    assert told(decided) == [(FINANCE, 1, ("that nothing holds its payment",))]
    undo(decided, held)
    words = decided.perform(SetWithdrawn(1, OF, True, "moved away"), OFFICER).words

    assert words.endswith("finance schedule version 1 (that there is an award).")
    assert told(decided) == [(FINANCE, 1, ("that there is an award",))]
    keep(decided, FINANCE, '{"awards":[{"reference":"A-031-02"}]}')
    assert told(decided) == []


def test_what_is_too_early_to_be_issued_is_asked(record: Record) -> None:
    """Minutes of a meeting that was not held, a schedule without a line, a reply due after the start."""
    rows = deciding_rows()
    load(set_up_office(record), replace(rows, sheets=(), interests=()))
    (unmet,) = asked(record, "minutes")
    (empty,) = asked(record, SCHEDULE)

    assert (unmet.option, unmet.lines) == (AS_IT_IS, ("the panel has not met for Coventry",))
    assert empty.refusal == (
        "This paper may be too early: it has no line. "
        "Issue it later, or issue it as it is with --issue-as-it-is."
    )


def test_an_agreement_that_asks_for_its_answer_after_the_start_is_asked(record: Record) -> None:
    decide(recommended(record))
    award = the_award(record)
    value = record.ask(partial(paper_value, order=PaperOrder(AGREEMENT, NOW, 1, award=award.reference)))

    assert value.sign_by is not None
    for days, is_asked in ((-1, True), (0, False), (1, False)):
        dated = replace(value, start_on=value.sign_by + timedelta(days=days), is_dated=True)
        questions = record.ask(partial(questions_of, order=PaperOrder(AGREEMENT, NOW, 1), value=dated))
        assert [one.option for one in questions] == [AS_IT_IS] * is_asked
    for settled in ({"is_dated": False}, {"is_signed": True}, {"signed_on": NOW.date()}, {"sign_by": None}):
        late = replace(value, start_on=value.sign_by - timedelta(days=9), **({"is_dated": True} | settled))
        assert record.ask(partial(questions_of, order=PaperOrder(AGREEMENT, NOW, 1), value=late)) == ()


LETTERS_OF = {
    "acknowledgements": ("ACF-004", "ACF-004"),
    LETTERS: ("ACF-002", "ACF-002"),
    "award-letters": ("A-031-01", "A-031-01 1"),
    "challenge-letters": ("ACF-003, challenge 1", "ACF-003 challenge 1"),
}
"""By kind: the reference that its one letter to the recipient bears, and the name by which it is known."""


def ask_value(record: Record, order: PaperOrder) -> Letters:
    value = record.ask(partial(paper_value, order=order))
    assert isinstance(value, Letters)
    return value


def check_words(record: Record, order: PaperOrder) -> str:
    """Return the sentence on other letters that stands before a kind of letters goes out, "" for none."""
    value = ask_value(record, order)
    told = record.ask(partial(words_to_check, order=order, value=value))
    return next((one for one in told if one.startswith("Other letters")), "")


@pytest.fixture
def written_to(record: Record) -> Record:
    """A record in which letters of every kind are due to one recipient, and to others."""
    rows = deciding_rows()
    first, second, third = rows.applications
    name = second.organisation
    every = (
        replace(first, organisation=name.upper()),
        second,
        replace(third, organisation=f"{name} "),
        replace(application(4), organisation=name, area="Dudley"),
        replace(application(5), area="Dudley"),
    )
    decide(recommended(record, replace(rows, applications=every)))
    vary(record, amount_pence=90_000)
    appeal = replace(APPEAL, asked_by=name)
    record.perform(SetChallenge(1, "ACF-003", 1, appeal, None), OFFICER)
    return record


def test_every_kind_of_letters_is_among_those_that_know_of_each_other() -> None:
    assert sorted(LETTERS_OF) == sorted(one.code for one in KINDS.values() if one.fills_a_folder)


@pytest.mark.parametrize("other", LETTERS_OF)
@pytest.mark.parametrize("kind", LETTERS_OF)
def test_letters_name_those_of_another_kind_to_the_same_recipient(
    written_to: Record, kind: str, other: str
) -> None:
    order = PaperOrder(kind, NOW, 1)
    reference, named = LETTERS_OF[other]
    words = KINDS[other].words

    drafted = check_words(written_to, order)
    assert (f"{reference} ({words}: not issued yet)" in drafted) == (kind != other)
    assert "ACF-005" not in drafted, "another recipient"
    assert drafted.endswith(". Check that they agree with these letters before you issue them.")

    issue(written_to, other)
    today = check_words(written_to, order)
    assert (f"{reference} ({words}: issued today)" in today) == (kind != other)
    assert f"({words}: not issued yet)" not in today
    besides = {of for letter in ask_value(written_to, order).letters for of in letter.besides}
    assert reference in besides or kind == other

    tomorrow = replace(order, now=NOW + timedelta(days=1))
    later = check_words(written_to, tomorrow)
    assert f"({words}: " not in later
    assert named in {one.reference for one in ask_value(written_to, replace(tomorrow, kind=other)).letters}


def test_letters_on_one_award_name_those_on_another_of_its_recipient(written_to: Record) -> None:
    vary(written_to, amount_pence=80_000, number=2)
    made = written_to.ask(partial(awards, round_id=1))
    second = VaryAward(1, "ACF-002", 1, Terms(amount_pence=150_000), "costs changed", DAY)
    written_to.perform(second, OFFICER)
    of_first, of_second = (PaperOrder("award-letters", NOW, 1, award=one.reference) for one in made)

    assert "A-031-02 (Letters on awards: not issued yet)" in check_words(written_to, of_first)
    assert "A-031-01 (Letters" not in check_words(written_to, of_first)
    issue(written_to, "award-letters", award="A-031-02")
    assert "A-031-02 (Letters on awards: issued today)" in check_words(written_to, of_first)
    (letter,) = {one.besides for one in ask_value(written_to, of_first).letters}
    assert "A-031-02" in letter, "an issue for another award is known, though it is not the newest"
    assert "A-031-01 (Letters on awards: not issued yet)" in check_words(written_to, of_second)
