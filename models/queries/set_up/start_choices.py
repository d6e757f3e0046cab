"""What a round can be started from: the funds with their usual set-up, and the rounds there were."""

from dataclasses import dataclass

from sqlalchemy import select

from models.queries.set_up.fund_templates import FundTemplate, fund_templates
from models.queries.set_up.round_copies import RoundCopy, round_copies
from models.schema.set_up.round import area_table
from models.session import Session


@dataclass(frozen=True, slots=True)
class StartChoices:
    """Funds and rounds; `has_usual` are the funds that have a set-up of their own, without any round."""

    funds: tuple[FundTemplate, ...]
    copies: tuple[RoundCopy, ...]
    has_usual: frozenset[str]

    def of(self, fund: str) -> tuple[RoundCopy, ...]:
        """Return the rounds of a fund, the newest first."""
        return tuple(copy for copy in self.copies if copy.fund == fund)


def known_areas(session: Session) -> tuple[str, ...]:
    """Return every name of an area that the record knows: its rounds' own, then its funds' usual ones."""
    own = session.scalars(select(area_table.c.name).distinct().order_by(area_table.c.name))
    usual = (name for fund in fund_templates(session) for name in fund.areas)
    return tuple(dict.fromkeys((*own, *usual)))


def start_choices(session: Session) -> StartChoices:
    """Return the funds with a panel, in their order, then those that have had a round all the same."""
    funds, copies = fund_templates(session), round_copies(session)
    usual = frozenset(fund.name for fund in funds)
    others = {copy.fund: copy for copy in reversed(copies) if copy.fund not in usual}
    made = (
        FundTemplate(fund, (), copy.quorum, copy.criteria, copy.quality_1e4) for fund, copy in others.items()
    )
    return StartChoices((*funds, *made), copies, usual)
