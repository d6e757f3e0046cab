"""Amounts, counts of units and the instalments of an award as people write them, read exactly."""

import re
from decimal import Decimal
from functools import lru_cache
from math import prod

from msgspec import Struct

from scoring import money
from scoring.written.text import BelowNought, Unreadable, figures_line, lazy_pattern, quoted, readable

_MOST_PENCE = 10**14
"""Sums from a million million pounds up are taken for mistakes."""

_FLAGS = re.IGNORECASE | re.ASCII
_FIGURES = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+"
_POUNDS = r"(?:pounds? sterling|pounds?|sterling|gbp|quid|£)"
_PLAIN = lazy_pattern(r"(?:£ ?)?(?P<figures>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?(?P<scale>)", _FLAGS)
_ONE = Decimal(1)
_SCALES = {
    **dict.fromkeys(("k", "thousand"), Decimal(1000)),
    **dict.fromkeys(("m", "mn", "million"), Decimal(10**6)),
}
_MINUS = lazy_pattern(r"(?:[-−–] ?(?:£|gbp)? ?|(?:£|gbp) ?[-−–] ?)[\d.]|\( ?£?[\d., ]+\)", _FLAGS)
_FOREIGN = lazy_pattern(r"[$€¥]|\b(?:usd|eur|euros?|dollars?)\b", _FLAGS)
_PERIOD = lazy_pattern(
    r"\b(?:per|p[./]?[wma]|pcm|each|(?:a|every) (?:week|month|year)|weekly|monthly|yearly|annually)\b"
    r"|\d ?/ ?[a-z]",
    _FLAGS,
)
_RANGE = lazy_pattern(r"\d[\d,.k]* ?(?:-|–|—|to|or|and) ?£? ?\d", _FLAGS)
_SCALE = r"(?: ?(?:k|thousand|m|mn|million)\b)?"
_NAMED = lazy_pattern(
    rf"(?:£|\bgbp) ?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?(?![\d,]*\d| \d){_SCALE}"
    rf"|\b(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?{_SCALE} ?(?:pounds|quid)\b",
    _FLAGS,
)
_BARE = lazy_pattern(
    r"((?!20[1-4]\d\b(?![,.]))"
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{3,}}|\d+(?=(?:\.\d+)? ?k\b))(?:\.\d{{1,2}})?{_SCALE})"
    r"(?!.*\b(?:hours?|hrs?|days?|weeks?|months?|people|volunteers?|members?|meals?|sessions?)\b)"
    r"\b[^\d%]*\b(?:own|kind|cash|match\w*|fund\w*|raised|reserves?|savings?|donat\w+|grants?|gifts?|sponsor\w*"
    r"|money|fees|takings|proceeds|contribution|budget|council|trust|church|club|school|lottery)\b[^\d%]*",
    _FLAGS,
)
"""An amount without a sign that begins a text, and words that only money is followed by: "500 own funds"."""
_MADE_UP = lazy_pattern(r"(?P<whole>£ ?[\d,.]*\d),? ?[-–—(:;] ?(?=[^\d£]*[a-z])(?P<parts>[^£]*£.+)", _FLAGS)
"""An amount, and behind it what it is made up of: "£600 - each of us pays £20"."""
_NEAR = lazy_pattern(
    r"\b(?:(?:about|approx\w*|around|circa|roughly|nearly|almost|say|maybe|tua|oddeutu)\b|ca?\.)|[~≈?]"
    r"|\b(?:or (?:so|thereabouts))\b|(?<=\d)ish\b",
    _FLAGS,
)
_BOUND = lazy_pattern(
    r"\b(?:over|under|at (?:least|most)|up to|more than|less than|max\w*|min\w*)\b|[<>+]", _FLAGS
)
"""Words of an amount that is no more than near, and of one that only bounds it."""
IN_ALL = " in all"
"""What is written after an amount of pounds that is one, whatever is said of its column: "£4,500 in all"."""
_WRITTEN = lazy_pattern(
    rf"['+]?(?:(?:£|gbp|uk£) ?){{0,2}} ?(?P<figures>{_FIGURES})?(?P<part>\.\d+)?"
    r"(?:[./][-–—]|[-–=/]00|\.)? ?"
    rf"(?P<scale>k|thousand|m|mn|million)? ?{_POUNDS}?"
    rf"(?: only|{IN_ALL}|,? (?:\(incl?[a-z]*\.? vat\)|incl?[a-z]*\.? vat))?",
    _FLAGS,
)
"""The forms that amounts are written in."""
_LONGEST_FIGURE = 24
_LOOKED_AT = 200
"""Characters of a text that is no amount in which is looked for why; all of one could take minutes."""


