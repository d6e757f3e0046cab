"""What a new fund starts from: a template, or nothing."""

from dataclasses import replace

from models.reference.fund_defaults import ONE_GATE, FundDefaults
from models.reference.schemes import template

WEST_MIDLANDS, WEST_MERCIA = "west midlands", "west mercia"
_FORCES = {"acf": WEST_MIDLANDS, "victims": WEST_MIDLANDS, "community": WEST_MERCIA}
"""The force that a template was drawn from, whose areas and postcodes it has."""


def fund_from(name: str, code: str, word: str, force: str = "") -> FundDefaults:
    """Return a new fund of a name and code, started from the template of a word, "" for an empty one.

    The fund of another force than the template's starts without its areas and postcodes; a fund of one area
    is of a whole force, whichever.
    """
    if not word:
        return FundDefaults(code, name, gates=ONE_GATE)
    fund = replace(template(word), code=code, name=name)
    if not force.strip() or _FORCES.get(word, "") in force.casefold():
        return fund
    return replace(fund, areas=fund.areas if len(fund.areas) == 1 else (), postcodes=())
