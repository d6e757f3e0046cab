"""Which of an applicant's own words may go into a pack: nothing that says how to reach or pay somebody."""

import re
from collections.abc import Iterable

from models.values.rows import Answer

LEFT_OUT = "[left out]"
_HEADINGS = re.compile(
    r"\b(bank|building society|account|sort ?code|iban|payee|e-?mail|telephone|phone|mobile|fax|contact"
    r"|address|post ?code|postal|signature|signed|date of birth|d\.?o\.?b|website|referee|declaration"
    r"|(your|applicant'?s?|lead|full|first|last|sur) ?name)",
    re.IGNORECASE,
)
_EMAIL = r"(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+"
_PHONE = r"(?<![\w.])(?:\+44|\(?0)[\d ()-]{8,14}\d(?!\w)"
_GAP = "(?:[ \t\u00a0\u00ad\u2000-\u200d\u202f\u2060\u3000\ufeff_\u2010-\u2015\u2212-]{1,3})"
"""What may stand between the groups of a number: up to three spaces or dashes of any kind, seen or not."""
_SORT_CODE = rf"(?<![\w-])\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{2}}(?![\w-])"
_REACH = re.compile("|".join((_EMAIL, _PHONE)))
_IBAN = re.compile(
    rf"(?<!\w)[A-Z]{{2}}\d{{2}}{_GAP}?(?:[A-Z]{{4}}{_GAP}?)?[A-Z]{{0,2}}\d[A-Z0-9]*"
    rf"(?:{_GAP}[A-Z]{{0,2}}\d[A-Z0-9]*)*(?!\w)",
    re.IGNORECASE,
)
_SHORTEST_IBAN, _FEWEST_DIGITS = 15, 10
_NAMED = (
    rf"(?<!\w)(?:sort{_GAP}?code|account|acct?|a/c)(?:{_GAP}?(?:no|num|number)\b)?(?: is)?[\s.:#=]{{0,4}}"
    r"\d{6,8}(?!\d)"
)
"""Six to eight digits in one piece, where a word before them says what they are."""
_ACCOUNT = re.compile(
    rf"{_NAMED}|(?<![\w£])(?<!\d[,.])(?:\d{{6}}{_GAP})?\d(?:{_GAP}?\d){{7}}(?!\w|[,.]\d)|{_SORT_CODE}",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"(?:{_YEAR}{_GAP}{_YEAR}|\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}{_YEAR}|{_YEAR}{_GAP}\d{{1,2}}{_GAP}\d{{1,2}})"
)
"""Eight digits that are two years or a day."""


def allowed_answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers that ask for no contact, account or signature, their texts without such either."""
    return tuple((heading, allowed_text(text)) for heading, text in answers if not _HEADINGS.search(heading))


def allowed_text(text: str) -> str:
    """Return a text without addresses for e-mail, telephone numbers, sort codes, account numbers and IBANs.

    A number counts however it is spaced: "1234 5678" and "GB29 NWBK 6016 1331 9268 19" are left out.
    """
    return _ACCOUNT.sub(_without_number, _REACH.sub(_without_number, _IBAN.sub(_without_iban, text)))


def _without_iban(found: re.Match[str]) -> str:
    """Leave out what is long enough for an IBAN: fifteen letters and digits, ten of them digits."""
    said = [sign for sign in found[0] if sign.isalnum()]
    is_iban = len(said) >= _SHORTEST_IBAN and sum(sign.isdecimal() for sign in said) >= _FEWEST_DIGITS
    return LEFT_OUT if is_iban else found[0]


def _without_number(found: re.Match[str]) -> str:
    return found[0] if _DAY.fullmatch(found[0]) else LEFT_OUT
