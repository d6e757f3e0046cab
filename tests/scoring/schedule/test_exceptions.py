"""Exceptions to the published rules in words: what the chair let in, and money beyond list and panel."""

from datetime import date

from scoring.rank import rank
from scoring.ranking import Standing
from scoring.schedule.exceptions import (
    advised_words,
    allowed_words,
    beside_the_panel,
    departure_words,
    is_beside,
)
from scoring.schedule.lines import Awarded, PanelOutcome, Recommended, Settled, Signed
from tests.scoring.builders import simple_round

STANDING = rank(simple_round({"A": 3})).standings[0]._replace(offer_pence=500, below_threshold=())
BELOW = STANDING._replace(below_threshold=("total 49.00 is below the minimum of 60.00", "A7 1.00 is low"))
BY = Signed("Chief Executive", "Dan Decides", date(2026, 12, 16), "040/2026")


def nobody(reference: str) -> tuple[str, ...]:
    """Return nobody: none is passed over."""
    return ()


def told(standing: Standing, awarded: int, advised: int | None, *signed: tuple[str, Signed]) -> list[str]:
    line = Recommended("A", PanelOutcome.FUND, advised)
    settled = Settled((line,), (Awarded("A", awarded), Awarded("B", 9)), signed=signed)
    return [
        words for of, words in beside_the_panel(settled, {"A": standing, "B": standing}, nobody) if of == "A"
    ]


def test_what_the_chair_let_in_says_what_it_is_below_and_why() -> None:
    assert allowed_words(STANDING, "") == "may be funded below a minimum"
    assert allowed_words(BELOW, "the only bid") == (
        "may be funded although total 49.00 is below the minimum of 60.00; A7 1.00 is low: the only bid"
    )


def test_money_departs_below_a_minimum_or_out_of_the_order_of_places() -> None:
    words = "recommended although total 49.00 is below the minimum of 60.00; A7 1.00 is low"
    assert departure_words(BELOW, is_allowed=False) == words
    assert departure_words(BELOW, is_allowed=True) == ""
    assert departure_words(STANDING, is_allowed=False) == "recommended out of the order of places"


def test_money_is_beside_the_list_where_neither_the_rule_nor_the_panel_would_give_as_much() -> None:
    assert [is_beside(600, advised, offer) for advised, offer in ((None, 500), (600, None), (0, 600))] == [
        True,
        False,
        False,
    ]
    assert not is_beside(None, None, None)
    assert (advised_words(None), advised_words(50)) == (
        "where the panel recommended no money",
        "where the panel recommended £0.50",
    )
    assert advised_words(None, is_reserve=True) == "from the panel's reserve list"
    promoted = Recommended("A", PanelOutcome.FUND, None, by_panel="reserve", advised=PanelOutcome.RESERVE)
    settled = Settled((promoted,), (Awarded("A", 600),))
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, nobody)
    assert said == "£6.00 awarded, from the panel's reserve list"
    ((_, said),) = beside_the_panel(settled, {"A": STANDING}, lambda of: (f"{of}1", f"{of}2"))
    assert said == (
        "£6.00 awarded, from the panel's reserve list. A1 and A2, placed before it, stay on the reserve list"
    )
    assert told(STANDING, 500, None) == []
    assert told(STANDING, 500, 600) == ["£5.00 awarded, where the panel recommended £6.00"]
    assert told(STANDING, 0, 600, ("A", BY)) == [
        "nothing awarded, where the panel recommended £6.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    assert told(STANDING, 600, 100, ("A", BY._replace(notice="")), ("A", BY)) == [
        "£6.00 awarded, where the panel recommended £1.00. "
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, notice 040/2026"
    ]
    later = BY._replace(name="Abe Envoy", post="Ambassador", on=date(2026, 12, 17))
    assert told(STANDING, 600, 100, ("A", BY), ("A", later._replace(on=BY.on)))[0].endswith(
        "Dan Decides, Chief Executive, and Abe Envoy, Ambassador, on 16 December 2026, notice 040/2026"
    )
    assert told(STANDING, 600, 100, ("A", BY), ("A", later))[0].endswith(
        "Decided by Dan Decides, Chief Executive, on 16 December 2026, and Abe Envoy, Ambassador, on "
        "17 December 2026, notice 040/2026"
    )
    assert told(BELOW, 600, None) == [
        "£6.00 awarded, where the panel recommended no money, although total 49.00 is below the minimum of "
        "60.00; A7 1.00 is low"
    ]
