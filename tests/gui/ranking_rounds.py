"""Rounds for the ranking page: two members, an interest of the chair's, and a record of it in a window."""

from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from gui.access.identity import identity_of
from gui.app import Window
from gui.pages.deciding.ranking.page import RankingPage
from models.operation import Actor
from models.queries.deciding.round_list import Listed
from models.values.rows import InterestRow, MemberRow, RoundRows, SheetRow
from scoring.round import InterestKind
from tests.gui.builders import wolverhampton_round
from tests.gui.loaded_rounds import make_loaded

CHAIR = Actor("Priya Nair", "chair")
CLOSED = "W-009"
"""What the chair declared an interest in: Low Hill Community Larder, 82.00, equal fourth."""


def two_member_round() -> RoundRows:
    """Return the round of one area with a second member, who marks as the first, and a floor of 45."""
    rows = wolverhampton_round()
    second = tuple(replace(sheet, member="OKORO") for sheet in rows.sheets)
    return replace(
        rows,
        scheme=replace(rows.scheme, minimum_total=Decimal(45)),
        members=(*rows.members, MemberRow("OKORO", "Grace Okoro")),
        sheets=(*rows.sheets, *second),
        interests=(*rows.interests, InterestRow("OKORO", None, InterestKind.NONE)),
    )


def interested_round() -> RoundRows:
    """Return the round in which the chair stands aside on one application."""
    rows = two_member_round()
    sheets: tuple[SheetRow, ...] = tuple(
        sheet for sheet in rows.sheets if (sheet.member, sheet.application) != ("NAIR", CLOSED)
    )
    own = InterestRow("NAIR", CLOSED, InterestKind.PREJUDICIAL)
    return replace(rows, sheets=sheets, interests=(*rows.interests, own))


def show(window: Window, path: Path, rows: RoundRows) -> Window:
    """Make a record of a round and show its ranked list to the chair."""
    window.controller.open(make_loaded(path, rows, CHAIR))
    use_as(window, "Priya Nair")
    window.main.tools.go("ranking")
    return window


def use_as(window: Window, name: str) -> None:
    """Use the window as somebody of the round's panel."""
    part = next(part for part in window.controller.rounds.parts if part.name == name)
    window.main.tools.use_as(identity_of(part))


def line(window: Window, reference: str) -> Listed:
    """Return an application of the list."""
    figures = window.main.ranking.figures
    return next(x for x in figures.listed.lines if x.standing.reference == reference)


def menu_words(page: RankingPage, reference: str) -> list[str]:
    """Return what the menu of an application offers."""
    actions = page.row_buttons.menu(reference).actions()
    return [action.text().partition("\t")[0] for action in actions if action.text()]
