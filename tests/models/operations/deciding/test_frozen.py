"""What was decided stays as it was: whatever is changed later, lists, explanations and papers tell it so."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from models.journal.erasing import erase, erasure_of
from models.operation import Actor, Operation
from models.operations.applications.corrections import ChangeApplications, SetWithdrawn
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.checks import SetSubsidy, SetWithheldName
from models.operations.awards.direct_awards import AddDirectAward, RemoveDirectAward, direct_key
from models.operations.awards.paying import HoldAward
from models.operations.awards.successions import SetSuccessor
from models.operations.awards.variations import VaryAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.signing import SignRecommendations
from models.operations.erasure import EraseBodies
from models.operations.panel.members import EditMember
from models.operations.retention import SetRetention
from models.operations.set_up.areas import AddArea, RemoveArea, RenameArea, SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.office import (
    FactChange,
    RenameFund,
    SetFund,
    SetFundYear,
    SetOfficeFacts,
    SetPaperTexts,
)
from models.operations.set_up.rounds import CloseRound, StartRound
from models.operations.set_up.scheme import AmendScheme
from models.papers.order import PaperOrder
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations
from models.queries.deciding.round_list import round_list
from models.queries.panel.panel import MemberDetails, member_details
from models.queries.papers.decision_report import decision_report
from models.queries.retention.retention import Years
from models.queries.set_up.funds import FundYearMoney, fund_list
from models.record import Record
from models.trouble import Trouble
from models.values import canonical
from models.values.awards import Subsidy, Successor, Terms, WithheldName
from models.values.recommending import LineDecision
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import InterestRow, RoundRows, by_reference, scored_round
from scoring.allocating.causes import note_words, recalculated_words, rule_note
from scoring.allocating.over_pot import changed_pot_words
from scoring.explaining.steps import explain
from scoring.money import pounds
from scoring.rank import rank, recalculated
from scoring.ranking import Allowance, Status
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.both_signed import both_sign
from tests.models.operations.awards.proposals import BOXING
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decide,
    deciding_rows,
    every_line,
    first_step,
    last_step,
    recommended,
    signed,
)
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.rounds import (
    KEY,
    OFFICER,
    application,
    assert_replays,
    import_operation,
    only_round,
    paper,
    refuses,
)

NOW = datetime(2026, 12, 3, 9, 30, tzinfo=UTC)
CAP = 1_600_000
POT = 4_000_000


def capped_rows() -> RoundRows:
    """Return three for £12,000 from a pot of £40,000, of which one organisation may have £16,000."""
    rows = deciding_rows()
    return replace(
        rows,
        scheme=replace(rows.scheme, cap_per_organisation_pence=CAP, cap_per_award_pence=None),
        areas=(Area("Coventry", POT), Area("Dudley", 100_000)),
        applications=tuple(application(number, requested_pence=1_200_000) for number in (1, 2, 3)),
    )


@pytest.fixture
def settled(record: Record) -> Record:
    """Decide all three as the rule proposes: £12,000 each."""
    decide(recommended(record, capped_rows()))
    return record


class Facts(NamedTuple):
    """What is told of the lines that are decided."""

    lines: tuple[tuple[Any, ...], ...]
    steps: dict[str, Any]
    schedule: str
    report: str
    notice: str
    letters: str


def facts(record: Record) -> Facts:
    """Return what lists, explanations and papers tell of a round, as they write it."""
    round_ = scored_round(only_round(record))
    ranking = rank(round_)
    lines = [one for one in ranking.standings if one.reference in round_.as_decided]
    return Facts(
        tuple((one, rule_note(one), note_words(one, ranking.scheme)) for one in lines),
        {one.reference: explain(round_, one.reference, ranking).steps for one in lines},
        canonical.to_text(paper(record, "schedule", NOW, area="Coventry")),
        canonical.to_text(paper(record, "decision-report", NOW, area="Coventry")),
        canonical.to_text(paper(record, "notice", NOW, notice="031/2026")),
        canonical.to_text(paper(record, "letters", NOW)),
    )


def named(record: Record, number: int) -> Any:
    """Return the organisation of an application."""
    every = record.ask(partial(organisations, today=DAY, viewer=OFFICE_VIEWER))
    return next(one for one in every if one.name == f"Allotment Friends {number}")


def merge(record: Record, kept: int = 1, merged: int = 2) -> Operation:
    """Return the merge of two applicants' organisations."""
    one, other = named(record, kept), named(record, merged)
    return MergeOrganisations(one.uid, other.uid, one.name, other.name, "One group under two names")


