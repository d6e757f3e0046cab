"""Rounds as values for the tests of the record."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from msgspec.structs import replace

from models.journal import replay
from models.operation import Actor, Operation, Outcome
from models.operations.applications.applications import ImportApplications
from models.operations.panel.reopened import with_reason
from models.operations.set_up.load import LoadRound
from models.operations.set_up.office import SetUpOffice
from models.operations.set_up.people import NameSignatories
from models.operations.set_up.replace import ReplaceRound
from models.operations.set_up.rounds import StartRound
from models.papers.kinds import KINDS
from models.papers.order import PaperOrder
from models.permissions.viewing import Viewer
from models.queries.deciding.signatories import signatories
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.reference.defaults import FundDefaults, Gate
from models.reference.sign_off import SignOff
from models.role import Role
from models.values.rounds import AreaDates, RoundKey
from models.values.rows import (
    AgreedRow,
    ApplicationRow,
    ChairDecisionRow,
    InterestRow,
    MemberRow,
    NotApplicableRow,
    RoundRows,
    SheetRow,
)
from scoring.round import Area, ChairDecisionKind, Eligibility, InterestKind
from scoring.scheme import Allocation, Combine, Criterion, Scheme, Side
from scoring.written.text import Refused
from tests.entitled import OFFICER as OFFICER
from tests.entitled import put
from tests.models.made_once import made_once

SCHEME = Scheme(
    criteria=(
        Criterion("A1", "Need", Side.QUALITY, 500_000, floor=Decimal(2), guidance="who asked"),
        Criterion("A2", "Outcomes", Side.QUALITY, 300_000),
        Criterion("A6", "Value for money", Side.COST, 200_000),
    ),
    combine=Combine.MEAN,
    ladder=("criterion:A1", "chair"),
    allocation=Allocation.PART,
    cap_per_award_pence=500_000,
    not_applicable_allowed=True,
    descriptors=((0, "Nothing", "No answer"), (5, "Excellent", "Adds value")),
)

GATES = (
    Gate("constituted", "Is the group constituted?"),
    Gate("cap", "Is the request within the cap?", is_cap=True),
    Gate("team", "Has the group spoken to its team?", is_advisory=True),
)

FUND = FundDefaults(
    "ACF",
    "Active Citizens Fund",
    also_known_as=("My Community Fund",),
    scheme=SCHEME,
    gates=GATES,
    chain=(SignOff("commander", "NPU commander"), SignOff("decider", "Chief Executive")),
)
MONEY_ONLY = FundDefaults("CSF", "Community Safety Fund")

KEY = RoundKey("Active Citizens Fund", "2026/27", "Autumn")


@made_once
def set_up_office(record: Record) -> Record:
    """Give a record its office and two funds, one of them without a panel."""
    record.perform(SetUpOffice("Office of the Commissioner", (FUND, MONEY_ONLY)), OFFICER)
    return record


def set_up_round(round_: RoundKey, areas: tuple[str, ...]) -> StartRound:
    """Return what sets a round up as its fund usually does, with empty pots and without dates."""
    return StartRound(round_, tuple(Area(name, 0) for name in areas), SCHEME.quorum, AreaDates())


def sign_as(record: Record, name: str, post: str, areas: tuple[str, ...] = ()) -> None:
    """Say with which post and for which areas somebody signs; the others stay."""
    there = record.ask(lambda session: signatories(session, 1))
    people = (replace(one, post=post, areas=areas) if one.name == name else one for one in there)
    record.perform(NameSignatories(1, tuple(people), reason="It was another post."), OFFICER)


def application(number: int, **changes: object) -> ApplicationRow:
    """Return the application of that number, as a form gave it."""
    values: dict[str, object] = {
        "reference": f"ACF-{number:03d}",
        "organisation": f"Allotment Friends {number}",
        "project": f"Project {number}",
        "area": "Coventry",
        "requested_pence": 100_000 * number,
        "received_at": datetime(2026, 10, number, 9, 30),
        "received_has_time": True,
        "answers": (("Anything else?", f"Answer {number}"),),
    }
    return ApplicationRow(**{**values, **changes})  # type: ignore[arg-type]


def three_applications() -> tuple[ApplicationRow, ...]:
    """Return applications to Coventry, to Dudley and to no area, the second for more than the cap."""
    return (application(1), application(2, area="Dudley", requested_pence=520_000), application(3, area=None))


def import_operation(
    *rows: ApplicationRow, areas: tuple[str, ...] = ("Coventry", "Dudley")
) -> ImportApplications:
    """Return the import of these applications, which sets their round up."""
    return ImportApplications(KEY, rows or three_applications(), areas, "export.xlsx", "00" * 32)


AUTUMN = partial(RoundRows, fund="Active Citizens Fund", name="Autumn", year="2026/27", scheme=SCHEME)


def workbook_rows() -> RoundRows:
    """Return a round with something of everything that a workbook holds."""
    return AUTUMN(
        areas=(Area("Dudley", 1_000_000, 100_000, 5_000), Area("Coventry", 2_000_000)),
        applications=(
            application(2, area="Dudley", eligibility=Eligibility.WAIVED, eligibility_reason="a pilot"),
            application(1),
            application(3, area=None, eligibility=Eligibility.TO_CHECK, withdrawn=True),
        ),
        members=(MemberRow("M2", "Ravi Example", "chair", "Police"), MemberRow("M1", "Ann Sample")),
        interests=(
            InterestRow("M1", None, InterestKind.NONE),
            InterestRow("M2", "ACF-001", InterestKind.PECUNIARY, "a cousin"),
        ),
        sheets=(
            SheetRow("M1", "ACF-001", True, (4, 0, 5), ("good", "", "")),
            SheetRow("M1", "ACF-002", False, (None, 3, None), ("", "", "to ask")),
            SheetRow("M2", "ACF-002", False, (None, None, None)),
        ),
        agreed=(AgreedRow("ACF-001", (4, 1, 5), ("", "weak", ""), "M2 would give 5"),),
        not_applicable=(NotApplicableRow("ACF-002", "A2", "no outcomes asked"),),
        chair_decisions=(
            ChairDecisionRow("ACF-001", ChairDecisionKind.TIE, 1, "older group"),
            ChairDecisionRow("ACF-002", ChairDecisionKind.EXCEPTION, None, "a pilot"),
        ),
    )


@made_once
def load(record: Record, rows: RoundRows | None = None) -> Outcome:
    """Load a round into a record."""
    return record.perform(LoadRound(rows or workbook_rows()), OFFICER)


def replacing(record: Record, rows: RoundRows, why: str) -> ReplaceRound:
    """Return what brings the round up to date, with why handed-in sheets or members are otherwise."""
    before = record.ask(lambda session: round_rows(session, 1))
    return ReplaceRound(1, with_reason(rows, before, why), reopen_because=why)


def undo(record: Record, outcome: Outcome) -> Outcome:
    """Perform what undoes a change."""
    assert outcome.inverse is not None
    return put(record, outcome.inverse)


def refused(words: str, change: Callable[..., object], *values: Any, **named: Any) -> None:
    """Assert that a change is refused in words that match."""
    with pytest.raises(Refused, match=words):
        change(*values, **named)


def refuses(record: Record, words: str, change: Operation, actor: Actor = OFFICER) -> None:
    """Assert that a record refuses a change of somebody, the officer unless said, in words that match."""
    refused(words, record.perform, change, actor)


def only_round(record: Record) -> RoundRows:
    """Return the first round of a record."""
    return record.ask(lambda session: round_rows(session, 1))


def reader(member: str | None) -> Viewer:
    """Return a member of the panel as who reads; None for somebody who is not on it."""
    return Viewer("", Role.MEMBER, member)


def paper(record: Record, kind: str, at: datetime, round_id: int | None = 1, **of: Any) -> Any:
    """Return what a paper of a kind says at a moment, in the values of its kind."""
    found = record.ask(partial(KINDS[kind].ask, order=PaperOrder(kind, at, round_id, **of)))
    assert isinstance(found, KINDS[kind].load(KINDS[kind].values))
    return found


def assert_replays(record: Record) -> None:
    """Assert that the journal done over again gives the tables as they are."""
    assert record.ask(replay.differences) == ()
