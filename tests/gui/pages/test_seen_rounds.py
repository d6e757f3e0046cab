"""The window asks for what one person may read: never for a whole round, to hide a part of it there."""

import ast

from tests.sources import nodes

WHOLE = {
    "models.queries.set_up.round_facts": {"round_rows"},
    "models.queries.panel.meeting": {"meeting"},
    "models.queries.panel.panel": {"sheets", "agreed"},
}
"""What returns marks and reasons of everybody, for sums and papers alone."""


def test_no_page_asks_for_marks_that_are_not_for_the_person() -> None:
    found = [
        f"{path}: {name.name}"
        for path, node in nodes("|".join(WHOLE), "gui")
        if isinstance(node, ast.ImportFrom) and node.module in WHOLE
        for name in node.names
        if name.name in WHOLE[node.module]
    ]

    assert found == [], "ask seen_round or seen_meeting, which take the viewer"
