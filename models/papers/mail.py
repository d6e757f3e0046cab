"""E-mail addresses in what applicants and panels wrote, which no paper for the public may hold."""

import re

LEFT_OUT = "(address left out)"
_ADDRESS = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)+")


def holds_mail(text: str) -> bool:
    """Whether a text holds an e-mail address; a lone @ is none."""
    return _ADDRESS.search(text) is not None


def without_mail(text: str) -> str:
    """Return a text with a note in the place of each e-mail address."""
    return _ADDRESS.sub(LEFT_OUT, text)