def test_a_merge_after_the_decision_rewrites_no_explanation(settled: Record) -> None:
    """One organisation may have £16,000: merged, the second would be capped at £4,000 under its £12,000."""
    before = facts(settled)

    settled.perform(merge(settled), OFFICER)

    assert facts(settled) == before
    round_ = scored_round(only_round(settled))
    second, third = rank(round_).recalculated
    assert (second.reference, second.offer_pence) == ("ACF-002", 400_000)
    assert third.cause is not None
    assert third.cause.left_pence == 2_400_000, "of £40,000 the first two would take £16,000"
    assert recalculated_words(rank(round_), "ACF-001") == ""
    assert recalculated_words(rank(round_), "ACF-002").startswith(
        "Recalculated today: place 2, total 80.00, fund £4,000 ("
    )
    assert explain(round_, "ACF-002").recalculated == recalculated_words(rank(round_), "ACF-002")
    assert by_reference(recalculated(round_).standings)["ACF-002"] == second
    assert_replays(settled)


def _amended(record: Record) -> Operation:
    scheme = only_round(record).scheme
    return AmendScheme(1, replace(scheme, cap_per_award_pence=500_000), scheme, "Less money")


def _smaller_pot(record: Record) -> Operation:
    return SetPot(1, Area("Coventry", 3_700_000), Area("Coventry", POT))


def _late(record: Record) -> Operation:
    return import_operation(application(9, area="Dudley", organisation="Allotment Friends 1"), areas=())


ALLOWED: tuple[tuple[Callable[[Record], Operation], Actor], ...] = (
    (merge, OFFICER),
    (partial(merge, kept=3, merged=1), OFFICER),
    (_smaller_pot, OFFICER),
    (_late, OFFICER),
)
"""What changes what a list is worked from, after its decision."""


@pytest.mark.parametrize("change", ALLOWED, ids=lambda one: getattr(one[0], "__name__", "merge"))
def test_no_change_of_what_a_list_is_worked_from_reaches_what_was_decided(
    settled: Record, change: tuple[Callable[[Record], Operation], Actor]
) -> None:
    before = facts(settled)

    settled.perform(change[0](settled), change[1])

    assert facts(settled) == before
    assert_replays(settled)


def test_a_decision_made_again_has_the_pot_of_its_day_and_the_notice_before_it_keeps_its_own(
    settled: Record,
) -> None:
    settled.perform(_smaller_pot(settled), OFFICER)
    again = replace(
        every_line()[0], verdict="change", outcome="part_fund", amount_pence=500_000, change_reason="Less."
    )

    settled.perform(replace(last_step(again, notice="040/2026"), correcting=True), DECIDER)

    (told,) = paper(settled, "notice", NOW, notice="040/2026").financial[:1]
    assert told.startswith("The pot of Coventry is £37,000"), told
    first = "The pot of Coventry is £40,000. This notice commits £36,000; £4,000 of the pot is left."
    assert paper(settled, "notice", NOW, notice="031/2026").financial == (first,)
    assert rank(scored_round(only_round(settled))).areas[0].pot_pence == 3_700_000


def test_an_area_keeps_the_name_under_which_it_was_signed(record: Record) -> None:
    signed(record, capped_rows())

    refuses(record, "signed under the name Coventry, which stays", RenameArea(1, "Coventry", "Canley"))
    record.perform(RenameArea(1, "Dudley", "Brierley"), OFFICER)


def test_the_criteria_stay_while_anything_is_decided_by_them(settled: Record) -> None:
    refuses(settled, "is being decided on the published criteria", _amended(settled), CHAIR)


def test_what_the_chair_signed_stays_as_it_was_proposed_until_it_is_decided_or_sent_back(
    record: Record,
) -> None:
    """Merged with the first, the second would be capped at £4,000 by what one organisation can have."""
    signed(record, capped_rows())
    before = _lines(record)

    record.perform(merge(record), OFFICER)

    assert _lines(record) == before
    round_ = scored_round(only_round(record))
    assert rank(round_).areas[0].pot_pence == POT
    assert recalculated_words(rank(round_), "ACF-002").endswith(
        "fund £4,000 (fund, capped at £4,000.00 of £12,000.00 asked: one organisation can have £16,000.00, "
        "and this one has £12,000.00 on ACF-001)"
    )
    back = LineDecision("ACF-002", "send_back", change_reason="One group.")
    record.perform(first_step(back), COMMANDER)
    assert by_reference(rank(scored_round(only_round(record))).standings)["ACF-002"].offer_pence == 400_000
    assert_replays(record)


