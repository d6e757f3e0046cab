"""What a new round can start from."""

from models.queries.set_up.funds import FundTemplate, fund_templates
from models.record import Record
from tests.models.rounds import set_up_office


def test_only_funds_with_a_panel_can_have_a_round(record: Record) -> None:
    set_up_office(record)

    assert record.ask(fund_templates) == (FundTemplate("Active Citizens Fund", (), 1, 3, 800_000, 500_000),)
