"""What applicants are told of their marks: strengths apart from what held them back, and no mark."""

from decimal import Decimal

import pytest
from hypothesis import given as given_of
from hypothesis import strategies as st
from msgspec.structs import replace

from models.queries.papers.letter_parts.feedback import NOT_APPLIED, WHOLE, Feedback, by_itself, feedback
from models.values.rows import AgreedRow, NotApplicableRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.scheme import Combine, Criterion
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import application

SAID = (
    *("Clear links to the school.", "Costs match the quotes", "Its partners know the place."),
    *("Trained and supervised: no doubt at all.", "What victims said they need, and a figure by need."),
    *("Self-referral too, and every risk thought about.", "The people concerned say the same."),
    *("Three quotes, without skimping.", "Excellent value, and not because it is cheap."),
    *("Evidence from three sources that do not know each other.", "Shoplifting by people in need."),
    *("The grant buys only what cannot be given.", "A figure for each outcome: others should copy this."),
    *("It covers most of the needs.", "It covers three of the eight needs and measures them."),
)
RESERVATIONS = (
    *(
        ", but the dates are open",
        "; however, one quote is old",
        ", though nobody was asked",
        ", except dates",
    ),
    *(
        " and needs a plan",
        " without a named lead",
        ": the outcomes are vague",
        ". It isn’t costed",
        ", yet late",
        ": the cost is above that of like services",
        "; the second year is uncosted",
    ),
)


def agreed(*marks: tuple[int, ...], **scheme: object) -> RoundRows:
    """Return a round with agreed marks, one application for each, under the scheme with these changes."""
    rows = deciding_rows()
    numbers = range(1, len(marks) + 1)
    return replace(
        rows,
        scheme=replace(rows.scheme, combine=Combine.CONSENSUS, **scheme),  # type: ignore[arg-type]
        applications=tuple(application(n) for n in numbers),
        sheets=tuple(SheetRow("M1", f"ACF-00{n}", True, m) for n, m in zip(numbers, marks, strict=True)),
        agreed=tuple(
            AgreedRow(f"ACF-00{n}", m, ("Who was asked.", "", "No quotes."))
            for n, m in zip(numbers, marks, strict=True)
        ),
    )


def found(rows: RoundRows) -> dict[str, Feedback]:
    return feedback(rows, rank(scored_round(rows)))


def test_two_criteria_of_one_title_are_told_apart() -> None:
    """What was said of one of them, and its minimum, is never told of the other."""
    rows = agreed((5, 3, 1))
    first, second, third = rows.scheme.judged
    twice = (replace(first, floor=Decimal(2)), second, replace(third, title=first.title, floor=Decimal(4)))
    given = found(replace(rows, scheme=replace(rows.scheme, criteria=twice)))["ACF-001"]

    one, other = f"{first.title} ({first.code})", f"{first.title} ({third.code})"
    assert given.reasons == ((one, "Who was asked."), (other, "No quotes."))
    assert (given.held_back, one in given.met) == ((other,), False)
    assert given.minimums == (f"“{other}” did not reach the minimum mark published for it, 4 of 5.",)


def test_what_was_met_with_a_reservation_held_back_nobody_beside_what_fell_short() -> None:
    short, only_met = (found(agreed(marks))["ACF-001"] for marks in ((2, 3, 3), (3, 3, 3)))

    assert (short.held_back, short.met) == (("Need", "Value for money"), ())
    assert short.declined == (("Need",), ("Value for money",))
    assert only_met.declined == (only_met.held_back, only_met.met) == (("Value for money",), ("Need",))


