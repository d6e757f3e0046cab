"""What the deciding office has before it: the panel's own words, and what is closed to whoever asks."""

from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.deciding.recommendations import RecordRecommendations
from models.operations.panel.members import DeclareToSign
from models.operations.set_up.people import GiveRole
from models.permissions.viewing import Viewer
from models.queries.deciding.decisions import recommendations
from models.queries.deciding.round_list import Deciding, deciding
from models.record import Record
from models.role import Role
from models.values.rows import AgreedRow, InterestRow, MemberRow, RoundRows
from scoring.round import InterestKind
from tests.models.operations.deciding_rounds import decide, deciding_rows, recommended
from tests.models.rounds import OFFICER


def asked(record: Record, member: str | None = None, name: str = "") -> Deciding:
    return record.ask(lambda session: deciding(session, 1, Viewer(name, Role.FINANCE, member)))


def with_agreed(rows: RoundRows) -> RoundRows:
    """Return the rows with a reason of the panel on the first criterion of the first application."""
    reasons = tuple("clear plan" if index == 0 else "" for index in range(len(rows.scheme.judged)))
    marks = tuple(5 for _ in reasons)
    return replace(rows, agreed=(AgreedRow("ACF-001", marks, reasons),))


def test_the_note_of_the_rule_is_no_reason_of_the_panel(record: Record) -> None:
    recommended(record)
    items = record.ask(lambda session: recommendations(session, 1))
    note = "fits: asks £1,000.00, £3,500.00 left"
    record.perform(RecordRecommendations(1, tuple(replace(i, reason=note) for i in items)), OFFICER)

    assert asked(record).panel_reasons == {}


def test_the_panel_s_words_and_the_reasons_of_its_agreed_marks_are_given(record: Record) -> None:
    rows = with_agreed(deciding_rows())
    recommended(record, rows)
    items = record.ask(lambda session: recommendations(session, 1))
    chosen = tuple(replace(i, reason="fewer break-ins") for i in items if i.application != "ACF-003")
    record.perform(RecordRecommendations(1, chosen), OFFICER)

    first = rows.scheme.criteria[0].title
    assert asked(record).panel_reasons == {
        "ACF-001": f"fewer break-ins\n{first}: clear plan",
        "ACF-002": "fewer break-ins",
    }


def test_why_the_panel_departed_from_its_list_is_no_reason_of_an_award(record: Record) -> None:
    rows = with_agreed(deciding_rows())
    recommended(record, rows)
    items = record.ask(lambda session: recommendations(session, 1))
    words = "nothing else is on offer there"
    let_in = replace(items[0], is_exception=True, reason="it keeps the estate quiet")
    odd = replace(items[2], outcome="part_fund", amount_pence=50_000, is_exception=True, reason=words)
    record.perform(RecordRecommendations(1, (let_in, odd)), OFFICER)

    first, found = rows.scheme.criteria[0].title, asked(record)
    assert found.departures == {"ACF-003"}, "the rule offers the first its money"
    assert found.panel_reasons["ACF-001"] == f"it keeps the estate quiet\n{first}: clear plan"
    assert "ACF-003" not in found.panel_reasons


@pytest.mark.parametrize(
    ("member", "name", "closed"),
    [
        ("M3", "", {"ACF-001"}),
        (None, "Iris Interest", {"ACF-001"}),
        (None, "Cora Command", set()),
        ("M1", "Ann Sample", set()),
    ],
)
def test_what_a_person_declared_an_interest_in_is_closed_in_every_role(
    record: Record, member: str | None, name: str, closed: set[str]
) -> None:
    rows = deciding_rows()
    interests = (
        InterestRow("M3", "ACF-001", InterestKind.PECUNIARY, "a cousin"),
        InterestRow("M3", "ACF-002", InterestKind.ABSTAINED, "away"),
    )
    people = (*rows.members, MemberRow("M3", "Iris Interest"))
    recommended(record, replace(rows, members=people, interests=interests))

    assert asked(record, member, name).closed == closed


def test_who_signs_is_told_no_sum_with_a_closed_line_in_it_until_it_is_decided(record: Record) -> None:
    recommended(record)
    own = (InterestRow("Sal Signs", "ACF-002", InterestKind.PECUNIARY, "a cousin"),)
    record.perform(GiveRole(1, "Sal Signs", "decider"), OFFICER)
    record.perform(DeclareToSign(1, "Sal Signs", own), OFFICER)
    signer = Viewer("Sal Signs", Role.DECIDER)

    before = record.ask(partial(deciding, round_id=1, viewer=signer))
    decide(record)
    after = record.ask(partial(deciding, round_id=1, viewer=signer))

    assert (before.closed, [one.closed for one in before.pots if one.closed]) == ({"ACF-002"}, [("ACF-002",)])
    assert (after.closed, [one.closed for one in after.pots if one.closed]) == (frozenset(), [])
