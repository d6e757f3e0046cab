"""No notice to sign gives money to what lost its total since it was recommended."""

from datetime import UTC, datetime
from functools import partial

import pytest

from models.operations.deciding.recommendations import WithdrawRecommendations
from models.operations.panel.members import Declare
from models.papers.order import PaperOrder
from models.queries.papers.notices.notice import notice
from models.record import Record
from models.values.rows import InterestRow
from scoring.round import InterestKind
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import recommended
from tests.models.rounds import OFFICER

ORDER = PaperOrder("notice", datetime(2027, 1, 5, tzinfo=UTC), round_id=1)
LATE = InterestRow("M1", "ACF-001", InterestKind.NON_PECUNIARY, "Her sister works there.")


def test_a_notice_gives_no_money_where_an_interest_declared_late_left_too_few_marks(record: Record) -> None:
    recommended(record)

    record.perform(Declare(1, "M1", (LATE,)), OFFICER)

    with pytest.raises(Refused, match=r"ACF-001 is incomplete.*Withdraw the recommendation"):
        record.ask(partial(notice, order=ORDER))


def test_once_its_recommendation_is_withdrawn_the_others_are_put_to_the_signer(record: Record) -> None:
    recommended(record)
    record.perform(Declare(1, "M1", (LATE,)), OFFICER)

    record.perform(WithdrawRecommendations(1, ("ACF-001",)), OFFICER)

    assert [line.reference for line in record.ask(partial(notice, order=ORDER)).allocations] == ["ACF-002"]
