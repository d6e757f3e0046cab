"""The window's code is loaded file by file, each after what it stands on."""

import ast
from importlib.util import find_spec
from pathlib import Path

from gui.performance.import_order import loading_order

PAGE = "gui.pages.deciding.ranking.page"


def test_a_page_comes_after_all_that_it_imports_and_each_file_once() -> None:
    order = list(loading_order(PAGE, set()))

    place = {module: number for number, module in enumerate(order)}
    assert len(place) == len(order) > 100
    assert order[-1] == PAGE
    for module in order:
        assert all(place[imported] < place[module] for imported in _imported(module)), module


def test_what_is_loaded_and_what_it_alone_imports_is_left_out() -> None:
    every = set(loading_order(PAGE, set()))

    assert list(loading_order(PAGE, every - {PAGE})) == [PAGE]


def _imported(module: str) -> list[str]:
    """Return what a file imports of the window's code at its top, read from its source."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    found = ast.parse(Path(spec.origin).read_text(encoding="utf-8")).body
    names = [node.module for node in found if isinstance(node, ast.ImportFrom) and node.module]
    return [name for name in names if name.startswith("gui.")]
