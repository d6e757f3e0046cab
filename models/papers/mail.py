"""E-mail addresses in what applicants and panels wrote, which no paper for the public may hold."""

import re

LEFT_OUT = "(address left out)"
ADDRESS = re.compile(r"(?!.*=\?)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
"""What an address is that something may be sent to: one, and nothing beside it, nor another one encoded."""
LONGEST_ADDRESS = 254
_ADDRESS = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")


def holds_mail(text: str) -> bool:
    """Whether a text holds an e-mail address; a lone @ is none."""
    return _ADDRESS.search(text) is not None


def without_mail(text: str) -> str:
    """Return a text with a note in the place of each e-mail address."""
    return _ADDRESS.sub(LEFT_OUT, text)


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses of a field that holds addresses alone; none where anything in it is not one."""
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    whole = all(ADDRESS.fullmatch(part) and len(part) <= LONGEST_ADDRESS for part in parts)
    return tuple(dict.fromkeys(parts)) if whole else ()
