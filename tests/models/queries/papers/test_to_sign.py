"""What somebody is about to sign: which lines, in which order, what is told of each, and what is closed."""

from datetime import UTC, datetime
from functools import partial

import pytest
from msgspec.structs import replace

from models.operations.applications.gates import SetGate
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.set_up.office import SetUpOffice
from models.papers.order import PaperOrder
from models.papers.to_sign import ToSign
from models.queries.papers.papers import paper_value
from models.queries.papers.to_sign import to_sign
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.values.recommending import LineDecision
from models.values.rows import AgreedRow, InterestRow, MemberRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, InterestKind
from scoring.written.text import Refused
from tests.models.operations.awards.proposals import direct, propose
from tests.models.operations.deciding_rounds import (
    COMMANDER,
    REASON,
    decide,
    deciding_rows,
    first_step,
    reasoned,
    recommended,
    signed,
)
from tests.models.rounds import FUND, OFFICER, application, load, set_up_office

NOW = datetime(2026, 12, 3, tzinfo=UTC)


def asked(record: Record, *answers: LineDecision, **of: object) -> ToSign:
    """Return what waits for a signature, as the command asks for it or with answers."""
    order = replace(PaperOrder("to-sign", NOW, 1), **of)
    if answers:
        return record.ask(partial(to_sign, order=order, answers=answers))
    value = record.ask(partial(paper_value, order=order))
    assert isinstance(value, ToSign)
    return value


def told(value: ToSign, reference: str) -> dict[str, str]:
    return dict(next(line.told for line in value.lines if line.reference == reference))


def two_areas() -> RoundRows:
    """Return the round with a line in Dudley, before the others by its reference, and one not eligible."""
    rows = deciding_rows()
    marks = AgreedRow("ACF-002", (4, 4, 4), dissent="M1 would have given 5.")
    return replace(
        rows,
        areas=(Area("Coventry", 350_000), Area("Dudley", 500_000)),
        applications=(
            *(replace(one, summary="Bikes are lent. They are mended. " * 20) for one in rows.applications),
            replace(application(4), reference="AAA-001", area="Dudley"),
            replace(application(5), withdrawn=True),
        ),
        members=(*rows.members, MemberRow("M3", "Lee Leaves")),
        interests=(*rows.interests, InterestRow("M3", "ACF-001", InterestKind.PECUNIARY, "a cousin")),
        sheets=(*rows.sheets, SheetRow("M1", "AAA-001", True, (5, 5, 5))),
        agreed=(marks,),
    )


def test_the_lines_stand_as_they_are_signed_by_area_then_by_place(record: Record) -> None:
    value = asked(recommended(record))

    assert [(one.reference, one.outcome, one.given_pence) for one in value.lines] == [
        ("ACF-001", "Fund", 100_000),
        ("ACF-002", "Fund", 200_000),
        ("ACF-003", "Reserve", None),
    ]
    assert value.given_pence == 300_000  # 1,000 + 2,000
    assert (value.title, value.control) == ("What you sign", "3 lines, £3,000.00")
    (pot,) = value.pots
    assert (pot.pot_pence, pot.here_pence, pot.others_pence, pot.left_pence) == (350_000, 300_000, 0, 50_000)
    assert value.posts == ("Chair of the panel",)
    assert ("Waits for", "Chair of the panel") in value.shared
    assert told(value, "ACF-001")["The panel recommends"] == f"Recommended for £1,000. {REASON}"
    assert all("Conditions" not in dict(one.told) for one in value.lines)


def test_each_signature_goes_on_to_whom_the_line_waits_for_then(record: Record) -> None:
    assert asked(signed(record)).posts == ("NPU commander",)
    changed = LineDecision(
        "ACF-002", "change", "part_fund", 150_000, change_reason="The van is hired, not bought."
    )
    record.perform(first_step(LineDecision("ACF-001"), changed, LineDecision("ACF-003")), COMMANDER)

    value = asked(record)

    assert value.posts == ("Chief Executive",)
    assert value.given_pence == 250_000  # 1,000 + 1,500
    words = told(value, "ACF-002")["Changed on the way"]
    assert words == "NPU commander: part-fund £1,500. The van is hired, not bought."
    signed_by = dict(value.shared)["Signed so far"]
    assert signed_by == (
        "Chair of the panel, Ravi Example, 2 December 2026; NPU commander, Cora Command, 2 December 2026"
    )


