"""A fund's amount of a year."""

from msgspec.structs import replace

from models.operations.set_up.office import SetUpOffice
from models.queries.set_up.funds import fund_year_amount
from models.record import Record
from tests.models.rounds import FUND, OFFICER


def test_the_amount_of_a_year_is_the_funds_own(record: Record) -> None:
    record.perform(SetUpOffice("Office", (replace(FUND, amounts=(("2026/27", 8_400),)),)), OFFICER)

    assert record.ask(lambda session: fund_year_amount(session, 1, "2026/27")) == 8_400
    assert record.ask(lambda session: fund_year_amount(session, 1, "2027/28")) is None
