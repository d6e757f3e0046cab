"""What is said before a criterion is set aside: the total with it and without."""

from scoring import money
from scoring.publishing import with_and_without
from scoring.round import Round

NO_TOTAL = "no total yet"


def not_applicable_words(round_: Round, reference: str, code: str) -> tuple[str, ...]:
    """Return the sentences of the box; setting aside can raise a weak application's score."""
    both = with_and_without(round_, reference, code)
    counted, without = (NO_TOTAL if t is None else money.score(t) for t in both)
    return (
        f"The other criteria on its side share its weight. Total with {code}: {counted}; without: {without}.",
        "It does not count as 0: the criterion does not apply to this application at all.",
    )
