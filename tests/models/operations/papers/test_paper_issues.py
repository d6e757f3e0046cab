"""Issuing papers."""

import hashlib

import pytest

from models.operation import Outcome
from models.operations.papers.paper_issues import IssuePaper
from models.queries.papers.paper_issues import newest_paper_issue, paper_issues
from models.record import Record
from scoring.refused import Refused
from tests.models.rounds import OFFICER, assert_replays, load, set_up_office


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def issue(record: Record, content: str, *, subject: str = "", round_id: int | None = 1) -> Outcome:
    head = record.head()
    operation = IssuePaper(
        "notice", round_id, subject, content, sha256(content), "9 lines", head.seq, head.hash_hex
    )
    return record.perform(operation, OFFICER)


def test_each_issue_with_other_values_is_the_next_version_of_its_subject(record: Record) -> None:
    load(set_up_office(record))

    for content, subject in (("{1}", "031/2026"), ("{2}", "031/2026"), ("{1}", "032/2026")):
        issue(record, content, subject=subject)

    found = record.ask(lambda s: paper_issues(s, 1))
    assert [(row.subject, row.version) for row in found] == [
        ("031/2026", 1),
        ("031/2026", 2),
        ("032/2026", 1),
    ]
    assert found[0].control == "9 lines"
    assert_replays(record)


def test_a_paper_of_no_round_has_versions_of_its_own(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{1}")

    outcome = issue(record, "{1}", round_id=None)

    assert outcome.words == "Version 1 was issued."
    assert [row.round_id for row in record.ask(lambda s: paper_issues(s, None))] == [None]
    assert_replays(record)


def test_the_same_values_are_not_issued_twice_running(record: Record) -> None:
    load(set_up_office(record))
    issue(record, "{1}")

    with pytest.raises(Refused, match="Version 1 holds these values already"):
        issue(record, "{1}")


def test_values_that_do_not_bear_their_hash_are_refused(record: Record) -> None:
    load(set_up_office(record))
    operation = IssuePaper("notice", 1, "", "{1}", sha256("{2}"), "", 1, "")

    with pytest.raises(Refused, match="do not bear their own SHA-256"):
        record.perform(operation, OFFICER)

    assert record.ask(lambda s: newest_paper_issue(s, "notice", 1, "")) is None


@pytest.mark.parametrize(
    ("subject", "words"), [("", "Issue the notice"), ("031/2026", "Issue the notice, 031/2026")]
)
def test_the_label_says_what_was_issued(subject: str, words: str) -> None:
    assert IssuePaper("notice", 1, subject, "", "", "", 1, "").label == words
