"""A fund's file: what is written is read back the same, and what no file may hold is named by its key."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import resources
from exchange.pack_files import read_fund, write_fund
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
from models.reference.fund_file import fund_text
from models.reference.schemes import TEMPLATES, funds_of, read_funds, template
from models.reference.sign_off import SignOff
from models.trouble import Trouble
from scoring.scheme import Band, Criterion, Method, Scheme, Side
from scoring.written.text import Refused

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
                FundList,
                st.just(kind),
                lines(st.builds(ListItem, CODES, SAID, st.booleans())),
                st.booleans(),
            )
            for kind in ListKind
            if kind in kinds
        )
    ).map(lambda found: tuple(one for one in found if one.items or one.is_required))
)
SCHEMES = st.builds(
    Scheme,
    criteria=st.just(
        (
            Criterion("A1", "Need", Side.QUALITY, 700_001, floor=Decimal("2.5"), guidance='who "asked"'),
            Criterion(
                "A2",
                "Cost",
                Side.COST,
                299_999,
                Method.BANDS,
                bands=(Band(Decimal(1000), Decimal(100)), Band(Decimal(5000), Decimal("12.5"))),
            ),
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


@pytest.mark.parametrize("word", TEMPLATES)
def test_a_shipped_template_is_the_same_after_a_journey(word: str, tmp_path: Path) -> None:
    (fund,) = read_funds(resources.path("schemes") / TEMPLATES[word])

    written = write_fund(fund, tmp_path / "fund.toml")

    assert read_fund(written) == fund
    assert "#   [[sign_off]]" in written.read_text(encoding="utf-8")


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


def test_the_victims_panel_is_three_of_the_office_and_nobody_of_the_police() -> None:
    office, assistant, board = template("victims").panel_kinds

    assert (office.kinds, office.at_least) == (("office",), 3)
    assert office.words == "Fewer than three of the Commissioner's office are on the panel."
    assert assistant.has("office", "assistant police and crime commissioner")
    assert not assistant.has("office", "Grants Officer")
    assert board.posts == ("Strategic Police and Crime Board member for victims",)


def test_a_commissioned_fund_has_no_panel() -> None:
    assert template("commissioned").scheme is None


def test_a_file_with_several_funds_is_not_imported() -> None:
    with pytest.raises(Refused, match="holds 4 funds"):
        read_fund(resources.path("schemes") / "other-funds.toml")


HEAD = 'format = 1\n[fund]\nname = "A"\ncode = "A"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("format = 1\n", "fund is missing"),
        ("format = 2\n[fund]\nname='A'\ncode='A'\n", "format is not 1"),
        ("format = 1\nfund = 3\n", "fund is not a table of keys"),
        (HEAD + "colour = 1\n", "fund colour is not a key"),
        (HEAD + "money = 1\n", "fund money is not a text in quotation marks"),
        (HEAD + 'money = "a\\u0007"\n', "fund money has a character that cannot be printed"),
        (HEAD + f'money = "{"x" * 2001}"\n', "fund money has more than 2000"),
        (HEAD + 'has_panel = "yes"\n', "fund has_panel is neither true nor false"),
        (HEAD + "has_panel = true\n", "has_panel does not match"),
        (HEAD + "keep_awarded_years = 0\n", "keep_awarded_years is not a whole number of 1"),
        (HEAD + "keep_awarded_years = 101\n", "kept for 1 to 100 years"),
        (HEAD + "agreement_days = 367\n", "come back within 1 to 366 days, not 367"),
        (HEAD + "keep_awarded_years = true\n", "keep_awarded_years is not a whole number"),
        (HEAD + "purposes = 3\n", "fund purposes is not a list"),
        (HEAD + "purposes = [\n" + "1,\n" * 301 + "]\n", "purposes has more than 300 lines"),
        (HEAD + "amounts = 3\n", "fund amounts is not a table of years"),
        (HEAD + '[fund.amounts]\n"2026/27" = "-1"\n', "amounts 2026/27 is not an amount"),
        (HEAD + '[fund.amounts]\n"2026/27" = 5\n', "amounts 2026/27 is not an amount"),
        (HEAD + '[fund.amounts]\n"next" = "5"\n', "“next” is not a financial year"),
        (HEAD + '[[gate]]\ncode = "a"\n', "gate 1 question is missing"),
        (HEAD + '[[source]]\nyear = "2026/27"\nkind = "luck"\namount = "1"\n', "source 1 kind is not one of"),
        (
            HEAD + '[[source]]\nyear = "2026/27"\nkind = "other"\namount = "1"\nends_on = "May"\n',
            "source 1 ends_on is not a day",
        ),
        (HEAD + '[[sign_off]]\nstep = 1\nrole = "king"\npost = "A"\n', "king"),
        (HEAD + "[scheme]\n", "scheme split_quality is missing"),
        (HEAD + "[scale]\nmaximum = 5\n", "criterion, scheme is missing beside scale"),
        (HEAD + "x = [" + "[" * 3000 + "]" * 3000 + "]\n", "does not hold a fund"),
        (HEAD + "a." * 6000 + "a = 1\n", "line of more than 10,000 characters"),
        (HEAD + "[fund]\n", "does not hold a fund"),
    ],
)
def test_what_no_file_may_hold_is_named_by_its_key(text: str, words: str) -> None:
    with pytest.raises(Trouble, match=words) as trouble:
        funds_of(text.encode(), "fund.toml")

    assert str(trouble.value).startswith("fund.toml")


@pytest.mark.parametrize("weight", ["NaN", "1e999999", "Infinity", "x", ""])
def test_a_weight_that_is_no_number_is_named(weight: str) -> None:
    text = fund_text(template("acf")).replace('weight = "25"', f'weight = "{weight}"')

    with pytest.raises(Trouble, match=r"criterion 1 weight|does not hold a scheme"):
        funds_of(text.encode(), "fund.toml")


def test_bytes_that_are_no_text_and_a_file_that_is_too_large_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="does not hold a fund"):
        funds_of(b"\xff\xfe\x00", "fund.toml")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#\n" * 300_000)

    with pytest.raises(Trouble, match="larger than 400 kB"):
        read_funds(large)


def test_a_fund_that_its_file_could_not_hold_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(Trouble):
        write_fund(replace(template("acf"), money="a\x07"), tmp_path / "fund.toml")

    assert list(tmp_path.iterdir()) == []
