"""A round of three areas, each with a panel of its own: nobody but the office has a part in two of them."""

from msgspec.structs import replace

from models.operation import Actor
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.recommendations import RecordRecommendations, proposed
from models.operations.deciding.signing import SignRecommendations
from models.operations.panel.members import AddMember, Declare, EditMember
from models.operations.set_up.areas import MoveAreas
from models.operations.set_up.people import GiveRole
from models.queries.panel.panel import MemberDetails, members_of
from models.queries.set_up.round_facts import round_rows
from models.record import Record
from models.role import Role
from models.values.recommending import LineDecision
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow, scored_round
from scoring.rank import rank
from scoring.round import Area, InterestKind
from tests.models.operations.deciding_rounds import DAY, POWER, REASON, declare_to_sign, reasoned
from tests.models.rounds import AUTUMN, OFFICER, application, load

AREAS = ("Market Quay", "North Weald", "Harbour")
FIRST = {"Market Quay": "ACF-001", "North Weald": "ACF-003", "Harbour": "ACF-005"}
"""The first application of each area, the next of it follows."""
PANEL = {Role.CHAIR: "C", Role.MEMBER: "M", Role.ADVISER: "A"}
BESIDE = (Role.COMMANDER, Role.DECIDER, Role.NOTE_TAKER)


def named(role: str, area: str) -> str:
    """Return who has a role in an area: "Chair of Harbour"."""
    return f"{str(role).capitalize()} of {area}"


def code(role: Role, area: str) -> str:
    return f"{PANEL[role]}{AREAS.index(area) + 1}"


def three_areas() -> RoundRows:
    """Return the round, two applications and five who mark in each area."""
    return AUTUMN(
        areas=tuple(Area(name, 1_000_000) for name in AREAS),
        applications=tuple(application(at + 1, area=AREAS[at // 2]) for at in range(6)),
        members=tuple(
            MemberRow(code(role, area), named(role, area), str(role)) for area in AREAS for role in PANEL
        ),
        interests=tuple(
            InterestRow(code(role, area), None, InterestKind.NONE) for area in AREAS for role in PANEL
        ),
    )


def set_up_panels(record: Record, rows: RoundRows | None = None) -> Record:
    """Load the round, and give each area its panel, a note-taker and who signs."""
    load(record, rows or three_areas())
    for one in record.ask(lambda session: members_of(session, 1)):
        area = AREAS[int(one.code[1:]) - 1]
        record.perform(EditMember(1, replace(one, areas=(area,)), one), OFFICER)
    for area in AREAS:
        for role in BESIDE:
            record.perform(GiveRole(1, named(role, area), role, areas=(area,)), OFFICER)
    return record


def add_marking(record: Record, area: str, many: int) -> tuple[str, ...]:
    """Put more members on the panel of an area, who declare no interest; return their codes."""
    codes = tuple(f"X{AREAS.index(area) + 1}{number}" for number in range(many))
    for one in codes:
        record.perform(AddMember(1, MemberDetails(one, f"Extra {one}", "member", areas=(area,))), OFFICER)
        record.perform(Declare(1, one, (InterestRow(one, None, InterestKind.NONE),)), OFFICER)
    return codes


def marked(area: str) -> RoundRows:
    """Return the round with every sheet of an area handed in: one application best, one in the middle."""
    first = int(FIRST[area][-1])
    given = ((f"ACF-00{first}", (5, 5, 5)), (f"ACF-00{first + 1}", (3, 3, 3)))
    sheets = (
        SheetRow(code(role, area), of, True, marks)
        for role in (Role.CHAIR, Role.MEMBER)
        for of, marks in given
    )
    return replace(three_areas(), sheets=tuple(sheets))


def marked_one_by_one(which: int) -> RoundRows:
    """Return the round with every sheet handed in, of two that differ in whose Market Quay's marks are."""
    given = [((5, 2, 4), (3, 4, 1)), ((4, 4, 2), (1, 5, 3))]
    sheets = [
        SheetRow(
            code(role, area), f"ACF-00{int(FIRST[area][-1]) + at}", True, marks, (f"{role} of {at}", "", "")
        )
        for area in AREAS
        for at, both in enumerate(given)
        for role, marks in zip((Role.CHAIR, Role.MEMBER), both, strict=True)
    ]
    if which:
        here = [one for one in sheets if one.member in ("C1", "M1")]
        there = {("C1" if one.member == "M1" else "M1", one.application): one for one in here}
        sheets = [
            replace(one, marks=other.marks, reasons=other.reasons)
            if (other := there.get((one.member, one.application)))
            else one
            for one in sheets
        ]
    return replace(three_areas(), sheets=tuple(sheets))


def decide(record: Record, area: str) -> None:
    """Take an area from intake to its decision, each act by whoever has the role there."""
    chair, *signers = (Actor(named(role, area), role) for role in (Role.CHAIR, Role.COMMANDER, Role.DECIDER))
    for stage in ("scoring", "meeting", "recommending"):
        record.perform(MoveAreas(1, (area,), stage), chair)
    ranking = record.ask(lambda session: rank(scored_round(round_rows(session, 1))))
    items = tuple(proposed(ranking, area))
    record.perform(RecordRecommendations(1, reasoned(items)), chair)
    record.perform(MoveAreas(1, (area,), "deciding"), chair)
    record.perform(SignRecommendations(1, area, DAY), chair)
    declare_to_sign(record, *signers)
    lines = tuple(LineDecision(one.application) for one in items)
    commander, decider = signers
    first = RecordDecisions(1, 0, commander.name, "NPU commander", DAY, "none", lines)
    record.perform(first, commander)
    awards = tuple(replace(line, reason=REASON) for line in lines)
    last = RecordDecisions(
        1, 1, decider.name, "Chief Executive", DAY, "none", awards, notice="031/2026", legal_power=POWER
    )
    record.perform(last, decider)


def tied() -> RoundRows:
    """Return the round with two areas that share a budget, whose best applications tie for all of it."""
    rows = three_areas()
    money = (Area("North Weald", 75_000, shared_pot="Both"), Area("Harbour", 75_000, shared_pot="Both"))
    return replace(
        rows,
        areas=(rows.areas[0], *money),
        applications=tuple(
            replace(one, requested_pence=100_000, received_at=rows.applications[0].received_at)
            for one in rows.applications
        ),
        sheets=tuple(
            SheetRow(code(role, area), FIRST[area], True, (4, 4, 4))
            for area in AREAS[1:]
            for role in (Role.CHAIR, Role.MEMBER)
        ),
    )
