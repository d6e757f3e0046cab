"""Awards without a competition, proposed and decided, for the tests of what becomes of them."""

from datetime import date

from msgspec.structs import replace

from models.operation import Actor, Outcome
from models.operations.awards.direct_awards import proposal_change
from models.operations.deciding.deciding import RecordDecisions
from models.queries.set_up.rounds import direct_round
from models.record import Record
from models.values.direct_award import DirectAward, OnwardGrant, Route
from models.values.recommending import LineDecision
from tests.models.operations.budgets import ACF, YEAR
from tests.models.operations.deciding_rounds import last_from_paper
from tests.models.rounds import OFFICER

BOXING = DirectAward(
    organisation="Westmarch Youth Boxing",
    amount_pence=1_200_000,
    route=Route.TENDER,
    reason="It keeps young people off the street at night.",
    area="Coventry",
    project="Evening gym",
    summary="Three evenings a week",
    route_reason="Nobody else has a hall.",
    starts_on=date(2026, 11, 1),
    ends_on=date(2027, 10, 31),
    option_years=2,
    break_on=date(2027, 5, 1),
    charity_number="1170001",
    contact_name="Bo Example",
    email="bo@example.org",
    address="1 Made-up Street",
    postcode="CV1 1AA",
)
MANAGER = replace(
    BOXING,
    organisation="Westmarch Community Foundation",
    charity_number="1170002",
    route=Route.MANAGER,
    route_reason="",
    onward=(
        OnwardGrant("Allotment Friends", 300_000, "tools"),
        OnwardGrant("Chess on the Green", 200_000, "tables"),
    ),
)
START_UP = replace(
    BOXING, route=Route.START_UP, route_reason="", amount_pence=60_000, organisation="Neighbours of Dudley"
)

OVER_CAP = ("over-cap",)
"""What is confirmed of these awards where applicants for up to £5,000.00 compete in the same year."""


def propose(record: Record, award: DirectAward = BOXING, by: Actor = OFFICER) -> Outcome:
    """Propose an award without a competition."""
    return record.perform(record.ask(lambda s: proposal_change(s, ACF, YEAR, award, OVER_CAP)), by)


def direct(record: Record) -> int:
    """Return the round that holds the awards without a competition."""
    number = record.ask(lambda s: direct_round(s, (1, YEAR)))
    assert number is not None
    return number


def from_paper(record: Record, reference: str, notice: str, **said: object) -> RecordDecisions:
    """Return the decision of the chain's last step as an officer records it from paper."""
    line = LineDecision(reference, **said)  # type: ignore[arg-type]
    return last_from_paper(record, direct(record), line, notice=notice)


def award(record: Record, given: DirectAward = BOXING, *, notice: str = "040/2026") -> str:
    """Propose an award and have it decided; return the reference of its application."""
    operation = record.ask(lambda s: proposal_change(s, ACF, YEAR, given, OVER_CAP))
    record.perform(operation, OFFICER)
    record.perform(from_paper(record, operation.application, notice), OFFICER)
    return operation.application
