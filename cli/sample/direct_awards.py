"""The sample's awards without a competition: a council's share that two posts decide, and a refuge's."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import repeat
from typing import TYPE_CHECKING

from msgspec.structs import replace

from models.operation import Actor
from models.operations.awards.direct.direct_awards import AddDirectAward
from models.operations.awards.withhold_name import SetWithheldName
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.decision_lines import LineDecision
from models.operations.set_up.fund_changes import SetFund
from models.operations.set_up.people import NameSignatories
from models.operations.set_up.round_state import RoundKey
from models.queries.deciding.signatories import Signatory
from models.queries.set_up.funds import Fund
from models.queries.set_up.rounds import find_round
from models.reference.sign_off import SignOff
from models.values.direct_award import DIRECT_ROUND, DirectAward, Route
from models.values.withheld_name import WithheldName

if TYPE_CHECKING:
    from models.record import Record

REFERENCE = "CSF-D26-001"
POWER = "Police Reform and Social Responsibility Act 2011, section 9"
"""The power where a fund has none of its own."""
JOINTLY = SignOff("decider", "Deputy Police and Crime Commissioner", ("Chief Finance Officer",))
PEOPLE = ("Leopold Ashdown-Reeve", "Sunniva Hartwell-Voss")
"""Who has each post of the joint step."""
SHARE = DirectAward(
    organisation="Sample City Council",
    amount_pence=40_000_000,
    route=Route.COUNCIL,
    reason="Wardens and outreach keep people safe in the city centre on evenings with most calls.",
    area="Coventry",
    project="Safer evenings in the city centre",
    summary="Wardens on Friday and Saturday nights, and outreach to people who sleep rough in the centre.",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 3, 31),
    route_reason="Councils have their share of the fund by the formula of the Police and Crime Plan.",
)


REFUGE = DirectAward(
    organisation="Lantern House Refuge",
    amount_pence=1_200_000,
    route=Route.TENDER,
    reason="Those who come to it are safe from those who hurt them, and helped to begin again.",
    area="Force-wide",
    project="Nights of safety",
    summary="Two more beds for people who flee from violence at home.",
    route_reason="Only one provider can give what is needed in time.",
    starts_on=date(2026, 12, 1),
    ends_on=date(2027, 11, 30),
)
WITHHELD = WithheldName(
    "safety",
    "People there are looked for by those they fled from.",
    "Magnus Thistlewood",
    "Chief Executive",
    "Lantern House",
)
DECIDED = timedelta(days=9)
"""How long ago: before the round in progress was, whose notice has the next number."""
COMMISSIONER = "Ottoline Merrivale-Crane"


def decide_share(record: "Record", fund: Fund, year: str, by: Actor) -> None:
    """Have the council's share proposed, and both posts of a joint step sign it."""
    chained = replace(fund.rules, chain=(JOINTLY,))
    record.perform(SetFund(fund.code, chained, fund.rules, "sign-off chain"), by)
    _decide(record, replace(fund, rules=chained), year, (REFERENCE, SHARE, PEOPLE, "030/2026"), by)


def decide_refuge(record: "Record", fund: Fund, year: str, by: Actor) -> None:
    """Have a refuge's award decided, and its name withheld from the public."""
    reference = f"{fund.code}-D26-001"
    round_id = _decide(record, fund, year, (reference, REFUGE, (COMMISSIONER,), "029/2026"), by)
    record.perform(SetWithheldName(round_id, reference, WITHHELD, None), by)


def _decide(
    record: "Record", fund: Fund, year: str, given: tuple[str, DirectAward, Sequence[str], str], by: Actor
) -> int:
    """Have an award proposed and signed by the people of its fund's one step, the last with a notice.

    Return its round.
    """
    reference, award, names, notice = given
    record.perform(AddDirectAward(RoundKey(fund.name, year, DIRECT_ROUND), reference, award), by)
    round_id = record.ask(partial(find_round, name=DIRECT_ROUND, fund=fund.name, year=year))
    (step,) = fund.rules.chain
    people = tuple(Signatory(*one) for one in zip(names, repeat(step.role), step.posts, strict=False))
    record.perform(NameSignatories(round_id, people), by)
    for one in people:
        is_last = one is people[-1]
        signed = RecordDecisions(
            round_id,
            0,
            one.name,
            one.post,
            date.today() - DECIDED,
            "none",
            (LineDecision(reference),),
            notice=notice if is_last else "",
            legal_power=(fund.rules.legal_power or POWER) if is_last else "",
        )
        record.perform(signed, Actor(one.name, one.role))
    return round_id
