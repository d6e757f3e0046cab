"""One fact of a fund changed at a time; a fund's file is read back the same, and refused by key."""

import os
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import resources
from exchange.pack_files import read_fund
from models.reference.clauses import USUAL_CLAUSES
from models.reference.defaults import (
    Condition,
    FundDefaults,
    FundList,
    Gate,
    ListItem,
    ListKind,
    PanelKind,
    Payment,
    ReferenceList,
    ReturnBand,
    Source,
    SourceKind,
    UsualArea,
)
from models.reference.fund_facts import (
    CLAUSES,
    PAYMENTS,
    Line,
    facts_of,
    fund_from,
    lines_of,
    paid_in,
    read_step,
    ready_made,
    with_chain,
    with_fact,
    with_line,
    without_line,
)
from models.reference.schemes import fund_text, funds_of, read_funds, template
from models.reference.sign_off import SignOff
from models.trouble import Trouble
from scoring.scheme import Band, Criterion, Method, Scheme, Side
from tests.models.rounds import refused

ACF = template("acf")
BARE = FundDefaults("X", "Bare Fund")


def test_a_fact_is_read_as_it_is_typed_and_what_is_none_is_refused() -> None:
    refused("“Harbour, High Moor” would be one area", with_fact, BARE, "areas", "Harbour, High Moor")

    meant = with_fact(BARE, "areas", "Harbour, High Moor;")
    assert [area.name for area in meant.areas] == ["Harbour, High Moor"]
    assert with_fact(meant, "areas", facts_of(meant)["areas"]) == meant

    for key, text, shown in (
        ("postcodes", "HR, SY ,WR,", "HR, SY, WR"),
        ("areas", "Coventry; Shropshire; Coventry", "Coventry; Shropshire"),
        ("cap_per_award", "£7,500", "7500.00"),
        ("agreement_days", "14", "14"),
        ("panel", "1 of Community, partner;2 of  Clerk", "1 of community, partner; 2 of Clerk"),
        ("returns", "up to £5,000: end; any amount quarterly", "up to 5000.00 end; any quarterly"),
        ("needs", "Work; Home ; Work", "Work; Home"),
    ):
        assert facts_of(with_fact(ACF, key, text))[key] == shown

    for rule, words in (
        ("1 of community, partner", "The panel has no community or partner member."),
        ("2 of police", "The panel has fewer than 2 police members."),
        ("2 of Clerk, office", "Fewer than 2 of office or Clerk are on the panel."),
    ):
        assert with_fact(replace(ACF, panel_kinds=()), "panel", rule).panel_kinds[0].words == words

    for fund, key, text, words in (
        (ACF, "marking", "SECRET", "OFFICIAL and OFFICIAL-SENSITIVE"),
        (ACF, "quorum", "two", "whole number"),
        (ACF, "panel", "two of office", "“two of office” cannot be read"),
        (ACF, "panel", "0 of office", "asks for nobody"),
        (ACF, "returns", "any weekly", "not one of end, halves or quarterly"),
        (ACF, "returns", "up to 9 end; up to 5 end; any end", "amounts must rise"),
        (ACF, "cap_per_award", "0", "lets nothing through"),
        (BARE, "quorum", "5", "no panel and so no quorum"),
    ):
        refused(words, with_fact, fund, key, text)


def test_a_changed_clause_leaves_the_usual_ones_beside_it() -> None:
    changed = with_line(BARE, CLAUSES, Line("insurance", "Insurance: You hold £5 million of it."))
    added = with_line(changed, CLAUSES, Line("welsh", "No heading", is_retired=True))

    assert len(lines_of(changed, CLAUSES)) == len(USUAL_CLAUSES)
    (own,) = (one for one in added.clauses if one.code == "insurance")
    assert (own.heading, own.text) == ("Insurance", "You hold £5 million of it.")
    assert (added.clauses[-1].heading, added.clauses[-1].text) == ("", "No heading")
    assert len(without_line(added, CLAUSES, "welsh").clauses) == len(USUAL_CLAUSES)

    # A gate keeps that it is of the cap.
    cap = next(gate for gate in ACF.gates if gate.is_cap)
    asked = with_line(ACF, "gate", Line(cap.code, "Within the cap?"))
    assert next(gate for gate in asked.gates if gate.code == cap.code).is_cap


