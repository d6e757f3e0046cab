"""Why an offer is less than was asked, told without a word of other applicants' money."""

import pytest
from msgspec.structs import replace

from models.queries.papers.letter_parts.part_offers import less_because, why_less
from models.queries.papers.letter_parts.reserves import by_pot
from models.values.rows import RoundRows, scored_round
from scoring.rank import rank
from scoring.ranking import Outcome, Standing
from scoring.round import Area, Eligibility
from tests.models.operations.deciding_rounds import deciding_rows

LEFT = "This is what was left of the money set aside for Coventry when your place in the list was reached."


def _one() -> tuple[RoundRows, Standing]:
    rows = deciding_rows()
    row = replace(rows.applications[0], area="Coventry", requested_pence=200_000, minimum_pence=None)
    standing = rank(scored_round(rows)).standings[0]
    return replace(rows, applications=(row,)), standing


@pytest.mark.parametrize(
    ("outcome", "proposed", "offered", "said", "of_it"),
    [
        (
            Outcome.PART,
            150_000,
            150_000,
            LEFT,
            "what was left of the pot for Coventry at its place in the list",
        ),
        (
            Outcome.FUND,
            180_000,
            180_000,
            "An award of this round may be £1,800 at most.",
            "the most that an award may be",
        ),
        (
            Outcome.FUND,
            50_000,
            50_000,
            "It brings what your organisation has from this round to the most that one may have.",
            "what was left of the most that one organisation may have",
        ),
        (
            Outcome.FUND,
            190_000,
            190_000,
            "One organisation may have £1,900 at most from this round.",
            "the most that one organisation may have",
        ),
        (Outcome.PART, 150_000, 140_000, "", ""),  # somebody's own amount, with a reason of their own
        (Outcome.FUND, 200_000, 200_000, "", ""),
    ],
)
def test_an_offer_says_what_made_it_less(
    outcome: Outcome, proposed: int, offered: int, said: str, of_it: str
) -> None:
    rows, standing = _one()
    scheme = replace(rows.scheme, cap_per_award_pence=180_000, cap_per_organisation_pence=190_000)
    stands = standing._replace(outcome=outcome, offer_pence=proposed)

    assert why_less(scheme, rows.applications[0], stands, offered) == said
    assert less_because(scheme, rows.applications[0], stands, offered) == of_it


def test_of_a_pot_that_areas_share_all_of_them_are_named() -> None:
    rows, standing = _one()
    other = replace(rows.applications[0], reference="ACF-009", area="Dudley")
    areas = tuple(Area(name, 100_000, shared_pot="Both") for name in ("Coventry", "Dudley"))
    stands = standing._replace(outcome=Outcome.PART, offer_pence=150_000)

    shown = by_pot(replace(rows, areas=areas, applications=(*rows.applications, other)))

    both = "Coventry and Dudley together"
    assert [row.area for row in shown.values()] == [both, both]
    assert less_because(rows.scheme, shown[stands.reference], stands, 150_000) == (
        f"what was left of the pot for {both} at its place in the list"
    )


def test_what_the_applicant_named_as_the_least_is_said_again_and_no_area_is_not_named() -> None:
    rows, standing = _one()
    row = replace(rows.applications[0], area=None, minimum_pence=120_050)
    stands = standing._replace(outcome=Outcome.PART, offer_pence=150_000)

    assert why_less(rows.scheme, row, stands, 150_000) == (
        "This is what was left of the money set aside when your place in the list was reached. "
        "You told us that you could go ahead with £1,200.50 or more."
    )


def test_whoever_asked_for_more_than_the_cap_reads_that_a_waiver_let_it_in() -> None:
    rows, standing = _one()
    scheme = replace(rows.scheme, cap_per_award_pence=180_000)
    stands = standing._replace(outcome=Outcome.FUND, offer_pence=180_000)
    waived = replace(rows.applications[0], eligibility=Eligibility.WAIVED, requested_pence=190_000)

    said = why_less(scheme, waived, stands, 180_000)

    assert said.startswith("An award of this round may be £1,800 at most. You asked for more than that")
    assert "let your application in" not in why_less(
        scheme, replace(waived, eligibility=Eligibility.YES), stands, 180_000
    )
