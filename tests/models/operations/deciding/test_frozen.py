"""What was decided stays as it was: whatever is changed later, lists, explanations and papers tell it so."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import product
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from models.operation import Actor, Operation
from models.operations.applications.organisations import MergeOrganisations
from models.operations.awards.direct_awards import RemoveDirectAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.erasure import EraseBodies
from models.operations.set_up.areas import SetPot
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.scheme import AmendScheme
from models.permissions.viewing import OFFICE_VIEWER
from models.queries.applications.organisations import organisations
from models.record import Record
from models.trouble import Trouble
from models.values import canonical
from models.values.rows import RoundRows, by_reference, scored_round
from scoring.allocating.causes import note_words, recalculated_words, rule_note
from scoring.explaining.steps import explain
from scoring.rank import rank, recalculated
from scoring.ranking import Status
from scoring.round import Area
from scoring.written.text import Refused
from tests.models.operations.deciding_rounds import (
    CHAIR,
    COMMANDER,
    DAY,
    DECIDER,
    FINANCE,
    decide,
    deciding_rows,
    every_line,
    last_step,
    recommended,
)
from tests.models.operations.test_every_operation import EXAMPLES
from tests.models.rounds import (
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
    return SetPot(1, Area("Coventry", 900_000), Area("Coventry", POT))


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
    assert told.startswith("The pot of Coventry is £9,000"), told
    first = "The pot of Coventry is £40,000. This notice commits £36,000; £4,000 of the pot is left."
    assert paper(settled, "notice", NOW, notice="031/2026").financial == (first,)
    assert rank(scored_round(only_round(settled))).areas[0].pot_pence == 900_000


def test_the_criteria_stay_while_anything_is_decided_by_them(settled: Record) -> None:
    refuses(settled, "is being decided on the published criteria", _amended(settled), CHAIR)


TAKING_AWAY = (RemoveRound, RemoveDirectAward, EraseBodies, RecordDecisions)
WHO = (OFFICER, CHAIR, COMMANDER, DECIDER, FINANCE)


def test_no_operation_at_all_reaches_what_was_decided(settled: Record) -> None:
    """Every kind is tried, by everybody; what is removed, withdrawn, erased or decided again is left out."""
    before = facts(settled)
    known = {one[0].reference: one for one in before.lines}
    done = set[str]()

    for operation, actor in product(EXAMPLES, WHO):
        if type(operation) not in TAKING_AWAY:
            with suppress(Refused, Trouble, ValueError, LookupError, DBAPIError):
                settled.perform(operation, actor)
                done.add(operation.kind)

    after = facts(settled)
    there = [one for one in after.lines if one[0].status is not Status.WITHDRAWN]
    assert there == [known[one[0].reference] for one in there]
    assert there, "some are withdrawn on the way"
    assert after.steps == before.steps
    assert len(done) > 30, sorted(done)
    assert_replays(settled)
