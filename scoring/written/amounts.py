"""Read an amount of money as people write it: the one place that decides what is an exact amount.

    read_money("4.5k")        # 450000
    read_money("about 5000")  # Unreadable: “about 5000” is not an exact amount; write it like …

A comma parts thousands and nothing else, so that "4,50" is refused and never £450.
"""

import re
from decimal import Decimal
from functools import cache

from scoring.written.text import BelowNought, Unreadable, figures_line, quoted

MOST_PENCE = 10**14
"""Sums from a million million pounds up are taken for mistakes."""

_FLAGS = re.IGNORECASE | re.ASCII
_FIGURES = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_POUNDS = r"(?:pounds? sterling|pounds?|sterling|gbp|quid|£)"
_PLAIN = re.compile(r"(?:£ ?)?(?P<figures>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<scale>)", _FLAGS)
_ONE = Decimal(1)
_SCALES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1000)),
    **dict.fromkeys(("m", "mn", "million"), Decimal(10**6)),
}
_MINUS = re.compile(r"(?:[-−–] ?(?:£|gbp)? ?|(?:£|gbp) ?[-−–] ?)[\d.]|\( ?£?[\d., ]+\)", _FLAGS)
_FOREIGN = re.compile(r"[$€¥]|\b(?:usd|eur|euros?|dollars?)\b", _FLAGS)
_PERIOD = re.compile(
    r"\b(?:per|p[./]?[wma]|pcm|each|(?:a|every) (?:week|month|year)|weekly|monthly|yearly|annually)\b"
    r"|\d ?/ ?[a-z]",
    _FLAGS,
)
_RANGE = re.compile(r"\d[\d,.k]* ?(?:-|–|—|to|or|and) ?£? ?\d", _FLAGS)
_SCALE = r"(?: ?(?:k|thousand|m|mn|million)\b)?"
_NAMED = re.compile(
    rf"(?:£|\bgbp) ?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?![\d,]*\d| \d){_SCALE}"
    rf"|\b(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_SCALE} ?(?:pounds|quid)\b",
    _FLAGS,
)
_BARE = re.compile(
    r"((?!20[1-4]\d\b(?![,.]))"
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{3,}}|\d+(?=(?:\.\d+)? ?k\b))(?:\.\d{{1,2}})?{_SCALE})"
    r"(?!.*\b(?:hours?|hrs?|days?|weeks?|months?|people|volunteers?|members?|meals?|sessions?)\b)"
    r"\b[^\d%]*\b(?:own|kind|cash|match\w*|fund\w*|raised|reserves?|savings?|donat\w+|grants?|gifts?|sponsor\w*"
    r"|contribution|budget|council|trust|church|club|school|lottery)\b[^\d%]*",
    _FLAGS,
)
"""An amount without a sign that begins a text, and words that only money is followed by: "500 own funds"."""
_ABOUT = re.compile(
    r"\b(?:about|approx\w*|around|circa|roughly|nearly|almost|over|under|at least|up to|more than|less than"
    r"|max\w*|min\w*|say|maybe|ca?\.)|[~≈<>+?]",
    _FLAGS,
)
IN_ALL = " in all"
"""What is written after an amount of pounds that is one, whatever is said of its column: "£4,500 in all"."""
_LONGEST_FIGURE = 24
_LOOKED_AT = 200
"""Characters of a text that is no amount in which is looked for why; all of one could take minutes."""


def read_money(written: str | Decimal, *, is_plain: bool = False, times: Decimal = _ONE) -> int | None:
    """Read an amount, in pence: "4500", "£4,500", "4.5k", "4,500 pounds", "GBP 4,500"; None for "".

    Where `is_plain`, as in a round workbook, only figures with or without a pound sign will do. `times` are
    the pounds of one where a column has amounts in thousands or in pence; "4.5k" says so
    itself. Raises `Unreadable` for anything less than exact, ranges, other currencies, amounts a month,
    below £0.
    """
    if isinstance(written, Decimal):
        return _pence(written * times, f"{written:f}")
    text = figures_line(written)
    if not text:
        return None
    return _pence(_pounds(text, _PLAIN if is_plain else _written(), times), text)


