"""Awards without a competition: proposed, changed, decided by the chain; refused, undone, erased of words."""

from datetime import UTC, date, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.journal.erasing import erase, proved_erasure_of
from models.operations.applications.applications import ImportApplications
from models.operations.applications.corrections import SetWithdrawn
from models.operations.awards.direct_awards import (
    AddDirectAward,
    ChangeDirectAward,
    RemoveDirectAward,
    amended_proposal,
    direct_key,
    proposal_change,
)
from models.operations.deciding.deciding import RecordDecisions
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import GiveRole
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import CloseRound
from models.queries.applications.applications import corrections
from models.queries.awards.awards import awards
from models.queries.awards.awards_page import award_lines, awards_page
from models.queries.awards.direct_awards import direct_awards, find_award
from models.queries.deciding.signatories import signatories
from models.queries.set_up.round_facts import round_rows
from models.queries.set_up.rounds import direct_round, is_direct, round_line, rounds, sole_round
from models.record import Record
from models.reference.defaults import FundList, ListItem, ListKind
from models.values.applications import Choice
from models.values.direct_award import DirectAward, OnwardGrant, Route
from models.values.recommending import LineDecision
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import (
    BOXING,
    MANAGER,
    OVER_CAP,
    START_UP,
    award,
    direct,
    from_paper,
    propose,
)
from tests.models.operations.budgets import ACF, YEAR, allocate, allow, area_of
from tests.models.operations.deciding_rounds import COMMANDER, DAY, DECIDER, last_step
from tests.models.rounds import FUND, OFFICER, application, paper, refused, refuses, set_up_round, undo

FIRST = "ACF-D26-001"


def stands(record: Record, reference: str = FIRST) -> DirectAward:
    number = direct(record)
    return record.ask(lambda s: direct_awards(s, number))[reference]


def change(record: Record, **changes: object) -> ChangeDirectAward:
    before = stands(record)
    return ChangeDirectAward(direct(record), FIRST, replace(before, **changes), before, "agreed since")  # type: ignore[arg-type]


def state(record: Record) -> list[tuple[str, str]]:
    return [(line.reference, line.state_words) for line in record.ask(award_lines)]


def test_the_first_of_a_year_makes_its_round_and_undoing_takes_it_out(office: Record) -> None:
    done = propose(office)

    number = direct(office)
    line = office.ask(lambda s: round_line(s, number))
    assert (line.name, line.is_direct, line.stage) == ("Awards without a competition", True, "open")
    assert [(area.name, area.stage, area.pot_pence) for area in line.areas] == [("Coventry", "deciding", 0)]
    assert stands(office) == BOXING
    assert state(office) == [(FIRST, "proposed, waits for the NPU commander")]
    propose(office, MANAGER)
    assert stands(office, "ACF-D26-002") == MANAGER
    assert office.ask(rounds)[0].applications == 2
    redo = undo(office, propose(office, replace(BOXING, area="")))
    assert "ACF-D26-003" not in office.ask(lambda s: direct_awards(s, number))
    undo(office, redo)
    assert stands(office, "ACF-D26-003").area == ""
    assert done.words.startswith("ACF-D26-001: single tender, £12,000.00 to Westmarch Youth Boxing")


def test_a_round_with_a_competition_is_not_mistaken_for_one_without(recommended: Record) -> None:
    propose(recommended)

    number = direct(recommended)
    assert recommended.ask(lambda s: (is_direct(s, 1), is_direct(s, number))) == (False, True)
    assert recommended.ask(sole_round) == 1
    assert recommended.ask(lambda s: direct_round(s, (1, "2027/28"))) is None
    line = recommended.ask(lambda s: round_line(s, number))
    assert [area.name for area in line.areas] == ["Coventry", "Dudley"]
    refuses(recommended, "ACF-001 is not an award without a competition", RemoveDirectAward(1, "ACF-001"))
    with pytest.raises(Refused, match="ACF-001 is not an award without a competition"):
        recommended.perform(RemoveDirectAward(direct(recommended), "ACF-001"), OFFICER)

    # Who proposes it does not decide it.
    line = (LineDecision(FIRST),)
    wrong = RecordDecisions(
        direct(recommended), 1, OFFICER.name, "Chief Executive", DAY, "none", line, "040/2026"
    )
    own = replace(wrong, from_paper=False, step=0, notice="", post="NPU commander")
    refuses(recommended, "signed in proposing it on ACF-D26-001", own, replace(COMMANDER, name=OFFICER.name))


