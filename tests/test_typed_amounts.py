"""Every door by which an amount comes in takes the same amounts and refuses with the same sentence."""

import ast
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.applications.fields import read_pence
from exchange.applications.importer import with_typed
from exchange.cells.values import read_money as read_cell
from exchange.reading.pasted import read_areas
from exchange.round_workbook.table import figure, money_from_nought
from gui.pages.set_up.criteria.criteria import _read_figure
from gui.pages.set_up.starting.area_grid import _pence, _tidy_money
from gui.widgets.typed import amount_fault, pence_of
from models.values.rows import ApplicationRow
from scoring.publishing import read_bands
from scoring.written.amounts import amounts_of, read_money
from tests.sources import nodes

PRODUCT = ("cli", "exchange", "gui", "models", "scoring")
ROW = ApplicationRow("W-001", "Canal Scouts")


def _boxed(text: str) -> int | None:
    pence = pence_of(text)
    if pence is None:
        raise ValueError(amount_fault(text))
    return pence


def _in_parts(text: str) -> int | None:
    pence = _boxed(text)
    assert amounts_of([text], 10**15) == [pence]
    return pence


def _pasted(text: str) -> int | None:
    (area,) = read_areas(f"Dudley\t{text}")
    return area.pot_pence


def _pounds(read: Callable[[str], object]) -> Callable[[str], int | None]:
    return lambda text: int(read(text) * 100)  # type: ignore[operator]


LOOSE: dict[str, Callable[[str], int | None]] = {
    "a cell": read_cell,
    "a cell of an import": read_pence,
    "a box for an amount": _boxed,
    "an instalment": _in_parts,
    "a pot": _pence,
    "a line of the grid of areas": lambda text: read_money(_tidy_money(text)),
    "a pasted line": _pasted,
    "a form of an application": lambda text: with_typed(ROW, {"match_funding": text}).match_funding_pence,
}
"""Doors that take an amount as people write it."""
PLAIN: dict[str, Callable[[str], int | None]] = {
    "a round workbook": money_from_nought,
    "a bound of a workbook": _pounds(figure),
    "a bound of the page": _pounds(_read_figure),
    "a band": _pounds(lambda text: read_bands(f"{text}=100")[0].bound),
}
"""Doors that take figures alone, with or without a pound sign."""
TYPED = st.from_regex(r"\A(£ ?)?\d{1,5}([.,]\d{1,4}){0,2}\Z") | st.sampled_from(
    ["4,50", "1,8700", "ten", "-5", "£"]
)


@given(TYPED)
def test_every_door_takes_what_the_one_reader_takes(text: str) -> None:
    said, pence = _came_to(read_money, text)

    for name, door in LOOSE.items():
        assert _came_to(door, text) == (said, pence), name
    for name, door in PLAIN.items():
        if said.endswith("round it to the penny.") and name != "a round workbook":
            continue  # a bound may be a share, with more decimals than money has
        assert _came_to(door, text) == (said, pence), name


def _came_to(door: Callable[[str], int | None], text: str) -> tuple[str, int | None]:
    try:
        return "", door(text)
    except ValueError as error:
        return _sentence(str(error)), None
    except Exception as error:  # noqa: BLE001  a refusal of any kind
        return _sentence(str(error)), None


def _sentence(words: str) -> str:
    """Return the sentence of the amount, without the place before it and the help after it."""
    return words[words.index("“") :].removesuffix(" Write bands as bound=score, such as 1000=100; 2500=60.")


OWN = {
    "scoring/written/amounts.py": "the one reader of amounts",
    "exchange/cells/values.py": "counts and decimals of a cell, by a grammar of their own",
    "exchange/round_workbook/table.py": "numbers of a round workbook, by a grammar of their own",
    "models/reference/shipped_history.py": "figures of shipped printed tables, which nobody types",
    "models/papers/monitoring/monitoring_plan.py": "a target in an applicant's words",
}
"""The only files that take commas out of a text, and what for."""

COUNTED = ("Decimal", "int", "float")


def test_nobody_reads_an_amount_in_a_way_of_their_own() -> None:
    """Whoever takes commas or pound signs out of a text to count with it is a second parser of money."""
    own = {path for path, node in nodes(r"""replace\(\s*["'][,£]""", *PRODUCT) if _strips(node)}

    assert own - set(OWN) == set()


@pytest.mark.parametrize("name", ["read_money", "read_day"])
def test_each_reader_stands_once_beside_its_door_for_cells(name: str) -> None:
    found = {
        path
        for path, node in nodes(rf"def\s+{name}\b", *PRODUCT)
        if isinstance(node, ast.FunctionDef) and node.name == name
    }

    assert found <= {"scoring/written/amounts.py", "scoring/written/days.py", "exchange/cells/values.py"}


def _strips(node: ast.AST) -> bool:
    """Whether this is a call of Decimal, int or float on a text from which commas were taken."""
    is_plain_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return is_plain_call and node.func.id in COUNTED and any(map(_takes_commas, ast.walk(node)))


def _takes_commas(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "replace"
        and [one.value for one in node.args if isinstance(one, ast.Constant)] in ([",", ""], ["£", ""])
    )
