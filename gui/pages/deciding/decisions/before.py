"""What the record says before somebody signs or decides: what stops it, and how each pot would stand."""

from typing import Any, NamedTuple

from models.operations.deciding.deciding import money_fault
from models.operations.deciding.signing import signing_fault
from models.queries.applications.choices import lacking_choices
from models.queries.deciding.allowances import given_amounts, pot_uses
from models.queries.deciding.decided_anew import passing_over, unranked
from models.queries.papers.notices.signatures import next_notice
from models.store.locks.signing_on import with_figures
from models.values.recommending import LineDecision
from scoring.ranking import PotUse


class BeforeSigning(NamedTuple):
    """Why an area would not be signed, its pots, what stays undecided, and what a decision will wait for."""

    fault: str
    uses: tuple[PotUse, ...]
    left: tuple[str, ...]
    lacking: tuple[str, ...]


class BeforeDeciding(NamedTuple):
    """The next notice number, how each pot stands then, what stops it, and who in reserve is passed over."""

    number: str
    uses: tuple[PotUse, ...]
    fault: str
    passed_over: tuple[str, ...]


def before_signing(session: Any, round_id: int, area: str, references: tuple[str, ...]) -> BeforeSigning:
    """Return what is known before an area's chair signs; sums come out right for whoever is closed a part."""
    with with_figures(session, round_id, to_rank=True):
        given = given_amounts(session, round_id)
        return BeforeSigning(
            signing_fault(session, round_id, area),
            pot_uses(session, round_id, given),
            unranked(session, round_id, area),
            tuple(lacking_choices(session, round_id, [of for of in references if given.get(of)])),
        )


def before_deciding(
    session: Any,
    round_id: int,
    chosen: tuple[LineDecision, ...],
    year: int,
    *,
    is_correcting: bool,
) -> BeforeDeciding:
    """Return what is known before somebody decides on chosen lines; `year` is that of the notice."""
    changed = {line.application: line.amount_pence or 0 for line in chosen if line.verdict == "change"}
    uses = pot_uses(session, round_id, {**given_amounts(session, round_id), **changed})
    fault = money_fault(session, round_id, chosen, is_correcting=is_correcting)
    with with_figures(session, round_id, to_rank=True):
        past = passing_over(session, round_id, changed)
    return BeforeDeciding(next_notice(session, year), uses, fault, past)
