"""What a new round can start from: each fund with a panel, its usual areas and its quorum."""

from msgspec import Struct
from sqlalchemy import select

from models.journal import canonical
from models.reference.fund_defaults import FundDefaults
from models.schema.set_up.fund import fund_table
from models.session import Session


class FundTemplate(Struct, frozen=True):
    """A fund as a round starts from it: usual areas, and the quorum, size, split and caps of its scheme."""

    name: str
    areas: tuple[str, ...]
    quorum: int
    criteria: int
    quality_1e4: int
    cap_per_award_pence: int | None = None
    cap_per_organisation_pence: int | None = None


def fund_templates(session: Session) -> tuple[FundTemplate, ...]:
    """Return the funds with a panel, in the order in which they were added."""
    texts = session.scalars(select(fund_table.c.defaults).order_by(fund_table.c.id))
    funds = [canonical.from_text(FundDefaults, text) for text in texts]
    return tuple(
        FundTemplate(
            fund.name,
            tuple(area.name for area in fund.areas),
            fund.scheme.quorum,
            len(fund.scheme.criteria),
            fund.scheme.quality_1e4,
            fund.scheme.cap_per_award_pence,
            fund.scheme.cap_per_organisation_pence,
        )
        for fund in funds
        if fund.scheme is not None
    )
