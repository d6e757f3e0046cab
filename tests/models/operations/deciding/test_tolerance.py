"""Recording who allows money over the pots of a published scheme, and by how much."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from models.operation import Actor
from models.operations.deciding.tolerance import SetTolerance
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.scheme import AmendScheme
from models.operations.set_up.starting import StartRound
from models.queries.set_up.area_dates import AreaDates
from models.queries.set_up.round_rows import round_rows
from models.queries.set_up.scheme import Tolerance, scheme
from models.record import Record
from models.values.rows import scored_round
from scoring.explaining.words import rules_in_words
from scoring.rank import rank
from scoring.refused import Refused
from scoring.round import Area
from scoring.scheme import Scheme
from tests.models.rounds import KEY, OFFICER, SCHEME, assert_replays, load, set_up_office, undo, workbook_rows

CHAIR = Actor("Ravi Example", "chair")
ALLOWED = Tolerance(Decimal("7.5"), "A. Commissioner", "The last two are one project.")


def stored(record: Record) -> Scheme:
    return record.ask(lambda session: scheme(session, 1))


def test_a_tolerance_lifts_every_pot_and_is_printed_with_its_authority(record: Record) -> None:
    rows = workbook_rows()
    load(set_up_office(record), rows)

    outcome = record.perform(SetTolerance(1, ALLOWED, None), OFFICER)

    assert outcome.words == "Recorded that A. Commissioner allows 7.5 % over the pots."
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    before = {area.name: area for area in rows.areas}
    for area in ranked.areas:  # pot × 1.075, rounded down to the penny, less what is committed
        pot = before[area.area]
        assert area.available_pence == pot.pot_pence * 1075 // 1000 - pot.committed_pence
    said = dict(rules_in_words(stored(record)))["Tolerance"]
    assert said == "7.5% over each pot, on the authority of A. Commissioner"
    assert_replays(record)


def test_it_is_taken_back_by_undo_and_recorded_again(record: Record) -> None:
    load(set_up_office(record))

    undone = undo(record, record.perform(SetTolerance(1, ALLOWED, None), OFFICER))
    assert stored(record).tolerance_percent == 0
    assert undone.words == "Took back the authority to go over the pots."

    undo(record, undone)
    assert stored(record).tolerance_authority == "A. Commissioner"
    assert_replays(record)


def test_another_takes_its_place_only_by_naming_it(record: Record) -> None:
    load(set_up_office(record))
    record.perform(SetTolerance(1, ALLOWED, None), OFFICER)
    more = replace(ALLOWED, percent=Decimal(9))

    with pytest.raises(Refused, match="recorded in the meantime"):
        record.perform(SetTolerance(1, more, None), OFFICER)
    record.perform(SetTolerance(1, more, ALLOWED), CHAIR)

    assert stored(record).tolerance_percent == 9


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        (replace(ALLOWED, authority="  "), "Name who allows it"),
        (replace(ALLOWED, percent=Decimal(0)), "above 0%"),
        (replace(ALLOWED, percent=Decimal("100.01")), "no more than 100%"),
        (replace(ALLOWED, reason=""), "Say why"),
    ],
)
def test_it_needs_a_name_a_percentage_and_a_reason(record: Record, allowed: Tolerance, words: str) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match=words):
        record.perform(SetTolerance(1, allowed, None), OFFICER)

    assert stored(record).tolerance_percent == 0


def test_a_member_records_no_authority(record: Record) -> None:
    load(set_up_office(record))

    with pytest.raises(Refused, match="An officer or the chair records who allows"):
        record.perform(SetTolerance(1, ALLOWED, None), Actor("Ann Sample", "member"))


def test_a_draft_has_its_own_tolerance(record: Record) -> None:
    set_up_office(record)
    record.perform(StartRound(KEY, (Area("Dudley", 1),), 2, AreaDates()), OFFICER)

    with pytest.raises(Refused, match="Set the tolerance in the draft"):
        record.perform(SetTolerance(1, ALLOWED, None), OFFICER)


def test_an_amended_scheme_starts_from_what_was_recorded(record: Record) -> None:
    load(set_up_office(record))
    record.perform(SetTolerance(1, ALLOWED, None), OFFICER)
    stands = stored(record)

    record.perform(AmendScheme(1, replace(stands, quorum=2), stands, "Two will do."), CHAIR)

    assert (stored(record).quorum, stored(record).tolerance_percent) == (2, Decimal("7.5"))
    record.perform(SetTolerance(1, replace(ALLOWED, percent=Decimal(8)), None), OFFICER)
    assert stored(record).tolerance_percent == 8


def test_a_round_goes_with_its_tolerance(record: Record) -> None:
    load(set_up_office(record))
    record.perform(SetTolerance(1, ALLOWED, None), OFFICER)

    record.perform(RemoveRound(1, ""), OFFICER)

    load(record)
    assert stored(record) == SCHEME


def test_history_has_the_reason_and_none_where_it_is_taken_back() -> None:
    assert SetTolerance(1, ALLOWED, None).reason == ALLOWED.reason
    assert SetTolerance(1, None, ALLOWED).reason == ""