def test_a_step_of_the_chain_is_read_and_one_with_a_fault_refused() -> None:
    for text, step in (
        ("Chief Executive", SignOff("decider", "Chief Executive")),
        ("A; from £5,000; as Commander", SignOff("commander", "A", from_pence=500_000)),
        ("A; up to 5000", SignOff("decider", "A", up_to_pence=500_000)),
        ("A; from 10 up to 20", SignOff("decider", "A", from_pence=1_000, up_to_pence=2_000)),
    ):
        assert read_step(text) == step
        assert with_chain(ACF, (step, SignOff("decider", "Z"))).chain[0] == step

    refused("“sometimes” is not part of a step", read_step, "A; sometimes")
    for said in ("from", "from  up to 10", "up to", "up"):
        refused(f"“{said}” is without an amount", read_step, f"A; {said}")
    refused("nobody in it", with_chain, ACF, ())


def test_the_parts_of_a_payment_are_typed_and_come_to_the_whole() -> None:
    changed = paid_in(ACF, "halves", "60% agreement signed; 40 last receipt")

    (line,) = (one for one in lines_of(changed, PAYMENTS) if one.code == "halves")
    assert line.parts == "60 agreement signed; 40 last receipt"
    renamed = with_line(changed, PAYMENTS, replace(line, words="Other words", parts=""))
    assert renamed.payments[1].parts[0] == (60, "agreement signed")
    refused("come to 90 percent", paid_in, ACF, "halves", "50 agreement signed; 40 last receipt")
    refused("come to 0 percent", paid_in, ACF, "halves", ";")
    refused("pays nothing", paid_in, ACF, "halves", "100 agreement signed; 0 last receipt")


def test_a_new_fund_for_victims_wants_a_permitted_purpose_and_names_no_other_force() -> None:
    fund = fund_from("Safe Harbour Fund", "SHF", "victims", "Northmoor Police")
    (area,) = fund.areas

    assert fund.required() == (ListKind.PERMITTED,)
    assert [rule.posts for rule in fund.panel_kinds] == [()]
    assert len(fund_from("Victims Fund", "VF", "victims", "West Midlands Police").panel_kinds) == 3
    assert area.short_forms == ("Forcewide", "Force wide", "Whole force", "All areas", "Force area")


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


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=40)
SAID = WORDS.filter(str.strip)
NAMES = st.text(st.characters(categories=("L", "Nd")), min_size=1, max_size=20)
CODES = st.text("abcdefgh0123456789-", min_size=1, max_size=8)
PENCE = st.integers(1, 10**9)


