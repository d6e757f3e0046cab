"""A council's share of the sample's Community Safety Fund, decided jointly by two posts."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from models.operation import Actor
from models.operations.awards.direct.direct_awards import AddDirectAward
from models.operations.deciding.deciding import RecordDecisions
from models.operations.deciding.decision_lines import LineDecision
from models.operations.set_up.fund_changes import SetFund
from models.operations.set_up.round_key import RoundKey
from models.operations.set_up.signatories import NameSignatories
from models.queries.deciding.signatories import Signatory
from models.queries.set_up.funds import Fund
from models.queries.set_up.rounds import find_round
from models.reference.sign_off import SignOff
from models.values.direct_award import DIRECT_ROUND, DirectAward, Route

if TYPE_CHECKING:
    from models.record import Record

REFERENCE = "CSF-D26-001"
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
    route_reason="Councils have their share of the fund by the formula of the Police and Crime Plan.",
)


def decide_share(record: "Record", fund: Fund, year: str, by: Actor) -> None:
    """Have the share proposed, and both posts sign it."""
    chained = replace(fund.rules, chain=(JOINTLY,))
    record.perform(SetFund(fund.code, chained, fund.rules, "sign-off chain"), by)
    record.perform(AddDirectAward(RoundKey(fund.name, year, DIRECT_ROUND), REFERENCE, SHARE), by)
    round_id = record.ask(partial(find_round, name=DIRECT_ROUND, fund=fund.name, year=year))
    signers = zip(PEOPLE, JOINTLY.posts, strict=True)
    people = tuple(Signatory(name, JOINTLY.role, post) for name, post in signers)
    record.perform(NameSignatories(round_id, people), by)
    for number, one in enumerate(people):
        signed = RecordDecisions(
            round_id,
            0,
            one.name,
            one.post,
            date.today(),
            "none",
            (LineDecision(REFERENCE),),
            notice="030/2026" if number else "",
            legal_power="Police Reform and Social Responsibility Act 2011, section 9" if number else "",
        )
        record.perform(signed, Actor(one.name, one.role))
