"""What is said before recommendations are recorded together."""

from gui.pages.deciding.ranking.recording_words import lines_of, replace_words
from models.queries.deciding.decisions import unlike_the_rule
from models.queries.deciding.round_list import Mark
from models.values.recommending import RecommendationRow


def test_what_was_recorded_otherwise_is_named_with_what_it_becomes() -> None:
    recorded = [
        RecommendationRow("W-009", Mark.PART, 700_000, "A strong plan"),
        RecommendationRow("W-010", Mark.RESERVE, None, ""),
    ]
    items = [
        RecommendationRow("W-009", Mark.RESERVE, None, ""),
        RecommendationRow("W-010", Mark.RESERVE, None, ""),
        RecommendationRow("W-011", Mark.FUND, 240_000, ""),
    ]

    differing = unlike_the_rule(items, recorded)

    assert [item.application for item in differing] == ["W-009"]
    assert replace_words(differing, recorded) == (
        "Also replace 1 recommendation that was recorded otherwise: W-009, part-fund £7,000, becomes reserve."
    )


def test_nothing_is_replaced_where_all_was_recorded_so() -> None:
    items = [RecommendationRow("W-010", Mark.RESERVE, None, "")]

    assert unlike_the_rule(items, items) == ()
    assert replace_words((), items) == ""
    assert lines_of((), None) == ("All else is recorded already, as the rule proposes it.",)
