"""The chain over the lines counts apart what the panel's chair did not sign here."""

from collections.abc import Callable

import pytest

from gui.pages.deciding.decisions.lines import chain_steps, decision_lines, line_steps
from models.operations.deciding.deciding import RecordDecisions
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.deciding.round_list import deciding
from models.record import Record
from tests.models.operations.deciding_rounds import every_line, first_step, last_step, paper, recommended
from tests.models.rounds import OFFICER


@pytest.mark.parametrize("step", [first_step, last_step])
def test_lines_that_the_office_signed_first_are_told_apart(
    record: Record, step: Callable[..., RecordDecisions]
) -> None:
    recommended(record).perform(paper(step(*every_line()[:2])), OFFICER)

    found = record.ask(lambda s: deciding(s, 1, OFFICE_VIEWER))
    lines, apart = decision_lines(found, {}), "Panel: not signed here"
    assert chain_steps(found.chain, lines)[0].words == "Panel 0 of 3, 2 not signed here"
    assert [line_steps(found.chain, one)[0] for one in lines] == [apart, apart, "Panel: waiting"]
