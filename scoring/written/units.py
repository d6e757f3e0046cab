"""The unit that a heading, a column of currencies or a number's format gives to amounts beside it.

unit_in("Amount requested (£000s)").times   # 1000
unit_in("Amount requested (€)").words       # "not in pounds"
"""

import re
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from scoring.written.text import figures_line

_OFTEN = "EUR|USD|AUD|NZD|JPY|CHF|SEK|NOK|DKK|PLN"
_CODES = (
    f"{_OFTEN}|AED|ARS|BDT|BGN|BHD|BRL|CAD|CLP|CNY|COP|CZK|EGP|GHS|HKD|HUF|IDR|ILS|INR|ISK|JMD|KES|KRW|KWD|LKR|"
    "MAD|MXN|MYR|NGN|NPR|OMR|PEN|PHP|PKR|QAR|RON|RUB|SAR|SGD|THB|TRY|TWD|TZS|UAH|UGX|VND|XAF|XOF|ZAR"
)
_CODE = re.compile(rf"\b(?:{_OFTEN})\b|(?:[(\[/]|\bin) ?(?:{_CODES})\b|(?:^| )(?:{_CODES})$")
"""Codes of currencies in capitals; most are words as well, and count in brackets or at the end."""
_FOREIGN = re.compile(r"[$€¥₹₽₩₺₴₦₱₫₪₿฿¢]|\b(?:euros?|dollars?|yen|rupees?|yuan|zloty|francs?|kron[eo]r)\b")
_POUNDS = re.compile(r"£|\b(?:gbp|pounds?|sterling|quid)\b")
_MILLIONS = re.compile(r"\bmillions\b|(?:£|\bgbp|\bpounds?) ?-?(?:million|mn?)\b|\(m\)|000,000")
_THOUSANDS = re.compile(
    r"(?:£ ?|(?<![\d,.'£]))'?000 ?'?s?\b|\b1,?000'?s\b|[x×] ?1,?000\b|\bthousands\b|\(thousand\)"
    r"|(?:£|\bgbp|\bpounds?) ?-?thousand\b|£ ?k\b|\bk ?£|\(k\)|\bgbp ?k\b|\bk ?gbp\b"
)
_PENCE = re.compile(
    r"[(\[](?:in |gbp |uk |whole )*(?:pence|p|pennies)(?: only)?[)\]]|\bin (?:whole )?pence\b|\bpence$"
)
_WITH_PENCE = re.compile(
    r"(?:\band|&|\bno|\bnot|\bwithout|\bwith|\bor|\bany|\b[ei]xclu\w+|\binclu\w+)[ (]*(?:the )?pence\b"
)
_TIME = "(?:day|week|fortnight|month|quarter|term|year|annum)"
_PERIOD = re.compile(
    rf"\bper (?:{_TIME}|hour|session|head|person|place|participant|household|unit)\b"
    rf"|\b(?:each|every) {_TIME}\b|(?<!for )(?<!over )(?<!in )(?<!within )\ba {_TIME}\b"
    rf"|/ ?(?:{_TIME}|yr|mth|wk)\b|\bp/[amwy]\b|\bp\.[amw]\b|\bpcm\b|[(\[ ]p[amw](?=[)\]]|$)"
    r"|\b(?:daily|weekly|fortnightly|monthly|quarterly|termly|yearly|annual(?:ly)?)"
    r"(?= (?:amounts?|costs?|grants?|funding|totals?|sums?|requests?|figures?)\b|[)\]]|$)"
)
_LIMIT = re.compile(
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
MILLIONS = Unit("in millions")
FOREIGN = Unit("not in pounds", is_foreign=True)
FOR_EACH = Unit("for each month, year or the like")


@lru_cache(maxsize=1024)
def unit_in(text: str) -> Unit | None:
    """Return the unit that a heading or the like gives to its amounts, None where these are whole pounds."""
    line = figures_line(text)[:_LONGEST].replace("_", " ")
    plain = re.sub("[’‘`´]", "'", line.casefold())
    bare = _LIMIT.sub(" ", plain).strip()
    if _FOREIGN.search(bare) or _CODE.search(line):
        return FOREIGN
    if _PERIOD.search(bare):
        return FOR_EACH
    if _MILLIONS.search(bare):
        return MILLIONS
    if _THOUSANDS.search(plain):
        return THOUSANDS
    return PENCE if _PENCE.search(_WITH_PENCE.sub(" ", bare)) else None


def says_pounds(text: str) -> bool:
    """Say whether a text names pounds: "£1,200", "GBP", "Pounds sterling"."""
    return bool(_POUNDS.search(text.casefold()))


def is_a_unit(text: str) -> bool:
    """Say whether a text is a unit of money and nothing else: "EUR", "£", "£000", "Pounds sterling"."""
    if len(text) > _LONGEST_UNIT or any(figure in "123456789" for figure in text):
        return False
    unit = unit_in(text)
    return says_pounds(text) if unit is None else unit != FOR_EACH


def unit_of_currency(text: str) -> Unit | None:
    """Return the unit that a cell of a column of currencies gives to its row, None for pounds."""
    return unit_in(text) or (None if says_pounds(text) else FOREIGN)