def test_what_is_under_three_fifths_of_the_scale_held_it_back() -> None:
    given = found(agreed((3, 3, 2), (5, 5, 5)))

    # 3 of 5 is three fifths, 2 of 5 is less
    assert given["ACF-001"].reasons == (("Need", "Who was asked."), ("Value for money", "No quotes."))
    assert given["ACF-001"].held_back == ("Value for money",)
    assert given["ACF-002"].held_back == ()
    # 3 is no strength; full marks held nothing back, but a doubt alone ("No quotes.") is no strength
    assert given["ACF-001"].met == ("Need",)
    assert found(agreed((3, 3, 3)))["ACF-001"].held_back == ("Value for money",), "its reason finds fault"
    assert given["ACF-002"].met == ("Value for money",)


@given_of(st.sampled_from(SAID), st.sampled_from(RESERVATIONS))
def test_what_was_met_in_part_is_told_as_met_and_with_a_reservation_as_what_to_better(
    said: str, reservation: str
) -> None:
    rows = agreed((3, 3, 3))  # three fifths: met, and no strength
    some = "Some match, and a sensible idea for next year."
    reasons = (some, f"{said} {some}", f"{some} {said}{reservation}")
    rows = replace(rows, agreed=(replace(rows.agreed[0], reasons=reasons),))

    told = found(rows)["ACF-001"]

    headings = [heading for heading, _ in told.reasons]
    assert (list(told.met), list(told.held_back)) == (headings[:2], headings[2:])


@given_of(st.sampled_from(SAID), st.sampled_from(RESERVATIONS))
def test_no_reservation_is_told_as_a_strength(said: str, reservation: str) -> None:
    words = deciding_rows().scheme.descriptors
    rows = agreed((4, 4, 4), descriptors=())  # four fifths, and not the highest
    reasons = (said, f"{said}{reservation}", f"{reservation.strip(',; ').capitalize()} {said}")
    rows = replace(rows, agreed=(replace(rows.agreed[0], reasons=reasons),))

    told = found(rows)["ACF-001"]

    assert {*told.met, *told.held_back} == {heading for heading, _ in told.reasons[1:]}
    told_first = replace(rows, agreed=(replace(rows.agreed[0], reasons=(*reasons[:2], said)),))
    by_mark = found(replace(told_first, scheme=replace(rows.scheme, descriptors=words)))["ACF-001"]
    assert (bool(words), by_mark.met) == (True, ()), "where the fund says what a mark means, the mark decides"


@pytest.mark.parametrize(
    ("reason", "is_doubt"),
    [
        ("but costs a bit vague", True),
        ("However, nobody was asked. The rest is good.", True),
        ("though not all of it is costed", True),
        ("Costs a bit vague and dates unclear.", True),
        ("Concerns over the rent; no quotes", True),
        ("weak link to crime\nno partner named", True),
        ("Nobody else does this, and no other group could.", False),
        ("Nothing to add.", False),
        ("Although small, the group is trusted.", False),
        ("Good links, but costs a bit vague.", False),
        ("Costs a bit vague, else sound", False),
        ("No real doubts at all.", False),
        ("Few such services exist here.", False),
    ],
)
@pytest.mark.parametrize("mark", [4, 5])
def test_what_is_nothing_but_a_doubt_is_no_strength_at_any_mark(
    reason: str, mark: int, *, is_doubt: bool
) -> None:
    rows = agreed((mark, mark, mark))
    rows = replace(rows, agreed=(replace(rows.agreed[0], reasons=("", reason, "")),))

    told = found(rows)["ACF-001"]

    outcomes = ("Outcomes",) if is_doubt else ()
    assert (told.met, told.held_back) == (((), outcomes) if mark == 4 else (outcomes, ()))


def test_places_are_told_in_words_within_the_list_that_they_are_in() -> None:
    # 100 × (0.5×4 + 0.3×4 + 0.2×4) / 5 = 80 for the first two, which tie; 60 for the third
    given = found(agreed((4, 4, 4), (4, 4, 4), (3, 3, 3), ladder=()))

    assert given["ACF-001"].place == "equal first of three in Coventry, with 80 of 100 points"
    assert given["ACF-003"].place == "third of three in Coventry, with 60 of 100 points"


