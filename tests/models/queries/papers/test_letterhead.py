"""What papers say of the office is of the paper's day, and nothing is issued without a name."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from models.issuing import next_issue, status_now
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetUpOffice, with_logo
from models.papers.kinds import FINANCE, KINDS, SCHEDULE
from models.papers.office import NO_NAME
from models.papers.order import PaperOrder, PaperValue
from models.papers.status import DRAFT
from models.queries.papers.paper_texts import UNREACHED, UNSIGNED
from models.queries.papers.papers import paper_value
from models.queries.papers.to_check.questions import words_to_check
from models.record import Record
from scoring.schedule.canonical import canonical_text
from scoring.schedule.values import PLAIN, AwardSchedule
from scoring.written.area_label import AreaLabel
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import FUND, OFFICER, assert_replays, load, set_up_office, workbook_rows

PNG = b"\x89PNG\r\n\x1a\n made up"


def ordered(record: Record, kind: str, day: date = date(2026, 12, 2)) -> PaperValue:
    order = PaperOrder(kind, datetime(day.year, day.month, day.day, 12, tzinfo=UTC), 1)
    return record.ask(partial(paper_value, order=order))


def say(record: Record, from_on: date | None = None, **facts: str) -> None:
    changes = tuple(FactChange(key, value, from_on) for key, value in facts.items())
    record.perform(SetOfficeFacts(changes), OFFICER)


def test_a_notice_prints_what_held_when_it_was_decided_whenever_it_is_printed(record: Record) -> None:
    decided(record)
    say(record, from_on=date(2027, 1, 1), name="Mayor of Westmarch", address="2 New Street")
    say(record, address="1 Old Street", from_on=date(2020, 1, 1))

    found, report = (ordered(record, kind, date(2027, 2, 1)) for kind in ("notice", "decision-report"))

    assert (found.office, found.letterhead.address) == ("Office", "1 Old Street")
    assert (report.office, report.letterhead.address) == ("Mayor of Westmarch", "2 New Street")


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS.values() if kind.fills_a_folder])
@pytest.mark.parametrize("who", ["contact_name", "signatory_letters", None])
def test_whoever_writes_letters_is_told_that_nobody_is_named_to_sign_them(
    record: Record, kind: str, who: str | None
) -> None:
    load(set_up_office(record), workbook_rows())
    say(record, telephone="0121 000 0000")
    if who is not None:
        say(record, **{who: "Cora Sample"})

    order = PaperOrder(kind, datetime(2026, 12, 2, 12, tzinfo=UTC), 1)
    found = record.ask(partial(words_to_check, order=order))

    assert found == (() if who else (UNSIGNED,))


@pytest.mark.parametrize("kind", ["call", "letters"])
@pytest.mark.parametrize(
    ("key", "value"),
    [("email", "us@office.example"), ("address", "1 Old Street"), ("telephone", "0121 000 0000"), (None, "")],
)
def test_whoever_writes_to_applicants_is_told_that_no_paper_says_where_to_answer(
    record: Record, kind: str, key: str | None, value: str
) -> None:
    load(set_up_office(record), workbook_rows())
    if key is not None:
        say(record, **{key: value})

    order = PaperOrder(kind, datetime(2026, 12, 2, 12, tzinfo=UTC), 1)
    found = record.ask(partial(words_to_check, order=order))

    assert (UNREACHED in found) == (key is None)


def test_a_paper_has_its_own_signatory_standing_words_and_the_contact_officer(record: Record) -> None:
    decided(record)
    say(record, signatory_letters="Ann Example, Head of grants", complaints="Write to us.")
    say(record, contact_name="Cora Sample", contact_post="Grants officer", public_access="It is public.")
    say(record, email="grants@westmarch.example", area_label="Local policing area")

    letters, notice = ordered(record, "letters"), ordered(record, "notice")

    assert letters.letterhead.signatory == "Ann Example, Head of grants"
    assert ("Complaints", "Write to us.") in letters.letterhead.words
    assert letters.letterhead.area_label == AreaLabel("Local policing area")
    assert letters.contact[0] == ("Contact officer", "Cora Sample, Grants officer")  # type: ignore[attr-defined]
    assert notice.access == "It is public."  # type: ignore[attr-defined]
    assert (notice.letterhead.signatory, notice.letterhead.contact) == ("", "Cora Sample, Grants officer")


def test_a_paper_names_the_people_whom_its_reader_needs(record: Record) -> None:
    decided(record)
    say(record, commissioner_name="Cato Example", commissioner_post="Police and Crime Commissioner")
    say(record, finance_officer_name="Fay Sample", short_name="OPCC", chief_executive_post="Chief executive")

    notice, finance, book = (ordered(record, kind).letterhead for kind in ("notice", FINANCE, "panel-book"))

    assert notice.people == (("Commissioner", "Cato Example, Police and Crime Commissioner"),)
    assert finance.people == (("Chief finance officer", "Fay Sample"),)
    assert finance.facts == (("Short name", "OPCC"), ("Chief finance officer", "Fay Sample"))
    say(record, commissioner_post="Deputy Mayor for Policing")
    assert ordered(record, "notice").letterhead.people == (
        ("Deputy Mayor", "Cato Example, Deputy Mayor for Policing"),
    )
    assert book.people == ()
    assert notice.named("Office") == "Office (OPCC)"


def test_an_office_with_a_name_alone_has_the_values_that_papers_had_before(record: Record) -> None:
    decided(record)

    found = ordered(record, SCHEDULE)

    assert isinstance(found, AwardSchedule)
    assert found.letterhead == PLAIN
    assert '"office":{"name":"Office"}' in canonical_text(found)


def test_a_logo_goes_with_the_status_of_a_paper_and_its_sum_with_the_values(record: Record) -> None:
    decided(record)
    record.perform(with_logo((), PNG), OFFICER)
    order = PaperOrder(SCHEDULE, datetime(2026, 12, 2, tzinfo=UTC), 1)
    value = ordered(record, SCHEDULE)

    draft = record.ask(lambda session: status_now(session, order, value))
    following = record.ask(lambda session: next_issue(session, order, value))
    assert following is not None
    record.perform(following.operation, OFFICER)
    issued = record.ask(lambda session: status_now(session, order, value))

    assert (draft.logo, issued.logo, issued.version) == (PNG, PNG, 1)
    assert len(value.letterhead.logo) == 64


def test_without_a_name_a_draft_says_so_and_nothing_is_issued(record: Record) -> None:
    record.perform(SetUpOffice("", (FUND,)), OFFICER)
    load(record, workbook_rows())
    order = PaperOrder(SCHEDULE, datetime(2026, 12, 2, tzinfo=UTC), 1)
    value = ordered(record, SCHEDULE)

    status = record.ask(lambda session: status_now(session, order, value))
    following = record.ask(lambda session: next_issue(session, order, value))

    assert status.words == f"{DRAFT}. {NO_NAME}"
    assert following is not None
    with pytest.raises(Refused, match="The office has no name yet"):
        record.perform(following.operation, OFFICER)
    say(record, name="Office of Westmarch")
    record.perform(following.operation, OFFICER)
    assert_replays(record)


def test_lists_of_awards_name_the_legal_power_of_their_decisions_not_the_usual_one(
    record: Record,
) -> None:
    decided(record)
    say(record, legal_power="The Westmarch Order 2025, article 9")

    told = [dict(ordered(record, kind).letterhead.words)["Legal power"] for kind in (SCHEDULE, FINANCE)]

    assert told == ["Police Reform and Social Responsibility Act 2011, section 9"] * 2
