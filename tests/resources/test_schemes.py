"""The shipped schemes are the published defaults, whole and without contradiction."""

import tomllib
from typing import Any

import pytest

import resources

FUNDS = ("acf", "victims")
NPUS = [
    "Birmingham East",
    "Birmingham West",
    "Coventry",
    "Dudley",
    "Sandwell",
    "Solihull",
    "Walsall",
    "Wolverhampton",
]


def scheme(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.text(f"schemes/{name}.toml"))


def weights(name: str) -> dict[str, int]:
    return {criterion["code"]: int(criterion["weight"]) for criterion in scheme(name)["criterion"]}


def test_weights_and_areas_are_the_published_ones_and_no_short_form_stands_for_two() -> None:
    assert weights("acf") == {"A1": 25, "A2": 15, "A3": 15, "A4": 15, "A5": 10, "A6": 15, "A7": 5}
    assert weights("victims") == {"V1": 20, "V2": 15, "V3": 15, "V4": 10, "V5": 10, "V6": 20, "V7": 10}

    assert [area["name"] for area in scheme("acf")["area"]] == NPUS
    assert [area["name"] for area in scheme("victims")["area"]] == ["Force-wide"]

    forms = [
        form.casefold() for area in scheme("acf")["area"] for form in [area["name"], *area["short_forms"]]
    ]

    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("name", FUNDS)
def test_weights_sum_to_100_codes_are_given_once_and_every_payment_comes_to_the_whole(name: str) -> None:
    criteria = scheme(name)["criterion"]

    assert sum(int(criterion["weight"]) for criterion in criteria) == 100
    quality = sum(int(criterion["weight"]) for criterion in criteria if criterion["side"] == "quality")
    assert str(quality) == scheme(name)["scheme"]["split_quality"]

    whole = scheme(name)

    for part in ("criterion", "gate", "decline_code", "condition", "payment"):
        codes = [row["code"] for row in whole[part]]
        assert len(codes) == len(set(codes)) > 0, part
    assert {sum(part["percent"] for part in row["parts"]) for row in whole["payment"]} == {100}


@pytest.mark.parametrize(
    ("name", "first", "money", "award_cap", "organisation_cap"),
    [("acf", "A1", "A6", "5000.00", ""), ("victims", "V1", "V6", "", "20000.00")],
)
def test_the_rules_are_the_shipped_defaults_of_the_scoring_rules(
    name: str, first: str, money: str, award_cap: str, organisation_cap: str
) -> None:
    rules = scheme(name)["scheme"]

    assert rules["tie_ladder"] == [f"criterion:{first}", f"criterion:{money}", "quality", "received", "chair"]
    assert (rules["combine"], rules["quorum"], rules["allocation"]) == ("consensus", 3, "part")
    assert (rules["minimum_total"], rules["tolerance_percent"]) == ("60", "0")
    assert (rules["cap_per_award"], rules["cap_per_organisation"]) == (award_cap, organisation_cap)
    assert {criterion["minimum_mark"] for criterion in scheme(name)["criterion"]} == {"2"}


@pytest.mark.parametrize(("name", "maximum"), [("acf", 5), ("victims", 5), ("scale-0-4", 4)])
def test_every_mark_of_a_scale_has_a_word_and_a_meaning(name: str, maximum: int) -> None:
    scale = scheme(name)["scale"]

    assert scale["maximum"] == maximum
    assert [row["mark"] for row in scale["mark"]] == list(range(maximum + 1))
    assert all(row["word"] and row["meaning"].endswith(".") for row in scale["mark"])


@pytest.mark.parametrize(("name", "gates", "advisory"), [("acf", 9, 1), ("victims", 8, 0)])
def test_cap_and_start_date_answer_one_gate_each_and_few_only_advise(
    name: str, gates: int, advisory: int
) -> None:
    rows = scheme(name)["gate"]

    assert len(rows) == gates
    assert sum(row.get("within_cap", False) for row in rows) == 1
    assert sum(row.get("not_retrospective", False) for row in rows) == 1
    assert sum(row.get("advisory", False) for row in rows) == advisory
