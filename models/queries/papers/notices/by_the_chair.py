"""What the panel's chair decided that money rests on: exceptions below a minimum, and the order of equals."""

from collections.abc import Iterator, Mapping

from models.queries.deciding.decided_anew import DecidedRound
from models.queries.papers.notices.beside import BELOW
from scoring.round import IN_PLACE, ChairDecisionKind
from scoring.schedule.exceptions import chair_ties, order_words
from scoring.written.text import as_sentence, with_capital


def chair_words(
    round_: DecidedRound, given: Mapping[str, int | None], before: Mapping[str, int | None] | None = None
) -> Iterator[str]:
    """Yield each exception by which something is funded, and each order of equals that do not all get money.

    `given` is the money of each line in pence, `before` that of others decided by then.
    Both are told with the chair's reason, and without any mark.
    """
    decided = round_.rows.chair_decisions
    if not any(one.application in given for one in decided):
        return
    below = {one.reference for one in round_.ranking.standings if one.below_threshold}
    for one in decided:
        is_let_in = one.kind is ChairDecisionKind.EXCEPTION and one.application in below
        if is_let_in and given.get(one.application):
            why = f" Reason: {with_capital(as_sentence(one.reason))}" if one.reason.strip() else ""
            who = IN_PLACE if one.ruled_by else "the panel's chair"
            yield f"{one.application} is funded{BELOW}: {who} made an exception.{why}"
    ties = chair_ties(round_.round, round_.ranking)
    for first, words in order_words(ties):
        equals = [first, *ties[first].others]
        money = [{**(before or {}), **given}.get(of) for of in equals]
        if any(given.get(of) for of in equals) and not all(money):
            yield f"{words}."
