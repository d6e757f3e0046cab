"""A fund's year by what its awards are for."""

from models.papers.year.choice_rows import ServiceRow, choice_rows, has_any, service_rows
from models.papers.year.round_year import round_tables
from models.papers.year.year_facts import FundYear, YearAward, YearPot
from models.reference.fund_defaults import ListKind


def award(area: str, awarded: int, spent: int, **choices: str) -> YearAward:
    """Return an award with the lines that it has."""
    of = YearAward(area, 1, "Made-up Group", "Project", "", awarded, awarded, spent, is_known=False)
    return YearAward(**{**_fields(of), "choices": tuple(choices.items())})  # type: ignore[arg-type]


def _fields(of: YearAward) -> dict[str, object]:
    return {name: getattr(of, name) for name in of.__struct_fields__}


POTS = (YearPot("North", 10_000), YearPot("South", 10_000, contributed_pence=300))
AWARDS = (
    award("North", 4_000, 3_000, service_area="Referral", priority="Trust"),
    award("South", 2_000, 2_000, service_area="Referral"),
    award("South", 1_000, 500, priority="Harm"),
)
YEAR = FundYear("Made-up Fund", "2026/27", POTS, AWARDS, ())


def test_service_areas_add_up_over_pots_and_the_rest_stands_under_its_pot() -> None:
    # Referral: 4,000 + 2,000 awarded, 3,000 + 2,000 spent, 1,000 + 0 left
    # South without one: 1,000, 500 spent, 500 left; 300 given by the office
    assert service_rows(YEAR) == [
        ServiceRow("Referral", 6_000, 5_000, 1_000),
        ServiceRow("South", 1_000, 500, 500),
        ServiceRow("Office funding", -300, -300, 0),
    ]


def test_a_year_without_service_areas_is_by_pot() -> None:
    plain = FundYear("Made-up Fund", "2026/27", POTS, (award("North", 4_000, 3_000),), ())

    assert service_rows(plain) == [
        ServiceRow("North", 4_000, 3_000, 1_000),
        ServiceRow("Office funding", -300, -300, 0),
    ]
    assert not has_any(plain, ListKind.SERVICE)


def test_spending_is_counted_by_priority_with_what_was_not_chosen_last() -> None:
    assert choice_rows(YEAR, ListKind.PRIORITY) == [
        ("Harm", 1, 1_000, 500),
        ("Trust", 1, 4_000, 3_000),
        ("Not chosen", 1, 2_000, 2_000),
    ]


def test_the_year_has_a_table_for_each_list_that_was_chosen_from() -> None:
    codes = [table.code for table in round_tables(YEAR)]

    assert "Spending by priority" in codes
    spent = next(table for table in round_tables(YEAR) if table.code == "Spending by priority")
    assert spent.base.endswith(" £3 that the office itself gave is not taken off here, as it is by area.")
    assert "Awards by crime type" not in codes


def test_what_the_office_gave_is_told_where_it_is_taken_off() -> None:
    plain = FundYear("Made-up Fund", "2026/27", (YearPot("North", 10_000),), AWARDS[:1], ())

    told = " £3 that the office itself gave is taken off commitment and expenditure."
    assert round_tables(YEAR)[0].base.endswith(told)
    assert not round_tables(plain)[0].base.endswith(told)