def lines(make: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """Return tuples of up to three lines whose codes differ."""
    return st.lists(make, max_size=3, unique_by=lambda line: line.code).map(tuple)  # type: ignore[attr-defined]


LISTS = st.lists(st.sampled_from(list(ListKind)), unique=True).flatmap(
    lambda kinds: st.tuples(
        *(
            st.builds(
                FundList, st.just(kind), lines(st.builds(ListItem, CODES, SAID, st.booleans())), st.booleans()
            )
            for kind in ListKind
            if kind in kinds
        )
    ).map(lambda found: tuple(one for one in found if one.items or one.is_required))
)
BANDS = (Band(Decimal(1000), Decimal(100)), Band(Decimal(5000), Decimal("12.5")))
SCHEMES = st.builds(
    Scheme,
    criteria=st.just(
        (
            Criterion("A1", "Need", Side.QUALITY, 700_001, floor=Decimal("2.5"), guidance='who "asked"'),
            Criterion("A2", "Cost", Side.COST, 299_999, Method.BANDS, bands=BANDS),
        )
    ),
    quorum=st.integers(1, 9),
    ladder=st.just(("criterion:A1", "chair")),
    cap_per_award_pence=st.none() | PENCE,
    minimum_total=st.none() | st.just(Decimal("60.5")),
    not_applicable_allowed=st.booleans(),
    descriptors=st.just(((0, "Nothing", "none"), (5, "Excellent", "all"))),
)
FUNDS = st.builds(
    FundDefaults,
    code=CODES,
    name=NAMES,
    also_known_as=st.lists(NAMES, max_size=2).map(tuple),
    money=WORDS,
    purposes=st.lists(WORDS, max_size=5).map(tuple),
    scheme=st.none() | SCHEMES,
    areas=st.lists(st.builds(UsualArea, NAMES, st.lists(NAMES, max_size=2).map(tuple)), max_size=2).map(
        tuple
    ),
    gates=lines(st.builds(Gate, CODES, SAID, WORDS, st.booleans(), st.booleans(), st.booleans())),
    chain=st.just((SignOff("commander", "A", ("B",), per_area=True), SignOff("decider", "C"))),
    panel_kinds=st.lists(
        st.builds(PanelKind, st.just(("office",)), st.integers(1, 9), SAID, st.sampled_from([(), ("Clerk",)]))
    ).map(tuple),
    decline_codes=lines(st.builds(ListItem, CODES, SAID, st.booleans())),
    conditions=lines(st.builds(Condition, CODES, SAID, st.booleans(), st.booleans())),
    payments=lines(st.builds(Payment, CODES, SAID, st.just(((40, "now"), (60, "later"))), st.booleans())),
    returns=st.lists(st.builds(ReturnBand, st.none() | PENCE, st.just("end")), max_size=2).map(tuple),
    reference=st.just((ReferenceList("needs", "Category of need", ("a", "b")),)),
    legal_power=WORDS,
    lists=LISTS,
    amounts=st.just((("2026/27", 10**10),)),
    sources=st.just(
        (
            Source("2026/27", SourceKind.CRIME, 10**10 - 1, "seized"),
            Source("2026/27", SourceKind.OTHER, 1, "", date(2027, 3, 31)),
        )
    ),
    keep_awarded_years=st.integers(1, 100),
    agreement_days=st.integers(1, 366),
)


@settings(max_examples=60, deadline=None)
@given(FUNDS)
def test_what_is_written_is_read_back_the_same(fund: FundDefaults) -> None:
    assert funds_of(fund_text(fund).encode(), "fund.toml") == (fund,)


def test_the_community_fund_is_decided_by_commander_and_ambassador_of_each_area() -> None:
    fund = template("community")

    assert [(step.posts, step.per_area) for step in fund.chain] == [
        (("Local policing area commander", "Community Ambassador"), True)
    ]
    assert len(fund.areas) == 5
    assert (fund.amounts, fund.sources, fund.also_known_as) == ((), (), ())
    # £150,000 over five areas is £30,000 each
    (whole,) = read_funds(resources.path("schemes") / "community.toml")
    assert dict(whole.amounts)["2020/21"] == 5 * 3_000_000


HEAD = 'format = 1\n[fund]\nname = "A"\ncode = "A"\n'


def test_what_no_file_may_hold_is_named_by_its_key(tmp_path: Path) -> None:
    for text, words in (
        ("format = 1\n", "fund is missing"),
        (HEAD + "colour = 1\n", "fund colour is not a key"),
        (HEAD + "money = 1\n", "fund money is not a text in quotation marks"),
        (HEAD + 'money = "a\\u0007"\n', "fund money has a character that cannot be printed"),
        (HEAD + f'money = "{"x" * 2001}"\n', "fund money has more than 2000"),
        (HEAD + "has_panel = true\n", "has_panel does not match"),
        (HEAD + "agreement_days = 367\n", "come back within 1 to 366 days, not 367"),
        (HEAD + "purposes = [\n" + "1,\n" * 301 + "]\n", "purposes has more than 300 lines"),
        (HEAD + '[fund.amounts]\n"2026/27" = 5\n', "amounts 2026/27 is not an amount"),
        (HEAD + '[fund.amounts]\n"next" = "5"\n', "“next” is not a financial year"),
        (HEAD + '[[gate]]\ncode = "a"\n', "gate 1 question is missing"),
        (
            HEAD + '[[source]]\nyear = "2026/27"\nkind = "other"\namount = "1"\nends_on = "May"\n',
            "source 1 ends_on is not a day",
        ),
        (HEAD + "[scale]\nmaximum = 5\n", "criterion, scheme is missing beside scale"),
        (HEAD + "x = [" + "[" * 3000 + "]" * 3000 + "]\n", "does not hold a fund"),
        (HEAD + "a." * 6000 + "a = 1\n", "line of more than 10,000 characters"),
        (HEAD + "[fund]\n", "does not hold a fund"),
    ):
        with pytest.raises(Trouble, match=words) as trouble:
            funds_of(text.encode(), "fund.toml")
        assert str(trouble.value).startswith("fund.toml")

    for weight in ("NaN", "1e999999", "Infinity", "x", ""):
        text = fund_text(template("acf")).replace('weight = "25"', f'weight = "{weight}"')
        with pytest.raises(Trouble, match=r"criterion 1 weight|does not hold a scheme"):
            funds_of(text.encode(), "fund.toml")

    with pytest.raises(Trouble, match="does not hold a fund"):
        funds_of(b"\xff\xfe\x00", "fund.toml")
    (large := tmp_path / "large.toml").write_bytes(b"#\n" * 300_000)
    for path, words in ((large, "larger than 400 kB"), (Path(os.devnull), "a device, not a file")):
        with pytest.raises(Trouble, match=words):
            read_fund(path)
    refused("holds 4 funds", read_fund, resources.path("schemes") / "other-funds.toml")