def test_a_pot_that_was_changed_since_is_told_beside_the_one_of_the_decision(settled: Record) -> None:
    before = rank(scored_round(only_round(settled))).areas[0]
    assert changed_pot_words(before) == ""

    settled.perform(_smaller_pot(settled), OFFICER)

    use = rank(scored_round(only_round(settled))).areas[0]
    assert (use.pot_pence, use.today.pot_pence) == (POT, 3_700_000)
    assert changed_pot_words(use) == (
        f"The pot of Coventry was {pounds(POT)} when it was decided. It is £37,000.00 now."
    )


def report_pot(record: Record) -> tuple[int, str]:
    """Return the pot of Coventry as the decision report has it, and what is over it."""
    report = record.ask(lambda session: decision_report(session, PaperOrder("decision-report", NOW, 1)))
    (area,) = (one for one in report.areas if one.area == "Coventry")
    return area.pot_pence, area.over


def test_what_is_given_today_is_told_of_the_pot_of_today(settled: Record) -> None:
    """£36,000 were decided of £40,000: the pot is lowered to £37,000, and an award then raised by £2,000."""
    settled.perform(_smaller_pot(settled), OFFICER)
    listed = round_list(rank(scored_round(only_round(settled))), ())
    assert (listed.areas[0].pot_pence, listed.areas_today[0].pot_pence) == (POT, 3_700_000)
    assert report_pot(settled) == (POT, ""), "as it was decided"

    allowed = AllowOverPot(
        1, Allowance("Coventry", 100_000, "Ben Second", "Commissioner", "It is wanted", DAY, "ACF-001")
    )
    settled.perform(
        VaryAward(1, "ACF-001", 1, Terms(1_400_000), "more to do", DAY, allowed=(allowed,)), OFFICER
    )
    pot, over = report_pot(settled)
    assert pot == 3_700_000
    assert over.startswith("£1,000 over the pot"), over


def test_what_was_signed_is_what_a_decision_is_kept_with_and_the_pot_is_of_its_day(record: Record) -> None:
    signed(record, capped_rows())
    before = _lines(record)
    record.perform(merge(record), OFFICER)
    record.perform(SetPot(1, Area("Coventry", 5_000_000), Area("Coventry", POT)), OFFICER)

    assert rank(scored_round(only_round(record))).areas[0].pot_pence == 5_000_000
    record.perform(replace(first_step(*every_line()), confirmed=("over-cap",)), COMMANDER)
    record.perform(replace(last_step(*every_line()), confirmed=("over-cap",)), DECIDER)

    assert _lines(record) == before
    (told,) = paper(record, "notice", NOW, notice="031/2026").financial[:1]
    assert told.startswith("The pot of Coventry is £50,000"), told
    assert_replays(record)


def test_the_lines_in_which_the_chair_has_an_interest_are_kept_once_they_are_decided(record: Record) -> None:
    """Nobody writes down figures that are closed to them: the decider keeps them."""
    rows = capped_rows()
    own = InterestRow("M2", "ACF-002", InterestKind.PECUNIARY, "a cousin")
    recommended(record, replace(rows, interests=(*rows.interests, own)))

    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)

    assert {*scored_round(only_round(record)).as_decided} == {"ACF-001", "ACF-003"}
    record.perform(first_step(*every_line()), COMMANDER)
    record.perform(last_step(*every_line()), DECIDER)
    assert {*scored_round(only_round(record)).as_decided} == {"ACF-001", "ACF-002", "ACF-003"}


def _lines(record: Record) -> Any:
    """Return what is listed and explained of what was signed or decided."""
    round_ = scored_round(only_round(record))
    ranking = rank(round_)
    lines = [one for one in ranking.standings if one.reference in round_.as_decided]
    return lines, [explain(round_, one.reference, ranking).steps for one in lines]


TAKING_AWAY = (RemoveRound, RemoveDirectAward, EraseBodies, RecordDecisions)
WHO = (OFFICER, CHAIR, COMMANDER, DECIDER, FINANCE)


