"""Setting a round up."""

from datetime import datetime
from typing import ClassVar

from msgspec.structs import replace
from sqlalchemy import select

from models.operation import Actor, Outcome, Topic
from models.operations.operation_base import RegisteredOperation
from models.operations.rows.write_funds import find_fund, fund_defaults
from models.operations.rows.write_round import NewRound, find_round_id, put_round, refuse_near_name
from models.operations.set_up.load import RemoveRound
from models.operations.set_up.round_key import RoundKey
from models.queries.set_up.funds import fund_names, name_of, require_open_fund
from models.reference.fund_defaults import FundDefaults
from models.schema.set_up.fund import fund_table
from models.session import Session
from scoring.refused import Refused
from scoring.round import Area
from scoring.scheme import Scheme


class SetUpRound(RegisteredOperation, frozen=True):
    """Set up a round of a fund, with a £0.00 pot for each area and the fund's scheme as a draft."""

    kind: ClassVar[str] = "set up round"
    round: RoundKey
    areas: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return the change in words."""
        return f"Set up the round {self.round.words}"

    def check_at_entry(self, session: Session, at: datetime) -> None:
        """Refuse a name that a round of the fund and year has in other letters."""
        check_name(session, self.round)

    def apply(self, session: Session, actor: Actor, at: datetime) -> Outcome:
        """Put the round in; refused where it is there, or the fund is not, or has no scheme."""
        round_id = set_up(session, self.round, self.areas, at)
        pots = f"a £0.00 pot for each of {len(self.areas)} areas" if len(self.areas) > 1 else "a £0.00 pot"
        words = f"The round {self.round.words} is set up, with {pots}."
        return Outcome(frozenset({Topic.ROUNDS, Topic.SCHEME, Topic.GATES}), RemoveRound(round_id, ""), words)


def check_name(session: Session, key: RoundKey) -> None:
    """Refuse a name that a round of the fund and year has in other letters, as records in use may."""
    refuse_near_name(session, find_fund(session, key.fund), key.year, key.name)


def require_scheme(fund: FundDefaults) -> Scheme:
    """Return the scheme that a new round of a fund starts with; refused where the fund has none."""
    if fund.scheme is None:
        raise Refused(
            f"{fund.name} has no panel and no criteria to mark by. Load a round workbook, which brings its "
            "own, or add a fund from a template, whose criteria can be changed."
        )
    return fund.scheme


def set_up(
    session: Session, key: RoundKey, areas: tuple[str, ...], at: datetime, like: FundDefaults | None = None
) -> int:
    """Set a round up from its fund's defaults, or `like` another round, and return its number."""
    fund_id = find_fund(session, key.fund)
    if fund_id is None:
        names = ", ".join(session.scalars(select(fund_table.c.name).order_by(fund_table.c.id)))
        raise Refused(f"There is no fund {key.fund} in this record. Its funds: {names or 'none yet'}.")
    if find_round_id(session, fund_id, key.year, key.name) is not None:
        raise Refused(f"The round {key.words} is there already. Choose another name.")
    require_open_fund(session, fund_id, at.date())
    own = fund_defaults(session, fund_id)
    name = name_of(fund_names(session, fund_id), at.date())
    defaults = replace(own if like is None else like, name=name)
    scheme = require_scheme(defaults)
    if len(set(areas)) < len(areas):
        raise Refused(f"An area is named twice in the round {key.words}. Name each area once.")
    pots = tuple(Area(name, 0) for name in areas)
    new = NewRound(fund_id, defaults.name, key.year, key.name, scheme, pots, defaults, opens=False)
    return put_round(session, new, at)