_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNITS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_NUMBERS = {word: number for number, word in enumerate(_UNITS, 1)} | {
    word: 10 * number for number, word in enumerate(_TENS, 2)
}
_WITH_WORDS = lazy_pattern(
    r"(?P<figures>[^\d()]*\d[^()]*)\((?P<words>[a-z ,-]+?)(?: pounds?)?(?: only)?\)\.?", _FLAGS
)
_IN_WORDS_FIRST = lazy_pattern(
    r"(?P<words>[a-z ,-]+?)(?: pounds?)?(?: only)? ?\((?P<figures>[^\d()]*\d[^()]*)\)\.?", _FLAGS
)

_WITH_REMARK = lazy_pattern(
    r"(?P<figures>[^()=]*\d[^()=]*)\((?P<remark>[^()]*)\)\.?|(?P<sum>[^()=]*)=(?P<total>[^()=]*\d[^()=]*)"
)


def pounds_in_words(text: str) -> int | None:
    """Return the whole pounds that a text writes in words and nothing else, None for any other text.

    >>> pounds_in_words("nine thousand eight hundred pounds"), pounds_in_words("a few hundred")
    (9800, None)
    """
    found = part = 0
    words = [one for one in re.findall(r"\w+", text.casefold()[:_LOOKED_AT]) if one not in ("and", "only")]
    if not words or words.pop() not in ("pound", "pounds"):
        return None
    for word in words:
        if word == "thousand":
            found, part = found + 1000 * part, 0
        elif word not in _NUMBERS and word != "hundred":
            return None
        else:
            part = 100 * part if word == "hundred" else part + _NUMBERS[word]
    return found + part or None


def read_money(written: str | Decimal, *, is_plain: bool = False, times: Decimal = _ONE) -> int | None:
    """Read an amount, in pence: "4500", "£4,500", "4.5k", "4,500 pounds", "GBP 4,500"; None for "".

    A sign may be printed and typed again: "£ £4,500". What reckons the amount, or says it again, may stand
    behind it in brackets, "£1,200 (12 months x £100)", or before it, "12 x £100 = £1,200"; it may be in
    words. Where `is_plain`, as in a round workbook, only figures with or without a pound sign will do.
    `times` are the pounds of one where a column has amounts in thousands or in pence; "4.5k" says so itself.
    Raises `Unreadable` for anything less than exact, ranges, other currencies, amounts a month, below £0.
    """
    if isinstance(written, Decimal):
        return _pence(written * times, f"{written:f}")
    text = figures_line(written)
    if not text:
        return None
    if is_plain or _PLAIN.fullmatch(text):
        return _pence(_pounds(text, _PLAIN, times), text)
    twice = _WITH_WORDS.fullmatch(text) or _IN_WORDS_FIRST.fullmatch(text)
    whole = pounds_in_words(f"{twice['words']} pounds" if twice else text)
    if whole and twice and read_money(twice["figures"].rstrip(), times=times) != 100 * whole:
        raise Unreadable(f"{quoted(text)} has one amount in figures, another in words; write the right one.")
    if whole:
        return 100 * whole
    remarked = None if len(text) > _LOOKED_AT else _WITH_REMARK.fullmatch(text)
    if remarked:
        amount, remark = remarked[1] or remarked[4], remarked[2] or remarked[3]
        text = amount.strip() if _says_again(remark, amount) else text
    return _pence(_pounds(text, _WRITTEN, times), text)


def is_bare(text: str) -> bool:
    """Whether a text is figures alone, with or without a pound sign: "£4,500.00"."""
    return _PLAIN.fullmatch(text) is not None


def _says_again(remark: str, amount: str) -> bool:
    """Say whether a remark is an amount again, or its figures make it: "9 shops x 12 months x £12"."""
    again = readable(read_money, remark)
    if again is not None:
        return again == readable(read_money, amount)
    if _FOREIGN.search(remark) or _NEAR.search(remark):
        return False
    total, *parts = (
        Decimal(re.sub("[, ]", "", one))
        for one in re.findall(rf"(?:{_FIGURES})(?:\.\d+)?", f"{amount}; {remark}")
    )
    return len(parts) > 1 and total in (sum(parts), prod(parts))


def likely_amount(text: str) -> str:
    """Return the one amount of pounds that a text in prose names, as written; "" for none or several.

    "About £5,000" names none: it is no exact amount. Figures without a sign count before words of money.

    >>> likely_amount("£1,500 from the town council"), likely_amount("ten pounds")
    ('£1,500', '£10')
    """
    line = figures_line(text)
    if len(line) > _LOOKED_AT:
        return ""
    if (whole := pounds_in_words(line)) is not None:
        return f"£{whole:,}"
    if any(form.search(line) for form in (_FOREIGN, _NEAR, _BOUND)):
        return ""
    made_up = _MADE_UP.fullmatch(line)
    if made_up and _is_more(made_up["whole"], made_up["parts"]):
        return str(made_up["whole"])
    if _RANGE.search(line) or _PERIOD.search(line) or _MINUS.match(line):
        return ""
    found = _NAMED.findall(line)
    bare = None if found else _BARE.fullmatch(line)
    if bare is not None:
        return str(bare[1])
    return found[0] if len(found) == 1 else ""


