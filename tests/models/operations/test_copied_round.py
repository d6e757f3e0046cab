"""A round copied from the last: what holds again goes with it, what was recorded does not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operations.awards.monitoring import SetReturnBands
from models.operations.panel.members import EditMember
from models.operations.retention import SetRetention
from models.operations.set_up.areas import AddArea, RemoveArea, SetAreaDates, SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.office import SetPaperTexts
from models.operations.set_up.people import GiveRole
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import (
    ConfirmCarried,
    OwnDates,
    SetMarking,
    SetReasonRule,
    StartRound,
    TakeBackRound,
)
from models.queries.applications.applications import gates
from models.queries.awards.monitoring import return_bands
from models.queries.deciding.decisions import chain_of
from models.queries.panel.panel import MemberDetails, interests, member_details
from models.queries.papers.paper_texts import paper_texts
from models.queries.retention.retention import Years, years
from models.queries.set_up.office import parts
from models.queries.set_up.round_facts import areas, carried, carried_words, round_rows
from models.queries.set_up.rounds import area_dates, reason_rule, rounds, scheme
from models.record import Record
from models.reference.defaults import ReturnBand
from models.session import Session
from models.values.rounds import AreaDates, ReasonRule, RoundKey, distance, moved, moved_like
from scoring.round import Area
from tests.models.rounds import KEY, OFFICER, SCHEME, load, refuses, set_up_office, undo, workbook_rows

NEXT = RoundKey(KEY.fund, "2027/28", "Autumn")
LAST_DAYS = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))
NEW_DAYS = moved(LAST_DAYS, timedelta(weeks=52))
BANDS = (ReturnBand(500_000, "end"), ReturnBand(None, "quarterly"))
POTS = (Area("Dudley", 1_100_000, 50_000), Area("Walsall", 900_000))


@pytest.fixture
def last(record: Record) -> Record:
    """A record whose one round has something of everything that a round is set up with."""
    rows = workbook_rows()
    allowed = replace(SCHEME, tolerance_percent=Decimal(5), tolerance_authority="A. Commissioner")
    bare = replace(rows, scheme=allowed, sheets=(), agreed=(), not_applicable=(), chair_decisions=())
    load(set_up_office(record), bare)
    ravi = record.ask(lambda session: member_details(session, 1, "M2"))
    ann = record.ask(lambda session: member_details(session, 1, "M1"))
    for operation in (
        EditMember(1, replace(ravi, kind="police", areas=("Dudley",)), ravi),
        EditMember(1, replace(ann, kind="community", areas=("Coventry",)), ann),
        GiveRole(1, "Cora Command", "commander"),
        GiveRole(1, "Finn Pays", "finance"),
        GiveRole(1, "Dee Decider", "decider", areas=("Coventry",)),
        SetMarking(1, "OFFICIAL-SENSITIVE", "OFFICIAL"),
        SetReasonRule(1, ReasonRule.REQUIRED, ReasonRule.ASKED),
        SetRetention(1, Years(7, 3), Years()),
        SetReturnBands(1, BANDS, ()),
        SetAreaDates(1, "Dudley", LAST_DAYS, AreaDates()),
        SetPaperTexts(1, "decision-report", "", (("author", "The made-up officer"), ("title", "Autumn"))),
        SetPaperTexts(1, "form", "", (("questions", "Which school?"), ("title", "Autumn"))),
        SetPaperTexts(
            1, "call", "", (*CALLED, ("about", "This time: knives"), ("hear_by", "20 January 2027"))
        ),
    ):
        record.perform(operation, OFFICER)
    return record


CALLED = (("how", "Send the form to us."), ("who_may", "Charities"))
COPY = StartRound(NEXT, POTS, 2, NEW_DAYS, 1, (OwnDates("Walsall", replace(NEW_DAYS, meets_on=None)),))


def test_a_second_round_has_the_rules_people_and_words_of_the_last_and_nothing_it_recorded(
    last: Record,
) -> None:
    outcome = last.perform(COPY, OFFICER)

    def seen(session: Session) -> None:
        assert areas(session, 2) == POTS
        assert area_dates(session, 2) == {"Dudley": NEW_DAYS, "Walsall": replace(NEW_DAYS, meets_on=None)}
        assert scheme(session, 2) == replace(SCHEME, quorum=2)  # the tolerance of 5 % is not copied
        assert chain_of(session, 2) == chain_of(session, 1)
        copied, held = (
            [(g.code, g.question, g.is_advisory, g.is_cap) for g in gates(session, n)] for n in (2, 1)
        )
        assert copied == held[: len(copied)]
        assert not any(gate.is_time for gate in gates(session, 2))
        assert member_details(session, 2, "M2") == MemberDetails(
            "M2", "Ravi Example", "chair", "Police", "police", ("Dudley",)
        )
        # Ann serves Coventry alone, which is not in the round, and Dee signs for it
        assert [part for part in parts(session, 2) if part.role] == [
            part for part in parts(session, 1) if part.role and "Coventry" not in part.areas
        ]
        assert reason_rule(session, 2) is ReasonRule.REQUIRED
        assert years(session, 2) == Years(7, 3)
        assert return_bands(session, 2) == BANDS
        assert paper_texts(session, 2, "decision-report").texts == (("author", "The made-up officer"),)
        assert paper_texts(session, 2, "form").texts == (("questions", "Which school?"),)
        assert paper_texts(session, 2, "call").texts == CALLED, "not what was of its time"
        assert interests(session, 2) == ()
        rows = round_rows(session, 2)
        assert (rows.applications, rows.sheets, rows.agreed) == ((), (), ())

    last.ask(seen)
    line = last.ask(rounds)[-1]
    assert (line.stage, line.marking, line.fund) == ("set up", "OFFICIAL-SENSITIVE", KEY.fund)
    # 11,000 + 9,000
    assert outcome.words == (
        "The round “Autumn” of Active Citizens Fund 2027/28 is set up: 2 areas with £20,000 in their pots. "
        "The rest is copied from “Autumn” 2026/27. Without Ann Sample (member) and Dee Decider "
        "(decision-maker): the round has none of their areas."
    )


def test_who_has_one_of_their_areas_in_the_copy_has_no_other_there(last: Record) -> None:
    ann = last.ask(lambda session: member_details(session, 1, "M1"))
    last.perform(EditMember(1, replace(ann, areas=("Coventry", "Dudley")), ann), OFFICER)

    words = last.perform(COPY, OFFICER).words

    assert "Ann Sample" not in words
    assert last.ask(lambda session: member_details(session, 2, "M1")).areas == ("Dudley",)


@pytest.mark.parametrize("is_member", [True, False])
def test_a_workbook_takes_no_area_away_from_whoever_has_it_alone(last: Record, is_member: bool) -> None:
    if not is_member:
        ann = last.ask(lambda session: member_details(session, 1, "M1"))
        last.perform(EditMember(1, replace(ann, areas=()), ann), OFFICER)
    last.perform(AddArea(1, Area("Walsall", 0)), OFFICER)
    rows = last.ask(lambda session: round_rows(session, 1))
    without = replace(rows, areas=tuple(one for one in rows.areas if one.name != "Walsall"))
    ravi = last.ask(lambda session: member_details(session, 1, "M2"))
    change = EditMember(1, replace(ravi, areas=("Walsall",)), ravi)
    last.perform(
        change if is_member else GiveRole(1, "Nora Notes", "note-taker", areas=("Walsall",)), OFFICER
    )

    words = (
        "Members serve the area Walsall"
        if is_member
        else "Somebody signs or takes notes for the area Walsall"
    )
    refuses(last, words, ReplaceRound(1, without))


def test_a_round_with_applications_or_of_another_fund_is_not_taken_back_or_copied(last: Record) -> None:
    refuses(last, "has applications or is open, and stays", TakeBackRound(replace(COPY, round=KEY)))
    for operation, words in (
        (replace(COPY, copied_from=9), "no longer in the record. Choose another, or none"),
        (replace(COPY, round=replace(NEXT, fund="CSF")), "is a round of Active Citizens Fund"),
        (replace(COPY, own_dates=(OwnDates("Coventry", NEW_DAYS),)), "There is no area Coventry"),
        (
            replace(COPY, own_dates=(OwnDates("Dudley", replace(NEW_DAYS, meets_on=date(2027, 9, 9))),)),
            "Dudley: the panel meets before marks close",
        ),
    ):
        refuses(last, words, operation)

    # A started round is taken back as one act and comes back as it was.
    started = last.perform(COPY, OFFICER)
    first = last.ask(lambda session: (round_rows(session, 2), area_dates(session, 2), parts(session, 2)))
    undone = undo(last, started)
    assert [line.name for line in last.ask(rounds)] == ["Autumn"]
    again = undo(last, undone)
    assert (
        last.ask(lambda session: (round_rows(session, 2), area_dates(session, 2), parts(session, 2))) == first
    )
    assert again.inverse == started.inverse
    last.perform(SetRetention(2, Years(1, 1), Years(7, 3)), OFFICER)
    again = undo(last, undo(last, again))
    assert last.ask(lambda session: years(session, 2)) == Years(1, 1), "as they were when it was taken back"
    undo(last, again)
    refuses(last, "no longer in the record", TakeBackRound(COPY))


def test_dates_move_by_whole_weeks_and_an_area_keeps_its_distance_from_the_others() -> None:
    for year, today, weeks in (
        ("2027/28", date(2026, 12, 3), 52),  # a year later, on the same day of the week
        ("2028/29", date(2026, 12, 3), 104),
        ("2026/27", date(2026, 11, 1), 14),  # 1 September and 14 weeks is 8 December, after the meeting
        ("2026/27", date(2027, 1, 20), 21),  # 1 September and 21 weeks is 26 January
    ):
        assert distance(LAST_DAYS, "2026/27", year, today) == timedelta(weeks=weeks)

    week = timedelta(weeks=1)
    own = replace(LAST_DAYS, closes_on=date(2026, 11, 6), closes_time="17:00", allocated_on=date(2026, 10, 9))
    new = replace(
        NEW_DAYS, marks_close_on=date(2027, 11, 26), meets_on=None
    )  # marks by a day more, no meeting

    found = moved_like(own, LAST_DAYS, new)

    assert found == AreaDates(
        NEW_DAYS.opens_on, date(2027, 10, 29) + week, date(2027, 11, 26), None, closes_time="17:00"
    )
    lone = AreaDates(meets_on=date(2026, 12, 9))  # the others do not meet: it moves as they open
    assert moved_like(lone, replace(LAST_DAYS, meets_on=None), replace(NEW_DAYS, meets_on=None)) == AreaDates(
        meets_on=date(2027, 12, 8)
    )


def to_check(record: Record) -> dict[str, tuple[str, ...]]:
    return {of: fields for of, (_, fields) in record.ask(lambda s: carried(s, 2)).items()}


def test_what_was_copied_is_to_be_checked_until_it_is_set_or_confirmed(last: Record) -> None:
    kept = Area("Dudley", 1_000_000, 50_000)
    last.perform(replace(COPY, areas=(kept, POTS[1]), dates=replace(NEW_DAYS, meets_on=None)), OFFICER)
    dates = ("opens_on", "closes_on", "marks_close_on")

    expected = {"Dudley": ("pot_pence", *dates)}
    assert to_check(last) == expected, "a new area and a date that is not set are nobody's"
    (source,) = {source for source, _ in last.ask(lambda s: carried(s, 2)).values()}
    assert source == "“Autumn” 2026/27"
    before = last.ask(lambda s: area_dates(s, 2))["Dudley"]
    moved_on = replace(before, closes_on=date(2027, 11, 1))
    last.perform(SetAreaDates(2, "Dudley", moved_on, before), OFFICER)
    last.perform(SetPot(2, replace(kept, pot_pence=1), kept), OFFICER)
    assert to_check(last) == {"Dudley": ("opens_on", "marks_close_on")}
    undo(last, last.perform(RemoveArea(2, "Walsall"), OFFICER))

    confirmed = last.perform(ConfirmCarried(2, ("Dudley", "Walsall")), OFFICER)

    assert confirmed.words == "What was copied for Dudley is confirmed.", "Walsall is no area of the other"
    assert to_check(last) == {}
    refuses(last, "Nothing that was copied is to be checked for Dudley", ConfirmCarried(2, ("Dudley",)))
    opens = AreaDates(NEW_DAYS.opens_on)
    proposed = StartRound(replace(NEXT, name="Winter"), (kept,), 2, opens, 1, proposed=("Dudley",))
    last.perform(proposed, OFFICER)
    (told,) = last.ask(lambda s: carried(s, 3)).items()
    assert told == ("Dudley", ("“Autumn” 2026/27", ("left_pence", "opens_on")))
    assert carried_words("Dudley", *told[1]) == (
        "Dudley: pot, proposed from what was left of the year; opening of applications, copied from "
        "“Autumn” 2026/27"
    )
    last.perform(SetPot(3, replace(kept, pot_pence=1), kept), OFFICER)
    (told,) = last.ask(lambda s: carried(s, 3)).items()
    assert carried_words("Dudley", *told[1]) == (
        "Dudley: opening of applications, copied from “Autumn” 2026/27"
    ), "a pot that was set by hand was not proposed"
    # It is not removed with what would not come back.
    refuses(last, "has words of its own in its papers", RemoveRound(2, ""))
