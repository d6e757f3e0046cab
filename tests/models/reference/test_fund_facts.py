"""One fact of a fund changed at a time, and what a new fund starts from."""

import pytest
from msgspec.structs import replace

from models.reference.clauses import USUAL_CLAUSES
from models.reference.defaults import FundDefaults, ListKind
from models.reference.fund_facts import (
    CLAUSES,
    LINE_LISTS,
    PAYMENTS,
    Line,
    facts_of,
    fund_from,
    lines_of,
    paid_in,
    read_step,
    ready_made,
    requiring,
    retired,
    with_chain,
    with_fact,
    with_line,
    without_line,
)
from models.reference.schemes import template
from models.reference.sign_off import SignOff
from scoring.written.text import Refused

ACF = template("acf")
BARE = FundDefaults("X", "Bare Fund")


def test_several_areas_with_a_comma_between_are_not_one_area() -> None:
    with pytest.raises(Refused, match="“Harbour, High Moor” would be one area"):
        with_fact(BARE, "areas", "Harbour, High Moor")

    meant = with_fact(BARE, "areas", "Harbour, High Moor;")
    assert [area.name for area in meant.areas] == ["Harbour, High Moor"]
    assert with_fact(meant, "areas", facts_of(meant)["areas"]) == meant


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("money", "precept", "precept"),
        ("marking", "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"),
        ("legal_power", "an Act", "an Act"),
        ("postcodes", "HR, SY ,WR,", "HR, SY, WR"),
        ("also_known_as", "One; Two", "One; Two"),
        ("areas", "Coventry; Shropshire; Coventry", "Coventry; Shropshire"),
        ("areas", "Highfell\nLow  Mere\n\nEastwold;", "Highfell; Low Mere; Eastwold"),
        ("postcodes", "HR\nSY", "HR, SY"),
        ("cap_per_award", "£7,500", "7500.00"),
        ("cap_per_organisation", "", ""),
        ("quorum", "2", "2"),
        ("keep_awarded_years", "7", "7"),
        ("keep_declined_years", "3", "3"),
        ("agreement_days", "14", "14"),
        ("panel", "1 of Community, partner;2 of  Clerk", "1 of community, partner; 2 of Clerk"),
        ("returns", "up to £5,000: end; any amount quarterly", "up to 5000.00 end; any quarterly"),
        ("returns", "", ""),
        ("needs", "Work; Home ; Work", "Work; Home"),
        ("indicators", "", ""),
    ],
)
def test_a_fact_is_read_as_it_is_typed(key: str, text: str, shown: str) -> None:
    assert facts_of(with_fact(ACF, key, text))[key] == shown


def test_an_area_that_stays_keeps_its_short_forms() -> None:
    changed = with_fact(ACF, "areas", "Coventry; Shropshire")

    assert changed.areas[0].short_forms
    assert not changed.areas[1].short_forms


