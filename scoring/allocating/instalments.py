"""The instalments of an award as they are typed: amounts, or per cents of the whole."""

import re

from scoring import money
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable

_PERCENT = re.compile(r"(?P<whole>\d{1,3})(?:\.(?P<part>\d{1,2}))?\s*%", re.ASCII)


def percent_of(text: str) -> int | None:
    """Return a per cent as people type it, in hundredths of one; None when it is not one."""
    found = _PERCENT.fullmatch(text.strip())
    if found is None:
        return None
    value = int(found["whole"]) * 100 + int((found["part"] or "").ljust(2, "0"))
    return value if 0 < value <= 10_000 else None


def amounts_of(texts: list[str], award_pence: int) -> list[int]:
    """Return typed amounts in pence; per cents of the award that make up what is left lose no penny."""
    pounds = [_pence(text) if percent_of(text) is None else 0 for text in texts]
    shares = [(f"{n:03d}", percent_of(text) or 0) for n, text in enumerate(texts)]
    total = sum(weight for _, weight in shares)
    if not total:
        return pounds
    whole = money.half_up(award_pence * total, 10_000)
    rest = award_pence - sum(pounds)
    shared = rest if abs(whole - rest) <= len(texts) else whole
    parts = money.share(max(shared, 0), shares)
    return [pence + parts[key] for pence, (key, _) in zip(pounds, shares, strict=True)]


def _pence(text: str) -> int:
    try:
        return read_money(text) or 0
    except Unreadable:
        return 0
