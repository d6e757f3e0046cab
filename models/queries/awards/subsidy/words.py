"""What an agreement says of subsidy control."""

from models.queries.awards.award_rows import AwardRow
from models.queries.awards.subsidy.subsidies import award_total
from models.session import Session
from models.values.subsidy import MINIMAL, NONE
from scoring.money import pounds
from scoring.written.days import full_day


def subsidy_words(session: Session, round_id: int, award: AwardRow) -> str:
    """Return what an award is under subsidy control, "" where nothing is recorded."""
    subsidy = award.subsidy
    if subsidy is None:
        return ""
    if subsidy.kind == NONE:
        return f"This grant is not a subsidy under the Subsidy Control Act 2022: {subsidy.reason.strip()}"
    if subsidy.kind != MINIMAL:
        return (
            "This grant is a subsidy under the Subsidy Control Act 2022. It was assessed against the "
            f"subsidy control principles: {subsidy.reason.strip()}"
        )
    total = award_total(session, round_id, award.application, subsidy.declared_pence or 0)
    said = [
        f"This grant is minimal financial assistance of {pounds(award.amount_pence)} under section 36 of the "
        "Subsidy Control Act 2022.",
        f"You may have up to {pounds(total.limit.minimal_pence)} of it from all public bodies in this and "
        f"the two earlier financial years; with this grant it comes to {pounds(total.total_pence)}.",
    ]
    if subsidy.confirmed_on is not None:
        said.append(
            f"{subsidy.confirmed_by} confirmed in writing on {full_day(subsidy.confirmed_on)} that this is "
            "within the limit."
        )
    said.append("Keep a written record of it for three years.")
    return " ".join(said)
