"""Letters of a round put together: the office, the fund and round, and who answers questions."""

from collections.abc import Iterable, Sequence

from models.papers.letters.letter import Letter
from models.papers.letters.letters import Letters
from models.papers.office import Office
from models.papers.order import PaperOrder
from models.papers.texts import PaperTexts
from models.queries.papers.letter_parts.what_next import next_round
from models.queries.papers.notices.lines import contact
from models.queries.papers.notices.signatures import notice_numbers
from models.queries.papers.paper_texts import paper_texts, signed_as
from models.queries.retention.retention import years
from models.queries.set_up.office import office_on
from models.queries.set_up.round_facts import round_facts
from models.session import Session
from models.values.recommending import DecisionRow


def headed(
    session: Session,
    order: PaperOrder,
    every: Sequence[DecisionRow],
    found: Iterable[Letter],
    *,
    is_of_awards: bool = False,
    is_of_challenges: bool = False,
    is_of_intake: bool = False,
    sign_within_days: int | None = None,
    in_agreements: tuple[str, ...] = (),
) -> Letters:
    """Return letters with what stands on each; `every` decision of the round tells who answers questions."""
    assert order.round_id is not None, "letters are of a round"
    line, office = round_facts(session, order.round_id, order.today).line, office_on(session, order.today)
    kept = years(session, order.round_id)
    return Letters(
        office=office.name,
        letterhead=signed_as(office, order.kind),
        fund=line.fund,
        round=line.name,
        year=line.year,
        marking=line.marking,
        contact=_contact(session, order.round_id, every, office),
        letters=tuple(found),
        is_of_awards=is_of_awards,
        is_of_challenges=is_of_challenges,
        is_of_intake=is_of_intake,
        challenge_days=office.challenge_days,
        sign_within_days=sign_within_days,
        agreement_days=office.agreement_days,
        in_agreements=in_agreements,
        next_round=next_round(session, order.round_id, order.today),
        kept_for=(kept.awarded_words, kept.declined_words),
    )


def _contact(
    session: Session, round_id: int, every: Sequence[DecisionRow], office: Office
) -> tuple[tuple[str, str], ...]:
    """Return who answers questions: whom the newest notice names that names one, else the office's."""
    for number in reversed(notice_numbers(every)):
        found = contact(paper_texts(session, round_id, "notice", number), Office())
        if found:
            return found
    return contact(PaperTexts(), office)
