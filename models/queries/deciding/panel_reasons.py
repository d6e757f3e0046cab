"""What the panel said in its own words on the applications it recommended, for the office to read or use."""

from models.queries.deciding.drafted_reasons import agreed_words
from models.queries.deciding.recommendations import recommendations
from models.queries.set_up.round_rows import round_rows
from models.session import Session


def panel_reasons(session: Session, round_id: int) -> dict[str, str]:
    """Return the panel's own words by application: why it recommends, then the reasons of agreed marks.

    What the first holds already is not said twice; an application on which nothing was said has no entry.
    Why the panel departed from its list is no reason of an award, so it is not among them.
    """
    rows = recommendations(session, round_id)
    found = {row.application: [row.reason] for row in rows if row.reason and not row.is_departure}
    for reference, lines in agreed_words(round_rows(session, round_id)).items():
        said = found.setdefault(reference, [])
        said += [line for line in lines if not any(line in words for words in said)]
    return {reference: "\n".join(words) for reference, words in found.items() if words}
