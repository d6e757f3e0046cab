"""What a new fund starts from: a template, or nothing."""

from collections.abc import Sequence

from msgspec.structs import replace

from models.reference.fund_defaults import ONE_GATE, FundDefaults, ListKind, UsualArea
from models.reference.fund_lines import requiring
from models.reference.schemes import shipped_funds, template

WEST_MIDLANDS, WEST_MERCIA = "west midlands", "west mercia"
_FORCES = {"acf": WEST_MIDLANDS, "victims": WEST_MIDLANDS, "community": WEST_MERCIA}
"""The force that a template was drawn from, whose areas and postcodes it has."""
_REQUIRED = {"victims": ListKind.PERMITTED}
"""The list of which a new fund wants a line before a decision, for a grant that is for its purposes alone."""
_OF_THE_FORCE = (
    "west midlands",
    "npu",
    "strategic police and crime board",
    "assistant police and crime commissioner",
)
"""Words of areas, and of posts on a panel, that one force has and another need not."""


def fund_from(name: str, code: str, word: str, force: str = "") -> FundDefaults:
    """Return a new fund of a name and code, started from the template of a word, "" for an empty one.

    The fund of another force than the template's starts without its areas, its postcodes and the posts that
    only that force's panel has; a fund of one area is of a whole force, whichever.
    """
    if not word:
        return FundDefaults(code, name, gates=ONE_GATE)
    fund = replace(template(word), code=code, name=name)
    if word in _REQUIRED:
        fund = requiring(fund, _REQUIRED[word], is_required=True)
    return fund if _FORCES.get(word, "") in force.casefold() else _of_another_force(fund, force)


def ready_made(codes: Sequence[str] | None = None, force: str = "") -> tuple[FundDefaults, ...]:
    """Return the funds that ship as a record of a force has them that is made in the window, None for all.

    They want what a fund from their template does, and are without what is the West Midlands' alone in the
    record of another force; the money of its years stays with it, whether a force is named or none. In a
    record that the command makes they do without: round workbooks that say no purpose are loaded and decided
    there by scripts.
    """
    wanted = {template(word).code: kind for word, kind in _REQUIRED.items()}
    funds = (
        requiring(fund, wanted[fund.code], is_required=True) if fund.code in wanted else fund
        for fund in shipped_funds(codes)
    )
    if WEST_MIDLANDS in force.casefold():
        return tuple(funds)
    return tuple(_of_another_force(replace(fund, amounts=(), sources=()), force) for fund in funds)


def _of_another_force(fund: FundDefaults, force: str) -> FundDefaults:
    """Return a fund without what one force has and another need not; as it is where no force is named."""
    if not force.strip():
        return fund
    areas = tuple(map(_of_any_force, fund.areas)) if len(fund.areas) == 1 else ()
    kinds = tuple(rule for rule in fund.panel_kinds if not any(map(_is_of_the_force, rule.posts)))
    return replace(fund, areas=areas, postcodes=(), panel_kinds=kinds, also_known_as=())


def _of_any_force(area: UsualArea) -> UsualArea:
    return replace(area, short_forms=tuple(form for form in area.short_forms if not _is_of_the_force(form)))


def _is_of_the_force(text: str) -> bool:
    return any(said in text.casefold() for said in _OF_THE_FORCE)
