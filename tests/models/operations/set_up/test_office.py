"""Setting up the office and its funds."""

import pytest

from models.operations.set_up.office import AddFund, RemoveFund, SetUpOffice
from models.queries.set_up.funds import fund_list
from models.record import Record
from models.reference.defaults import FundDefaults
from models.reference.schemes import shipped_funds
from scoring.written.text import Refused
from tests.models.rounds import FUND, MONEY_ONLY, OFFICER, assert_replays, load, set_up_office, undo


def codes(record: Record) -> list[str]:
    return [fund.code for fund in record.ask(fund_list)]


def test_a_new_office_has_the_shipped_funds_and_only_two_have_a_panel(record: Record) -> None:
    record.perform(SetUpOffice("Office", shipped_funds()), OFFICER)

    found = record.ask(fund_list)

    assert [fund.code for fund in found] == ["ACF", "VF", "CSF", "EXC", "EYI", "VRU"]
    assert [fund.rules.scheme is not None for fund in found] == [True, True, False, False, False, False]


def test_an_office_is_set_up_once(record: Record) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match="set up already"):
        set_up_office(record)


def test_setting_up_an_office_is_a_barrier(record: Record) -> None:
    outcome = record.perform(SetUpOffice("Office", (FUND,)), OFFICER)

    assert outcome.inverse is None
    assert SetUpOffice.is_barrier


def test_a_fund_is_added_and_taken_out_again(record: Record) -> None:
    set_up_office(record)

    outcome = record.perform(AddFund(FundDefaults("NF", "New Fund")), OFFICER)
    assert codes(record) == ["ACF", "CSF", "NF"]
    undone = undo(record, outcome)
    assert codes(record) == ["ACF", "CSF"]

    undo(record, undone)
    assert codes(record) == ["ACF", "CSF", "NF"]
    assert_replays(record)


@pytest.mark.parametrize(
    "fund",
    [
        FundDefaults("ACF", "Another"),
        FundDefaults("acf", "Another"),
        FundDefaults("X", FUND.name),
        FundDefaults("X", "ACTIVE citizens Fund"),
    ],
)
def test_a_fund_with_a_taken_name_or_code_is_refused(record: Record, fund: FundDefaults) -> None:
    set_up_office(record)

    with pytest.raises(Refused, match="Active Citizens Fund is there already"):
        record.perform(AddFund(fund), OFFICER)


def test_a_fund_is_not_called_as_another_is_coded_nor_coded_as_another_is_called(record: Record) -> None:
    set_up_office(record)
    record.perform(AddFund(FundDefaults("NF", "Lights")), OFFICER)

    for fund in (
        FundDefaults("X", "acf"),
        FundDefaults("LIGHTS", "Other"),
        FundDefaults("X", "Other", also_known_as=("NF",)),
    ):
        with pytest.raises(Refused, match="is the name or code of another fund"):
            record.perform(AddFund(fund), OFFICER)


def test_a_fund_with_a_round_stays(record: Record) -> None:
    set_up_office(record)
    load(record)

    with pytest.raises(Refused, match="has a round"):
        record.perform(RemoveFund(FUND), OFFICER)


def test_a_fund_that_is_not_there_cannot_be_removed(record: Record) -> None:
    with pytest.raises(Refused, match="no fund Community Safety Fund"):
        record.perform(RemoveFund(MONEY_ONLY), OFFICER)
