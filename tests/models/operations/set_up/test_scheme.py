"""Drafting, publishing and amending a scheme."""

from decimal import Decimal

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.scheme import AmendScheme, EditScheme, PublishScheme, amendment_fault
from models.queries.set_up.criteria import sheets_touched, versions
from models.queries.set_up.rounds import rounds, scheme
from models.record import Record
from models.schema.set_up import amendment_table
from scoring.scheme import Criterion, Method, Scheme, Side
from tests.models.operations.meetings import CHAIR
from tests.models.rounds import KEY, OFFICER, SCHEME, refuses, set_up_round, undo

MEMBER = Actor("Ann Sample", "member")
SHORT = replace(SCHEME, criteria=(replace(SCHEME.criteria[0], weight_1e4=470_000), *SCHEME.criteria[1:]))
"""The weights add up to 47 + 30 + 20 = 97."""

LEVEL = replace(
    SCHEME,
    criteria=(
        replace(SCHEME.criteria[0], weight_1e4=400_000),
        replace(SCHEME.criteria[1], weight_1e4=400_000),
        SCHEME.criteria[2],
    ),
)
"""Need and outcomes count 40 each."""


@pytest.fixture
def draft(office: Record) -> Record:
    """A round that is being set up."""
    office.perform(set_up_round(KEY, ("Coventry", "Dudley")), OFFICER)
    return office


def stored(record: Record) -> Scheme:
    return record.ask(lambda session: scheme(session, 1))


def test_a_draft_is_changed_and_changed_back_and_publishing_freezes_it_and_opens_the_round(
    draft: Record,
) -> None:
    outcome = draft.perform(EditScheme(1, SHORT, SCHEME, "the weight of A1"), OFFICER)
    assert stored(draft) == SHORT
    assert outcome.words == "Changed the weight of A1."
    refuses(draft, "add up to 97, not 100", PublishScheme(1, SHORT), CHAIR)
    assert draft.ask(rounds)[0].stage == "set up"

    assert undo(draft, outcome).words == "Changed the weight of A1 (undone)."
    outcome = draft.perform(PublishScheme(1, SCHEME), CHAIR)

    assert (outcome.inverse, PublishScheme.is_barrier) == (None, True)
    assert draft.ask(rounds)[0].stage == "open"
    (version,) = draft.ask(lambda session: versions(session, 1))
    assert version.published_at is not None
    for again in (EditScheme(1, LEVEL, SCHEME), PublishScheme(1, SCHEME)):
        refuses(draft, "are published", again, CHAIR)


def test_a_change_to_a_draft_that_may_not_be_is_refused(draft: Record) -> None:
    for operation, actor, words in (
        (EditScheme(1, LEVEL, SCHEME), MEMBER, "An officer or the chair drafts the criteria, not the member"),
        (EditScheme(1, LEVEL, SHORT), OFFICER, "changed in the meantime"),
        (PublishScheme(1, SCHEME), OFFICER, "Only the chair publishes the criteria, not the officer"),
        (PublishScheme(1, SHORT), CHAIR, "changed in the meantime"),
        (AmendScheme(1, LEVEL, SCHEME, "why"), CHAIR, "not published yet"),
        (EditScheme(1, replace(SCHEME, criteria=()), SCHEME), OFFICER, "needs criteria"),
        (
            EditScheme(1, replace(SCHEME, criteria=(Criterion(" ", "Need", Side.QUALITY, 1),)), SCHEME),
            OFFICER,
            "every criterion a code",
        ),
        (
            EditScheme(1, replace(SCHEME, criteria=(*SCHEME.criteria, SCHEME.criteria[0])), SCHEME),
            OFFICER,
            "the same code",
        ),
        (
            EditScheme(1, replace(SCHEME, criteria=(replace(SCHEME.criteria[0], weight_1e4=0),)), SCHEME),
            OFFICER,
            "above 0",
        ),
        (EditScheme(1, replace(SCHEME, quorum=0), SCHEME), OFFICER, "quorum"),
        (EditScheme(1, replace(SCHEME, quorum=1_001), SCHEME), OFFICER, "at most 1,000"),
        (EditScheme(1, replace(SCHEME, scale_maximum=101), SCHEME), OFFICER, "at most 100"),
        (EditScheme(1, replace(SCHEME, tolerance_percent=Decimal(-1)), SCHEME), OFFICER, "below 0%"),
        (EditScheme(1, replace(SCHEME, tolerance_percent=Decimal(5)), SCHEME), OFFICER, "Name the authority"),
    ):
        refuses(draft, words, operation, actor)