def likely_amount(text: str) -> str:
    """Return the one amount of pounds that a text in prose names, as written; "" for none or several.

    "About £5,000" names none: it is no exact amount. Figures without a sign count before words of money.

    >>> likely_amount("£1,500 from the town council"), likely_amount("500 own funds")
    ('£1,500', '500')
    """
    line = figures_line(text)
    if len(line) > _LOOKED_AT:
        return ""
    is_other = any(form.search(line) for form in (_FOREIGN, _RANGE, _PERIOD, _ABOUT)) or _MINUS.match(line)
    if is_other:
        return ""
    found = _NAMED.findall(line)
    bare = None if found else _BARE.fullmatch(line)
    if bare is not None:
        return str(bare[1])
    return found[0] if len(found) == 1 else ""


def read_figure(text: str) -> Decimal:
    """Read a bound of a criterion, in pounds or in percent, with any decimals: "2,500", "£2500", "12.5".

    Raises `Unreadable` as for an amount, since most are.
    """
    line = figures_line(text)
    found = _PLAIN.fullmatch(line) if len(line) <= _LONGEST_FIGURE else None
    if found is None:
        raise not_money(line)
    return Decimal(found["figures"].replace(",", "") + (found["part"] or ""))


def not_money(text: str) -> Unreadable:
    """Return in what way a text is no exact amount."""
    line = figures_line(text)[:_LOOKED_AT]
    if _MINUS.match(line):
        return BelowNought(f"{quoted(text)} is below £0; write an amount of £0 or more.")
    if _FOREIGN.search(line):
        return Unreadable(f"{quoted(text)} is not in pounds; write the amount in pounds.")
    if _RANGE.search(line):
        return Unreadable(
            f"{quoted(text)} is not one amount; write the exact amount, like 4500 or £4,500.00."
        )
    if _PERIOD.search(line):
        return Unreadable(f"{quoted(text)} is an amount for each of something; write the whole amount.")
    return not_exact(text)


def not_exact(text: str) -> Unreadable:
    """Return that a text is no amount at all."""
    return Unreadable(f"{quoted(text)} is not an exact amount; write it like 4500 or £4,500.00.")


@cache
def _written() -> re.Pattern[str]:
    """Return the forms that amounts are written in; a start that reads none needs none."""
    return re.compile(
        rf"['+]?(?:£|gbp|uk£)? ?(?P<figures>{_FIGURES})?(?P<part>\.\d+)?(?:[./][-–—]|\.)? ?"
        rf"(?P<scale>k|thousand|m|mn|million)? ?{_POUNDS}?(?: only|{IN_ALL})?",
        _FLAGS,
    )


def _pounds(text: str, grammar: re.Pattern[str], times: Decimal = _ONE) -> Decimal:
    """Read an amount written as text; more than two decimals of a pound are left for the check of pence."""
    found = grammar.fullmatch(text)
    if not found or not (found["figures"] or found["part"]):
        raise not_money(text)
    scale = (found["scale"] or "").casefold()
    if not scale and times == 1 and len(found["part"] or "") > 3:
        raise _too_fine(text)
    figures = re.sub(r"[, ]", "", found["figures"] or "0")
    return Decimal(figures + (found["part"] or "")) * _SCALES.get(scale, times)


def _pence(pounds: Decimal, text: str) -> int:
    pence = pounds * 100
    if pounds < 0:
        raise not_money(text)
    if pence >= MOST_PENCE:
        raise Unreadable(f"{quoted(text)} is more than any fund holds; check the amount.")
    if pence != int(pence):
        raise _too_fine(text)
    return int(pence)


def _too_fine(text: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} has more than two decimals of a pound; round it to the penny.")