def test_it_goes_through_the_chain_step_by_step_and_becomes_an_award(recommended: Record) -> None:
    recommended.perform(GiveRole(1, "Cora Command", "commander", "NPU commander", ("Coventry",)), OFFICER)
    propose(recommended)
    number, line = direct(recommended), (LineDecision(FIRST),)
    before = recommended.ask(lambda s: signatories(s, 1))
    assert recommended.ask(lambda s: signatories(s, number)) == before != ()
    recommended.perform(
        RecordDecisions(number, 0, COMMANDER.name, "NPU commander", DAY, "none", line), COMMANDER
    )

    assert state(recommended)[-1] == (FIRST, "proposed, waits for the Chief Executive")
    less = change(recommended, amount_pence=1)
    refuses(recommended, "Cora Command signed ACF-D26-001. It can be changed once it is sent back", less)
    recommended.perform(replace(last_step(*line, notice="040/2026"), round_id=number), DECIDER)
    (made,) = recommended.ask(lambda s: awards(s, number))
    assert (made.reference, made.amount_pence, made.area) == ("A-040-01", 1_200_000, "Coventry")
    (shown,) = recommended.ask(partial(awards_page, round_id=number)).awards
    assert shown.came_about == (
        "Without a competition: single tender: Nobody else has a hall.",
        "Reason: It keeps young people off the street at night.",
        "Contract: 1 Nov 2026 to 31 Oct 2027, then 2 option years",
        "It may be ended on 1 May 2027 as its agreement says",
    )
    notice = " ".join(paper(recommended, "notice", datetime(2026, 12, 2, tzinfo=UTC), number).background)
    assert "Either side may end it early on 1 May 2027." in notice
    assert state(recommended) == [("A-040-01", "awarded")]
    found = recommended.ask(lambda s: find_award(s, "A-040-01"))
    assert found is not None
    assert found.key == (number, FIRST)
    assert recommended.ask(lambda s: find_award(s, "A-000-99")) is None
    refuses(recommended, r"is decided\. Vary the award instead", change(recommended, amount_pence=1))


def test_what_is_sent_back_is_changed_and_goes_before_the_chain_again(office: Record) -> None:
    propose(office)
    signing = RecordDecisions(
        direct(office), 0, COMMANDER.name, "NPU commander", DAY, "none", (LineDecision(FIRST),)
    )
    more = LineDecision(FIRST, "change", "fund", 2_400_000, change_reason="more is wanted")
    with pytest.raises(Refused, match=r"£12,000\.00 proposed\. An award is raised above that by varying it"):
        office.perform(replace(signing, lines=(more,)), COMMANDER)
    back = LineDecision(FIRST, "send_back", change_reason="too much")
    office.perform(replace(signing, lines=(back,)), COMMANDER)
    assert state(office) == [(FIRST, "sent back")]
    refuses(office, r"was sent back\. Once it is changed it goes back to those who sign", signing, COMMANDER)
    refuses(office, "has been put to those who sign, so it is kept", RemoveDirectAward(direct(office), FIRST))

    office.perform(change(office, amount_pence=900_000), OFFICER)

    assert state(office) == [(FIRST, "proposed, waits for the NPU commander")]
    office.perform(from_paper(office, FIRST, "041/2026"), OFFICER)
    number = direct(office)
    assert [row.amount_pence for row in office.ask(lambda s: awards(s, number))] == [900_000]


def test_a_change_keeps_what_was_proposed_first_and_is_undone(office: Record) -> None:
    propose(office, replace(MANAGER, choices=()))

    done = office.perform(
        change(
            office,
            organisation="Westmarch Foundation",
            area="Dudley",
            amount_pence=900_000,
            ends_on=date(2028, 1, 31),
            onward=MANAGER.onward[:1],
        ),
        OFFICER,
    )

    found = stands(office)
    assert (found.organisation, found.area, found.amount_pence) == ("Westmarch Foundation", "Dudley", 900_000)
    number = direct(office)
    kept = {one.field: one.submitted for one in office.ask(lambda s: corrections(s, number))}
    assert kept["requested_pence"] == "1200000"
    undo(office, done)
    assert stands(office) == MANAGER
    assert office.ask(lambda s: corrections(s, number)) == ()
    refuses(office, "was changed in the meantime", replace(change(office), replacing=BOXING))
    refuses(office, "Say why ACF-D26-001 is changed", replace(change(office), reason=" "))