def _is_more(whole: str, parts: str) -> bool:
    """Say whether an amount is more than each of those that other words name."""
    total, named = readable(read_money, whole), [readable(read_money, one) for one in _NAMED.findall(parts)]
    return bool(total and named) and all(one is not None and one < (total or 0) for one in named)


def amount_about(text: str) -> str:
    """Return the one amount that a text says it is near, "" for none, for several, and for a mere bound.

    >>> amount_about("approx £900"), amount_about("£300 or thereabouts"), amount_about("up to £900")
    ('£900', '£300', '')
    """
    line = figures_line(text)
    if len(line) > _LOOKED_AT or not _NEAR.search(line):
        return ""
    bare = " ".join(_NEAR.sub(" ", line).strip(" .,").split())
    return likely_amount(f"£{bare}" if bare[:1].isdigit() else bare)


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
    return Unreadable(f"{quoted(text)} is not an exact amount; write it like 4500 or £4,500.00.")


def _pounds(text: str, grammar: re.Pattern[str], times: Decimal = _ONE) -> Decimal:
    """Read an amount written as text; more than two decimals of a pound are left for the check of pence."""
    found = grammar.fullmatch(text)
    if not found or not (found["figures"] or found["part"]):
        raise not_money(text)
    scale = (found["scale"] or "").casefold()
    if not scale and times == 1 and len(found["part"] or "") > 3:
        raise _too_fine(text)
    figures = (found["figures"] or "0").replace(",", "").replace(" ", "")
    return Decimal(figures + (found["part"] or "")) * _SCALES.get(scale, times)


def _pence(pounds: Decimal, text: str) -> int:
    pence = pounds * 100
    if pounds < 0:
        raise not_money(text)
    if pence >= _MOST_PENCE:
        raise Unreadable(f"{quoted(text)} is more than any fund holds; check the amount.")
    if pence != int(pence):
        raise _too_fine(text)
    return int(pence)


def _too_fine(text: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} has more than two decimals of a pound; round it to the penny.")


_OFTEN = "EUR|USD|AUD|NZD|JPY|CHF|SEK|NOK|DKK|PLN"
_CODES = (
    f"{_OFTEN}|AED|ARS|BDT|BGN|BHD|BRL|CAD|CLP|CNY|COP|CZK|EGP|GHS|HKD|HUF|IDR|ILS|INR|ISK|JMD|KES|KRW|KWD|LKR|"
    "MAD|MXN|MYR|NGN|NPR|OMR|PEN|PHP|PKR|QAR|RON|RUB|SAR|SGD|THB|TRY|TWD|TZS|UAH|UGX|VND|XAF|XOF|ZAR"
)
_CODE = lazy_pattern(rf"\b(?:{_OFTEN})\b|(?:[(\[/]|\bin) ?(?:{_CODES})\b|(?:^| )(?:{_CODES})$")
"""Codes of currencies in capitals; most are words as well, and count in brackets or at the end."""
_FOREIGN_OF_UNITS = lazy_pattern(
    r"[$€¥₹₽₩₺₴₦₱₫₪₿฿¢]|\b(?:euros?|dollars?|yen|rupees?|yuan|zloty|francs?|kron[eo]r|z[łl]|kč|kr|rs)\b"
)
_POUNDS_OF_UNITS = lazy_pattern(r"£|\b(?:gbp|pounds?|sterling|quid)\b")
_HUNDREDS = lazy_pattern(r"\bhundreds\b|£ ?'?00'?s\b")
_MILLIONS = lazy_pattern(r"\bmillions\b|(?:£|\bgbp|\bpounds?) ?-?(?:million|mn?)\b|\(m\)|000,000")
_THOUSANDS = lazy_pattern(
    r"(?:£ ?|(?<![\d,.'£]))'?000 ?'?s?\b|\b1,?000'?s\b|[x×] ?1,?000\b|\bthousands\b|\(thousand\)"
    r"|(?:£|\bgbp|\bpounds?) ?-?thousand\b|£ ?k\b|\bk ?£|\(k\)|\bgbp ?k\b|\bk ?gbp\b"
)
_PENCE = lazy_pattern(
    r"[(\[](?:in |gbp |uk |whole )*(?:pence|p|pennies)(?: only)?[)\]]|\bin (?:whole )?pence\b|\bpence$"
)
_WITH_PENCE = lazy_pattern(
    r"(?:\band|&|\bno|\bnot|\bwithout|\bwith|\bor|\bany|\b[ei]xclu\w+|\binclu\w+)[ (]*(?:the )?pence\b"
)
_TIME = "(?:day|week|fortnight|month|quarter|term|year|annum)"
_PERIOD_OF_UNITS = lazy_pattern(
    rf"\bper (?:{_TIME}|hour|session|head|person|place|participant|household|unit)\b"
    rf"|\b(?:each|every) {_TIME}\b|(?<!for )(?<!over )(?<!in )(?<!within )\ba {_TIME}\b"
    rf"|/ ?(?:{_TIME}|yr|mth|wk)\b|\bp/[amwy]\b|\bp\.[amw]\b|\bpcm\b|[(\[ ]p[amw](?=[)\]]|$)"
    r"|\b(?:daily|weekly|fortnightly|monthly|quarterly|termly|yearly|annual(?:ly)?)"
    r"(?= (?:amounts?|costs?|grants?|funding|totals?|sums?|requests?|figures?)\b|[)\]]|$)"
)
_LIMIT = lazy_pattern(
    r"\b(?:up to|max(?:imum)?|limit(?:ed)?|capped|no more than|not exceed\w*|at most|between|under|below|over"
    r"|less than|more than|at least|from|e\.?g\.?|example)\b[^()\d]{0,25}[1-9][\d,.]*k?[^(),;]*"
)
"""What a heading says of the amounts that may be asked, which is no unit of theirs."""
_LONGEST = 400
_LONGEST_UNIT = 16


