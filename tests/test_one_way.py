"""One way for each recurring thing: what there is once below is not written a second time anywhere."""

import ast
import re
from collections.abc import Callable

import pytest

from tests.sources import nodes, texts

PRODUCT = ("cli", "exchange", "gui", "models", "scoring")


def _prints_a_month(node: ast.AST) -> bool:
    """Whether a day is printed by a form of its own: f"{day:%b %Y}"."""
    if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
        return any(sign in ast.unparse(node.format_spec) for sign in ("%b", "%B"))
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr == "strftime" and "%b" in ast.unparse(node).casefold()


def _counts(node: ast.AST) -> bool:
    """Whether a noun gets its plural where it stands: 'line' if count == 1 else 'lines'."""
    if not (isinstance(node, ast.IfExp) and ast.unparse(node.test).endswith("== 1")):
        return False
    one, many = (_text(part) for part in (node.body, node.orelse))
    return one is not None and many is not None and many.endswith(f"{one.removeprefix('1 ').split(' ')[0]}s")


def _text(node: ast.AST) -> str | None:
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)).strip()
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _bars_signs(node: ast.AST) -> bool:
    """Whether the signs are listed that the name of a file may not hold."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and {*'\\/:*?"<>|'} <= {*node.value}


def _compares_names(node: ast.AST) -> bool:
    """Whether case and spaces are taken out of a name: " ".join(name.casefold().split())."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    used = {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}
    return node.func.attr in ("join", "casefold") and {"join", "casefold", "split"} <= used


def _nests(node: ast.AST) -> bool:
    """Whether a layout is put into another, or an item of one asked for: PySide holds on to it too long."""
    names = ("addLayout", "insertLayout", "addChildLayout", "itemAt", "takeAt")
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in names


def _asks_for_file(node: ast.AST) -> bool:
    """Whether the system's box for files is asked for where nothing remembers the folder."""
    return isinstance(node, ast.Name) and node.id == "QFileDialog"


def _is_bare_dialog(node: ast.AST) -> bool:
    """Whether a dialog is laid out without a form: only search stands without title and buttons."""
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id in ("Dialog", "QDialog") for base in node.bases
    )


def _is_bare_line(node: ast.AST) -> bool:
    """Whether a line to type in is made, or a kind of it, which is passed in silence while it is empty."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "QLineEdit"
    return isinstance(node, ast.ClassDef) and "QLineEdit" in map(ast.unparse, node.bases)


def _lies_beside_a_file(node: ast.AST) -> bool:
    """Whether a file is offered beside the record's own: the facts know a folder for one on a server, too."""
    is_part = isinstance(node, ast.Attribute) and node.attr in ("parent", "with_name")
    return is_part and ast.unparse(node.value).endswith("facts.path")


COUNTS = "counts with their noun"
THINGS: dict[str, tuple[Callable[[ast.AST], bool], str, set[str]]] = {
    "days as printed": (_prints_a_month, "%[bB]", {"scoring/written/days.py"}),
    COUNTS: (_counts, r"==\s*1\)?\s+else\b", set()),
    "dialogs beside the form": (
        _is_bare_dialog,
        r"class\b[^:]*Dialog",
        {
            *("gui/dialogs/dialog.py", "gui/dialogs/form.py", "gui/help/search_controller.py"),
            "gui/help/guide.py",
        },
    ),
    "the same name": (_compares_names, "casefold", {"scoring/written/names.py"}),
    "rows in columns": (
        _nests,
        "addLayout|insertLayout|addChildLayout|itemAt|takeAt",
        {"gui/widgets/nesting.py"},
    ),
    "lines to type in": (_is_bare_line, r"QLineEdit\b", {"gui/widgets/typed.py"}),
    "folders to write to": (_lies_beside_a_file, r"facts\.path", {"gui/record/notices.py"}),
    "boxes for files": (_asks_for_file, "QFileDialog", {"gui/dialogs/files.py"}),
    "names of files": (
        _bars_signs,
        r"(?s)\A(?=.*/)(?=.*:)(?=.*\*)(?=.*\?)(?=.*<)(?=.*>)(?=.*\|)",
        {"scoring/written/names.py"},
    ),
}
"""What to look for, what a text says that has it, and where it stands."""

DAYS = (
    *("date.today", "datetime.now", "datetime.today", "utc_now().astimezone", "utc_now().date"),
    *("QDate.currentDate", "QDateTime.currentDateTime", "QTime.currentTime"),
)
"""How the day or the moment where the laptop stands is read."""


@pytest.mark.parametrize("thing", THINGS)
def test_there_is_one_way(thing: str) -> None:
    is_one, found_by, own = THINGS[thing]

    found = [(path, getattr(node, "lineno", 0)) for path, node in nodes(found_by, *PRODUCT) if is_one(node)]

    assert [place for place in found if place[0] not in own] == []
    assert thing == COUNTS or {path for path, _ in found} == own, "the one way itself is found"


def test_values_are_structs_and_the_window_reads_the_day_from_its_one_clock() -> None:
    imports = (node for node in nodes("dataclasses", *PRODUCT) if isinstance(node[1], ast.ImportFrom))

    assert [path for path, node in imports if node.module == "dataclasses"] == []

    read = {
        path
        for path, node in nodes("|".join(map(re.escape, DAYS)), "gui")
        if isinstance(node, ast.Attribute) and ast.unparse(node) in DAYS
    }
    assert read == {"gui/record/clock.py"}


def test_what_asks_a_record_changes_none_of_its_rows() -> None:
    changing = r"from models\.session import (?:[^(\n]*|\([^)]*)\b(?:put|remove|set_values|replace_row)\b"

    found = texts("models/queries", "exchange", "cli", "gui")
    assert [path for path, text in found.items() if re.search(changing, text)] == []


def test_a_connection_to_a_file_is_closed_where_it_is_opened() -> None:
    """As a context of its own a connection commits, and stays open: it is closed by `closing` beside."""
    left_open = [
        f"{path}:{node.lineno}"
        for path, node in nodes(r"\bconnect\(", *PRODUCT, "tests", "benchmarks", "packaging")
        if isinstance(node, ast.withitem)
        and isinstance(called := node.context_expr, ast.Call)
        and ast.unparse(called.func) in ("sqlite3.connect", "dbapi2.connect", "engine.connect")
        for node in [called]
    ]

    assert left_open == []
