"""What the values of a column look like, and how much that speaks for each field."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import pairwise

from exchange.applications.fields import YES_OR_NO, text_of
from exchange.applications.likely.likely_cells import names_kind_of_organisation
from exchange.cells.cell_dates import reads_as_day
from exchange.cells.values import read_money, read_postcode, read_yes_no
from exchange.reading.sheets import Cell
from scoring.written.text import Unreadable, figures_line

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

_TEXT = {"long": 2.2, "words": -1.5}
_SUM = {"money": 2.5, "count": 1.5, "digits": 0.0}
_ANSWER = {"yesno": 0.0, "tick": 0.0, "choice": -1.0, "words": -4.0}
_WEIGHTS: dict[str, dict[str, float]] = {
    "reference": {"code": 2.0, "count": -1.0, "digits": -1.0, "serial": -1.0},
    "organisation": {"words": 2.0, "name": 1.0, "choice": -1.0, "long": -3.0},
    "organisation_type": {"choice": 2.5, "words": 1.0, "name": 0.0},
    "charity_number": {"charity": 4.0, "digits": 3.0, "count": -4.0, "code": 0.0},
    "company_number": {"company": 4.0, "charity": 0.0, "digits": 3.0, "count": -4.0, "code": 2.0},
    "contact_name": {"name": 3.5, "words": -1.0},
    "email": {"email": 4.0},
    "phone": {"phone": 4.0, "digits": 1.0},
    "address": {"words": 1.5, "long": 1.0, "choice": 0.0, "name": -2.0},
    "postcode": {"postcode": 5.0},
    "area": {"area": 4.0, "choice": 1.5, "name": 0.5, "words": 0.3},
    "project": {"words": 1.5, "name": 1.0, "choice": -1.0},
    **dict.fromkeys(("summary", "need", "outcomes"), _TEXT),
    **dict.fromkeys(("amount_requested", "minimum_amount", "total_cost", "match_funding"), _SUM),
    "beneficiaries": {"count": 2.0, "money": 0.0, "words": -2.0},
    "start_on": {"day": 3.0},
    "end_on": {"day": 3.0},
    "received_at": {"day": 2.5},
    **dict.fromkeys(YES_OR_NO, _ANSWER),
}
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
    if isinstance(value, bool) or _reads(read_yes_no, value):
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
    if _reads(read_postcode, value):
        return "postcode"
    if _FOR_DAYS.match(text) and reads_as_day(value):
        return "day"
    if _reads(read_money, value):
        return "money"
    if _CODE.fullmatch(text):
        return "code"
    if len(text) > _LONG or "\n" in text:
        return "long"
    return "name" if _is_name(text) else "words"


def _reads(reader: Callable[[Cell], object], value: Cell) -> bool:
    try:
        return reader(value) is not None
    except Unreadable:
        return False


def _is_name(text: str) -> bool:
    return (
        len(text) <= _LONGEST_NAME
        and bool(_NAME.fullmatch(text))
        and all(word[0].isupper() for word in (text.split()[0], text.split()[-1]))
        and not names_kind_of_organisation(text)
    )
