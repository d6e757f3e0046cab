"""An award of £1,000.00, half of it paid, and the operations that vary it, for the tests of both."""

from datetime import UTC, date, datetime, time, timedelta

from models.operation import Actor, Outcome
from models.operations.awards.authorities import AllowOverPot
from models.operations.awards.paying import PayInstalment, SetInstalments
from models.operations.awards.variations import SignVariation, VaryAward
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.awards import awards
from models.queries.awards.variations import IN_EFFECT, VariationRow
from models.record import Record
from models.values.awards import Instalment, Terms
from scoring.ranking import Allowance
from tests.models.both_signed import sign_as
from tests.models.made_once import made_once
from tests.models.operations.deciding_rounds import CHAIR, COMMANDER, DAY, DECIDER, FINANCE, decided
from tests.models.ready_to_pay import ready_to_pay
from tests.models.rounds import OFFICER

MARCH, JULY = date(2027, 3, 1), date(2027, 7, 1)
OF = "ACF-001"
HALVES = (
    Instalment(50_000, "agreement signed", due_on=DAY),
    Instalment(30_000, "proof of purchase", due_on=MARCH),
    Instalment(20_000, "the end"),
)


@made_once
def half_paid(record: Record) -> Record:
    """An award of £1,000.00, £500.00 of it paid, £300.00 and £200.00 still to come."""
    decided(record)
    record.perform(SetInstalments(1, OF, "", HALVES, the_award(record).instalments), OFFICER)
    ready_to_pay(record, OF, DAY, FINANCE)
    record.perform(PayInstalment(1, OF, 1, DAY, None), FINANCE)
    return record


def allow_over(record: Record, pence: int) -> Outcome:
    """Have the Commissioner allow more than Coventry's budget of the round."""
    allowed = Allowance("Coventry", pence, "Cora Chief", "Commissioner", "a late grant", DAY)
    return record.perform(AllowOverPot(1, allowed), CHAIR)


def the_award(record: Record) -> AwardRow:
    return record.ask(lambda s: awards(s, 1))[0]


def varying(number: int = 1, reason: str = "costs changed", **terms: object) -> VaryAward:
    return VaryAward(1, OF, number, Terms(**terms), reason, DAY)  # type: ignore[arg-type]


def vary(record: Record, number: int = 1, **terms: object) -> Outcome:
    return record.perform(varying(number, **terms), OFFICER)


def signing(step: int, by: Actor, post: str, *, number: int = 1, from_paper: bool = False) -> SignVariation:
    return SignVariation(1, OF, number, step, by.name, post, DAY, "none", from_paper)


def sign_both(record: Record, number: int = 1) -> Outcome:
    """Have the commander and the Chief Executive sign a variation."""
    record.perform(signing(0, COMMANDER, "NPU commander", number=number), COMMANDER)
    return record.perform(signing(1, DECIDER, "Chief Executive", number=number), DECIDER)


def sign_anew(record: Record, on: date = DAY + timedelta(days=1)) -> None:
    """Have both sign the agreement as varied, after the day of the variation."""
    record.perform(sign_as(the_award(record), on), OFFICER)


def parts(record: Record) -> list[tuple[int, str, bool]]:
    """Return the amount of each part, what it waits for, and whether it is paid."""
    return [(one.amount_pence, one.trigger, one.paid_on is not None) for one in the_award(record).instalments]


def varied_on(day: date) -> VariationRow:
    """Return a variation that holds from a day and was recorded on it."""
    at = datetime.combine(day, time(12), UTC)
    return VariationRow(OF, 1, IN_EFFECT, 1, 1, Terms(), Terms(), "less rent", day, "Una", day, at)
