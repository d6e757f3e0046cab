"""Text into CSV, which has no types: what a spreadsheet would run is marked as text.

A sign counts after spaces, no-break spaces and zero-width characters, in its full-width form too, and so do
a tab or a line break at the very start. Source: OWASP, CSV Injection.
"""

from exchange.written_text import clean

_SKIPPED = " \u00a0\ufeff\u200b\u200c\u200d\u2060"
_SIGNS = ("=", "+", "-", "@", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BREAKS = ("\t", "\r", "\n")


def csv_text(text: str) -> str:
    """Return text as a CSV cell has it, with an apostrophe before what a spreadsheet would run."""
    cleaned = clean(text)
    runs = cleaned.lstrip(_SKIPPED).startswith(_SIGNS) or text.startswith(_BREAKS)
    return f"'{cleaned}" if runs else cleaned