PAPERS = ("schedule", "decision-report", "notice", "letters", "minutes", "disclosure")


def papers(record: Record, kinds: Iterable[str] = PAPERS) -> dict[str, str]:
    """Return papers of the decided area as they would be written today, by their kinds."""
    whole = {"notice": {"notice": "031/2026"}, "letters": {}}
    found = ((kind, paper(record, kind, NOW, **whole.get(kind, {"area": "Coventry"}))) for kind in kinds)
    return {kind: canonical.to_text(value) for kind, value in found}


WRITTEN = ("decision-report", "notice", "letters")
WRITES = (SetPaperTexts, CloseRound, SetRetention, SetWithdrawn, ChangeApplications)
"""What changes one of these, as it is about their words; so does what becomes of an award."""
written = partial(papers, kinds=WRITTEN)


LATER = date(2026, 12, 3)
REFUGE = WithheldName("safety", "a refuge", "Olu Example", "Chief Executive")
YEAR, LESS = FundYearMoney("2026/27", 5_000_000), FundYearMoney("2026/27", 4_000_000)


@pytest.fixture
def funded(record: Record) -> Record:
    """Decide all three as the rule proposes, in a year of £50,000; the area has a pot of £40,000."""
    recommended(record, capped_rows())
    record.perform(SetFundYear("ACF", "2026/27", YEAR), OFFICER)
    decide(record)
    return record


def _another_round(record: Record) -> Operation:
    return StartRound(RoundKey(KEY.fund, KEY.year, "Spring"), (Area("Dudley", 3_000_000),), 1, AreaDates())


def _more_allowed(record: Record) -> Operation:
    return AllowOverPot(1, Allowance("Coventry", 500_000, "Olu Example", "Chief Executive", "A late grant"))


def _called_otherwise(record: Record) -> Operation:
    called = MemberDetails("M1", "Ann Other-Name")
    return EditMember(1, called, record.ask(lambda session: member_details(session, 1, "M1")))


def _other_rules(record: Record) -> Operation:
    fund = record.ask(fund_list)[0]
    rules = replace(fund.rules, legal_power="Another Act", money="Another source")
    return SetFund("ACF", rules, fund.rules)


def _erased(record: Record) -> Operation:
    return record.ask(lambda s: erasure_of(s, ((1, "ACF-003"),), "two years", "Ida Protect")).operation


def _succeeded(record: Record) -> Operation:
    return SetSuccessor(1, "ACF-002", Successor("Heirs CIO", "1122334", "", DAY, "It converted"), None)


ACTS: dict[str, Callable[[Record], Operation]] = {
    "merge organisations": merge,
    "lower the pot": _smaller_pot,
    "take in a late application": _late,
    "add an area": lambda _: AddArea(1, Area("Walsall", 100_000)),
    "remove an area": lambda _: RemoveArea(1, "Dudley"),
    "change the year's money": lambda _: SetFundYear("ACF", "2026/27", LESS, YEAR),
    "start another round of the year": _another_round,
    "allow more over the pot": _more_allowed,
    "rename a person": _called_otherwise,
    "rename the fund": lambda _: RenameFund("ACF", "My Community Fund", LATER),
    "change the fund's rules": _other_rules,
    "change the office's facts": lambda _: SetOfficeFacts((FactChange("name", "Another Office", LATER),)),
    "award without a competition": lambda _: AddDirectAward(direct_key("ACF", "2026/27"), "ACF-D1", BOXING),
    "record a successor": _succeeded,
    "undo a merge": lambda record: record.perform(merge(record), OFFICER).inverse,
    "sign an agreement": lambda _: both_sign("ACF-001", DAY),
    "vary an award": lambda _: VaryAward(1, "ACF-001", 1, Terms(end_on=date(2028, 1, 1)), "Rain", DAY),
    "hold an award": lambda _: HoldAward(1, "ACF-001", "no report yet", ""),
    "withhold a name": lambda _: SetWithheldName(1, "ACF-001", REFUGE, None),
    "close the round": lambda _: CloseRound(1),
    "keep applications longer": lambda _: SetRetention(1, Years(7, 1), Years()),
    "record subsidy control": lambda _: SetSubsidy(1, "ACF-001", Subsidy("none", "its own service"), None),
    "erase another application": _erased,
}
MEANT = {
    "allow more over the pot": "schedule decision-report disclosure",  # told wherever an area's money is
    "rename the fund": "schedule decision-report letters disclosure",  # the name of the day they are written
    "change the office's facts": "schedule decision-report letters minutes disclosure",  # likewise
    "record a successor": "schedule decision-report letters disclosure",  # what became of an award since
    "sign an agreement": "letters",  # what its recipient does next
    "vary an award": "schedule decision-report letters disclosure",  # what became of an award since
    "hold an award": "letters",  # likewise
    "close the round": "schedule decision-report",  # it holds no money any more
    "keep applications longer": "letters",  # how long what they are of is kept
    "withhold a name": "decision-report notice letters disclosure",  # whose name it is
    "erase another application": "letters",  # the letter of what was erased
}
"""By act, the papers that are of another day than the decision, or whose text it is about."""