def test_one_that_is_withdrawn_gets_no_money_and_is_not_changed(office: Record) -> None:
    propose(office)
    office.perform(SetWithdrawn(direct(office), FIRST, is_withdrawn=True, reason="not needed"), OFFICER)

    assert state(office) == [(FIRST, "withdrawn")]
    refuses(office, "ACF-D26-001 is withdrawn, so it gets no money", from_paper(office, FIRST, "041/2026"))
    refuses(office, "ACF-D26-001 is withdrawn", change(office, amount_pence=500))


def test_what_is_missing_or_contradicts_itself_is_a_sentence(office: Record) -> None:
    for given, words in (
        (replace(BOXING, organisation=" "), "The recipient is missing"),
        (replace(BOXING, project=""), "Say what the award is for"),
        (replace(BOXING, amount_pence=0), "must be above £0.00"),
        (replace(BOXING, reason=""), "reduces crime or helps victims"),
        (replace(BOXING, route_reason=""), "A single tender needs its reason"),
        (replace(BOXING, route=Route.EXTENSION), "Say which award this extends"),
        (replace(BOXING, route=Route.EXTENSION, extends="A-999-01"), "There is no award A-999-01 to extend"),
        (replace(BOXING, extends="A-999-01"), "Only an extension extends an award"),
        (replace(BOXING, ends_on=date(2026, 10, 1)), "before its start on 1 Nov 2026"),
        (replace(BOXING, option_years=-1), "Option years must be a whole number"),
        (replace(BOXING, option_years=10**30), "from 0 to 50"),
        (replace(BOXING, ends_on=date(9990, 1, 1), option_years=10), "Correct them, or the end"),
        (replace(BOXING, ends_on=None, break_on=None), "Option years follow the end of a contract"),
        (replace(BOXING, starts_on=None), "A break date must be within the contract"),
        (
            replace(BOXING, break_on=date(2030, 1, 1)),
            "outside the contract, which runs from 1 Nov 2026 to 31 Oct 2029",
        ),
        (replace(BOXING, onward=MANAGER.onward), "Only a third-party manager passes grants on"),
        (
            replace(BOXING, choices=(Choice(ListKind.SERVICE, "no-such", "No such"),)),
            "“no-such” is not a service area",
        ),
        (replace(BOXING, route=Route.START_UP, route_reason=""), "No start-up money is recorded for 2026/27"),
        # onward grants are whole, and add up to no more than the award
        (
            replace(MANAGER, onward=(OnwardGrant("", 100, "tools"),)),
            "Onward grant 1 needs a recipient and a purpose",
        ),
        (
            replace(MANAGER, onward=(OnwardGrant("Allotment Friends", 0, "tools"),)),
            "Onward grant 1 must be above",
        ),
        (
            replace(MANAGER, onward=(OnwardGrant("Allotment Friends", 1_300_000, "tools"),)),
            "£13,000.00, £1,000.00 more than the award",
        ),
        (replace(MANAGER, organisation="A" * 301), "is longer than 300 characters"),
        (replace(MANAGER, onward=(OnwardGrant("B", 100, "p" * 301),)), "is longer than 300 characters"),
        (replace(MANAGER, reason="why " * 2_001), "The reason is longer than 8,000 characters"),
    ):
        refused(words, propose, office, given)
    assert office.ask(rounds) == ()


def test_an_extension_goes_to_whoever_has_the_award_that_it_extends(office: Record) -> None:
    award(office)
    longer = replace(BOXING, route=Route.EXTENSION, route_reason="", extends="A-040-01")
    other = replace(longer, organisation="Neighbours of Dudley", charity_number="1170003")

    refused("A-040-01 is an award to Westmarch Youth Boxing, and an extension goes", propose, office, other)

    propose(office, replace(longer, organisation="Boxing of Westmarch"))  # its number is the same
    stood = stands(office, "ACF-D26-002")
    change = ChangeDirectAward(direct(office), "ACF-D26-002", other, stood, "agreed since")
    refused("is an award to Westmarch Youth Boxing", office.ask, lambda s: amended_proposal(s, change))
    same = replace(change, award=replace(other, organisation="westmarch youth boxing"))
    assert office.ask(lambda s: amended_proposal(s, same)) == same


