"""A round as it was decided, ranked once for a paper."""

from datetime import UTC, datetime

import pytest

from models.papers.order import PaperOrder
from models.queries.deciding import decided_anew as as_decided
from models.queries.papers.decision_report import decision_report
from models.queries.papers.notices.notice import notice
from models.record import Record
from scoring.ranking import Ranking
from scoring.round import Round
from tests.models.queries.deciding.test_out_of_order import past_one_in_part, taken_through

NOW = datetime(2026, 12, 9, tzinfo=UTC)


def test_a_notice_and_a_report_each_rank_the_round_as_it_was_decided_once(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_through(past_one_in_part(record))
    ranked, real = list[Round](), as_decided.rank

    def counting(round_: Round) -> Ranking:
        ranked.append(round_)
        return real(round_)

    monkeypatch.setattr(as_decided, "rank", counting)

    record.ask(lambda s: notice(s, PaperOrder("notice", NOW, 1)))
    of_notice = len(ranked)
    record.ask(lambda s: decision_report(s, PaperOrder("decision-report", NOW, 1)))

    assert (of_notice, len(ranked)) == (1, 2)
