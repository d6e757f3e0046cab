"""Which of an applicant's own words may go into a pack: nothing that says how to reach or pay somebody."""

import re
from collections.abc import Iterable

from models.rows import Answer

LEFT_OUT = "[left out]"
_HEADINGS = re.compile(
    r"\b(bank|building society|account|sort ?code|iban|payee|e-?mail|telephone|phone|mobile|fax|contact"
    r"|address|post ?code|postal|signature|signed|date of birth|d\.?o\.?b|website|referee|declaration"
    r"|(your|applicant'?s?|lead|full|first|last|sur) ?name)",
    re.IGNORECASE,
)
_EMAIL = r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+"
_PHONE = r"(?<![\w.])(?:\+44|\(?0)[\d ()-]{8,14}\d(?!\w)"
_SORT_CODE = r"(?<![\w-])\d{2}[- ]\d{2}[- ]\d{2}(?![\w-])"
_ACCOUNT = r"(?<![\w£,.])\d{8}(?![\w,.]\d)(?!\w)"
_REACH = re.compile("|".join((_EMAIL, _PHONE, _SORT_CODE, _ACCOUNT)))


def allowed_answers(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return the answers that ask for no contact, account or signature, their texts without such either."""
    return tuple((heading, allowed_text(text)) for heading, text in answers if not _HEADINGS.search(heading))


def allowed_text(text: str) -> str:
    """Return a text without addresses for e-mail, telephone numbers, sort codes and account numbers."""
    return _REACH.sub(LEFT_OUT, text)