@pytest.mark.parametrize("act", ACTS)
def test_no_later_act_changes_a_paper_of_the_decided_round(funded: Record, act: str) -> None:
    before, listed = papers(funded), _lines(funded)
    operation = ACTS[act](funded)

    if isinstance(operation, EraseBodies):
        erase(funded, operation, OFFICER)
    else:
        funded.perform(operation, OFFICER)

    after = papers(funded)
    assert {kind for kind in PAPERS if after[kind] != before[kind]} == {*MEANT.get(act, "").split()}
    assert _lines(funded) == listed


OF_AWARDS = {
    "record a successor",
    "vary an award",
    "sign an agreement",
    "hold an award",
    "close the round",
    "record subsidy control",
}
"""Acts that there are only once it is decided."""
TO_SIGN = {
    "lower the pot": "to-sign minutes",  # until it is decided, the money is that of the day
    "change the office's facts": "to-sign minutes",  # the name of the day on which they are written
}
"""By act, what a page to be signed tells otherwise: what its signatory is to know today."""


@pytest.fixture
def waiting(record: Record) -> Record:
    """Have the chair sign all three; the commander's signature is to come."""
    recommended(record, capped_rows())
    record.perform(SetFundYear("ACF", "2026/27", YEAR), OFFICER)
    record.perform(SignRecommendations(1, "Coventry", DAY), CHAIR)
    return record


@pytest.mark.parametrize("act", sorted(ACTS.keys() - OF_AWARDS))
def test_no_later_act_changes_what_the_chair_signed_on_the_page_to_be_signed(
    waiting: Record, act: str
) -> None:
    def written() -> dict[str, str]:
        found = ((kind, paper(waiting, kind, NOW, area="Coventry")) for kind in ("to-sign", "minutes"))
        return {kind: canonical.to_text(value) for kind, value in found}

    before = written()
    operation = ACTS[act](waiting)

    if isinstance(operation, EraseBodies):
        erase(waiting, operation, OFFICER)
    else:
        waiting.perform(operation, OFFICER)

    after = written()
    assert {kind for kind in after if after[kind] != before[kind]} == {*TO_SIGN.get(act, "").split()}


def test_no_operation_at_all_reaches_what_was_decided(settled: Record) -> None:
    """Every kind is tried, by everybody; what is removed, withdrawn, erased or decided again is left out.

    Letters, the decision report and the notice are written anew, and say the same.
    """
    before = facts(settled)
    known = {one[0].reference: one for one in before.lines}
    told = written(settled)

    left = [one for one in EXAMPLES if not isinstance(one, TAKING_AWAY)]
    done = _tried(settled, [one for one in left if not _is_of_their_words(one)])
    assert written(settled) == told
    done |= _tried(settled, filter(_is_of_their_words, left))

    after = facts(settled)
    there = [one for one in after.lines if one[0].status is not Status.WITHDRAWN]
    assert there == [known[one[0].reference] for one in there]
    assert there, "some are withdrawn on the way"
    assert after.steps == before.steps
    assert len(done) > 30, sorted(done)
    assert_replays(settled)


def _is_of_their_words(one: Operation) -> bool:
    return isinstance(one, WRITES) or type(one).__module__.startswith("models.operations.awards.")


def _tried(record: Record, operations: Iterable[Operation]) -> set[str]:
    """Make changes that are not refused, in any role; return the kinds of those that were made."""
    done = set[str]()
    for operation, actor in product(operations, WHO):
        with suppress(Refused, Trouble, ValueError, LookupError, DBAPIError):
            record.perform(operation, actor)
            done.add(operation.kind)
    return done
