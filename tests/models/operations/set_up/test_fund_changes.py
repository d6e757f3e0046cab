"""Changing a fund: its rules, its names by day, its years' money, closing it; one name, one fund."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.set_up.load import LoadRound, RemoveRound
from models.operations.set_up.office import AddFund, CloseFund, RemoveFund, RenameFund, SetFund, SetFundYear
from models.operations.set_up.scheme import PublishScheme
from models.queries.set_up.funds import FIRST_DAY, FundYearMoney, fund_list, fund_value, round_rules
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.reference.defaults import (
    ONE_GATE,
    Condition,
    FundDefaults,
    FundList,
    Gate,
    ListItem,
    ListKind,
    Payment,
    Source,
    SourceKind,
)
from models.values.rounds import RoundKey
from scoring.written.names import is_same_text
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import (
    FUND,
    MONEY_ONLY,
    OFFICER,
    SCHEME,
    load,
    refuses,
    set_up_office,
    set_up_round,
    undo,
    workbook_rows,
)
from tests.models.spellings import EACH_WAY

YEAR = "2026/27"
APRIL = date(2026, 4, 1)
CRIME = Source(YEAR, SourceKind.CRIME, 6_000_000)
PRECEPT = Source(YEAR, SourceKind.PRECEPT, 4_000_000, "a one-off", date(2027, 3, 31))
MONEY = FundYearMoney(YEAR, 10_000_000, (CRIME, PRECEPT))
ACF = RoundKey("ACF", YEAR, "Spring")


def rules_of(record: Record, round_id: int = 1) -> FundDefaults:
    return record.ask(lambda session: round_rules(session, round_id))


def refused_as_it_was(record: Record, operation: Operation, words: str) -> None:
    before = record.ask(fund_list)
    refuses(record, words, operation)
    assert record.ask(fund_list) == before


REFUSED: tuple[tuple[Operation, str], ...] = (
    # the rules
    (SetFund("ACF", FUND, replace(FUND, money="x")), "changed in the meantime"),
    (SetFund("ACF", replace(FUND, name="Other"), FUND), "keeps its code"),
    (SetFund("ACF", replace(FUND, code="OTHER"), FUND), "keeps its code"),
    (SetFund("ACF", replace(FUND, keep_awarded_years=0), FUND), "kept for 1 to 100 years"),
    (
        SetFund("ACF", replace(FUND, gates=(Gate("a", "One?"), Gate("A", "Two?"))), FUND),
        "Two of the gates have the code “a”",
    ),
    (SetFund("ACF", replace(FUND, gates=(Gate("a b", "One?"),)), FUND), "no spaces"),
    (
        SetFund("ACF", replace(FUND, conditions=(Condition("a", " "),)), FUND),
        "“a” of the conditions has no words",
    ),
    (
        SetFund("ACF", replace(FUND, decline_codes=tuple(ListItem(f"c{n}", "w") for n in range(301))), FUND),
        "more than 300",
    ),
    (
        SetFund("ACF", replace(FUND, payments=(Payment("p", "Half", ((50, "x"),)),)), FUND),
        "come to 50 percent",
    ),
    (SetFund("ACF", replace(FUND, payments=(Payment("p", "None", ()),)), FUND), "come to 0 percent"),
    (
        SetFund("ACF", replace(FUND, also_known_as=("Community Safety Fund",)), FUND),
        "name or code of another fund",
    ),
    (SetFund("ACF", replace(FUND, also_known_as=("x" * 121,)), FUND), "more than 120 characters"),
    (SetFund("ACF", replace(FUND, legal_power="x" * 2001), FUND), "legal power is longer"),
    (SetFund("ACF", replace(FUND, sources=(CRIME,)), FUND), "for which the fund has no amount"),
    (
        SetFund(
            "ACF",
            replace(FUND, lists=(FundList(ListKind.SERVICE, (ListItem("a", "x"), ListItem("a", "y"))),)),
            FUND,
        ),
        "Two of the service areas",
    ),
    # names: the first stays, and one of that day is known
    (RenameFund("ACF", "", FIRST_DAY, "Active Citizens Fund"), "keeps its first name"),
    (RenameFund("ACF", "", APRIL), "keeps its first name"),
    (RenameFund("ACF", "New", FIRST_DAY), "changed in the meantime"),
    # closing
    (CloseFund("ACF", None), "is open already"),
    (CloseFund("ACF", APRIL, APRIL), "changed in the meantime"),
    (CloseFund("XX", APRIL), "no fund with the code XX"),
    # the money of a year
    (SetFundYear("ACF", YEAR, None, MONEY), "changed in the meantime"),
    (SetFundYear("ACF", YEAR, replace(MONEY, amount_pence=9_000_000)), "£100,000.00, £10,000.00 more than"),
    (SetFundYear("ACF", YEAR, replace(MONEY, amount_pence=11_000_000)), "£100,000.00, £10,000.00 less than"),
    (SetFundYear("ACF", YEAR, FundYearMoney(YEAR, -1)), "below £0.00"),
    (
        SetFundYear("ACF", YEAR, FundYearMoney(YEAR, 0, (Source(YEAR, SourceKind.OTHER, -1, "gifts"),))),
        "gifts gives",
    ),
    (SetFundYear("ACF", YEAR, FundYearMoney(YEAR, 499_999)), "cap for an award, £5,000.00, is above"),
    (SetFundYear("ACF", YEAR, FundYearMoney("2025/26", 1)), "not of 2026/27"),
    (SetFundYear("ACF", "2026/28", FundYearMoney("2026/28", 1_000_000)), "not a financial year"),
    (SetFundYear("ACF", "1826/27", FundYearMoney("1826/27", 1_000_000)), "not a financial year"),
    (SetFundYear("ACF", YEAR, replace(MONEY, sources=(replace(CRIME, words="x" * 121),))), "longer than 120"),
)


def test_an_open_round_keeps_those_of_the_day_it_was_opened(office: Record) -> None:
    office.perform(set_up_round(ACF, ("Coventry",)), OFFICER)
    first = replace(FUND, money="while it is set up")
    office.perform(SetFund("ACF", first, FUND), OFFICER)
    assert rules_of(office).money == "while it is set up"
    put(office, PublishScheme(1, SCHEME))

    office.perform(SetFund("ACF", replace(first, money="later"), first), OFFICER)

    assert rules_of(office).money == "while it is set up"


def test_a_cap_above_the_newest_year_is_refused_and_a_fund_with_rounds_keeps_its_panel(
    loaded: Record,
) -> None:
    loaded.perform(SetFundYear("ACF", YEAR, FundYearMoney(YEAR, 500_000)), OFFICER)
    dearer = replace(FUND, scheme=replace(SCHEME, cap_per_award_pence=500_001))

    refused_as_it_was(
        loaded, SetFund("ACF", dearer, FUND), "£5,000.01, is above the fund's £5,000.00 of 2026/27"
    )

    refused_as_it_was(loaded, SetFund("ACF", replace(FUND, scheme=None), FUND), "stays a fund with a panel")


def test_what_no_fund_may_be_or_be_called_is_refused(office: Record) -> None:
    for operation, words in REFUSED:
        refused_as_it_was(office, operation, words)

    office.perform(RenameFund("CSF", "Safer Places", APRIL), OFFICER)
    office.perform(RenameFund("CSF", "Community Safety Fund", date(2026, 5, 1)), OFFICER)
    for name, words in (
        ("community SAFETY fund", "name or code of another fund"),
        ("CSF", "name or code of another fund"),
        ("Safer Places", "stays reserved for Community Safety Fund"),
        (" x", "spaces around it"),
        ("x" * 121, "longer than 120"),
        ("Active Citizens Fund", "called Active Citizens Fund on that day already"),
    ):
        refused_as_it_was(office, RenameFund("ACF", name, APRIL), words)

    # A former name is not given to a new fund.
    office.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)
    refused_as_it_was(office, AddFund(FundDefaults("X", "Active Citizens Fund")), "had that name")

    # An earlier year may be below the cap of today.
    office.perform(SetFundYear("ACF", YEAR, MONEY), OFFICER)
    office.perform(SetFundYear("ACF", "2016/17", FundYearMoney("2016/17", 1)), OFFICER)
    assert [one.year for one in office.ask(lambda s: fund_value(s, 1)).years] == ["2016/17", YEAR]


def test_a_closed_fund_starts_no_round_and_opens_again(office: Record) -> None:
    outcome = office.perform(CloseFund("ACF", date(2020, 1, 1)), OFFICER)

    assert "is closed from" in outcome.words
    refused_as_it_was(office, set_up_round(ACF, ("Coventry",)), "closed from 1 January 2020")
    undone = undo(office, outcome)
    assert undone.words == "Active Citizens Fund is open again."
    office.perform(set_up_round(ACF, ("Coventry",)), OFFICER)

    office.perform(CloseFund("CSF", APRIL), OFFICER)

    refused_as_it_was(office, RemoveFund(MONEY_ONLY), "names stay reserved")


@pytest.mark.parametrize(
    "begin", [load, lambda record: record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)]
)
def test_a_round_that_is_not_finished_keeps_it_open(
    record: Record, begin: Callable[[Record], object]
) -> None:
    set_up_office(record)
    begin(record)

    refused_as_it_was(record, CloseFund("ACF", APRIL), "is not finished")


def test_a_paper_has_the_name_of_its_day_and_a_round_brought_back_the_rules_it_had(loaded: Record) -> None:
    renamed = loaded.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)

    def name_on(day: date) -> str:
        return loaded.ask(lambda session: round_facts(session, 1, day)).line.fund

    assert name_on(date(2026, 3, 31)) == "Active Citizens Fund"
    assert name_on(APRIL) == "Helping Communities Fund"
    undo(loaded, renamed)
    assert name_on(APRIL) == "Active Citizens Fund"

    # A round taken out and brought back has its own copy of the rules again.
    later = replace(FUND, money="later")
    loaded.perform(SetFund("ACF", later, FUND), OFFICER)
    undo(loaded, loaded.perform(RemoveRound(1, ""), OFFICER))
    (line,) = loaded.ask(rounds)
    assert rules_of(loaded, line.round_id).money == ""


def with_fund(record: Record, name: str, code: str = "XYZ") -> None:
    set_up_office(record).perform(AddFund(FundDefaults(code=code, name=name, gates=ONE_GATE)), OFFICER)


@pytest.mark.parametrize(("name", "other"), EACH_WAY)
def test_no_fund_is_made_beside_one_of_its_name(record: Record, name: str, other: str) -> None:
    with_fund(record, name)
    before = record.ask(fund_list)
    makings: tuple[Operation, ...] = (
        AddFund(FundDefaults(code="NEW", name=other, gates=ONE_GATE)),
        AddFund(FundDefaults(code="NEW", name="Another", also_known_as=(other,), gates=ONE_GATE)),
        RenameFund("CSF", other.strip(), date(2027, 4, 1)),
    )

    for making in makings:
        with pytest.raises(Refused):
            record.perform(making, OFFICER)
    assert record.ask(fund_list) == before

    record.perform(LoadRound(replace(workbook_rows(), fund=name)), OFFICER)
    again = replace(workbook_rows(), fund=other, name="Spring")
    if is_same_text(name, other):  # in another case or spacing it is the fund
        record.perform(LoadRound(again), OFFICER)
    else:
        refuses(record, "or the same in other letters", LoadRound(again))
    assert len(record.ask(fund_list)) == len(before)


def test_the_code_that_a_loaded_fund_would_have_is_no_other_funds_name(record: Record) -> None:
    with_fund(record, "AACF")

    with pytest.raises(Refused, match=r"“AACF” is a name or the code of the fund AACF \(XYZ\)"):
        record.perform(LoadRound(replace(workbook_rows(), fund="Arts and Crime Fund")), OFFICER)
