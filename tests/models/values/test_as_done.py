"""Every change is said as done in History and after it; the button's words stay an order."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from models.operation import every_operation
from models.values.as_done import PAST, SAME, as_done

OPERATIONS = Path(__file__).parents[3] / "models" / "operations"


@pytest.mark.parametrize(
    ("label", "done"),
    [
        ("Take back the agreement of ACF-001", "Took back the agreement of ACF-001"),
        ("Gate “Within cap” of ACF-001: passed", "Gate “Within cap” of ACF-001: passed"),
        ("Add the area Parks and open spaces", "Added the area Parks and open spaces"),
        ("Set the pot of Coventry to £5.00", "Changed the pot of Coventry to £5.00"),
        ("Made the record", "Made the record"),
    ],
)
def test_a_change_is_said_as_done(label: str, done: str) -> None:
    assert as_done(label) == done


def test_every_label_begins_with_a_verb_that_has_its_past() -> None:
    labels = [head for path in OPERATIONS.rglob("*.py") for head in _heads(path)]
    heads = [
        *labels,
        *(head for one in every_operation().values() for head in _of_title(getattr(one, "titled", ""))),
    ]

    assert len(heads) > 80
    assert [head for head in heads if head.split()[0] not in {*PAST, *SAME}] == []


def _heads(path: Path) -> Iterator[str]:
    """Yield how the labels of a file begin."""
    for function in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(function, ast.FunctionDef) and function.name == "label":
            for line in ast.walk(function):
                if isinstance(line, ast.Return) or _is_verb(line):
                    yield from _texts(line.value)


def _is_verb(line: ast.AST) -> bool:
    return isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "verb"


def _of_title(titled: str) -> Sequence[str]:
    """Return how a title begins; one of two words with each of them."""
    choice = re.match(r"\{[^:}]*:(?! or )([^}]*\|[^}]*)\}", titled)
    texts = choice[1].split("|") if choice else [titled]
    return [text for text in texts if text and not text.startswith("{")]


def _texts(value: ast.expr | None) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(words)):
            yield words
        case ast.JoinedStr(values=[ast.FormattedValue(value=first), *_] | [first, *_]):
            yield from _texts(first)
        case ast.IfExp(body=one, orelse=other):
            yield from _texts(one)
            yield from _texts(other)
        case ast.BinOp(left=first):
            yield from _texts(first)
