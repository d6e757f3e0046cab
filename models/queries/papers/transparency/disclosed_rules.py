"""How a round was judged, as it is told to whoever asks: what a mark means, the rules, and who decided."""

from collections.abc import Iterable

from models.papers.transparency.disclosure import DECIDED_BY
from models.queries.deciding.decisions import DecisionRow
from scoring.explaining.words import points_words, rules_in_words, split_words
from scoring.scheme import Scheme
from scoring.written.days import full_day


def disclosed_rules(scheme: Scheme, decided: Iterable[DecisionRow]) -> tuple[tuple[str, str], ...]:
    """Return what a mark means, how marks come to money, and which post decided, under which notice."""
    scale = "; ".join(f"{mark} {word}: {meaning.rstrip('.')}" for mark, word, meaning in scheme.descriptors)
    by = dict.fromkeys((one.post, one.signed_on, one.notice) for one in decided)
    said = "; ".join(f"{post}, on {full_day(on)}, notice {notice}" for post, on, notice in by)
    rules = (("Points", points_words(scheme)), ("Split", split_words(scheme)), *rules_in_words(scheme)[1:])
    own = (("A mark", scale), *rules, (DECIDED_BY, said))
    return tuple((subject, words) for subject, words in own if words)