class Unit(Struct, frozen=True):
    """What an amount is in: so many pounds (`times`), or something that cannot be told in pounds (None)."""

    words: str
    times: Decimal | None = None
    is_foreign: bool = False


THOUSANDS = Unit("in thousands of pounds", Decimal(1000))
PENCE = Unit("in pence", Decimal("0.01"))
HUNDREDS = Unit("in hundreds")
MILLIONS = Unit("in millions")
FOREIGN = Unit("not in pounds", is_foreign=True)
FOR_EACH = Unit("for each month, year or the like")


@lru_cache(maxsize=1024)
def unit_in(text: str) -> Unit | None:
    """Return the unit that a heading or the like gives to its amounts, None where these are whole pounds."""
    line = figures_line(text)[:_LONGEST].replace("_", " ")
    plain = re.sub("[’‘`´]", "'", line.casefold())
    bare = _LIMIT.sub(" ", plain).strip()
    if _FOREIGN_OF_UNITS.search(bare) or _CODE.search(line):
        return FOREIGN
    if _PERIOD_OF_UNITS.search(bare):
        return FOR_EACH
    if _MILLIONS.search(bare):
        return MILLIONS
    if _HUNDREDS.search(bare):
        return HUNDREDS
    if _THOUSANDS.search(plain):
        return THOUSANDS
    return PENCE if _PENCE.search(_WITH_PENCE.sub(" ", bare)) else None


def says_pounds(text: str) -> bool:
    """Say whether a text names pounds: "£1,200", "GBP", "Pounds sterling"."""
    return bool(_POUNDS_OF_UNITS.search(text.casefold()))


def is_a_unit(text: str) -> bool:
    """Say whether a text is a unit of money and nothing else: "EUR", "£", "£000", "Pounds sterling"."""
    if len(text) > _LONGEST_UNIT or any(figure in "123456789" for figure in text):
        return False
    unit = unit_in(text)
    return says_pounds(text) if unit is None else unit != FOR_EACH


def unit_of_currency(text: str) -> Unit | None:
    """Return the unit that a cell of a column of currencies gives to its row, None for pounds."""
    return unit_in(text) or (None if says_pounds(text) else FOREIGN)


_PERCENT = lazy_pattern(r"(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))?\s*%", re.ASCII)


def percent_of(text: str) -> int | None:
    """Return a per cent as people type it, in hundredths of one; None when it is not one."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        return None
    value = int(found["whole"]) * 100 + int((found["part"] or "").ljust(2, "0"))
    return value if 0 < value <= 10_000 else None


def amounts_of(texts: list[str], award_pence: int) -> list[int]:
    """Return typed amounts in pence; per cents of the award that make up what is left lose no penny."""
    pounds = [0 if percent_of(text) else readable(read_money, text) or 0 for text in texts]
    shares = [(f"{n:03d}", percent_of(text) or 0) for n, text in enumerate(texts)]
    total = sum(weight for _, weight in shares)
    if not total:
        return pounds
    whole = money.half_up(award_pence * total, 10_000)
    rest = award_pence - sum(pounds)
    shared = rest if abs(whole - rest) <= len(texts) else whole
    parts = money.share(max(shared, 0), shares)
    return [pence + parts[key] for pence, (key, _) in zip(pounds, shares, strict=True)]
