"""Whether the sums of awards agree and when they are paid; how an award is found; one area is one line."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from exchange.papers.schedule.schedule_sheets import areas_sheet
from models.operations.applications.corrections import Change, CorrectApplication, SetWithdrawn
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.paying import PayInstalment, SetInstalments, SetReturned
from models.operations.awards.variations import VaryAward
from models.papers.year.year_end_tables import rates
from models.papers.year.year_facts import LineNames
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import (
    MonthSum,
    award_differences,
    awards_page,
    every_award,
    month_sums,
)
from models.queries.awards.direct_awards import find_award
from models.queries.awards.year_facts import record_years
from models.queries.deciding.round_list import deciding
from models.record import Record
from models.values.awards import Instalment, Returned, Terms
from models.values.recommending import LineDecision
from scoring.allocating.over_pot import over_words
from scoring.money import without_noughts
from scoring.ranking import Allowance, PotUse
from tests.models.both_signed import both_sign
from tests.models.operations.awards.varied_awards import sign_both, vary, varying
from tests.models.operations.deciding_rounds import (
    DAY,
    DECIDER,
    FINANCE,
    decided,
    deciding_rows,
    last_step,
)
from tests.models.rounds import OFFICER, paper, refused, refuses
from tests.models.spellings import EVERY
from tests.models.year_rounds import Grant, award_all, round_of

TODAY = date(2026, 12, 10)
HALVES = (Instalment(5_000, "signature"), Instalment(5_001, "the end"))
POT, SMALL = (PotUse("Coventry", pence, 0, 10_001) for pence in (10_001, 10_000))
A_PENNY = Allowance("Coventry", 1, "A. Example", "Commissioner", "a penny")
ROW = AwardRow("ACF-001", "A-031-01", "Allotment Friends", "Coventry", 10_001, "", None, HALVES)


@pytest.mark.parametrize(
    ("parts", "decided", "pots", "said"),
    [
        (HALVES, {"ACF-001": 10_001, "ACF-002": 0}, (POT,), {}),
        (
            HALVES[:1],
            {"ACF-001": 10_001},
            (POT,),
            {"ACF-001": "A-031-01: instalments of £50 are £50.01 less than the award of £100.01."},
        ),
        (
            HALVES,
            {"ACF-001": 10_000, "ACF-002": 5},
            (),
            {
                "ACF-001": "A-031-01: the award is £100.01, the decision £100.",
                "ACF-002": "ACF-002 was decided for funding but has no award.",
            },
        ),
        (
            HALVES,
            {"ACF-001": 10_001},
            (SMALL, PotUse("Dudley", 0, 5, 0)),
            {"": "Coventry: awards of £100.01: £0.01 over the pot, not allowed by anybody yet."},
        ),
        (HALVES, {"ACF-001": 10_001}, (SMALL._replace(allowances=(A_PENNY,)),), {}),
    ],
)
def test_sums_that_differ_are_named_with_by_how_much(
    parts: tuple[Instalment, ...], decided: dict[str, int], pots: tuple[PotUse, ...], said: dict[str, str]
) -> None:
    found = award_differences((replace(ROW, instalments=parts),), decided, pots)

    assert [(one.application, one.words) for one in found] == list(said.items())


def test_a_decided_round_adds_up(decided: Record) -> None:
    found = decided.ask(lambda session: awards_page(session, 1))

    # the pot of Coventry is £3,500 and the awards £1,000 and £2,000
    assert [(use.area, use.given_pence, use.left_pence) for use in found.pots] == [
        ("Coventry", 300_000, 50_000),
        ("Dudley", 0, 0),
    ]
    assert found.decided == {"ACF-001": 100_000, "ACF-002": 200_000, "ACF-003": 0}
    assert award_differences(found.awards, found.decided, found.pots) == ()

    # Months follow payment or what is due.
    parts = (
        Instalment(60_000, "signature", due_on=date(2027, 1, 31)),
        Instalment(30_000, "the end", due_on=date(2026, 12, 5)),
        Instalment(10_000, "later"),
    )
    usual = decided.ask(lambda s: awards(s, 1))[0].instalments
    decided.perform(SetInstalments(1, "ACF-001", "", parts, usual), OFFICER)
    decided.perform(both_sign("ACF-001", DAY), OFFICER)
    first = decided.ask(lambda s: awards(s, 1))[:1]
    assert month_sums(first, TODAY) == (
        MonthSum(date(2026, 12, 1), 0, 30_000),
        MonthSum(date(2027, 1, 1), 0, 60_000),
        MonthSum(None, 0, 10_000),
    )

    # Nothing of an award that is withdrawn is due or paid.
    decided.perform(SetWithdrawn(1, "ACF-001", True, "They folded."), OFFICER)
    row = decided.ask(lambda session: awards(session, 1))[0]

    assert (row.stands, row.agreed_on) == (False, DAY)
    assert [row.expected_on(part, TODAY) for part in row.instalments] == [None] * len(row.instalments)
    assert row.late(date(2031, 1, 1)) == ()
    assert row.bars_payment == row.on_hold == "its application was withdrawn and not brought back"
    refused(
        r"A-031-01: its application was withdrawn and not brought back\. Nothing is paid before that\.",
        lambda: decided.perform(PayInstalment(1, "ACF-001", 1, DAY, None), FINANCE),
    )


DAYS = st.none() | st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(st.lists(st.tuples(st.integers(1, 10**9), DAYS, DAYS), max_size=30))
def test_the_months_hold_every_penny_once(parts: list[tuple[int, date | None, date | None]]) -> None:
    made = tuple(Instalment(pence, "x", paid, due) for pence, paid, due in parts)

    found = month_sums((replace(ROW, instalments=made),), TODAY)

    assert sum(month.total_pence for month in found) == sum(pence for pence, _, _ in parts)
    assert sum(month.paid_pence for month in found) == sum(pence for pence, paid, _ in parts if paid)
    dated = [month.first for month in found if month.first is not None]
    assert dated == sorted(set(dated))


def test_a_reference_of_two_rounds_is_not_guessed(office: Record) -> None:
    for number, name in enumerate(("Base", "First"), 1):
        grants = (Grant("North", f"North Club {number}", "Kites", 50_000),)
        made = round_of(grants, fund="Active Citizens Fund", year="2026/27", name=name)
        award_all(office, made, notice=f"00{number}/2026")
    one, two = office.ask(lambda s: every_award(s, DAY))

    found = office.ask(partial(find_award, reference=two.reference))

    assert found is not None
    assert found.key == (two.round_id, two.application)
    assert one.application == two.application
    refused("Several rounds have an application", office.ask, partial(find_award, reference=one.application))
    assert office.ask(partial(find_award, reference="A-9")) is None
    listed = replace(one, waits_for="", match="a name like it is listed")
    assert (one.bars(1, DAY), listed.bars(1, DAY)) == ("the agreement is not signed", listed.match)


@pytest.mark.parametrize(("name", "other"), EVERY)
def test_two_figures_for_one_name_are_never_added_up(name: str, other: str) -> None:
    names = LineNames()
    names.keep_apart([name, "Dudley", other, name])

    assert [names.of(one) for one in (name, other, "DUDLEY", "Dudley")] == [name, other, "DUDLEY", "DUDLEY"]


NAMED_AT = datetime(2027, 1, 5, tzinfo=UTC)
SPELT = ("riverside boxing club", "Riverside Boxing Club")


def told(record: Record) -> list[tuple[str, ...]]:
    """Return the names of both recipients as each paper of the awards has them."""
    public = paper(record, "publication", NAMED_AT, None, month=date(2026, 12, 1))
    years = record.ask(record_years).years
    return [
        tuple(row.organisation for row in record.ask(lambda session: awards(session, 1))),
        tuple(one.payee for one in paper(record, "finance", NAMED_AT).awards),
        tuple(one.organisation for one in paper(record, "monitoring", NAMED_AT).awards),
        tuple(one.recipient for one in public.awards),
        tuple(one.organisation for of in years for one in of.awards),
    ]


def test_a_corrected_name_and_then_a_varied_one_take_its_place(record: Record) -> None:
    """Both applications are of one organisation, whose name they spell in two ways."""
    rows = deciding_rows()
    first, second, third = rows.applications
    named = (replace(first, organisation=SPELT[0]), replace(second, organisation=SPELT[1]), third)
    change = Change("organisation", '"Riverside Boxing CIC"', f'"{SPELT[1]}"')
    corrected = CorrectApplication(1, "ACF-002", (change,), "as registered")
    decided(record, replace(rows, applications=named), corrected)

    assert told(record) == [(SPELT[0], "Riverside Boxing CIC")] * 5

    record.perform(VaryAward(1, "ACF-002", 1, Terms(recipient="Riverside Gym"), "renamed", DAY), OFFICER)

    proposed, agreed = (SPELT[0], "Riverside Gym"), (SPELT[0], "Riverside Boxing CIC")
    assert told(record) == [proposed, proposed, proposed, agreed, agreed], "the public's and the year's"

    record.perform(both_sign("ACF-002", DAY + timedelta(days=1)), OFFICER)

    assert told(record) == [proposed] * 5


def test_a_variation_goes_over_the_pot_on_an_authority_and_never_on_its_signatures(half_paid: Record) -> None:
    refuses(half_paid, "over the £3,500.00 pot, and nobody allows that", varying(amount_pence=190_000))
    allowed = Allowance("Coventry", 40_000, "Jo Sample", "Commissioner", "The hall burnt down.", DAY)
    half_paid.perform(AllowOverPot(1, allowed), OFFICER)
    vary(half_paid, amount_pence=190_000)
    # the pot holds what is proposed, so the authority for it stays
    refuses(half_paid, "What is signed depends on it", AllowOverPot(1, allowed, is_back=True))
    sign_both(half_paid)

    found = half_paid.ask(lambda session: awards_page(session, 1))
    (fund,) = paper(half_paid, "governance", NAMED_AT, None).funds
    report, asked = (paper(half_paid, kind, NAMED_AT) for kind in ("decision-report", "disclosure"))

    # £3,500 in the pot of Coventry; £1,900 and £2,000 awarded. Every page and paper names the same authority.
    assert award_differences(found.awards, found.decided, found.pots) == ()
    told = "£400 over the pot, allowed by Jo Sample, Commissioner, on 2 December 2026: The hall burnt down"
    areas = areas_sheet(paper(half_paid, "schedule", NAMED_AT)).rows
    assert {without_noughts(words) for words in (over_words(found.pots[0]), areas[0].allowed)} == {told}
    assert (report.areas[0].over, fund.changes[0]) == (told, f"Autumn, Coventry: {told}")
    assert "£3,000; they take £3,900 of these pots; that is £400 more" in dict(report.implications)["Finance"]
    assert f"Coventry, {told.replace('Jo Sample,', 'the')}" in str(asked.rules)
    # It covers no more than its sum.
    line = LineDecision("ACF-003", "change", "part_fund", 5_000, "Kites fly.", "Money came back")
    anew = replace(last_step(line, notice="032/2026"), correcting=True)
    refuses(
        half_paid, "is £450.00 over the £3,500.00 pot, and nobody allows £50.00 of that", anew, actor=DECIDER
    )

    # What came back in the round's year may go to others; of a later year, it is that year's.
    came = tuple(Returned(pence, on, "unspent") for pence, on in ((45_000, DAY), (5_000, date(2027, 5, 1))))
    half_paid.perform(SetReturned(1, "ACF-001", came, ()), FINANCE)
    pots = half_paid.ask(partial(deciding, round_id=1, viewer=OFFICE_VIEWER)).pots
    assert {half_paid.ask(lambda s: awards_page(s, 1)).pots[0].left_pence, pots[0].left_pence} == {5_000}
    half_paid.perform(anew, DECIDER)
    told = paper(half_paid, "notice", NAMED_AT, notice="032/2026").financial[0]
    earlier = "£3,450 is held for earlier decisions, with changes made or proposed since"
    assert f"{earlier}. This notice commits £50; nothing" in told


@pytest.mark.parametrize("pence", [90_000, 120_000])
def test_award_rates_count_what_both_have_agreed_as_every_table_beside_them(
    decided: Record, pence: int
) -> None:
    award = decided.ask(lambda session: awards(session, 1))[0]
    decided.perform(both_sign(award.application, DAY), OFFICER)
    vary(decided, amount_pence=pence)
    if pence > award.amount_pence:
        sign_both(decided)

    (of,) = decided.ask(record_years).years

    assert award.amount_pence == 100_000
    whole = rates(of)[0]
    assert whole.awarded_pence == sum(one.awarded_pence for one in of.awards) == 300_000
