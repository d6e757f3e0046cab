"""What of a fund is typed in a form of its own: who sits on its panel, when recipients report, parts paid."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from models.reference.fund_checks import MOST_LINES
from models.reference.fund_defaults import MEMBER_KINDS, PanelKind, ReturnBand
from scoring.counted import listed
from scoring.money import plain_pounds
from scoring.refused import Refused
from scoring.written.amounts import read_money
from scoring.written.text import Unreadable

LONGEST_PIECE = 300
"""Characters between two semicolons."""
POINTS = ("end", "halves", "quarterly")
PANEL_HINT = (
    "How many of which kind (police, community, partner, office) or which post, with semicolons: "
    "3 of office; 1 of community, partner; 1 of Victims' Champion. A post is written as the member's "
    "organisation. Empty for no rule."
)
RETURNS_HINT = (
    "When recipients report, by the size of the award, with semicolons: up to 5000 end; up to 20000 halves; "
    "any quarterly. Halves are half way and at the end. Empty for the usual ones."
)
PARTS_HINT = "Percent and what it waits for, with semicolons: 50 agreement signed; 50 proof of purchase."
Parts = tuple[tuple[int, str], ...]

_RULE = re.compile(r"(\d{1,2}) of (.+)")
_BAND = re.compile(r"(?:up to (.+?)|any(?: amount)?):? (\w+)", re.IGNORECASE)
_PART = re.compile(r"(\d{1,3}) ?%? (.+)")
T = TypeVar("T")


def panel_text(rules: Iterable[PanelKind]) -> str:
    """Return who must sit on a panel as it would be typed: "1 of community, partner"."""
    return "; ".join(f"{rule.at_least} of {', '.join((*rule.kinds, *rule.posts))}" for rule in rules)


def read_panel(text: str, stood: Sequence[PanelKind]) -> tuple[PanelKind, ...]:
    """Read who must sit on a panel; a rule that stood keeps the words of its warning."""
    words = {(rule.kinds, rule.posts, rule.at_least): rule.words for rule in stood}

    def rule(found: re.Match[str]) -> PanelKind:
        named = tuple(filter(None, (one.strip() for one in found[2].split(","))))
        kinds = tuple(one.casefold() for one in named if one.casefold() in MEMBER_KINDS)
        posts = tuple(one for one in named if one.casefold() not in MEMBER_KINDS)
        least = int(found[1])
        if not (named and least):
            raise Refused(f"“{found[0]}” asks for nobody. {PANEL_HINT}")
        said = words.get((kinds, posts, least)) or _warning((*kinds, *posts), least, has_posts=bool(posts))
        return PanelKind(kinds, least, said, posts)

    return _each(text, _RULE, rule, PANEL_HINT)


def returns_text(bands: Iterable[ReturnBand]) -> str:
    """Return when recipients report as it would be typed: "up to 5000.00 end; any quarterly"."""
    return "; ".join(
        f"{'any' if band.up_to_pence is None else f'up to {plain_pounds(band.up_to_pence)}'} {band.points}"
        for band in bands
    )


def read_returns(text: str) -> tuple[ReturnBand, ...]:
    """Read when recipients report; refused unless the amounts rise and the last is any amount."""

    def band(found: re.Match[str]) -> ReturnBand:
        points = found[2].casefold()
        if points not in POINTS:
            raise Refused(f"“{found[2]}” is not one of {listed(POINTS, 'or')}. {RETURNS_HINT}")
        try:
            return ReturnBand(read_money(found[1]) if found[1] else None, points)
        except Unreadable as no:
            raise Refused(f"“{found[0]}”: {no}") from no

    bands = _each(text, _BAND, band, RETURNS_HINT)
    *bounds, last = [one.up_to_pence for one in bands] or [None]
    rising = [one or 0 for one in bounds]
    if last is not None or None in bounds or rising != sorted(set(rising)):
        raise Refused(
            f"The amounts must rise from one to the next, and the last must be any amount. {RETURNS_HINT}"
        )
    return bands


def parts_text(parts: Parts) -> str:
    """Return the parts of a payment as they would be typed: "50 agreement signed; 50 proof of purchase"."""
    return "; ".join(f"{percent} {trigger}" for percent, trigger in parts)


def read_parts(text: str) -> Parts:
    """Read the parts of a payment; refused unless they come to 100 percent."""
    parts = _each(text, _PART, lambda found: (int(found[1]), found[2]), PARTS_HINT)
    whole = sum(percent for percent, _ in parts)
    if whole != 100:
        raise Refused(f"The parts come to {whole} percent, not to 100. {PARTS_HINT}")
    if not all(percent for percent, _ in parts):
        raise Refused(f"A part of 0 percent pays nothing. Leave it out. {PARTS_HINT}")
    return parts


def pieces(text: str) -> tuple[str, ...]:
    """Return what stands between semicolons or on lines, blanks left out; refused for more than it holds."""
    found = tuple(filter(None, (" ".join(one.split()) for one in re.split(r"[;\n]", text))))
    if len(found) > MOST_LINES or max(map(len, found), default=0) > LONGEST_PIECE:
        raise Refused(f"Write up to {MOST_LINES} of them with up to {LONGEST_PIECE} characters each.")
    return found


def _each(text: str, form: re.Pattern[str], made: Callable[[re.Match[str]], T], hint: str) -> tuple[T, ...]:
    """Return what is made of each piece between semicolons; refused for one that has not the form."""
    found = []
    for piece in pieces(text):
        match = form.fullmatch(piece)
        if match is None:
            raise Refused(f"“{piece[:60]}” cannot be read. {hint}")
        found.append(made(match))
    return tuple(found)


def _warning(named: Sequence[str], least: int, *, has_posts: bool) -> str:
    """Return what the page Panel says where a panel has not so many."""
    who = listed(named, "or")
    if has_posts:
        return (
            f"{who} is not on the panel." if least == 1 else f"Fewer than {least} of {who} are on the panel."
        )
    return (
        f"The panel has no {who} member."
        if least == 1
        else f"The panel has fewer than {least} {who} members."
    )
