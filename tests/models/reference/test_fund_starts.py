"""A new fund starts from a template, and never with the areas of another force."""

import pytest

from models.reference.fund_defaults import ListKind
from models.reference.fund_starts import fund_from, ready_made


@pytest.mark.parametrize(
    ("word", "force", "areas", "postcodes"),
    [
        ("community", "West Mercia Police", 5, 0),
        ("community", "Northmoor Police", 0, 0),
        ("acf", "", 8, 5),
        ("acf", "West Midlands Police", 8, 5),
        ("acf", "Northmoor Police", 0, 0),
        ("victims", "Northmoor Police", 1, 0),
        ("", "Northmoor Police", 0, 0),
    ],
)
def test_a_fund_brings_areas_and_postcodes_to_their_own_force_alone(
    word: str, force: str, areas: int, postcodes: int
) -> None:
    fund = fund_from("Sparks Fund", "SF", word, force)

    assert (fund.name, fund.code) == ("Sparks Fund", "SF")
    assert (len(fund.areas), len(fund.postcodes)) == (areas, postcodes)


def test_a_new_fund_for_victims_wants_a_permitted_purpose_and_names_no_other_force() -> None:
    fund = fund_from("Safe Harbour Fund", "SHF", "victims", "Northmoor Police")
    (area,) = fund.areas

    assert fund.required() == (ListKind.PERMITTED,)
    assert [rule.posts for rule in fund.panel_kinds] == [()]
    assert len(fund_from("Victims Fund", "VF", "victims", "West Midlands Police").panel_kinds) == 3
    assert area.short_forms == ("Forcewide", "Force wide", "Whole force", "All areas", "Force area")


def test_the_ready_made_victims_fund_wants_a_permitted_purpose_and_no_other_fund_does() -> None:
    assert {fund.code: fund.required() for fund in ready_made(["ACF", "VF"])} == {
        "ACF": (),
        "VF": (ListKind.PERMITTED,),
    }


def test_the_ready_made_funds_bring_another_force_nothing_that_is_the_west_midlands_alone() -> None:
    theirs, others = ready_made(force="West Midlands Police"), ready_made(force="Westmarch Police")

    assert all(fund.amounts for fund in theirs)
    assert not any(fund.amounts or fund.sources for fund in (*ready_made(), *others))
    assert [fund.areas for fund in ready_made()] == [fund.areas for fund in theirs]
    assert not any(fund.also_known_as for fund in others)
    assert any(fund.postcodes for fund in theirs)
    assert not any(fund.postcodes for fund in others)
    assert {len(fund.areas) for fund in others} <= {0, 1}
    assert [(fund.code, fund.gates) for fund in others] == [(fund.code, fund.gates) for fund in theirs]
