"""Papers for the public say why a recipient is not named, and nothing that would tell who it is."""

import re
from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.budget import Contribute
from models.operations.awards.checks import SetWithheldName
from models.operations.awards.variations import VaryAward
from models.operations.deciding.signing import SignRecommendations
from models.operations.set_up.office import FactChange, SetOfficeFacts, SetPaperTexts, SetPublisher
from models.papers.kinds import KINDS
from models.papers.office import read_fact
from models.papers.order import PaperOrder
from models.queries.papers.open_data import open_data
from models.queries.papers.to_check.questions import named_words, require_purposes
from models.queries.papers.transparency.public_award import own_address, street_of
from models.record import Record
from models.schema.applications import organisation_table
from models.values.awards import Terms, WithheldName
from models.values.canonical import to_text
from models.values.direct_award import OnwardGrant, Route
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import BOXING, award, direct, from_paper, propose
from tests.models.operations.awards.varied_awards import half_paid
from tests.models.operations.budgets import ACF, YEAR
from tests.models.operations.deciding_rounds import CHAIR, DAY, decided, recommended
from tests.models.rounds import OFFICER, application, set_up_office

GIVEN = WithheldName("safety", "Its guests are looked for.", "Olu Example", "Chief Executive", "Willow House")
PRINTED = "Withheld: the safety of people"
NOW = datetime(2027, 4, 1, tzinfo=UTC)
REFUGE = replace(
    BOXING,
    organisation="The Westmarch Haven Ltd",
    project="Willow House nights",
    summary="The Westmarch Haven keeps Willow House open at night.",
    reason="Westmarch Haven keeps women safe.",
    route_reason="Nobody but WESTMARCH HAVEN has a house.",
    address="7 Mill Lane\nWestmarch",
)
MANAGER = replace(
    REFUGE,
    route=Route.MANAGER,
    route_reason="",
    onward=(OnwardGrant("Chess on the Green", 300_000, "tools for Willow House"),),
)
TELLS = re.compile(r"westmarch haven|willow house|1170001|bo example|mill lane|allotment friends 1", re.I)


def withhold(record: Record, round_id: int, of: str) -> None:
    record.perform(SetWithheldName(round_id, of, GIVEN, None), OFFICER)


def told(record: Record, kind: str, round_id: int | None = None, **more: object) -> str:
    order = PaperOrder(kind, NOW, round_id, **more)  # type: ignore[arg-type]
    return to_text(record.ask(lambda s: KINDS[kind].ask(s, order)))


def test_no_public_paper_tells_of_an_award_without_a_competition_whose_it_is(record: Record) -> None:
    set_up_office(record)
    reference = award(record, REFUGE)
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    number = direct(record)
    named = told(record, "notice", number)
    whole = PaperOrder("contracts", NOW, period="2026/27")
    record.ask(partial(require_purposes, order=whole))
    withhold(record, number, reference)
    with pytest.raises(Refused, match=r"name is withheld for A-0\d\d-01\. Read the project, .* tick “"):
        record.ask(partial(require_purposes, order=whole))
    record.ask(partial(require_purposes, order=replace(whole, period="2025/26")))

    papers = (
        told(record, "notice", number),
        told(record, "publication", period="2026/27"),
        told(record, "contracts", period="2026/27"),
        told(record, "360giving"),
        told(record, "tables", fund="ACF", year="2026/27"),
    )
    grant = record.ask(lambda s: open_data(s, PaperOrder("360giving", NOW))).grants[0]

    assert TELLS.search(named)
    for paper in papers:
        assert TELLS.search(paper) is None
        assert PRINTED in paper
    assert (grant.recipient, grant.awarded_pence) == (PRINTED, 1_200_000)
    assert grant.recipient_id == f"360G-Example-ORG-withheld-{grant.identifier[len('360G-Example-') :]}"
    assert grant.title == "(withheld) nights"


@pytest.mark.parametrize(
    ("address", "own", "street"),
    [
        ("4 Fen Lane\nAshby Fen", ("4 Fen Lane", "Ashby Fen"), ("4 Fen Lane",)),
        ("4 Fen Lane\nCOVENTRY", ("4 Fen Lane",), ("4 Fen Lane",)),
        ("Rose Cottage\nMill Lane\nAshby Fen\n", ("Rose Cottage", "Mill Lane", "Ashby Fen"), None),
        ("Mill Lane", ("Mill Lane",), ("Mill Lane",)),
        ("Ashby Fen\nPO Box 12", ("Ashby Fen", "PO Box 12"), ("Ashby Fen", "PO Box 12")),
        ("", (), ("",)),
    ],
)
def test_an_address_keeps_no_area_and_no_town_out_of_what_is_told_of_others(
    address: str, own: tuple[str, ...], street: tuple[str, ...] | None
) -> None:
    row = application(1, address=address)

    assert own_address(row) == own
    assert street_of(row) == (own[:-1] if street is None else street)


def test_the_report_across_funds_tells_why_an_award_changed_without_the_name_that_is_withheld(
    record: Record,
) -> None:
    set_up_office(record)
    reference = award(record, REFUGE)
    number = direct(record)
    less = VaryAward(number, reference, 1, Terms(1_000_000), "Westmarch Haven at 7 Mill Lane has fewer.", DAY)
    record.perform(less, OFFICER)
    given = Contribute(ACF, YEAR, "Coventry", 500, "Willow House gave it back to us.")
    record.perform(given, OFFICER)
    named = told(record, "governance", year=YEAR)

    withhold(record, number, reference)

    assert len(TELLS.findall(named)) > 3
    paper = told(record, "governance", year=YEAR)
    assert TELLS.search(paper) is None
    assert PRINTED in paper


