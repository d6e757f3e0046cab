"""What a decision report has from its notices: who is awarded what, and what their signers disclosed."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from models.papers.notice import Allocation
from models.papers.order import PaperOrder
from models.queries.deciding.decisions import DecisionRow
from models.queries.deciding.progress import signers
from models.queries.papers.notices.disclosed import disclosed_with
from models.queries.papers.notices.notice import notice
from models.session import Session
from scoring.counted import listed
from scoring.written.text import as_sentence


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
    told, disclosed = dict[tuple[str, str, str], dict[str, None]](), disclosed_with(session)
    for line in lines:
        for row in signers(every, line):
            if said := disclosed(row):
                told.setdefault((row.signed_by, row.post, said), {}).setdefault(line.notice)
    for (name, post, said), notices in told.items():
        yield f"{name}, {post}, stated with notice {listed(list(notices))}: {as_sentence(said)}"
