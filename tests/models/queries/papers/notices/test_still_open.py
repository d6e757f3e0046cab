"""What papers say of applications that nobody decided yet: what they wait for, and that no money is left."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.gates import SetGate
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.rounds import CloseRound
from models.papers.order import PaperOrder
from models.queries.awards.year_facts import record_years
from models.queries.papers.decision_report import decision_report
from models.queries.papers.letters import letters
from models.queries.papers.notices.causes import panel_notes
from models.queries.papers.notices.notice import notice
from models.queries.papers.transparency.disclosure import disclosure, waivers
from models.record import Record
from scoring.round import Area, Eligibility
from tests.exchange.papers.letters.texts import text_of
from tests.models.operations.deciding_rounds import (
    decide,
    decided,
    deciding_rows,
    recommended,
)
from tests.models.rounds import OFFICER, application, import_operation, load, set_up_office

NOW = datetime(2026, 12, 2, 14, 5, tzinfo=UTC)
SEND_BY, HEAR_BY = "16 December 2026", "13 January 2027"
ASKED = (("wanted", "Your rules"), ("send_by", SEND_BY), ("answer_by", HEAR_BY))
NONE_LEFT = (
    "Nothing of the pot of Coventry is left for what is not ranked yet: ACF-004. Nobody has compared that "
    "with what is awarded here, and it might have come before some of it; it can be funded only if money "
    "comes back or is added."
)


def unfinished(record: Record, pot_pence: int) -> None:
    """Decide three applications, £3,000 in all, while a fourth is asked for its rules."""
    rows = deciding_rows()
    fourth = application(4, eligibility=Eligibility.TO_CHECK, eligibility_reason="No rules sent.")
    areas = (Area("Coventry", pot_pence), *rows.areas[1:])
    recommended(record, replace(rows, areas=areas, applications=(*rows.applications, fourth)))
    record.perform(SetPaperTexts(1, "letters", "ACF-004", ASKED), OFFICER)


def background(record: Record, now: datetime = NOW) -> tuple[str, ...]:
    return record.ask(partial(notice, order=PaperOrder("notice", now, 1))).background


@pytest.mark.parametrize("is_signed", [False, True])
def test_what_is_asked_for_by_a_day_to_come_is_open_until_then(record: Record, is_signed: bool) -> None:
    unfinished(record, 300_000)
    if is_signed:
        decide(record)

    open_, later = background(record), background(record, NOW + timedelta(days=15))

    rest = "No decision yet" if is_signed else "No recommendation yet"
    assert f"{rest}, as what is missing may come until {SEND_BY}: ACF-004." in open_
    assert NONE_LEFT in open_
    if is_signed:
        assert later == open_, "what was signed says what was so on its day"
    else:
        assert "Incomplete, so not awarded: ACF-004." in later
        assert NONE_LEFT not in later


def test_money_that_is_left_is_not_said_to_be_gone(record: Record) -> None:
    unfinished(record, 350_000)

    said = background(record)

    assert not [words for words in said if words.startswith("Nothing of the pot")]
    goes_on = "may be decided by another notice, until the round is closed."
    assert f"What has no recommendation yet {goes_on}" in said
    decide(record)
    assert f"What has no decision yet {goes_on}" in background(record)


def test_every_paper_says_alike_that_it_is_not_decided(record: Record) -> None:
    unfinished(record, 300_000)
    decide(record)

    report = record.ask(partial(decision_report, order=PaperOrder("decision-report", NOW, 1)))
    given = record.ask(partial(disclosure, order=PaperOrder("disclosure", NOW, 1)))
    found = record.ask(partial(letters, order=PaperOrder("letters", NOW, 1)))
    (letter,) = (one for one in found.letters if one.reference == "ACF-004")

    assert ("not decided yet", 1) in report.without
    assert NONE_LEFT in report.notes
    assert (len(given.lines), given.left_out) == (3, 1)
    assert (
        f"Please send us what is missing by {SEND_BY}. We cannot consider your application without it. "
        "Others were awarded all the money of this round: we can fund your application only if some of that "
        f"comes back. We will write to you with the decision by {HEAR_BY}, whatever it is."
    ) in text_of(found, letter)


def test_the_check_that_was_waived_is_named_with_the_application(record: Record) -> None:
    set_up_office(record)
    record.perform(import_operation(), OFFICER)
    record.perform(SetGate(1, "ACF-002", "constituted", "pass"), OFFICER)
    record.perform(SetGate(1, "ACF-002", "cap", "waived", "Its treasurer was ill.", "fail"), OFFICER)

    (said,) = record.ask(lambda s: tuple(panel_notes(s, 1, {"ACF-001", "ACF-002"})))

    asked = "ACF-002 (“Is the request within the cap?”)."
    assert said == f"Let in by a waiver, for the reason in the minutes of the panel: {asked}"


def test_what_was_let_in_as_a_whole_is_said_to_be_over_a_cap_where_it_is(record: Record) -> None:
    rows = deciding_rows()
    caps = replace(rows.scheme, cap_per_award_pence=250_000, cap_per_organisation_pence=280_000)
    alike = [replace(one, organisation="Example club") for one in rows.applications[1:]]
    let_in = [replace(one, eligibility=Eligibility.WAIVED) for one in (rows.applications[0], *alike)]
    load(set_up_office(record), replace(rows, scheme=caps, applications=tuple(let_in)))

    (said,) = record.ask(lambda s: tuple(panel_notes(s, 1, {"ACF-001", "ACF-002", "ACF-003"})))

    together = "over the cap for one organisation, with its other applications"
    assert said.removeprefix("Let in by a waiver, for the reason in the minutes of the panel: ") == (
        f"ACF-001, ACF-002 ({together}) and ACF-003 (over the cap for one award; and {together})."
    )


def test_what_a_waiver_let_in_is_named_and_not_its_reason(record: Record) -> None:
    rows = deciding_rows()
    first, *others = rows.applications
    waived = replace(first, eligibility=Eligibility.WAIVED, eligibility_reason="Its treasurer was ill.")
    recommended(record, replace(rows, applications=(waived, *others)))

    said = background(record)

    assert "Let in by a waiver, for the reason in the minutes of the panel: ACF-001." in said
    assert "treasurer" not in " ".join(said)
    decide(record)
    report = record.ask(partial(decision_report, order=PaperOrder("decision-report", NOW, 1)))
    given = record.ask(partial(disclosure, order=PaperOrder("disclosure", NOW, 1)))
    assert "Let in by a waiver, for the reason in the minutes of the panel: ACF-001." in report.notes
    let_in = dict(given.rules)["Let in by a waiver"]
    assert let_in == "1 application that did not meet a condition was let in all the same: A-031-01"
    unnamed = [
        (row, replace(line, reference="–")) for row, line in zip((waived, *others), given.lines, strict=True)
    ]
    ((_, counted),) = record.ask(lambda s: tuple(waivers(s, 1, unnamed)))
    assert counted.endswith("was let in all the same; it is not named")


def test_year_tables_count_what_is_still_asked_for_as_not_decided(record: Record) -> None:
    unfinished(record, 300_000)
    decide(record)

    def settled(now: datetime) -> list[bool]:
        known = record.ask(partial(record_years, today=now.date()))
        (year,) = (of for of in known.years if of.applied)
        return sorted(one.is_decided for one in year.applied)

    assert settled(NOW) == [False, True, True, True]
    assert settled(NOW + timedelta(days=15)) == [True, True, True, True]


def test_closing_a_round_names_who_still_waits_to_hear(record: Record) -> None:
    unfinished(record, 300_000)
    decide(record)

    said = record.perform(CloseRound(1), OFFICER).words

    assert said.endswith(
        "ACF-004 has no decision, and nothing is decided in a closed round: tell its applicant, or reopen it."
    )


def test_a_reserve_list_ends_with_its_round_and_its_letter_promises_nothing_then(record: Record) -> None:
    decided(record)
    order = PaperOrder("letters", NOW, 1)

    before = {one.reference: one for one in record.ask(partial(letters, order=order)).letters}
    record.perform(CloseRound(1), OFFICER)
    after = {one.reference: one for one in record.ask(partial(letters, order=order)).letters}

    assert (before["ACF-003"].kind, after["ACF-003"].kind) == ("reserve", "decline")
    assert (after["ACF-003"].reason, after["ACF-003"].held, after["ACF-003"].is_list_ended) == (
        "",
        None,
        True,
    )
    assert after["ACF-001"] == before["ACF-001"]


def test_a_letter_on_what_is_not_decided_promises_nothing_once_its_round_is_closed(record: Record) -> None:
    unfinished(record, 300_000)
    decide(record)
    order = PaperOrder("letters", NOW, 1)

    before = {one.reference: one for one in record.ask(partial(letters, order=order)).letters}["ACF-004"]
    record.perform(CloseRound(1), OFFICER)
    found = record.ask(partial(letters, order=order))
    after = {one.reference: one for one in found.letters}["ACF-004"]

    assert None not in (before.send_by, before.answer_by)
    assert (after.send_by, after.answer_by, after.is_money_spent) == (None, None, False)
    assert "It is too late to send us more for this round." in text_of(found, after)