def test_the_29th_of_february_has_a_last_day_in_every_year() -> None:
    leap = replace(BOXING, ends_on=date(2028, 2, 29), option_years=1)

    assert leap.latest_end == date(2029, 2, 28)
    assert replace(leap, option_years=4).latest_end == date(2032, 2, 29)
    assert replace(leap, ends_on=None).latest_end is None


def test_it_takes_the_year_s_money_of_its_area_and_no_more(office: Record) -> None:
    allocate(office, Coventry=2_000_000, Dudley=(500_000, 100_000))

    award(office, replace(BOXING, area="coventry"))

    assert stands(office).area == "Coventry"
    assert area_of(office).figures.decided_pence == 1_200_000
    assert area_of(office).left_pence == 800_000
    refused(r"Coventry has £8,000\.00 left of its money .* takes £12,000\.00.*Nothing was", propose, office)
    words = r"has no allocation for “Walsall” in 2026/27\. Say whose money this takes"
    refused(words, propose, office, replace(BOXING, area="Walsall"))
    with pytest.raises(Refused, match=r"shares its money out\. Say whose money this takes: Coventry, Dudley"):
        propose(office, replace(BOXING, area=""))
    allow(office, "Coventry", 400_000)
    award(office, notice="041/2026")
    assert area_of(office).left_pence == -400_000

    office.perform(CloseRound(direct(office)), OFFICER)

    in_dudley = replace(BOXING, area="Dudley", amount_pence=1)
    refused("The round is closed", propose, office, in_dudley)
    unknown = AddDirectAward(direct_key("No Such Fund", YEAR), "X-D26-001", BOXING)
    refuses(office, "There is no fund No Such Fund", unknown)


def test_two_proposals_that_fit_alone_do_not_both_fit(office: Record) -> None:
    allocate(office, Coventry=2_000_000, Dudley=1_000_000)
    propose(office)
    propose(office, replace(BOXING, amount_pence=800_000))
    two = {"match": r"Counted with ACF-D26-001 and ACF-D26-002, .* has £20,000\.00 left .* takes £20,000\.01"}
    with pytest.raises(Refused, **two):
        propose(office, replace(BOXING, amount_pence=1))
    refuses(office, r"Counted with ACF-D26-002, .* takes £20,000\.01", change(office, amount_pence=1_200_001))
    redo = undo(office, office.perform(change(office, amount_pence=1_100_000), OFFICER))
    done = undo(office, redo)
    propose(office, replace(BOXING, amount_pence=100_000))
    refused(r"Counted with ACF-D26-002 and ACF-D26-003, .* takes £21,000\.00", undo, office, done)
    propose(office, replace(BOXING, amount_pence=900_000, area="Dudley"))


def test_start_up_money_draws_on_its_own_purse_alone(office: Record) -> None:
    allocate(office, Coventry=2_000_000, Dudley=(500_000, 100_000))
    in_dudley = replace(START_UP, area="Dudley")

    award(office, in_dudley)

    found = area_of(office, "Dudley")
    assert (found.project_left_pence, found.outside.start_up_pence) == (500_000, 60_000)
    assert (found.decided_pence, found.left_pence) == (60_000, 540_000)
    refused(r"Dudley has £400\.00 left of its start-up money for 2026/27", propose, office, in_dudley)
    words = r"Coventry has no start-up money for 2026/27\. Record it on Budget first"
    refused(words, propose, office, START_UP)
    propose(office, replace(in_dudley, amount_pence=40_000))
    rest = replace(in_dudley, amount_pence=30_000)
    refused(r"Counted with ACF-D26-002, .* £400\.00 left of its start-up money", propose, office, rest)
    propose(office, replace(BOXING, area="Dudley", amount_pence=500_000))


