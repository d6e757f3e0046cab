"""The call for applications, from the record."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.issuing import next_issue
from models.operations.set_up.areas import SetAreaDates
from models.operations.set_up.office import SetPaperTexts, SetUpOffice
from models.operations.set_up.rounds import StartRound
from models.papers.call import CallForApplications
from models.papers.order import PaperOrder
from models.queries.papers.intake_papers import call_for_applications, unset_closing_words
from models.record import Record
from models.reference.defaults import ListKind
from models.reference.schemes import template
from models.values.rounds import AreaDates, RoundKey
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import FUND, OFFICER, load, set_up_office

KEY = RoundKey("Active Citizens Fund", "2026/27", "Round 9")
NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)


def called(record: Record, area: str | None = None) -> CallForApplications:
    return record.ask(partial(call_for_applications, order=PaperOrder("call", NOW, 1, area=area)))


def test_the_envelope_is_what_its_areas_have_left_to_give(record: Record) -> None:
    load(set_up_office(record), deciding_rows())

    call = called(record)

    assert call.envelope_pence == sum(area.pot_pence + area.start_up_pence for area in call.areas)
    assert [area.area for area in call.areas] == [area.name for area in deciding_rows().areas]
    assert called(record, call.areas[0].area).areas == call.areas[:1]


@pytest.mark.parametrize(("committed", "left"), [(0, 90_000), (20_000, 70_000), (90_000, 0), (150_000, 0)])
def test_an_area_that_has_committed_more_than_its_pot_calls_for_nothing(
    record: Record, committed: int, left: int
) -> None:
    rows = deciding_rows()
    dudley = replace(rows.areas[1], pot_pence=90_000, committed_pence=committed)
    load(set_up_office(record), replace(rows, areas=(rows.areas[0], dudley)))

    call = called(record)

    assert [area.pot_pence for area in call.areas] == [350_000, left]
    assert call.envelope_pence == 350_000 + left
    assert call.without == (() if left else ("Dudley",))
    assert called(record, "Dudley").without == ()  # alone it is no call that could be issued


def test_a_call_without_a_closing_day_is_told_of_by_area(record: Record) -> None:
    load(set_up_office(record), deciding_rows())
    told = partial(unset_closing_words, order=PaperOrder("call", NOW, 1))
    before = record.ask(told)
    closes = AreaDates(closes_on=date(2026, 10, 5))
    record.perform(SetAreaDates(1, "Coventry", closes, AreaDates()), OFFICER)
    between = record.ask(told)
    record.perform(SetAreaDates(1, "Dudley", closes, AreaDates()), OFFICER)

    assert before.startswith("The call names no day on which applications close. Set it under the dates")
    assert between.startswith("The call names no day on which applications close in Dudley. Set it")
    assert not record.ask(told)


def test_a_call_is_for_the_public_whatever_the_marking_of_its_fund(record: Record) -> None:
    record.perform(SetUpOffice("Office", (replace(FUND, marking="OFFICIAL-SENSITIVE"),)), OFFICER)
    load(record, deciding_rows())

    assert called(record).marking == "OFFICIAL"


def test_split_criteria_and_rules_are_those_that_are_published(record: Record) -> None:
    rows = deciding_rows()
    load(set_up_office(record), rows)

    call = called(record)

    assert len(call.criteria) == len(rows.scheme.criteria)
    assert dict(call.rules).keys() >= {"Score", "Ties", "Money", "Minimums", "Caps"}
    assert call.checks
    assert all(check.endswith("?") for check in call.checks)


def test_a_call_says_what_the_money_is_for_who_decides_and_what_is_only_asked(record: Record) -> None:
    acf = template("acf")
    fund = replace(FUND, lists=acf.lists, gates=acf.gates, chain=acf.chain)
    record.perform(SetUpOffice("Office of the Commissioner", (fund,)), OFFICER)
    load(record, deciding_rows())

    call = called(record)

    assert call.purposes == tuple(item.words for item in fund.items(ListKind.PURPOSE))
    assert call.purposes
    assert call.signers == ("the Commander of the area", "the Chief Executive")
    advice = [gate.question for gate in fund.gates if gate.is_advisory]
    assert list(call.besides) == advice != []
    assert not set(advice) & set(call.checks)


@pytest.mark.parametrize("cap", [None, 500_000])
def test_the_cap_is_among_the_questions_only_where_there_is_one(record: Record, cap: int | None) -> None:
    rows = deciding_rows()
    scheme = replace(rows.scheme, cap_per_award_pence=cap, cap_per_organisation_pence=None)
    load(set_up_office(record), replace(rows, scheme=scheme))

    call = called(record)

    assert ("Is the request within the cap?" in call.checks) == (cap is not None)
    assert call.checks


def test_dates_and_own_words_are_on_it(record: Record) -> None:
    rows = deciding_rows()
    load(set_up_office(record), rows)
    area = rows.areas[0].name
    dates = AreaDates(opens_on=date(2026, 9, 1), closes_on=date(2026, 9, 30), closes_time="12:00")
    record.perform(SetAreaDates(1, area, dates, AreaDates()), OFFICER)
    texts = {"who_may": "Charities\nCommunity groups", "how": "Send the form.", "contact_name": "C. Officer"}
    texts |= {"hear_by": "20 January 2027"}
    record.perform(SetPaperTexts(1, "call", "", tuple(texts.items())), OFFICER)

    call = called(record)

    assert (call.areas[0].closes_on, call.areas[0].closes_time) == (date(2026, 9, 30), "12:00")
    assert (call.who_may, call.how) == (("Charities", "Community groups"), ("Send the form.",))
    assert call.contact == (("Contact officer", "C. Officer"),)
    assert (call.hear_by, call.is_timed) == (date(2027, 1, 20), True)
    record.perform(SetAreaDates(1, area, replace(dates, closes_time=None), dates), OFFICER)
    whole = called(record, area)
    assert (whole.is_open_all_day, whole.is_timed) == (True, False)


def test_who_applies_asks_for_the_day_where_the_round_says_none(record: Record) -> None:
    rows = deciding_rows()
    load(set_up_office(record), rows)
    area = rows.areas[0].name
    before = called(record, area).how
    record.perform(SetAreaDates(1, area, AreaDates(closes_on=date(2026, 9, 30)), AreaDates()), OFFICER)

    assert before[0].endswith("for the application form, and for the day by which to send it.")
    assert called(record, area).how[0].endswith("and send it before applications in your area close.")


def test_nothing_is_called_for_before_the_criteria_are_published(record: Record) -> None:
    set_up_office(record)
    record.perform(StartRound(KEY, (Area("Dudley", 1_000_00),), 2, AreaDates()), OFFICER)

    with pytest.raises(Refused, match="not published"):
        called(record)


def test_a_call_without_any_money_is_a_draft_alone(record: Record) -> None:
    rows = deciding_rows()
    load(set_up_office(record), replace(rows, areas=tuple(replace(area, pot_pence=0) for area in rows.areas)))
    order = PaperOrder("call", NOW, 1)
    value = called(record)

    with pytest.raises(Refused, match="No area has money yet"):
        record.ask(partial(next_issue, order=order, value=value))
