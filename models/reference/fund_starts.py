"""What a new fund starts from: a template, or nothing."""

from dataclasses import replace

from models.reference.fund_defaults import ONE_GATE, FundDefaults, ListKind, UsualArea
from models.reference.fund_lines import requiring
from models.reference.schemes import template

WEST_MIDLANDS, WEST_MERCIA = "west midlands", "west mercia"
_FORCES = {"acf": WEST_MIDLANDS, "victims": WEST_MIDLANDS, "community": WEST_MERCIA}
"""The force that a template was drawn from, whose areas and postcodes it has."""
_REQUIRED = {"victims": ListKind.PERMITTED}
"""The list of which a new fund wants a line before a decision, for a grant that is for its purposes alone.

The Victims Fund that a new record has does without: round workbooks of it that say no purpose are decided.
"""
_OF_THE_FORCE = ("west midlands", "npu")


def fund_from(name: str, code: str, word: str, force: str = "") -> FundDefaults:
    """Return a new fund of a name and code, started from the template of a word, "" for an empty one.

    The fund of another force than the template's starts without its areas and postcodes; a fund of one area
    is of a whole force, whichever.
    """
    if not word:
        return FundDefaults(code, name, gates=ONE_GATE)
    fund = replace(template(word), code=code, name=name)
    if word in _REQUIRED:
        fund = requiring(fund, _REQUIRED[word], is_required=True)
    if not force.strip() or _FORCES.get(word, "") in force.casefold():
        return fund
    areas = tuple(map(_of_any_force, fund.areas)) if len(fund.areas) == 1 else ()
    return replace(fund, areas=areas, postcodes=())


def _of_any_force(area: UsualArea) -> UsualArea:
    forms = (form for form in area.short_forms if not any(said in form.casefold() for said in _OF_THE_FORCE))
    return replace(area, short_forms=tuple(forms))
