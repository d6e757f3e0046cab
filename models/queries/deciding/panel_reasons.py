"""What the panel said in its own words on the applications it recommended, for the office to read or use."""

from models.queries.deciding.as_decided import as_decided
from models.queries.deciding.drafted_reasons import agreed_words
from models.queries.deciding.recommendations import recommendations
from models.queries.set_up.round_rows import round_rows
from models.session import Session
from models.values.rows import scored_round
from scoring.rank import rank


def panel_reasons(session: Session, round_id: int) -> dict[str, str]:
    """Return the panel's own words by application: why it recommends, then the reasons of agreed marks.

    What the first holds already is not said twice; an application on which nothing was said has no entry.
    Why the panel departed from its list is no reason of an award, so it is not among them.
    """
    rows, odd = recommendations(session, round_id), departures(session, round_id)
    found = {row.application: [row.reason] for row in rows if row.reason and row.application not in odd}
    for reference, lines in agreed_words(round_rows(session, round_id)).items():
        said = found.setdefault(reference, [])
        said += [line for line in lines if not any(line in words for words in said)]
    return {reference: "\n".join(words) for reference, words in found.items() if words}


def departures(session: Session, round_id: int) -> frozenset[str]:
    """Return what is recommended for money although the published rule offers none: its reason says why.

    Such a reason is not why the award reduces crime or helps victims. What the chair let in below a minimum,
    for a reason of the chair's own, the rule does offer money.
    """
    odd = [row.application for row in recommendations(session, round_id) if row.is_departure]
    if not odd:
        return frozenset()
    offers = {
        one.reference: one.offer_pence for one in rank(scored_round(as_decided(session, round_id))).standings
    }
    return frozenset(of for of in odd if not offers.get(of))
