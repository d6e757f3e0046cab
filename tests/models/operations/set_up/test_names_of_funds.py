"""One name, one fund: none is made beside a fund of its name or code in other case, spaces or signs."""

from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.set_up.fund_changes import RenameFund
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import AddFund
from models.queries.set_up.funds import fund_list, fund_named
from models.queries.set_up.rounds import rounds_of
from models.record import Record
from models.reference.defaults import ONE_GATE, FundDefaults
from scoring.written.names import is_same_text
from scoring.written.text import Refused
from tests.models.rounds import OFFICER, assert_replays, set_up_office, workbook_rows
from tests.models.spellings import EVERY


def with_fund(record: Record, name: str, code: str = "XYZ") -> None:
    set_up_office(record).perform(AddFund(FundDefaults(code=code, name=name, gates=ONE_GATE)), OFFICER)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_no_fund_is_made_beside_one_of_its_name(record: Record, name: str, other: str) -> None:
    with_fund(record, name)
    before = record.ask(fund_list)
    makings: tuple[Operation, ...] = (
        AddFund(FundDefaults(code="NEW", name=other, gates=ONE_GATE)),
        AddFund(FundDefaults(code="NEW", name="Another", also_known_as=(other,), gates=ONE_GATE)),
        RenameFund("CSF", other.strip(), date(2027, 4, 1)),
    )

    for making in makings:
        with pytest.raises(Refused):
            record.perform(making, OFFICER)
    assert record.ask(fund_list) == before

    record.perform(LoadRound(replace(workbook_rows(), fund=name)), OFFICER)
    again = replace(workbook_rows(), fund=other, name="Spring")
    if is_same_text(name, other):  # in another case or spacing it is the fund
        record.perform(LoadRound(again), OFFICER)
    else:
        with pytest.raises(Refused, match="or the same in other letters"):
            record.perform(LoadRound(again), OFFICER)
    assert len(record.ask(fund_list)) == len(before)
    assert_replays(record)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_a_fund_and_its_rounds_are_found_however_the_name_is_typed(
    record: Record, name: str, other: str
) -> None:
    with_fund(record, name)
    record.perform(LoadRound(replace(workbook_rows(), fund=name)), OFFICER)

    assert record.ask(lambda s: fund_named(s, other)).code == "XYZ"
    assert [line.fund for line in record.ask(lambda s: rounds_of(s, other))] == [name]


def test_the_code_that_a_loaded_fund_would_have_is_no_other_funds_name(record: Record) -> None:
    with_fund(record, "AACF")

    with pytest.raises(Refused, match=r"“AACF” is a name or the code of the fund AACF \(XYZ\)"):
        record.perform(LoadRound(replace(workbook_rows(), fund="Arts and Crime Fund")), OFFICER)