def test_no_workbook_replaces_a_round_without_a_competition(office: Record) -> None:
    propose(office)
    number = direct(office)
    rows = office.ask(lambda s: round_rows(s, number))

    with pytest.raises(Refused, match="“Awards without a competition” holds awards without a competition"):
        office.perform(ReplaceRound(number, rows), OFFICER)
    assert stands(office) == BOXING

    # Applications are not imported into it.
    with pytest.raises(Refused, match="holds awards without a competition"):
        office.perform(ImportApplications(direct_key(ACF, YEAR), (application(1),)), OFFICER)

    # A reference is given once and the round s name is kept for it.
    refuses(office, "ACF-D26-001 is in use already", AddDirectAward(direct_key(ACF, YEAR), FIRST, BOXING))
    refuses(office, "The award needs a reference", AddDirectAward(direct_key(ACF, YEAR), " ", BOXING))
    later = direct_key(ACF, "2027/28")
    office.perform(set_up_round(later, ("Coventry",)), OFFICER)
    with pytest.raises(Refused, match="A round with a competition is called “Awards without a competition”"):
        office.perform(AddDirectAward(later, "ACF-D27-001", BOXING, OVER_CAP), OFFICER)


def test_words_are_kept_on_one_line_and_without_what_hides_in_them(office: Record) -> None:
    grant = OnwardGrant(" Canal\r\nScouts ", 100, "tools\x07")
    said = replace(
        MANAGER, organisation="Westmarch\nYouth\x00 Trust ", reason=" why\r\nnot ", onward=(grant,)
    )

    propose(office, said)

    kept = stands(office)
    assert (kept.organisation, kept.reason) == ("Westmarch Youth Trust", "why\nnot")
    assert kept.onward == (OnwardGrant("Canal Scouts", 100, "tools"),)


SECRET = "Secret words of a contact"


def test_contacts_and_words_go_from_the_tables_and_the_journal(office: Record) -> None:
    told = replace(BOXING, summary=SECRET, contact_name=SECRET, address=SECRET, email="")
    propose(office, told)
    propose(office, replace(BOXING, summary="", contact_name="", email="", address="", postcode=""))
    number, other = direct(office), stands(office, "ACF-D26-002")
    office.perform(replace(change(office, amount_pence=900_000), reason=SECRET), OFFICER)
    office.perform(from_paper(office, FIRST, "040/2026"), OFFICER)

    chosen = ((number, FIRST), (number, "ACF-D26-002"))
    found = office.ask(lambda s: proved_erasure_of(s, chosen, "asked for", "Ida Protect"))
    erase(office, found.operation, OFFICER)

    now = stands(office)
    assert (now.summary, now.contact_name, now.route_reason) == ("", "", BOXING.route_reason)
    assert (now.amount_pence, stands(office, "ACF-D26-002")) == (900_000, other)
    path = office.path
    office.close()
    assert SECRET.encode() not in path.read_bytes()


def test_a_line_of_the_fund_s_lists_is_kept_with_it_and_goes_with_its_undoing(record: Record) -> None:
    item = ListItem("courts", "Help at court")
    fund = replace(FUND, lists=(FundList(ListKind.SERVICE, (item,)),))
    record.perform(SetUpOffice("Office", (fund,)), OFFICER)
    chosen = (Choice(ListKind.SERVICE, "courts", "Help at court"),)

    done = propose(record, replace(BOXING, choices=chosen))

    assert stands(record).choices == chosen
    undo(record, done)


def test_two_proposals_made_at_once_do_not_both_fit(office: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    allocate(office, Coventry=2_000_000)
    other = office.ask(lambda s: proposal_change(s, ACF, YEAR, BOXING))
    propose(office)

    refuses(office, "Counted with ACF-D26-001, proposed already", replace(other, application="ACF-D26-002"))

    # Two proposals of an older record do not both fit.
    with monkeypatch.context() as before_it_was_asked:
        before_it_was_asked.setattr(AddDirectAward, "check_at_entry", lambda *_: None)
        office.perform(AddDirectAward(direct_key(ACF, YEAR), "ACF-D26-002", BOXING), OFFICER)
    office.perform(from_paper(office, FIRST, "041/2026"), OFFICER)
    with pytest.raises(Refused, match=r"Coventry has £8,000\.00 left .* Nothing was decided"):
        office.perform(from_paper(office, "ACF-D26-002", "042/2026"), OFFICER)
