"""What a decision report has from its notices, and what of each the public may not read."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from models.papers.notice import Allocation, on_ground
from models.papers.order import PaperOrder
from models.queries.awards.award_rows import AwardRow
from models.queries.awards.withheld import confidential_notices
from models.queries.deciding.decided_anew import DecidedRound
from models.queries.deciding.decisions import decisions
from models.queries.deciding.progress import signers, turns
from models.queries.papers.notices.notice import notice
from models.queries.papers.notices.signatures import disclosed_with
from models.session import Session
from models.values.recommending import DecisionRow
from scoring.counted import counted, listed
from scoring.written.days import full_day
from scoring.written.text import as_sentence

WHOLE = "which is withheld from the public"


def who_gets_what(
    session: Session, order: PaperOrder, round_: DecidedRound, numbers: Iterable[str]
) -> tuple[tuple[Allocation, ...], str]:
    """Return what stands of the annexes of some notices, and what they are lines of as a heading.

    Names that the public is not told are left out there, and so is a notice that is withheld as a whole.
    """
    of = replace(order, confidential_part=False)
    found = [notice(session, replace(of, notice=number), round_) for number in numbers]
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


def deciders(lines: Sequence[DecisionRow], every: Sequence[DecisionRow]) -> Iterator[tuple[str, str]]:
    """Yield each notice with who decided what is in it, in a sentence: name and post of each signer.

    Their days stand there as well, but where all signed on the notice's own.
    """
    order = turns(every)
    for number in dict.fromkeys(line.notice for line in lines):
        mine = [line for line in lines if line.notice == number]
        rows = [row for line in mine for row in signers(every, line)]
        rows.sort(key=lambda row: (order[row.signed_by, row.post], row.signed_on))
        who = dict.fromkeys((row.signed_by, row.post, row.signed_on) for row in rows)
        is_dated = len({row.signed_on for row in (*rows, *mine)}) > 1
        yield number, f"It was decided {', and '.join(_signer(*one, is_dated=is_dated) for one in who)}."


def _signer(name: str, post: str, on: date, *, is_dated: bool) -> str:
    return ", ".join(filter(None, (f"by {name}", post, f"on {full_day(on)}" if is_dated else "")))


def withheld_parts(
    session: Session,
    round_id: int,
    lines: Sequence[DecisionRow],
    held: Sequence[AwardRow],
) -> Iterator[tuple[str, str]]:
    """Yield each notice of which something is withheld, with what that is as the sentence on it ends."""
    withheld = {row.application for row in held if row.withheld is not None}
    grounds = confidential_notices(session, round_id, decisions(session, round_id))
    for number in dict.fromkeys(row.notice for row in lines):
        here = {row.application for row in lines if row.notice == number}
        ground = grounds.get(number, "")
        if ground:
            yield number, f"{WHOLE}. {on_ground(ground)}"
        elif withheld & here:
            named = counted(len(withheld & here), "recipient whose name is", "recipients whose names are")
            yield number, f"whose annex names each recipient, project and amount, but for {named} withheld"
