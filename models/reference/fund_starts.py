"""What a new fund starts from: a template, or nothing."""

from dataclasses import replace

from models.reference.fund_defaults import ONE_GATE, FundDefaults
from models.reference.schemes import template


def fund_from(name: str, code: str, word: str) -> FundDefaults:
    """Return a new fund of a name and code, started from the template of a word, "" for an empty one."""
    if not word:
        return FundDefaults(code, name, gates=ONE_GATE)
    return replace(template(word), code=code, name=name)
