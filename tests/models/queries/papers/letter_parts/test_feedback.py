"""What applicants are told of their marks: each criterion, the word for its mark, its reason."""

from decimal import Decimal

from msgspec.structs import replace

from models.papers.letters.letter import Missed, Placed
from models.queries.papers.letter_parts.causes import NOT_APPLIED, Feedback, feedback
from models.values.rows import AgreedRow, NotApplicableRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area
from scoring.scheme import Combine, Criterion
from tests.models.operations.deciding_rounds import deciding_rows
from tests.models.rounds import application

WORDS = tuple((mark, word, "") for mark, word in enumerate(("Nil", "Poor", "Fair", "Good", "Fine", "Best")))


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
    assert given.missed == (Missed(other, "4", 5),)


def test_each_criterion_has_the_published_word_for_its_mark_and_its_reason_in_order() -> None:
    rows = agreed((4, 3, 2), descriptors=WORDS)

    told = found(rows)["ACF-001"]

    assert told.reasons == (("Need", "Who was asked."), ("Outcomes", ""), ("Value for money", "No quotes."))
    assert told.words == (("Need", "Fine"), ("Outcomes", "Good"), ("Value for money", "Fair"))


def test_without_words_of_a_scale_or_where_members_marks_count_the_reasons_stand_alone() -> None:
    bare, rows = found(agreed((4, 3, 2)))["ACF-001"], agreed((4, 3, 2), descriptors=WORDS)
    mean = found(replace(rows, scheme=replace(rows.scheme, combine=Combine.MEAN)))["ACF-001"]

    only = (("Need", "Who was asked."), ("Value for money", "No quotes."))
    assert (bare.reasons, bare.words) == (mean.reasons, mean.words) == (only, ())


def test_places_are_told_in_words_within_the_list_that_they_are_in() -> None:
    # 100 × (0.5×4 + 0.3×4 + 0.2×4) / 5 = 80 for the first two, which tie; 60 for the third
    given = found(agreed((4, 4, 4), (4, 4, 4), (3, 3, 3), ladder=()))

    assert given["ACF-001"].placed == Placed((1, 3, True), ("Coventry",), 8_000)
    assert given["ACF-003"].placed == Placed((3, 3, False), ("Coventry",), 6_000)


def test_areas_that_share_a_pot_are_one_list() -> None:
    rows = agreed((4, 4, 4), (3, 3, 3))
    areas = tuple(Area(name, 350_000, shared_pot="East") for name in ("Coventry", "Dudley"))
    first, second = rows.applications
    shared = replace(rows, areas=areas, applications=(first, replace(second, area="Dudley")))

    assert found(shared)["ACF-002"].placed == Placed((2, 2, False), ("Coventry", "Dudley"), 6_000)


def test_minimums_that_were_missed_are_named_without_a_mark() -> None:
    floors = (
        Criterion("A1", "Need", deciding_rows().scheme.criteria[0].side, 500_000, floor=Decimal(2)),
        replace(deciding_rows().scheme.criteria[1], floor=Decimal(2)),
        deciding_rows().scheme.criteria[2],
    )
    rows = agreed((1, 4, 4), (1, 1, 4), (2, 2, 2), criteria=floors, minimum_total=Decimal(50))

    given = found(rows)

    # 100 × (0.5×1 + 0.3×4 + 0.2×4) / 5 = 50, which is enough; (0.5 + 0.3 + 0.8) × 20 = 32; 2 on all is 40
    whole = Missed("", "50", 100)
    assert given["ACF-001"].missed == (Missed("Need", "2", 5),)
    assert given["ACF-002"].missed == (Missed("Need", "2", 5), Missed("Outcomes", "2", 5), whole)
    assert given["ACF-003"].missed == (whole,)
    unlike = (*floors[:1], replace(floors[1], floor=Decimal("3")), *floors[2:])
    told = found(agreed((1, 1, 4), criteria=unlike))["ACF-001"].missed
    assert told == (Missed("Need", "2", 5), Missed("Outcomes", "3", 5))


def test_of_one_that_was_not_ranked_no_place_is_told() -> None:
    rows = agreed((3, 3, 3))

    given = found(replace(rows, agreed=()))

    assert given["ACF-001"] == Feedback()


def test_a_reason_for_the_panel_only_is_not_told_and_its_mark_is() -> None:
    rows = agreed((5, 3, 1), descriptors=WORDS)
    row = AgreedRow("ACF-001", (5, 3, 1), ("Clear links.", "Is it legal?", "Thin."), for_panel=("A2",))

    told = found(replace(rows, agreed=(row,)))["ACF-001"]

    assert told.reasons == (("Need", "Clear links."), ("Outcomes", ""), ("Value for money", "Thin."))
    assert len(told.words) == 3


def test_a_criterion_that_was_left_out_is_named_as_such() -> None:
    rows = agreed((5, 3, 4))
    second = rows.scheme.judged[1]
    apart = (NotApplicableRow("ACF-001", second.code, "It has none."),)
    lines = (replace(rows.agreed[0], marks=(5, None, 4), reasons=("Clear.", "", "Sound.")),)

    given = found(replace(rows, not_applicable=apart, agreed=lines))["ACF-001"]

    assert given.reasons[1] == (second.title, NOT_APPLIED)
    assert second.title not in dict(given.words)
    assert NOT_APPLIED not in dict(found(rows)["ACF-001"].reasons).values()