def test_a_sheet_is_touched_only_through_a_criterion_that_changed(loaded: Record) -> None:
    asked = replace(SCHEME.criteria[0], guidance="who asked, and when")
    amended = replace(SCHEME, criteria=(asked, *SCHEME.criteria[1:]))

    touched = loaded.ask(lambda session: sheets_touched(session, 1, amended))

    assert [sheet.application for sheet in touched] == ["ACF-001"]

    # An amendment is a version with its reason and the sheets it touches.
    touched = loaded.ask(lambda session: sheets_touched(session, 1, LEVEL))
    outcome = loaded.perform(AmendScheme(1, LEVEL, SCHEME, " a slip in print "), CHAIR)
    # M1 gave ACF-001 4 and 0, and ACF-002 a 3 on A2; M2's sheet for ACF-002 has no mark.
    assert [(t.member, t.application, t.is_submitted) for t in touched] == [
        ("M1", "ACF-002", False),
        ("M1", "ACF-001", True),
    ]
    assert outcome.words == "Version 2 of the criteria is published. It affects 2 sheets."
    assert (outcome.inverse, AmendScheme.is_barrier) == (None, True)
    first, second = loaded.ask(lambda session: versions(session, 1))
    assert (first.version, first.reason, second.version, second.reason) == (1, "", 2, "a slip in print")
    (kept,) = loaded.ask(lambda session: session.execute(select(amendment_table)).all())
    assert (kept.amended_by, kept.sheets) == ("Ravi Example", '[["M1","ACF-002"],["M1","ACF-001"]]')
    assert stored(loaded) == LEVEL


COMPUTED = replace(SCHEME.criteria[2], method=Method.LOWEST)


def test_an_amendment_that_may_not_be_is_refused(loaded: Record) -> None:
    for operation, actor, words in (
        (AmendScheme(1, LEVEL, SCHEME, "why"), OFFICER, "Only the chair amends"),
        (AmendScheme(1, LEVEL, SCHEME, " "), CHAIR, "Say why"),
        (AmendScheme(1, LEVEL, SHORT, "why"), CHAIR, "amended in the meantime"),
        (AmendScheme(1, SCHEME, SCHEME, "why"), CHAIR, "Nothing would change"),
        (AmendScheme(1, SHORT, SCHEME, "why"), CHAIR, "not 100"),
        (AmendScheme(1, replace(SCHEME, quorum=0), SCHEME, "why"), CHAIR, "quorum"),
        (
            AmendScheme(1, replace(SCHEME, scale_maximum=4), SCHEME, "why"),
            CHAIR,
            "ACF-001 has something on A6",
        ),
        (
            AmendScheme(1, replace(SCHEME, criteria=(*SCHEME.criteria[:2], COMPUTED)), SCHEME, "why"),
            CHAIR,
            "ACF-001 has something on A6",
        ),
    ):
        refuses(loaded, words, operation, actor)

    fault = loaded.ask(lambda session: amendment_fault(session, 1, LEVEL, SCHEME))
    same = loaded.ask(lambda session: amendment_fault(session, 1, SCHEME, SCHEME))

    assert fault == ""
    assert same.startswith("Nothing would change")

    # An area that is being decided keeps its criteria.
    for stage in ("scoring", "meeting", "recommending", "deciding"):
        loaded.perform(MoveAreas(1, ("Dudley",), stage), CHAIR)
    refuses(loaded, "Dudley is being decided", AmendScheme(1, LEVEL, SCHEME, "why"), CHAIR)
