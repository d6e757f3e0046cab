"""How a round was judged, as it is told to whoever asks: what a mark means, the rules, and who decided."""

from collections.abc import Collection, Sequence

from models.papers.transparency.disclosure import DECIDED_BY
from models.queries.deciding.decisions import DecisionRow, final_decisions
from models.queries.deciding.progress import signers
from scoring.counted import listed
from scoring.explaining.words import points_words, rules_in_words, split_words
from scoring.scheme import Scheme
from scoring.written.days import full_day


def disclosed_rules(
    scheme: Scheme, every: Sequence[DecisionRow], told: Collection[str]
) -> tuple[tuple[str, str], ...]:
    """Return what a mark means, how marks come to money, and which posts decided, under which notice."""
    scale = "; ".join(f"{mark} {word}: {meaning.rstrip('.')}" for mark, word, meaning in scheme.descriptors)
    final = (one for of, one in final_decisions(every).items() if of in told)
    by = dict.fromkeys((_posts(every, one), one.signed_on, one.notice) for one in final)
    said = "; ".join(f"{posts}, on {full_day(on)}, notice {notice}" for posts, on, notice in by)
    rules = (("Points", points_words(scheme)), ("Split", split_words(scheme)), *rules_in_words(scheme)[1:])
    own = (("A mark", scale), *rules, (DECIDED_BY, said))
    return tuple((subject, words) for subject, words in own if words)


def _posts(every: Sequence[DecisionRow], final: DecisionRow) -> str:
    """Return the posts of those who decided a line, joint signers together; nobody is named."""
    return listed([one.post for one in signers(every, final)])
