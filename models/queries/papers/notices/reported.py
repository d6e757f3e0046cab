"""What a decision report has from its notices: who is awarded what, and what their signers disclosed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from models.papers.notice import ON_PAPER, Allocation, is_disclosed
from models.papers.order import PaperOrder
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.progress import signers
from models.queries.deciding.standing_words import disclosed_beside, interests_to_state
from models.queries.papers.notices.notice import notice
from models.session import Session
from scoring.counted import listed
from scoring.written.text import as_sentence, one_line


def who_gets_what(
    session: Session, order: PaperOrder, numbers: Iterable[str]
) -> tuple[tuple[Allocation, ...], str]:
    """Return what stands of the annexes of some notices, and what they are lines of as a heading.

    Names that the public is not told are left out there, and so is a notice that is withheld as a whole.
    """
    of = replace(order, confidential_part=False)
    found = [notice(session, replace(of, notice=number)) for number in numbers]
    public = [one for one in found if not one.is_confidential]
    lines = (line for one in public for line in one.allocations if not line.superseded_by)
    return tuple(lines), next((one.kinds for one in public if one.kinds), "")


def interests_disclosed(
    session: Session, lines: Sequence[DecisionRow], every: Sequence[DecisionRow]
) -> Iterator[str]:
    """Yield what each who decided disclosed, with the notices that it stands in; nothing of who had none."""
    told, standing = dict[tuple[str, str, str], dict[str, None]](), dict[date, str]()
    for line in lines:
        for row in signers(every, line):
            day = row.signed_on
            words = standing.get(day) or standing.setdefault(day, interests_to_state(session, day))
            said = disclosed_beside(row.interests, words)
            if is_disclosed(said) and said != ON_PAPER:
                who = (row.signed_by, row.post, one_line(said))
                told.setdefault(who, {}).setdefault(line.notice)
    for (name, post, said), notices in told.items():
        yield f"{name}, {post}, stated with notice {listed(list(notices))}: {as_sentence(said)}"