@pytest.mark.parametrize(
    ("fund", "key", "text", "words"),
    [
        (ACF, "colour", "red", "not a fact of a fund"),
        (ACF, "marking", "SECRET", "OFFICIAL and OFFICIAL-SENSITIVE"),
        (ACF, "quorum", "two", "whole number"),
        (ACF, "quorum", "0", "whole number"),
        (ACF, "cap_per_award", "lots", "cap_per_award"),
        (ACF, "panel", "two of office", "“two of office” cannot be read"),
        (ACF, "panel", "0 of office", "asks for nobody"),
        (ACF, "panel", "1 of ,", "asks for nobody"),
        (ACF, "returns", "any weekly", "not one of end, halves or quarterly"),
        (ACF, "returns", "up to much end", "up to much end"),
        (ACF, "returns", "up to 5 end", "the last must be any amount"),
        (ACF, "returns", "any end; any end", "the last must be any amount"),
        (ACF, "returns", "up to 9 end; up to 5 end; any end", "amounts must rise"),
        (ACF, "needs", "x" * 301, "up to 300 characters"),
        (BARE, "panel", "1 of office", "no panel and so no panel"),
        (ACF, "cap_per_award", "0", "lets nothing through"),
        (BARE, "cap_per_award", "5", "no panel and so no cap per award"),
        (BARE, "quorum", "5", "no panel and so no quorum"),
    ],
)
def test_what_is_no_fact_is_refused(fund: FundDefaults, key: str, text: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        with_fact(fund, key, text)


def test_a_fund_without_a_panel_has_no_caps_among_its_facts() -> None:
    assert "cap_per_award" not in facts_of(BARE)


@pytest.mark.parametrize("which", [which for which in LINE_LISTS if which != CLAUSES])
def test_a_line_is_added_changed_retired_and_taken_out(which: str) -> None:
    added = with_line(BARE, which, Line("new", "Words"))
    changed = with_line(added, which, Line("new", "Other words", is_on=True))
    gone = retired(changed, which, "new", is_retired=True)

    assert [(one.code, one.words) for one in lines_of(added, which)] == [("new", "Words")]
    assert [one.words for one in lines_of(changed, which)] == ["Other words"]
    assert [one.is_retired for one in lines_of(gone, which)] == [True]
    assert without_line(gone, which, "new") == BARE


def test_a_changed_clause_leaves_the_usual_ones_beside_it() -> None:
    changed = with_line(BARE, CLAUSES, Line("insurance", "Insurance: You hold £5 million of it."))
    added = with_line(changed, CLAUSES, Line("welsh", "No heading", is_retired=True))

    assert len(lines_of(changed, CLAUSES)) == len(USUAL_CLAUSES)
    (own,) = (one for one in added.clauses if one.code == "insurance")
    assert (own.heading, own.text) == ("Insurance", "You hold £5 million of it.")
    assert (added.clauses[-1].heading, added.clauses[-1].text) == ("", "No heading")
    assert len(without_line(added, CLAUSES, "welsh").clauses) == len(USUAL_CLAUSES)


def test_a_gate_keeps_what_else_it_has() -> None:
    cap = next(gate for gate in ACF.gates if gate.is_cap)

    changed = with_line(ACF, "gate", Line(cap.code, "Within the cap?"))

    assert next(gate for gate in changed.gates if gate.code == cap.code).is_cap


def test_a_list_that_is_not_there_or_a_line_that_is_not_is_refused() -> None:
    with pytest.raises(Refused, match="not a list of a fund"):
        without_line(ACF, "colours", "red")
    with pytest.raises(Refused, match="no line “x” among the crime types"):
        retired(ACF, "crime_type", "x", is_retired=True)


def test_a_list_may_be_required_though_it_is_empty() -> None:
    required = requiring(BARE, ListKind.CRIME, is_required=True)

    assert required.required() == (ListKind.CRIME,)
    assert requiring(required, ListKind.CRIME, is_required=False) == BARE


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("Chief Executive", SignOff("decider", "Chief Executive")),
        ("A + B; per area", SignOff("decider", "A", ("B",), per_area=True)),
        ("A; from £5,000; as Commander", SignOff("commander", "A", from_pence=500_000)),
        ("A; up to 5000", SignOff("decider", "A", up_to_pence=500_000)),
        ("A; from 10 up to 20", SignOff("decider", "A", from_pence=1_000, up_to_pence=2_000)),
    ],
)
def test_a_step_of_the_chain_is_read(text: str, step: SignOff) -> None:
    assert read_step(text) == step
    assert with_chain(ACF, (step, SignOff("decider", "Z"))).chain[0] == step


def test_a_step_or_chain_with_a_fault_is_refused() -> None:
    with pytest.raises(Refused, match="“sometimes” is not part of a step"):
        read_step("A; sometimes")
    with pytest.raises(Refused, match="nobody in it"):
        with_chain(ACF, ())


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("1 of community, partner", "The panel has no community or partner member."),
        ("2 of police", "The panel has fewer than 2 police members."),
        ("1 of Clerk", "Clerk is not on the panel."),
        ("2 of Clerk, office", "Fewer than 2 of office or Clerk are on the panel."),
    ],
)
def test_a_rule_of_the_panel_says_what_is_missing(rule: str, words: str) -> None:
    assert with_fact(replace(ACF, panel_kinds=()), "panel", rule).panel_kinds[0].words == words


def test_a_rule_that_stays_keeps_its_own_words() -> None:
    victims = template("victims")

    assert with_fact(victims, "panel", facts_of(victims)["panel"]) == victims


def test_the_parts_of_a_payment_are_typed_and_come_to_the_whole() -> None:
    changed = paid_in(ACF, "halves", "60% agreement signed; 40 last receipt")

    (line,) = (one for one in lines_of(changed, PAYMENTS) if one.code == "halves")
    assert line.parts == "60 agreement signed; 40 last receipt"
    assert with_line(changed, PAYMENTS, replace(line, words="Other words", parts="")).payments[1].parts[
        0
    ] == (
        60,
        "agreement signed",
    )
    with pytest.raises(Refused, match="come to 90 percent"):
        paid_in(ACF, "halves", "50 agreement signed; 40 last receipt")
    with pytest.raises(Refused, match="come to 0 percent"):
        paid_in(ACF, "halves", ";")
    with pytest.raises(Refused, match="pays nothing"):
        paid_in(ACF, "halves", "100 agreement signed; 0 last receipt")


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
