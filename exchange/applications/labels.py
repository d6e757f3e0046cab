"""Know the labels of totals and the beginnings of notes, as offices write them below and between rows."""

import re

from exchange.applications.wording import collapsed

_TOTAL = re.compile(
    r"(?:grand|overall|running|page|column|fund|round|area|npu|final|combined|the)?[\s-]*"
    r"(?:sub[\s-]*)?(?:totals?|sum|average|mean|median|count|minimum|maximum|min|max|balance|remaining"
    r"|remainder)"
    r"(?:\s*(?:requested|request|requests|amounts?|asked|applied|applications?|responses?|submissions?|entries"
    r"|cost|costs|bids?|of all"
    r"|of|for|in|to date|so far|funding|pot|budget|available|carried forward|brought forward|all"
    r"|the)\b.{0,40})?"
    r"\s*(?:\(.{0,40}\))?\s*[:=.]?"
    r"(?:\s*£?[\d,.]+)?"
    r"|.{1,40}\b(?:sub[\s-]?totals?|totals?)\s*[:=.]?"
    r"|(?:number|no\.?|count) of (?:applications|bids|projects|organisations|responses|submissions|entries)\b"
    r".{0,20}"
    r"|\d+ (?:applications?|bids?|projects?|organisations?|responses?|submissions?|entry|entries|records?)"
    r"|(?:budget|pot|fund|funding|money|amount|total)?\s*(?:available|remaining|left|budget|pot"
    r"|carried forward|brought forward|unallocated|difference|variance|shortfall|surplus"
    r"|deficit|awarded|approved|committed|spent|over[\s/-]*under(?:spend)?)\s*[:=.]?",
    re.IGNORECASE | re.DOTALL,
)
_NOTE = re.compile(
    r"(?:notes?|n\.?b\.?|key|source|printed|prepared|exported|generated|produced|please|deadline|contact"
    r"|end of|page \d|confidential|official|©|copyright|\*|filters? applied|report|signed|checked|version"
    r"|updated|date)\b",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"total|sum\b|average|mean|median|count\b|m[ia][nx]\b|balance|remain|budget|pot\b|available|left\b|applications|bids"
    r"|projects|number|no\b|organisations|forward|variance|difference|unallocated|over|shortfall|surplus|deficit|awarded|approved|committed|spent|^[-–/.nN]",
    re.IGNORECASE,
)
_PURE_TOTAL = re.compile(r"(?:grand|overall|sub)?[\s-]*totals?\s*:?", re.IGNORECASE)
_LONG_FOR_A_NAME = 100


def is_label(text: str) -> bool:
    """Say whether a text is the label of a row of totals, "Grand total" or "Coventry subtotal"."""
    return len(text) <= _LONG_FOR_A_NAME and bool(_TOTAL.fullmatch(collapsed(text)))


def is_pure_total(text: str) -> bool:
    """Say whether a text is a total's label and nothing more, "Grand total"."""
    return bool(_PURE_TOTAL.fullmatch(text))


def hints_at_label(name: str) -> bool:
    """Say quickly whether a name needs a closer look: any label of a total does."""
    return bool(_HINT.search(name))


def reads_as_note(text: str) -> bool:
    """Say whether a text in the place of a name begins a note, "Prepared by:"."""
    return text.endswith(":") or len(text) > _LONG_FOR_A_NAME or bool(_NOTE.match(text))
