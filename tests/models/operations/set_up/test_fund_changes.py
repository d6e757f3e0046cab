"""Changing a fund: its rules, its names by day, its years' money, closing it."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from models.operation import Operation
from models.operations.set_up.fund_changes import CloseFund, RenameFund, SetFund, SetFundYear, the_fund
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.office import AddFund, RemoveFund
from models.operations.set_up.scheme import PublishScheme
from models.queries.set_up.funds import (
    FIRST_DAY,
    Fund,
    FundYearMoney,
    fund_list,
    fund_name_on,
    fund_value,
    round_rules,
)
from models.queries.set_up.round_facts import round_facts
from models.queries.set_up.rounds import rounds
from models.record import Record
from models.reference.defaults import (
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
from models.session import Session
from models.values.rounds import RoundKey
from scoring.written.text import Refused
from tests.entitled import put
from tests.models.rounds import (
    FUND,
    MONEY_ONLY,
    OFFICER,
    SCHEME,
    assert_replays,
    load,
    set_up_office,
    set_up_round,
    undo,
)

YEAR = "2026/27"
APRIL = date(2026, 4, 1)
CRIME = Source(YEAR, SourceKind.CRIME, 6_000_000)
PRECEPT = Source(YEAR, SourceKind.PRECEPT, 4_000_000, "a one-off", date(2027, 3, 31))
MONEY = FundYearMoney(YEAR, 10_000_000, (CRIME, PRECEPT))
ACF = RoundKey("ACF", YEAR, "Spring")


def acf(record: Record) -> Fund:
    return record.ask(lambda session: fund_value(session, 1))


def rules_of(record: Record, round_id: int = 1) -> FundDefaults:
    return record.ask(lambda session: round_rules(session, round_id))


def refused(record: Record, operation: Operation, words: str) -> None:
    before = record.ask(fund_list)
    with pytest.raises(Refused, match=words):
        record.perform(operation, OFFICER)
    assert record.ask(fund_list) == before


class TestRules:
    def test_they_are_set_and_put_back(self, record: Record) -> None:
        set_up_office(record)
        lines = FundList(ListKind.CRIME, (ListItem("asb", "Anti-social behaviour"),), is_required=True)
        new = replace(FUND, lists=(lines,), keep_awarded_years=7)

        outcome = record.perform(SetFund("ACF", new, FUND, "crime types"), OFFICER)

        assert outcome.words == "Changed the fund Active Citizens Fund: crime types."
        assert acf(record).rules == new
        assert acf(record).rules.items(ListKind.CRIME) == lines.items
        assert acf(record).rules.items(ListKind.PRIORITY) == ()
        assert acf(record).rules.required() == (ListKind.CRIME,)
        undo(record, outcome)
        assert acf(record).rules == FUND
        assert_replays(record)

    def test_an_open_round_keeps_those_of_the_day_it_was_opened(self, record: Record) -> None:
        set_up_office(record)
        record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)
        first = replace(FUND, money="while it is set up")
        record.perform(SetFund("ACF", first, FUND), OFFICER)
        assert rules_of(record).money == "while it is set up"
        put(record, PublishScheme(1, SCHEME))

        record.perform(SetFund("ACF", replace(first, money="later"), first), OFFICER)

        assert rules_of(record).money == "while it is set up"
        assert_replays(record)

    def test_a_round_taken_out_and_brought_back_has_its_own_copy_again(self, record: Record) -> None:
        set_up_office(record)
        load(record)
        later = replace(FUND, money="later")
        record.perform(SetFund("ACF", later, FUND), OFFICER)

        outcome = record.perform(RemoveRound(1, ""), OFFICER)
        undo(record, outcome)

        (line,) = record.ask(rounds)
        assert rules_of(record, line.round_id).money == ""
        assert_replays(record)

    def test_another_change_in_the_meantime_is_refused(self, record: Record) -> None:
        set_up_office(record)

        refused(record, SetFund("ACF", FUND, replace(FUND, money="x")), "changed in the meantime")

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"name": "Other"}, "keeps its code"),
            ({"code": "OTHER"}, "keeps its code"),
            ({"keep_awarded_years": 0}, "kept for 1 to 100 years"),
            ({"gates": (Gate("a", "One?"), Gate("A", "Two?"))}, "Two of the gates have the code “a”"),
            ({"gates": (Gate("a b", "One?"),)}, "no spaces"),
            ({"conditions": (Condition("a", " "),)}, "“a” of the conditions has no words"),
            ({"decline_codes": tuple(ListItem(f"c{n}", "w") for n in range(301))}, "more than 300"),
            ({"payments": (Payment("p", "Half", ((50, "x"),)),)}, "come to 50 percent"),
            ({"payments": (Payment("p", "None", ()),)}, "come to 0 percent"),
            ({"also_known_as": ("Community Safety Fund",)}, "name or code of another fund"),
            ({"also_known_as": ("x" * 121,)}, "more than 120 characters"),
            ({"legal_power": "x" * 2001}, "legal power is longer"),
            ({"sources": (CRIME,)}, "for which the fund has no amount"),
            (
                {"lists": (FundList(ListKind.SERVICE, (ListItem("a", "x"), ListItem("a", "y"))),)},
                "Two of the service areas",
            ),
        ],
    )
    def test_what_no_fund_may_be_is_refused(
        self, record: Record, change: dict[str, object], words: str
    ) -> None:
        set_up_office(record)

        refused(record, SetFund("ACF", replace(FUND, **change), FUND), words)  # type: ignore[arg-type]

    def test_a_cap_above_the_newest_year_is_refused(self, record: Record) -> None:
        set_up_office(record)
        record.perform(SetFundYear("ACF", YEAR, FundYearMoney(YEAR, 500_000)), OFFICER)
        dearer = replace(FUND, scheme=replace(SCHEME, cap_per_award_pence=500_001))

        refused(record, SetFund("ACF", dearer, FUND), "£5,000.01, is above the fund's £5,000.00 of 2026/27")

    def test_a_fund_with_rounds_stays_one_with_a_panel(self, record: Record) -> None:
        set_up_office(record)
        load(record)

        refused(record, SetFund("ACF", replace(FUND, scheme=None), FUND), "stays a fund with a panel")


class TestNames:
    def test_a_name_holds_from_its_day_and_rounds_are_found_by_either(self, record: Record) -> None:
        set_up_office(record)

        outcome = record.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)

        fund = acf(record)
        assert fund.name == "Helping Communities Fund"
        assert fund.name_on(date(2026, 3, 31)) == "Active Citizens Fund"
        assert fund.name_on(APRIL) == "Helping Communities Fund"
        assert "Active Citizens Fund is called Helping Communities Fund" in outcome.words
        record.perform(set_up_round(RoundKey("Active Citizens Fund", YEAR, "One"), ("Coventry",)), OFFICER)
        assert "Active Citizens Fund" in fund.whole().also_known_as
        assert_replays(record)

    def test_a_rename_is_undone(self, record: Record) -> None:
        set_up_office(record)
        outcome = record.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)

        undone = undo(record, outcome)

        assert [one.name for one in acf(record).names] == ["Active Citizens Fund"]
        assert undone.words == "The new name of Helping Communities Fund was taken back."
        assert_replays(record)

    def test_a_new_round_has_the_name_of_the_day_it_is_set_up(self, record: Record) -> None:
        set_up_office(record)
        record.perform(RenameFund("ACF", "Helping Communities Fund", date(2090, 4, 1)), OFFICER)

        record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)

        assert [line.fund for line in record.ask(rounds)] == ["Active Citizens Fund"]

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("community SAFETY fund", "name or code of another fund"),
            ("CSF", "name or code of another fund"),
            ("Safer Places", "stays reserved for Community Safety Fund"),
            (" x", "spaces around it"),
            ("x" * 121, "longer than 120"),
            ("Active Citizens Fund", "called Active Citizens Fund on that day already"),
        ],
    )
    def test_a_name_that_cannot_be_is_refused(self, record: Record, name: str, words: str) -> None:
        set_up_office(record)
        record.perform(RenameFund("CSF", "Safer Places", APRIL), OFFICER)
        record.perform(RenameFund("CSF", "Community Safety Fund", date(2026, 5, 1)), OFFICER)

        refused(record, RenameFund("ACF", name, APRIL), words)

    def test_the_first_name_stays_and_a_name_of_that_day_is_known(self, record: Record) -> None:
        set_up_office(record)

        refused(record, RenameFund("ACF", "", FIRST_DAY, "Active Citizens Fund"), "keeps its first name")
        refused(record, RenameFund("ACF", "", APRIL), "keeps its first name")
        refused(record, RenameFund("ACF", "New", FIRST_DAY), "changed in the meantime")

    def test_the_first_name_is_corrected_in_its_place(self, record: Record) -> None:
        set_up_office(record)

        outcome = record.perform(
            RenameFund("ACF", "Active Citizen Fund", FIRST_DAY, "Active Citizens Fund"), OFFICER
        )

        assert [one.name for one in acf(record).names] == ["Active Citizen Fund"]
        undo(record, outcome)
        assert acf(record).rules.name == "Active Citizens Fund"

    def test_a_former_name_is_not_given_to_a_new_fund(self, record: Record) -> None:
        set_up_office(record)
        record.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)

        refused(record, AddFund(FundDefaults("X", "Active Citizens Fund")), "had that name")


class TestClosing:
    def test_a_closed_fund_starts_no_round_and_opens_again(self, record: Record) -> None:
        set_up_office(record)

        outcome = record.perform(CloseFund("ACF", date(2020, 1, 1)), OFFICER)

        assert "is closed from" in outcome.words
        refused(record, set_up_round(ACF, ("Coventry",)), "closed from 1 January 2020")
        undone = undo(record, outcome)
        assert undone.words == "Active Citizens Fund is open again."
        record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)
        assert_replays(record)

    def test_a_fund_closed_from_a_later_day_still_starts_rounds(self, record: Record) -> None:
        set_up_office(record)
        record.perform(CloseFund("ACF", date(2099, 1, 1)), OFFICER)

        record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)

        assert len(record.ask(rounds)) == 1

    @pytest.mark.parametrize(
        ("operation", "words"),
        [
            (CloseFund("ACF", None), "is open already"),
            (CloseFund("ACF", APRIL, APRIL), "changed in the meantime"),
            (CloseFund("XX", APRIL), "no fund with the code XX"),
        ],
    )
    def test_what_cannot_be_is_refused(self, record: Record, operation: CloseFund, words: str) -> None:
        set_up_office(record)

        refused(record, operation, words)

    @pytest.mark.parametrize(
        "begin", [load, lambda record: record.perform(set_up_round(ACF, ("Coventry",)), OFFICER)]
    )
    def test_a_round_that_is_not_finished_keeps_it_open(
        self, record: Record, begin: Callable[[Record], object]
    ) -> None:
        set_up_office(record)
        begin(record)

        refused(record, CloseFund("ACF", APRIL), "is not finished")

    def test_a_closed_or_renamed_fund_is_not_removed(self, record: Record) -> None:
        set_up_office(record)
        record.perform(CloseFund("CSF", APRIL), OFFICER)

        refused(record, RemoveFund(MONEY_ONLY), "names stay reserved")


class TestYears:
    def test_an_amount_is_set_with_its_sources_and_put_back(self, record: Record) -> None:
        set_up_office(record)

        outcome = record.perform(SetFundYear("ACF", YEAR, MONEY), OFFICER)

        assert acf(record).years == (MONEY,)
        assert acf(record).whole().amounts == ((YEAR, 10_000_000),)
        assert outcome.words == "Active Citizens Fund has £100,000.00 for 2026/27."
        undone = undo(record, outcome)
        assert acf(record).years == ()
        assert undone.words == "Active Citizens Fund no longer has an amount for 2026/27."
        assert_replays(record)

    @pytest.mark.parametrize(
        ("year", "money", "words"),
        [
            (YEAR, replace(MONEY, amount_pence=9_000_000), "£100,000.00, £10,000.00 more than"),
            (YEAR, replace(MONEY, amount_pence=11_000_000), "£100,000.00, £10,000.00 less than"),
            (YEAR, FundYearMoney(YEAR, -1), "below £0.00"),
            (YEAR, FundYearMoney(YEAR, 0, (Source(YEAR, SourceKind.OTHER, -1, "gifts"),)), "gifts gives"),
            (YEAR, FundYearMoney(YEAR, 499_999), "cap for an award, £5,000.00, is above"),
            (YEAR, FundYearMoney("2025/26", 1), "not of 2026/27"),
            ("2026/28", FundYearMoney("2026/28", 1_000_000), "not a financial year"),
            ("1826/27", FundYearMoney("1826/27", 1_000_000), "not a financial year"),
            (YEAR, replace(MONEY, sources=(replace(CRIME, words="x" * 121),)), "longer than 120"),
        ],
    )
    def test_money_that_does_not_add_up_is_refused(
        self, record: Record, year: str, money: FundYearMoney, words: str
    ) -> None:
        set_up_office(record)

        refused(record, SetFundYear("ACF", year, money), words)

    def test_an_earlier_year_may_be_below_the_cap_of_today(self, record: Record) -> None:
        set_up_office(record)
        record.perform(SetFundYear("ACF", YEAR, MONEY), OFFICER)

        record.perform(SetFundYear("ACF", "2016/17", FundYearMoney("2016/17", 1)), OFFICER)

        assert [one.year for one in acf(record).years] == ["2016/17", YEAR]

    def test_another_change_in_the_meantime_is_refused(self, record: Record) -> None:
        set_up_office(record)

        refused(record, SetFundYear("ACF", YEAR, None, MONEY), "changed in the meantime")

    def test_a_removed_fund_comes_back_with_its_years(self, record: Record) -> None:
        set_up_office(record)
        record.perform(SetFundYear("CSF", YEAR, MONEY), OFFICER)

        outcome = record.perform(RemoveFund(MONEY_ONLY), OFFICER)
        undo(record, outcome)

        assert _csf(record).years == (MONEY,)
        assert_replays(record)


def _csf(record: Record) -> Fund:
    def ask(session: Session) -> Fund:
        return the_fund(session, "CSF")

    return record.ask(ask)


class TestPapers:
    def test_a_paper_has_the_name_of_its_day(self, record: Record) -> None:
        set_up_office(record)
        load(record)
        record.perform(RenameFund("ACF", "Helping Communities Fund", APRIL), OFFICER)

        def name_on(day: date) -> str:
            return record.ask(lambda session: round_facts(session, 1, day)).line.fund

        assert name_on(date(2026, 3, 31)) == "Active Citizens Fund"
        assert name_on(APRIL) == "Helping Communities Fund"

    def test_without_another_name_a_round_keeps_what_it_was_called(self, record: Record) -> None:
        set_up_office(record)
        load(record)

        assert record.ask(lambda session: fund_name_on(session, 1, APRIL)) == "Active Citizens Fund"
