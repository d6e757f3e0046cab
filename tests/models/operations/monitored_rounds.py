"""Awards that are monitored, for the tests of monitoring and its papers."""

from datetime import date

from models.operations.awards.monitoring import (
    AwardPlan,
    PlanReturns,
    PutReturns,
    ReturnPut,
    SetAgreedOutputs,
    SetVisits,
)
from models.papers.monitoring.monitoring import (
    AgreedOutput,
    OutputProgress,
    ReturnContent,
    SupportedNumber,
    Visit,
)
from models.record import Record
from models.values.awards import PlannedReturn
from tests.models.made_once import made_once
from tests.models.operations.deciding_rounds import decided
from tests.models.rounds import OFFICER

OUTPUTS = (
    AgreedOutput(1, "Evening sessions", 40),
    AgreedOutput(2, "Young people feel safer on their way home", is_outcome=True),
)
RETURNS = (PlannedReturn(1, date(2027, 3, 1), "half way"), PlannedReturn(2, date(2027, 9, 1), "the end"))
SAID = ReturnContent(
    date(2027, 3, 3),
    "Twelve evenings were held.",
    45_050,
    (OutputProgress(1, 12), OutputProgress(2, None, "Most say so")),
    (SupportedNumber("needs", "Shelter and accommodation", 7),),
)
VISIT = Visit(date(2027, 2, 2), "Grace Okoro", "A full hall, and a rota on the wall.")
PLAN = PlanReturns(1, (AwardPlan("ACF-001", RETURNS, ()),))
AGREE = SetAgreedOutputs(1, "ACF-001", OUTPUTS, ())
PUT = PutReturns(1, (ReturnPut("ACF-001", 1, SAID, None),))


@made_once
def awarded(record: Record) -> Record:
    """Return a record with two awards, A-031-01 of £1,000.00 and A-031-02 of £2,000.00."""
    decided(record)
    return record


@made_once
def monitored_award(record: Record) -> Record:
    """Return it with the first award's outputs, two returns, one of them in, and a visit."""
    awarded(record)
    for operation in (AGREE, PLAN, PUT, SetVisits(1, "ACF-001", (VISIT,), ())):
        record.perform(operation, OFFICER)
    return record