def test_no_public_paper_names_whom_a_notice_awards_that_is_withheld_as_a_whole(record: Record) -> None:
    half_paid(record)  # ACF-001 and ACF-002, by notice 031/2026
    record.perform(SetPublisher("360G-Example", "GB-GOR-PB1"), OFFICER)
    limit = (FactChange("spending_over", read_fact("spending_over", "£499.99")),)
    record.perform(SetOfficeFacts(limit), OFFICER)

    def papers() -> tuple[str, ...]:
        return (
            told(record, "publication", period="2026/27"),
            told(record, "spending", period="2026/27"),
            told(record, "disclosure", 1),
            told(record, "360giving"),
            told(record, "tables", fund="ACF", year="2026/27"),
        )

    named = papers()
    ground = ("confidential", "Prices of suppliers.")
    record.perform(SetPaperTexts(1, "notice", "", (ground,)), OFFICER)
    hidden = papers()
    record.perform(SetPaperTexts(1, "notice", "", (ground, ("confidential_part", "Prices."))), OFFICER)

    assert all("Allotment Friends 1" in paper for paper in named)
    assert not any("Allotment Friends 1" in paper for paper in hidden)
    assert all("Withheld: its notice of decision is confidential" in paper for paper in hidden)
    assert papers() == named, "the public part of a notice names whom it awards money"


def test_who_is_named_while_another_award_withholds_it_is_told_before_a_paper_goes_out(
    record: Record,
) -> None:
    set_up_office(record)
    first = award(record, REFUGE)
    propose(record, replace(REFUGE, project="Winter beds"))
    number, second = direct(record), "ACF-D26-002"
    lists = PaperOrder("publication", NOW, period="2026/27")
    draft = PaperOrder("notice", NOW, number, notice="")

    def said(order: PaperOrder) -> str:
        return record.ask(partial(named_words, order=order))

    assert (said(lists), said(draft)) == ("", "")
    withhold(record, number, first)
    assert said(lists) == "", "it is proposed alone, and in no list"
    assert said(draft).startswith(f"{second} names {REFUGE.organisation}, withheld for A-040-01. Whoever")
    record.perform(from_paper(record, second, "041/2026"), OFFICER)
    assert said(lists).startswith(f"A-041-01 names {REFUGE.organisation}, withheld for A-040-01. Whoever")
    with pytest.raises(Refused, match="withhold the name there too"):
        record.ask(partial(require_purposes, order=lists))
    withhold(record, number, second)
    assert (said(lists), said(draft)) == ("", "")


def test_a_confidential_notice_names_whom_the_public_one_does_not(record: Record) -> None:
    set_up_office(record)
    reference = award(record, MANAGER)
    number = direct(record)
    withhold(record, number, reference)
    public, year = told(record, "notice", number), told(record, "tables", fund="ACF", year="2026/27")

    texts = (("confidential", "It names a refuge."),)
    record.perform(SetPaperTexts(number, "notice", "040/2026", texts), OFFICER)
    confidential = told(record, "notice", number)

    assert MANAGER.organisation in confidential
    for paper in (public, year):
        assert TELLS.search(paper) is None
        assert "tools for (withheld)" in paper


@pytest.mark.parametrize("how", ["competed", "direct"])
def test_a_name_withheld_before_the_decision_stands_in_no_notice_that_is_drawn_to_be_signed(
    record: Record, how: str
) -> None:
    if how == "competed":
        recommended(record).perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
        number, of = 1, "ACF-001"
    else:
        set_up_office(record)
        propose(record, REFUGE)
        number, of = direct(record), "ACF-D26-001"
    named = told(record, "notice", number)

    withhold(record, number, of)

    assert TELLS.search(named)
    draft = told(record, "notice", number)
    assert TELLS.search(draft) is None
    assert PRINTED in draft
    record.perform(SetWithheldName(number, of, None, GIVEN), OFFICER)
    assert told(record, "notice", number) == named


def test_information_on_request_names_nobody_withheld_where_all_applicants_are_named(record: Record) -> None:
    decided(record)
    withhold(record, 1, "ACF-003")

    told_all = told(record, "disclosure", 1, names_declined=True, with_undecided=True)

    assert "Allotment Friends 1" in told_all
    assert "Allotment Friends 3" not in told_all


def test_a_name_that_the_recipient_had_in_another_round_is_told_no_more_than_its_own(record: Record) -> None:
    set_up_office(record)
    propose(record, replace(BOXING, organisation="Moor Gate Refuge", charity_number="1170003"))
    reference = award(record, replace(REFUGE, summary="Moorgate was its name, Moor Gate Refuge, 1170003."))
    table = organisation_table
    uids = dict(record.ask(lambda s: s.execute(select(table.c.name, table.c.uid)).all()))
    one, other = REFUGE.organisation, "Moor Gate Refuge"
    merge = MergeOrganisations(uids[one], uids[other], one, other, "It was called so.")
    record.perform(merge, OFFICER)
    withhold(record, direct(record), reference)

    paper = told(record, "publication", period="2026/27")

    assert "Moorgate was its name, (withheld), (withheld)." in paper


def test_spending_and_information_on_request_tell_of_a_competed_award_without_its_name(
    record: Record,
) -> None:
    half_paid(record)  # £500.00 on 2 December 2026
    limit = (FactChange("spending_over", read_fact("spending_over", "£499.99")),)
    record.perform(SetOfficeFacts(limit), OFFICER)
    before = told(record, "spending", period="2026/27"), told(record, "disclosure", 1)
    withhold(record, 1, "ACF-001")

    after = told(record, "spending", period="2026/27"), told(record, "disclosure", 1)

    for named, paper in zip(before, after, strict=True):
        assert TELLS.search(named)
        assert TELLS.search(paper) is None
        assert PRINTED in paper
    assert "Allotment Friends 2" in after[1]