def test_an_answer_that_is_not_recorded_yet_is_what_is_signed(record: Record) -> None:
    lines = (
        LineDecision(
            "ACF-001",
            "change",
            "part_fund",
            60_000,
            "It keeps the estate quiet.",
            "Less is enough.",
            ("Reduced scope: two evenings", "Report by May"),
        ),
        LineDecision("ACF-002"),
        LineDecision("ACF-003", "send_back", change_reason="Say more."),
    )

    value = asked(signed(record), *lines)

    assert [one.given_pence for one in value.lines] == [60_000, 200_000, None]
    first = told(value, "ACF-001")
    assert first["Your answer"] == "Changed to part-fund £600: Less is enough."
    assert first["What it pays for"] == "two evenings"
    assert first["Why, in the office’s words"] == "It keeps the estate quiet."
    assert first["Conditions"] == "Report by May"
    assert told(value, "ACF-002")["Your answer"] == "As it came."
    assert not any("Not stated" in dict(one.told) for one in value.lines)
    short = LineDecision(
        "ACF-001", "change", "part_fund", 60_000, "It keeps it quiet.", "Less is enough.", ()
    )
    assert told(asked(record, short), "ACF-001")["Not stated"] == "What the part-fund pays for."
    assert told(value, "ACF-003")["Your answer"] == "Sent back: Say more."
    assert [pot.left_pence for pot in value.pots] == [90_000]  # 3,500 − 600 − 2,000


def test_only_the_lines_that_are_asked_for_are_told_and_the_pot_says_what_others_take(record: Record) -> None:
    order = PaperOrder("to-sign", NOW, 1)

    value = recommended(record).ask(partial(to_sign, order=order, of={"ACF-002"}))

    assert [line.reference for line in value.lines] == ["ACF-002"]
    (pot,) = value.pots
    assert (pot.here_pence, pot.others_pence, pot.left_pence) == (200_000, 100_000, 50_000)


def test_nothing_is_told_of_a_line_that_is_closed_to_its_reader_nor_what_is_left_of_its_pot(
    record: Record,
) -> None:
    value = asked(recommended(record, two_areas()), closed=("ACF-001", "ACF-999"))

    assert [line.reference for line in value.lines] == ["ACF-002", "ACF-003", "AAA-001"]
    assert value.closed == ("ACF-001",)
    coventry, dudley = value.pots
    assert (coventry.others_pence, coventry.left_pence, coventry.over) == (None, None, "")
    assert dudley.left_pence == 100_000  # 5,000 − 4,000
    words = " ".join(words for line in value.lines for _, words in line.told)
    assert "ACF-001" not in words
    assert asked(record, area="Dudley", closed=("ACF-001",)).closed == ()


def test_who_left_who_dissents_and_the_project_in_short_are_told(record: Record) -> None:
    value = asked(recommended(record, two_areas()))

    first = told(value, "ACF-001")
    assert first["Interests and who left"] == "Lee Leaves declared an interest and took no part."
    assert first["Project"].endswith("They are mended.")
    assert len(first["Project"]) < 400
    assert told(value, "ACF-002")["Dissent"] == "Ann Sample would have given 5."
    assert [name for name, _ in value.not_here] == ["ACF-005 Allotment Friends 5"]


def test_a_gate_that_was_waived_or_failed_is_told_with_its_reason(record: Record) -> None:
    record.perform(SetUpOffice("Office", (FUND,)), OFFICER)
    load(record, deciding_rows())
    record.perform(SetGate(1, "ACF-001", "cap", "waived", "It is a pilot."), OFFICER)
    record.perform(SetGate(1, "ACF-003", "constituted", "fail", "There are no rules."), OFFICER)
    ranked = rank(scored_round(record.ask(lambda session: round_rows(session, 1))))
    record.perform(RecordRecommendations(1, reasoned(proposed(ranked))), OFFICER)

    value = asked(record)

    gates = "“Is the request within the cap?” waived: It is a pilot."
    assert told(value, "ACF-001")["Gates"] == gates
    assert "Gates" not in told(value, "ACF-002")
    failed = "“Is the group constituted?” failed: There are no rules."
    assert value.not_here == (("ACF-003 Allotment Friends 3", failed),)


def test_awards_without_a_competition_tell_how_they_came_about(record: Record) -> None:
    set_up_office(record)
    propose(record)

    value = asked(record, round_id=direct(record))

    (line,) = value.lines
    assert dict(line.told)["Proposed"].startswith("Without a competition: ")
    assert value.pots == ()


def test_nothing_is_signed_where_all_is_decided(record: Record) -> None:
    decide(recommended(record))

    with pytest.raises(Refused, match="Nothing waits for a signature there"):
        asked(record)
