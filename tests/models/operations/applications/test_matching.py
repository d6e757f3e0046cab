"""Remembering how forms were matched, with the import that used the matching."""

from msgspec.structs import replace

from models.operations.set_up.office import AddFund, RemoveFund
from models.queries.applications.merges import remembered
from models.record import Record
from models.values.importing import Matching, Remembered, headings_key
from tests.models.rounds import (
    FUND,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    set_up_office,
    undo,
)

HEADINGS = ("Org name", "Amount req. (£)", "NPU")
MATCHING = Matching(
    HEADINGS,
    (("Org name", "organisation"), ("Amount req. (£)", "amount_requested"), ("NPU", "area")),
    (("Covvy", "Coventry"),),
)


def known(record: Record) -> Remembered:
    return record.ask(lambda session: remembered(session, "ACF"))


def test_a_form_is_known_again_by_its_headings_whatever_their_order_and_case(record: Record) -> None:
    set_up_office(record)
    record.perform(replace(import_operation(), matching=MATCHING), OFFICER)

    found = known(record)

    assert found.fields(["npu", "ORG  name", "Amount req. (£)"]) == dict(MATCHING.fields)
    assert found.fields(["Org name"]) == {}
    assert found.spellings == (("covvy", "Coventry"),)
    assert_replays(record)


def test_the_newest_matching_of_a_form_and_of_a_spelling_holds(record: Record) -> None:
    set_up_office(record)
    record.perform(replace(import_operation(), matching=MATCHING), OFFICER)
    newer = replace(MATCHING, fields=(("Org name", "project"),), spellings=(("COVVY", "Dudley"),))
    row = application(8)

    record.perform(replace(import_operation(row, areas=()), matching=newer), OFFICER)

    assert known(record).fields(HEADINGS) == {"Org name": "project"}
    assert known(record).spellings == (("covvy", "Dudley"),)


def test_what_was_learnt_outlasts_the_undoing_of_the_import(record: Record) -> None:
    set_up_office(record)

    undo(record, record.perform(replace(import_operation(), matching=MATCHING), OFFICER))

    assert known(record).fields(HEADINGS) == dict(MATCHING.fields)
    assert_replays(record)


def test_a_fund_goes_with_the_spellings_of_its_areas(record: Record) -> None:
    set_up_office(record)
    fund = replace(FUND, code="NF", name="New Fund", also_known_as=())
    record.perform(AddFund(fund), OFFICER)
    import_ = import_operation()
    taken = record.perform(
        replace(import_, round=replace(import_.round, fund="New Fund"), matching=MATCHING), OFFICER
    )
    undo(record, taken)

    record.perform(RemoveFund(fund), OFFICER)

    assert record.ask(lambda session: remembered(session, "NF")).spellings == ()
    assert_replays(record)


def test_a_set_of_headings_has_one_key() -> None:
    assert headings_key(["A b", "c"]) == headings_key(["C", "a  B", "c"])
    assert headings_key(["A"]) != headings_key(["A", "B"])
