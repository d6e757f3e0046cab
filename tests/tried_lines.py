"""Notes which lines of some files run, without slowing all other code as a trace function does.

While Python traces, it stops at each instruction, most of them in libraries: two fifths of the time of the
tests that are traced. Here each statement of a function is preceded by a word that notes its line. The words
are put into the functions of modules that are loaded already, by giving each its code anew.
"""

import ast
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

WORD = "__ran__"
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef
FORKS = ast.If | ast.For | ast.AsyncFor | ast.While
"""What goes on at its body, or past it."""
Ways = dict[int, set[int]]
"""Of each line that goes on in several ways: the lines that come next on those ways that have some."""


class TriedLines:
    """Notes the lines that run between `start` and `stop`, by the path of their file below a root.

    The negative of a line is noted where what it asks was not so, and nothing stands there for that case.
    """

    def __init__(self, root: Path, packages: Iterable[Path]) -> None:
        self._root, self._packages = root, list(packages)
        self._watched: list[tuple[dict[str, Any], Callable[[int], None]]] = []
        self._is_ready = False
        self.ran: dict[str, set[int]] = {}

    def start(self) -> None:
        """Note what runs from here on."""
        if not self._is_ready:
            self._is_ready = True
            self._watch()
        for names, note in self._watched:
            names[WORD] = note

    def stop(self) -> None:
        """Note nothing from here on."""
        for names, _ in self._watched:
            names[WORD] = _nothing

    def _watch(self) -> None:
        """Put the words into every function of the packages."""
        for path in (path for package in self._packages for path in sorted(package.rglob("*.py"))):
            self.ran[path.relative_to(self._root).as_posix()] = set()
            import_module(module_name(path, self._root))
        codes = {os.path.realpath(self._root / name): noting(self._root / name) for name in self.ran}
        notes = {os.path.realpath(self._root / name): ran.add for name, ran in self.ran.items()}
        watched: dict[int, tuple[dict[str, Any], Callable[[int], None]]] = {}
        for function in _functions():
            file = _real(function.__code__.co_filename)
            code = codes.get(file, {}).get(_key(function.__code__))
            if code is not None:
                function.__code__ = code
                watched[id(function.__globals__)] = function.__globals__, notes[file]
        self._watched = list(watched.values())


def module_name(path: Path, root: Path) -> str:
    """Return by what name a file is imported."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def ways(text: str) -> Ways:
    """Return the lines at which a program goes on in one of several ways."""
    found: Ways = {}
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, FORKS):
            found[node.lineno] = {block[0].lineno for block in (node.body, node.orelse) if block}
        by_turns = _by_turns(node)
        for number, one in enumerate(by_turns):
            found[_line(one)] = {one.body[0].lineno, *map(_line, by_turns[number + 1 : number + 2])}
    return found


def noting(path: Path) -> dict[tuple[str, int], CodeType]:
    """Return the code of a file's functions with the words put in, by their names and first lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            has_words = ast.get_docstring(node, clean=False) is not None
            node.body[has_words:] = _noted(node.body[has_words:])
    whole = compile(ast.fix_missing_locations(tree), str(path), "exec", dont_inherit=True)
    return {_key(code): code for code in _inner(whole)}


def _noted(block: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Return a block with a word before each statement; a function in it is given its own by itself."""
    found: list[ast.stmt] = []
    for statement in block:
        decorators = getattr(statement, "decorator_list", [])
        found += (_word(line, statement) for line in (*(one.lineno for one in decorators), statement.lineno))
        found.append(statement)
        if isinstance(statement, FUNCTIONS):
            continue
        if isinstance(statement, FORKS):
            statement.orelse = _noted(statement.orelse) or [_word(-statement.lineno, statement)]
        elif isinstance(statement, ast.Try | ast.TryStar):
            statement.orelse = _noted(statement.orelse)
            statement.finalbody = _noted(statement.finalbody)
        by_turns = _by_turns(statement)
        for number, one in enumerate(by_turns):
            passed = [_word(_line(other), statement) for other in by_turns[: number + 1]]
            one.body = [*passed, *_noted(one.body)]
        if isinstance(statement, ast.Match) and not _takes_all(statement.cases[-1]):
            last = _word(-_line(statement.cases[-1]), statement)
            statement.cases.append(ast.match_case(ast.MatchAs(), None, [*passed, last]))
        if hasattr(statement, "body"):
            statement.body = _noted(statement.body)
    return found


def _by_turns(node: ast.AST) -> Sequence[ast.ExceptHandler | ast.match_case]:
    """Return what is asked one after another, until one of them fits and its body runs."""
    if isinstance(node, ast.Try | ast.TryStar):
        return node.handlers
    return node.cases if isinstance(node, ast.Match) else ()


def _line(one: ast.ExceptHandler | ast.match_case) -> int:
    return one.lineno if isinstance(one, ast.ExceptHandler) else one.pattern.lineno


def _takes_all(case: ast.match_case) -> bool:
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def _word(line: int, at: ast.AST) -> ast.stmt:
    call = ast.Call(ast.Name(WORD, ast.Load()), [ast.Constant(line)], [])
    return ast.copy_location(ast.Expr(ast.copy_location(call, at)), at)


def _inner(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _inner(one)


def _key(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _functions() -> list[FunctionType]:
    """Return every function there is, those set aside from the look for unused objects as well."""
    gc.unfreeze()
    found = [one for one in gc.get_objects() if type(one) is FunctionType]
    gc.freeze()
    return found


@cache
def _real(file: str) -> str:
    return os.path.realpath(file)


def _nothing(line: int) -> None:
    """Note nothing."""
