"""How like a field a heading is: judged by the words of examples, weighed by what stands in the column.

Where no rule knows a heading, each field has a weight from its words (which are rare elsewhere, which common)
and from the looks of the values. The weight is the logarithm of how much likelier the column is that field
than one of the many that are none.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from math import log

from msgspec import Struct

import resources
from exchange.applications.fields import names_kind_of_organisation, text_of
from exchange.applications.headings import question_of, sides_of, table_lines, words_of
from exchange.cells.values import read_money, read_postcode, read_yes_no, reads_as_day
from exchange.reading.sheets import Cell
from scoring.written.text import figures_line, readable

_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_URL = re.compile(r"https?://\S+|www\.\S+|\S+\.(?:org|com|uk|pdf|png|jpe?g|docx?)", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|\(?0)[\d\s()+-]{8,}")
_COUNT = re.compile(r"\d{1,5}")
_DIGITS = re.compile(r"\d{6,10}")
_CHARITY, _COMPANY = re.compile(r"1\d{6}|\d{6}"), re.compile(r"\d{8}|[2-9]\d{6}")
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Za-z/-])\S{3,24}")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w'’-]+")
_FOR_DAYS = re.compile(r"\d.*[-/.: ]")
_LONG, _LONGEST_NAME = 70, 40
_LONGEST_LOOKED_AT = 500
"""Characters of a text that can be anything but a long one: reading it as each kind takes its time."""
_FEWEST_CHOSEN = 4
_DIGITS_OF_SUM, _LARGE = 3, 500


def _weights() -> Iterator[tuple[str, dict[str, float]]]:
    for line in table_lines(resources.text("forms/looks.txt")):
        fields, _, said = line.partition(": ")
        pairs = (look.split() for look in said.split(", "))
        weights = {look: float(weight) for look, weight in pairs}
        yield from ((field, weights) for field in fields.split())


_WEIGHTS = dict(_weights())
_WIDER = {"charity": "digits", "company": "digits"}
"""Looks that are one kind of another, for fields that do not tell the kinds apart."""
_NEVER = -9.0


def weight_of_look(field: str, look: str) -> float:
    """Return how much a look speaks for a field, below nought against it."""
    weights = _WEIGHTS[field]
    return weights.get(look, weights.get(_WIDER.get(look, ""), _NEVER))


def look_of(values: Sequence[Cell], heading: str) -> str:
    """Return what most values of a column look like; `heading` is the option that a box stands for.

    >>> look_of(["£4,500", "1200.50"], "Amount")
    'money'
    """
    texts = [text_of(value) for value in values]
    if texts and all(text.casefold() == heading.casefold() for text in texts):
        return "tick"
    if not texts:
        return ""
    if _are_serial(texts):
        return "serial"
    look, times = Counter(map(_look, values, texts)).most_common(1)[0]
    if 2 * times < len(texts) and any(len(text) > _LONG for text in texts):
        look = "long"
    if look == "count" and _are_sums(texts):
        return "money"
    repeats = len(texts) >= _FEWEST_CHOSEN and 4 * len({text.casefold() for text in texts}) <= 3 * len(texts)
    return "choice" if repeats and look in ("words", "name") else look


def _are_serial(texts: Sequence[str]) -> bool:
    """Say whether texts number the rows, each with one more than the row above."""
    if len(texts) < _FEWEST_CHOSEN or not all(map(_COUNT.fullmatch, texts)):
        return False
    return all(int(two) == int(one) + 1 for one, two in pairwise(texts))


def _are_sums(texts: Sequence[str]) -> bool:
    """Say whether whole numbers are rather sums than counts: half are of hundreds, and round."""
    round_sums = sum(len(text) >= _DIGITS_OF_SUM and text.endswith(("0", "5")) for text in texts)
    return 2 * round_sums >= len(texts) and 2 * sum(
        int(text) >= _LARGE for text in texts if text.isdecimal()
    ) > len(texts)


def _look(value: Cell, text: str) -> str:
    if isinstance(value, date):
        return "day"
    if len(text) > _LONGEST_LOOKED_AT:
        return "long"
    if isinstance(value, bool) or readable(read_yes_no, value) is not None:
        return "yesno"
    text = text if text.isascii() else figures_line(text) if "\n" not in text else text
    for look, pattern in (
        ("email", _EMAIL),
        ("url", _URL),
        ("phone", _PHONE),
        ("count", _COUNT),
        ("charity", _CHARITY),
        ("company", _COMPANY),
        ("digits", _DIGITS),
    ):
        if pattern.fullmatch(text):
            return look
    if readable(read_postcode, value) is not None:
        return "postcode"
    if _FOR_DAYS.match(text) and reads_as_day(value):
        return "day"
    if readable(read_money, value) is not None:
        return "money"
    if _CODE.fullmatch(text):
        return "code"
    if len(text) > _LONG or "\n" in text:
        return "long"
    return "name" if _is_name(text) else "words"


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and bool(_NAME.fullmatch(text))
        and all(word[0].isupper() for word in (text.split()[0], text.split()[-1]))
        and not names_kind_of_organisation(text)
    )


_TABLE = "forms/examples.txt"
_NONE = "answer"
_ALIKE = 5.0
"""How much speaks for a field where its words alone tell which it is."""
_SMOOTHING = 0.3
"""How much what is asked anywhere tells of what is asked of each field."""
_PAIR_WEIGHT = 0.6
_AS_SAID, _SAID_PAIR_WEIGHT = "~", 0.3
"""Pairs of words as they are said, with those that mean nothing alone: "what will", "do with"."""
_STRANGE = 0.7
"""How much a word of no example tells that a heading is of none of the fields."""
_MOST = 4.0
"""How much a single word may tell."""
_VERBATIM, _NOT_VERBATIM = 5.0, 2.0
"""How much at least speaks for a field that an example asks for in the same words, and at most for others."""
_LONGEST = 1000
_ENDING = re.compile(r"(?:ings?|e?d|e?s|ly|e)$")
_SHORTEST_STEM = 4
_SHORTENED = re.compile(r"([A-Za-z]+)['’]([A-Za-z]+)")
_CONTRACTED = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})
_LETTERS = re.compile(r"[a-z]+")
_PLAIN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_SENTENCE = re.compile(r"(?<=[?.!])\s+")
_BRACKETS = re.compile(r"\([^()]*\)")
"""What is said in brackets of a question is no question by itself: "(tick all that apply)"."""
_OF_A_SENTENCE = 0.5
"""How much less a heading tells that says something besides."""


class _Class(Struct, frozen=True):
    """What the examples of one field say: in how many of them each word stands."""

    examples: int
    counts: Counter[str]


class _Model(Struct, frozen=True):
    """What all examples say; `verbatim` has what each asks for in its very words."""

    classes: dict[str, _Class]
    background: dict[str, float]
    verbatim: dict[tuple[str, ...], frozenset[str]]


@cache
def _model() -> _Model:
    classes, overall, total = {}, Counter[str](), 0
    verbatim: dict[tuple[str, ...], frozenset[str]] = {}
    for line in table_lines(resources.text(_TABLE)):
        field, _, rest = line.partition(": ")
        texts = rest.split(" | ")
        examples = [_features(text) for text in texts]
        verbatim |= {words: verbatim.get(words, frozenset()) | {field} for words in map(_very_words, texts)}
        counts = Counter(feature for features in examples for feature in features)
        classes[field] = _Class(len(examples), counts)
        overall += counts
        total += len(examples)
    return _Model(classes, {feature: count / total for feature, count in overall.items()}, verbatim)


def _features(text: str) -> frozenset[str]:
    words = [_stem(word) for word in words_of(_SHORTENED.sub(_in_full, text)) if len(word) > 1]
    said = _PLAIN.findall(text[:_LONGEST].casefold().replace("’", "'"))
    return frozenset(
        (
            *words,
            *(f"{one} {other}" for one, other in pairwise(words)),
            *(f"{_AS_SAID} {one} {other}" for one, other in pairwise(map(_stem, said))),
        )
    )


@cache
def _vocabulary() -> tuple[str, ...]:
    """Return the words of the examples, the commonest first."""
    lines = (line.partition(": ")[2] for line in table_lines(resources.text(_TABLE)))
    return tuple(word for word, _ in Counter(_LETTERS.findall(" ".join(lines).casefold())).most_common())


def _in_full(found: re.Match[str]) -> str:
    """Return the word that a shortened one stands for: "const'n" begins and ends as "constitution" does."""
    begins, ends = found[1].casefold(), found[2].casefold()
    if ends in _CONTRACTED:
        return found[0]
    fitting = (
        word
        for word in _vocabulary()
        if word.startswith(begins)
        and ends in (word[-len(ends) :], _stem(word)[-len(ends) :])
        and word != begins
    )
    return next(fitting, found[0])


def _stem(word: str) -> str:
    """Return a word without its ending, so that "supporting" is like "supported"."""
    bare = _ENDING.sub("", word)
    return bare if len(bare) >= _SHORTEST_STEM else word


@lru_cache(maxsize=8192)
def likenesses(heading: str) -> dict[str, float]:
    """Return for each field how much likelier it is asked so than anything that is no field."""
    model = _model()
    features = _features(heading) if len(heading) <= _LONGEST else frozenset()
    known = [feature for feature in features if feature in model.background]
    strange = sum(" " not in feature for feature in features) - sum(" " not in f for f in known)
    nothing = model.classes[_NONE]
    found = {
        field: sum(_speaks_for(feature, one, nothing, model) for feature in known) - strange * _STRANGE
        for field, one in model.classes.items()
        if one is not nothing
    }
    return _as_in_examples(found, model.verbatim.get(_very_words(heading), frozenset()))


def _very_words(text: str) -> tuple[str, ...]:
    """Return what a text says, or where each word of it says nothing by itself, the text: "What are you?"."""
    return words_of(text) or (text.casefold().strip(" ?:."),)


def _as_in_examples(found: dict[str, float], fields: frozenset[str]) -> dict[str, float]:
    """Return the weights of a heading that stands so among the examples of some fields, where it does."""
    if not fields:
        return found
    return {
        field: max(weight, _VERBATIM) if field in fields else min(weight, _NOT_VERBATIM)
        for field, weight in found.items()
    }


def judged(heading: str) -> Mapping[str, float]:
    """Return how like each field a heading is; of one with notes beside the question, by its best sentence.

    Of a heading in two languages the side counts whose words are known.
    """
    heading = question_of(heading)
    whole, sides = likenesses(heading), sides_of(heading)
    known = [side for side in sides if not _is_strange(side)]
    others = [(side, 0.0) for side in known if len(known) < len(sides)]
    sentences = _SENTENCE.split(_BRACKETS.sub(" ", heading).strip())
    others += [(sentence, _OF_A_SENTENCE) for sentence in sentences if len(sentences) > 1]
    weighed = [(likenesses(part), less) for part, less in others]
    return {
        field: max(weight, *(part[field] - less for part, less in weighed)) if weighed else weight
        for field, weight in whole.items()
    }


def _is_strange(text: str) -> bool:
    """Say whether most words of a text are in no example, as of another language."""
    known = _model().background
    strange = sum(_stem(word) not in known for word in words_of(text))
    return 2 * strange >= max(len(text.split()), 1)


@lru_cache(maxsize=8192)
def alike(heading: str) -> frozenset[str]:
    """Return the fields that a heading is much more like than anything that is none, by its words alone."""
    return frozenset(field for field, weight in judged(heading).items() if weight >= _ALIKE)


def asks_no_field(heading: str) -> bool:
    """Say whether a heading stands so among the examples of what forms ask that is no field: "Your role"."""
    return _NONE in _model().verbatim.get(_very_words(heading), ())


def _speaks_for(feature: str, one: _Class, nothing: _Class, model: _Model) -> float:
    """Return how much one word or pair of words speaks for a field, and never more than one should."""
    often = log(_share(feature, one, model) / _share(feature, nothing, model))
    of_pair = _SAID_PAIR_WEIGHT if feature.startswith(_AS_SAID) else _PAIR_WEIGHT
    return min(_MOST, max(-_MOST, often)) * (of_pair if " " in feature else 1.0)


def _share(feature: str, one: _Class, model: _Model) -> float:
    """Return in what part of its examples a word stands; one that is in none might have been in some."""
    return one.counts[feature] / one.examples + _SMOOTHING * model.background[feature]
