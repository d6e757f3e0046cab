"""Under which lines the year tables count the awards of a round."""

from collections.abc import Mapping

from models.queries.applications.applications import applications, entered
from models.queries.applications.choices import choices
from models.queries.set_up.round_facts import typed_priorities
from models.reference.fund_defaults import ListKind
from models.session import Session
from models.values.applications import CHOICE_WORDS
from scoring.written.text import with_capital


def counted_as(session: Session, round_id: int) -> Mapping[str, str]:
    """Return under what awards are counted, by application, each line after its list; "" for nothing.

    What the office chose goes before what the application says of itself. Those without an award are there
    too, of which the year tables count nothing.
    """
    chosen, typed = choices(session, round_id), typed_priorities(session)
    found: dict[str, str] = {}
    numbers = entered(session, round_id)
    for of in applications(session, round_id):
        said = with_capital(typed.get(numbers[of.reference].number, ""))
        own = {ListKind.CRIME: said, ListKind.ORGANISATION: of.organisation_type.strip()}
        own |= {one.kind: one.words for one in chosen.get(of.reference, ())}
        lines = ((CHOICE_WORDS[kind], own[kind]) for kind in CHOICE_WORDS if own.get(kind))
        found[of.reference] = "; ".join(f"{which}: {words}" for which, words in lines)
    return found
