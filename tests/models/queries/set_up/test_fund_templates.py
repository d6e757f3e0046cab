"""What a new round can start from."""

from models.queries.set_up.funds import FundTemplate, fund_templates
from models.record import Record
from tests.models.rounds import SCHEME, set_up_office


def test_only_funds_with_a_panel_can_have_a_round(record: Record) -> None:
    set_up_office(record)

    assert record.ask(fund_templates) == (FundTemplate("Active Citizens Fund", (), SCHEME),)
