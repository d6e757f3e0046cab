"""Areas and their dates, and starting a round with all of them."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Actor, Operation
from models.operations.papers import IssuePaper
from models.operations.set_up.areas import AddArea, MoveArea, RemoveArea, RenameArea, SetAreaDates
from models.operations.set_up.people import GiveRole
from models.operations.set_up.rounds import StartRound
from models.queries.set_up.round_facts import areas
from models.queries.set_up.rounds import area_dates, rounds, scheme
from models.record import Record
from models.values.rounds import AreaDates, Intake, RoundKey
from models.values.rows import RoundRows
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.rounds import KEY, OFFICER, SCHEME, assert_replays, load, set_up_office, undo, workbook_rows

CHAIR = Actor("Ravi Example", "chair")
MEMBER = Actor("Ann Sample", "member")
NO_DATES = AreaDates()
DATES = AreaDates(date(2026, 9, 1), date(2026, 10, 30), date(2026, 11, 26), date(2026, 12, 2))
SANDWELL = Area("Sandwell", 3_800_000, 200_000, 100_000)
START = StartRound(KEY, (Area("Coventry", 4_800_000), SANDWELL), 2, DATES)


def names(record: Record) -> list[str]:
    return [area.name for area in record.ask(lambda session: areas(session, 1))]


def empty_areas() -> RoundRows:
    """Return the round with two areas that no application is of, one before and one after the others."""
    rows = workbook_rows()
    return replace(rows, areas=(Area("Walsall", 1), *rows.areas, SANDWELL))


def test_an_area_is_added_where_it_is_wanted_and_taken_out_again(record: Record) -> None:
    load(set_up_office(record))

    outcome = record.perform(AddArea(1, SANDWELL, 1, DATES), OFFICER)
    assert names(record) == ["Dudley", "Sandwell", "Coventry"]
    assert record.ask(lambda session: area_dates(session, 1))["Sandwell"] == DATES

    undo(record, outcome)
    assert names(record) == ["Dudley", "Coventry"]
    record.perform(AddArea(1, SANDWELL), OFFICER)
    assert names(record) == ["Dudley", "Coventry", "Sandwell"]
    assert_replays(record)


def test_an_area_without_applications_is_removed_and_put_back_with_its_dates(record: Record) -> None:
    load(set_up_office(record), empty_areas())
    record.perform(SetAreaDates(1, "Walsall", DATES, NO_DATES), OFFICER)

    outcome = record.perform(RemoveArea(1, "Walsall"), OFFICER)
    assert names(record) == ["Dudley", "Coventry", "Sandwell"]

    undo(record, outcome)
    assert names(record) == ["Walsall", "Dudley", "Coventry", "Sandwell"]
    assert record.ask(lambda session: area_dates(session, 1))["Walsall"] == DATES
    assert_replays(record)


def test_an_area_that_somebody_signs_for_stays(record: Record) -> None:
    load(set_up_office(record), empty_areas())
    record.perform(GiveRole(1, "Cora Command", "decider", "Commander", ("Walsall",)), OFFICER)

    with pytest.raises(Refused, match="Somebody signs for Walsall alone"):
        record.perform(RemoveArea(1, "Walsall"), OFFICER)


def test_an_area_is_renamed_with_its_applications_and_the_name_is_free_again(record: Record) -> None:
    load(set_up_office(record))

    outcome = record.perform(RenameArea(1, "Dudley", "Dudley and Stourbridge"), OFFICER)
    record.perform(AddArea(1, Area("Dudley", 0)), OFFICER)
    assert names(record) == ["Dudley and Stourbridge", "Coventry", "Dudley"]

    record.perform(RemoveArea(1, "Dudley"), OFFICER)
    undo(record, outcome)
    assert names(record) == ["Dudley", "Coventry"]
    assert_replays(record)


def test_dates_are_set_and_set_back(record: Record) -> None:
    load(set_up_office(record))

    outcome = record.perform(SetAreaDates(1, "Dudley", DATES, NO_DATES), OFFICER)
    assert record.ask(lambda session: area_dates(session, 1)) == {"Dudley": DATES, "Coventry": NO_DATES}

    undo(record, outcome)
    assert record.ask(lambda session: area_dates(session, 1))["Dudley"] == NO_DATES
    assert_replays(record)


@pytest.mark.parametrize(
    ("dates", "today", "intake"),
    [
        (NO_DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 8, 31), Intake.NOT_YET),
        (DATES, date(2026, 9, 1), Intake.OPEN),
        (DATES, date(2026, 10, 30), Intake.OPEN),
        (DATES, date(2026, 10, 31), Intake.CLOSED),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 9, 30), Intake.OPEN),
        (replace(DATES, allocated_on=date(2026, 10, 1)), date(2026, 10, 1), Intake.ALLOCATED),
    ],
)
def test_an_area_takes_applications_from_its_first_to_its_last_day(
    dates: AreaDates, today: date, intake: Intake
) -> None:
    assert dates.intake(today) is intake


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (AddArea(1, Area("  ", 0)), OFFICER, "needs a name"),
        (AddArea(1, Area("dudley", 0)), OFFICER, "already"),
        (AddArea(1, Area("Sandwell", -1)), OFFICER, "cannot be below"),
        (AddArea(1, SANDWELL), MEMBER, "An officer or the chair adds an area, not the member"),
        (AddArea(9, SANDWELL), OFFICER, "no longer in the record"),
        (RemoveArea(1, "Dudley"), OFFICER, "Dudley has 1 application[.]"),
        (RemoveArea(1, "Sandwell"), OFFICER, "no area Sandwell"),
        (RemoveArea(1, "Dudley"), MEMBER, "not the member"),
        (RenameArea(1, "Dudley", "Coventry"), OFFICER, "already"),
        (RenameArea(1, "Dudley", "Brierley"), MEMBER, "not the member"),
        (SetAreaDates(1, "Dudley", DATES, DATES), OFFICER, "changed in the meantime"),
        (SetAreaDates(1, "Dudley", DATES, NO_DATES), MEMBER, "not the member"),
        (
            SetAreaDates(1, "Dudley", replace(DATES, meets_on=date(2026, 11, 1)), NO_DATES),
            OFFICER,
            "Dudley: the panel meets before marks close",
        ),
    ],
)
def test_a_change_to_areas_that_may_not_be_is_refused(
    record: Record, operation: Operation, actor: Actor, words: str
) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)


def test_an_area_past_intake_stays(record: Record) -> None:
    load(set_up_office(record), empty_areas())
    record.perform(MoveArea(1, "Sandwell", "scoring"), CHAIR)

    with pytest.raises(Refused, match="past intake"):
        record.perform(RemoveArea(1, "Sandwell"), OFFICER)


def test_the_last_area_stays(record: Record) -> None:
    set_up_office(record)
    record.perform(replace(START, areas=(SANDWELL,)), OFFICER)

    with pytest.raises(Refused, match="only area"):
        record.perform(RemoveArea(1, "Sandwell"), OFFICER)


def test_a_name_that_an_issued_schedule_prints_stays(record: Record) -> None:
    load(set_up_office(record))
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # SHA-256 of "{}"
    record.perform(IssuePaper("schedule", 1, "", "{}", digest, "", 1, "00"), OFFICER)

    with pytest.raises(Refused, match="A paper was issued with the name Dudley"):
        record.perform(RenameArea(1, "Dudley", "Brierley"), OFFICER)


def test_a_round_starts_with_pots_quorum_and_dates_in_one_change(record: Record) -> None:
    set_up_office(record)

    undone = undo(record, record.perform(START, OFFICER))
    assert record.ask(rounds) == ()

    undo(record, undone)
    assert record.ask(rounds)[0].stage == "set up"
    assert record.ask(lambda session: areas(session, 1)) == START.areas
    assert record.ask(lambda session: scheme(session, 1)) == replace(SCHEME, quorum=2)
    assert_replays(record)


def test_every_area_of_a_new_round_has_its_dates(record: Record) -> None:
    set_up_office(record)

    outcome = record.perform(START, OFFICER)

    assert record.ask(lambda session: area_dates(session, 1)) == {"Coventry": DATES, "Sandwell": DATES}
    # £48,000 and £38,000 make £86,000.
    assert outcome.words.endswith("2 areas with £86,000 in their pots.")


def test_a_round_of_one_area_is_not_one_of_areas(record: Record) -> None:
    set_up_office(record)

    outcome = record.perform(replace(START, areas=START.areas[:1]), OFFICER)

    assert outcome.words.endswith(" is set up: £48,000 in its pot.")


@pytest.mark.parametrize(
    ("operation", "actor", "words"),
    [
        (START, MEMBER, "An officer or the chair starts a round, not the member"),
        (replace(START, round=RoundKey("ACF", "2026/27", " ")), OFFICER, "needs a name"),
        (replace(START, areas=()), OFFICER, "needs an area"),
        (replace(START, areas=(SANDWELL, SANDWELL)), OFFICER, "already"),
        (replace(START, quorum=0), OFFICER, "quorum"),
        (replace(START, dates=replace(DATES, closes_on=date(2026, 8, 1))), OFFICER, "close before"),
        (replace(START, round=RoundKey("CSF", "2026/27", "Autumn")), OFFICER, "has no panel"),
    ],
)
def test_a_round_that_cannot_be_started_is_refused(
    record: Record, operation: StartRound, actor: Actor, words: str
) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match=words):
        record.perform(operation, actor)