def test_areas_that_share_a_pot_are_one_list() -> None:
    rows = agreed((4, 4, 4), (3, 3, 3))
    areas = tuple(Area(name, 350_000, shared_pot="East") for name in ("Coventry", "Dudley"))
    first, second = rows.applications
    shared = replace(rows, areas=areas, applications=(first, replace(second, area="Dudley")))

    assert found(shared)["ACF-002"].place == "second of two in Coventry and Dudley, with 60 of 100 points"


def test_minimums_that_were_missed_are_named_without_a_mark() -> None:
    floors = (
        Criterion("A1", "Need", deciding_rows().scheme.criteria[0].side, 500_000, floor=Decimal(2)),
        replace(deciding_rows().scheme.criteria[1], floor=Decimal(2)),
        deciding_rows().scheme.criteria[2],
    )
    rows = agreed((1, 4, 4), (1, 1, 4), (2, 2, 2), criteria=floors, minimum_total=Decimal(50))

    given = found(rows)

    # 100 × (0.5×1 + 0.3×4 + 0.2×4) / 5 = 50, which is enough; (0.5 + 0.3 + 0.8) × 20 = 32; 2 on all is 40
    assert given["ACF-001"].minimums == ("“Need” did not reach the minimum mark published for it, 2 of 5.",)
    assert given["ACF-002"].minimums == (
        "“Need” and “Outcomes” did not reach the minimum mark published for each, 2 of 5.",
        WHOLE,
    )
    assert given["ACF-003"].minimums == (WHOLE,)
    unlike = (*floors[:1], replace(floors[1], floor=Decimal("3")), *floors[2:])
    told = found(agreed((1, 1, 4), criteria=unlike))["ACF-001"].minimums
    assert told[0].startswith("“Need” (2 of 5) and “Outcomes” (3 of 5) did not reach the minimum marks")


def test_of_one_that_was_not_ranked_no_place_is_told() -> None:
    rows = agreed((3, 3, 3))

    given = found(replace(rows, agreed=()))

    assert given["ACF-001"] == Feedback()


def test_what_the_panel_said_to_itself_is_no_feedback() -> None:
    """What else was said on the criterion is told; one of which nothing else was said is not named."""
    rows = agreed((5, 3, 1))
    aside = AgreedRow("ACF-001", (5, 3, 1), ("Clear links. (Ask the chair)", "Is it legal?", "Thin."))
    titles = [criterion.title for criterion in rows.scheme.judged]

    told = found(replace(rows, agreed=(aside, *rows.agreed[1:])))["ACF-001"]

    assert told.reasons == ((titles[0], "Clear links."), (titles[2], "Thin."))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("but costs a bit vague", "costs a bit vague"),
        ("However, nobody was asked.", "nobody was asked."),
        ("But for the hall, all is costed.", "But for the hall, all is costed."),
        ("However small, it is needed.", "However small, it is needed."),
        ("Good links, but costs vague.", "Good links, but costs vague."),
    ],
)
def test_a_doubt_that_stands_by_itself_begins_as_a_sentence(reason: str, told: str) -> None:
    assert by_itself(reason) == told


def test_a_criterion_that_was_left_out_is_named_as_such_and_neither_praised_nor_blamed() -> None:
    rows = agreed((5, 3, 4))
    second = rows.scheme.judged[1]
    apart = (NotApplicableRow("ACF-001", second.code, "It has none."),)
    lines = (replace(rows.agreed[0], marks=(5, None, 4), reasons=("Clear.", "", "Sound.")),)

    given = found(replace(rows, not_applicable=apart, agreed=lines))["ACF-001"]

    assert given.reasons[-1] == (second.title, NOT_APPLIED)
    assert (given.met, given.held_back) == ((second.title,), ())
    assert NOT_APPLIED not in dict(found(rows)["ACF-001"].reasons).values()
