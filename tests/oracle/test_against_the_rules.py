"""The program against the published rules, on rounds made to be nasty."""

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from scoring.explaining.steps import explain
from scoring.money import pounds, score
from scoring.publishing import check_scheme
from scoring.rank import rank
from scoring.ranking import Ranking, Standing
from scoring.round import Round
from tests.oracle.published_money import AreaVerdict, Money, printed_order
from tests.oracle.published_rules import Verdict
from tests.oracle.rounds import contested_rounds, rounds, schemes


@given(schemes())
def test_the_made_up_schemes_may_be_published(scheme):
    check_scheme(scheme)


@settings(max_examples=150)
@given(rounds(), st.data())
def test_a_ranking_and_what_explains_it_are_what_the_published_rules_say(a_round, data):
    assert_ranking(a_round)
    assert_explanation(a_round, data.draw(st.integers(0, len(a_round.applications) - 1)))


@settings(max_examples=150)
@given(contested_rounds())
def test_money_that_many_ask_for_goes_as_the_published_rules_say(a_round):
    assert_ranking(a_round)


@pytest.mark.soak
@settings(max_examples=3000)
@given(st.one_of(rounds(), contested_rounds()), st.data())
def test_thousands_of_rounds_are_as_the_published_rules_say(a_round, data):
    assert_ranking(a_round)
    assert_explanation(a_round, data.draw(st.integers(0, len(a_round.applications) - 1)))


def assert_ranking(a_round: Round) -> None:
    """Compare a whole ranking with the rules, field by field."""
    ranking = rank(a_round)
    told = Money(a_round)
    said = {v.application.reference: v for v in told.verdicts}
    assert [s.reference for s in ranking.standings] == printed_order(a_round, told)
    for standing in ranking.standings:
        assert program_says(standing) == rules_say(said[standing.reference])
        assert_reasons(standing, said[standing.reference])
        event(f"{standing.status.value} {standing.outcome and standing.outcome.value}")
    assert program_money(ranking) == [rules_money(area) for area in told.areas]


def assert_explanation(a_round: Round, position: int) -> None:
    """Compare the figures that an explanation shows with the rules."""
    verdict = Money(a_round).verdicts[position]
    explanation = explain(a_round, verdict.application.reference)
    assert program_says(explanation.standing) == rules_say(verdict)
    shown = {step.rule: step.shown for step in explanation.steps}
    assert shown["status"] == verdict.status
    assert shown["counting members"] == str(verdict.counting)
    if verdict.status == "ranked":
        assert_shown(shown, verdict)


def assert_shown(shown: dict[str, str], verdict: Verdict) -> None:
    for rule, figure in (
        ("quality", verdict.quality_1e2),
        ("cost", verdict.cost_1e2),
        ("total", verdict.total_1e2),
    ):
        assert shown.get(rule) == (None if figure is None else score(figure))
    for code, (value, _, points) in verdict.criteria.items():
        if value is not None:
            assert (shown[f"value {code}"], shown[f"points {code}"]) == (score(value), score(points))
    assert shown["place"].startswith(f"{'=' * verdict.tied}{verdict.place}")
    assert shown["money"] == ("–" if verdict.offer_pence is None else pounds(verdict.offer_pence))


def program_says(standing: Standing) -> dict[str, object]:
    return {
        "status": standing.status.value,
        "counting": standing.counting_members,
        "scores": (standing.quality_1e2, standing.cost_1e2, standing.total_1e2, standing.price_pence),
        "place": (standing.place, standing.tied, standing.place_by),
        "below": [words.split(" ")[0] for words in standing.below_threshold],
        "criteria": [tuple(c) for c in standing.criteria if standing.place is not None],
        "money": (standing.outcome and standing.outcome.value, standing.offer_pence),
    }


def rules_say(verdict: Verdict) -> dict[str, object]:
    return {
        "status": verdict.status,
        "counting": verdict.counting,
        "scores": (verdict.quality_1e2, verdict.cost_1e2, verdict.total_1e2, verdict.price_pence),
        "place": (verdict.place, verdict.tied, verdict.place_by),
        "below": verdict.below,
        "criteria": sorted((code, *figures) for code, figures in verdict.criteria.items()),
        "money": (verdict.outcome, verdict.offer_pence),
    }


def assert_reasons(standing: Standing, verdict: Verdict) -> None:
    """Every reason for incompleteness is told, and a complete application has none."""
    words = "; ".join(standing.reasons)
    if verdict.status == "incomplete":
        assert all(part in words for part in verdict.missing), (words, verdict.missing)
    assert bool(words) == (verdict.status != "ranked")


def program_money(ranking: Ranking) -> list[tuple[str, int, int, bool]]:
    return [(a.area, a.available_pence, a.given_pence, a.stopped_by_tie) for a in ranking.areas]


def rules_money(area: AreaVerdict) -> tuple[str, int, int, bool]:
    return (area.name, area.available_pence, area.offered_pence, area.stopped_by_tie)
