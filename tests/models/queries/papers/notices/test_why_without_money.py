"""A notice says in a few words why an application gets no money, and never in the panel's own words."""

from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from types import SimpleNamespace

from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.papers.order import PaperOrder
from models.queries.papers.notices.causes import without_money
from models.queries.papers.notices.notice import notice
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import RecommendationRow
from models.values.rows import scored_round
from scoring.rank import rank
from scoring.schedule.lines import WITHOUT_MONEY, PanelOutcome
from tests.models.operations.deciding_rounds import OFFICER, deciding_rows, reasoned, recommended

NOW = datetime(2027, 1, 5, tzinfo=UTC)
ORDER = PaperOrder("notice", NOW, round_id=1)
PANELS_OWN = "Nobody there answers the telephone."


def background(record: Record) -> tuple[str, ...]:
    return record.ask(partial(notice, order=ORDER)).background


def test_what_is_below_a_minimum_says_so(record: Record) -> None:
    rows = deciding_rows()
    recommended(record, replace(rows, scheme=replace(rows.scheme, minimum_total=Decimal(70))))

    assert "Not funded: ACF-003, below a minimum of the round." in background(record)


def test_what_the_panel_declines_by_its_own_choice_points_to_its_minutes(record: Record) -> None:
    recommended(record)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    for outcome in (PanelOutcome.DECLINE, PanelOutcome.DEFER):
        items = [
            replace(item, outcome=outcome.value, reason=PANELS_OWN) if item.outcome == "reserve" else item
            for item in reasoned(proposed(ranked))
        ]
        record.perform(RecordRecommendations(1, tuple(items)), OFFICER)

        told = [line for line in background(record) if "ACF-003" in line]

        assert len(told) == 1
        assert told[0].endswith(": ACF-003, for the reasons in the minutes of the panel.")
        assert PANELS_OWN not in " ".join(background(record))


def test_those_with_one_reason_stand_together_and_those_with_none_last() -> None:
    why = {"ACF-1": "below", "ACF-3": "below", "ACF-4": "in the minutes"}
    for outcome in WITHOUT_MONEY:
        lines = [RecommendationRow(f"ACF-{number}", outcome.value, None, "") for number in (2, 1, 4, 3)]
        of = SimpleNamespace(lines=lines, back=(), round=SimpleNamespace(final={}))
        told = next(without_money(of, why))
        assert told.split(": ")[1] == "ACF-1 and ACF-3, below; ACF-4, in the minutes; ACF-2."
