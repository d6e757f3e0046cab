"""Probes in the code of some packages: which of its lines were reached, and which ways were taken.

As a module of these packages is imported, a probe is put into each block: before its last statement, since
whoever reaches that has passed all before it. What has no block gets one with a probe alone: a condition
that does not hold, a loop that comes to its end, a value that no case takes. A probe sets one byte, so that
code with probes runs nearly as fast as without, and all other code as fast.
"""

import ast
import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

PASSED = "__passed__"
"""How a module names the bytes that its probes set."""
_OWN = Path(__file__).read_bytes()
"""What the probes that are kept come from, beside the module's own words."""
BLOCKS = ("body", "orelse", "finalbody")
Bytes = dict[str, bytes]
"""Of each file which probes were passed."""
Told = tuple[int, str]
"""What it means that a probe was not passed, after the number of the line."""


class Probes(MetaPathFinder):
    """The probes of all modules that were imported from these folders since it was made a finder."""

    def __init__(self, root: Path, folders: Iterable[Path]) -> None:
        self._root = root
        self._names = [".".join(folder.relative_to(root).parts) for folder in folders]
        self.told: dict[str, list[Told]] = {}
        self._now: dict[str, bytearray] = {}
        self.counted: Bytes = {}
        self._depth = 0

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        """Have a module of these packages loaded with probes."""
        if not any(name == package or name.startswith(f"{package}.") for package in self._names):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, SourceFileLoader) and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin, self)
        return spec

    def bytes_of(self, path: str, told: list[Told]) -> bytearray:
        """Return the bytes that the probes of a file are to set, which tell this where they are not set."""
        name = Path(path).relative_to(self._root).as_posix()
        self.told[name] = told
        return self._now.setdefault(name, bytearray(len(told)))

    @contextmanager
    def counting(self) -> Iterator[None]:
        """Count the probes that are passed in here; others are not counted."""
        if self._depth == 0:
            for name, found in self.counted.items():
                self._now[name][:] = found
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0:
                self.counted = {name: bytes(now) for name, now in self._now.items()}

    def gaps(self, found: Iterable[Mapping[str, bytes]]) -> Iterator[str]:
        """Yield what none of several processes passed."""
        passed = list(found)
        for name, told in sorted(self.told.items()):
            of_file = [each[name] for each in passed if name in each]
            missed = [each for at, each in enumerate(told) if not any(bytes_[at] for bytes_ in of_file)]
            yield from (f"{name}: line {line} {words}" for line, words in sorted(missed))


class _Loader(SourceFileLoader):
    """Loads a module with probes, never from what was compiled without."""

    def __init__(self, name: str, path: str, probes: Probes) -> None:
        super().__init__(name, path)
        self._probes = probes
        self._told: list[Told] = []

    def get_code(self, fullname: str) -> CodeType:
        """Return the module's code with its probes, kept beside what is compiled without."""
        data = self.get_data(self.path)
        whose = sha256(_OWN + data).digest()
        kept = Path(cache_from_source(self.path)).with_suffix(".probes")
        with suppress(OSError):
            found = kept.read_bytes()
            if found.startswith(whose):
                self._told, code = marshal.loads(found[len(whose) :])
                return code
        tree = ast.parse(data)
        self._told = put_probes(tree)
        code = compile(tree, self.path, "exec", dont_inherit=True)
        if not sys.dont_write_bytecode:
            _keep(kept, whose + marshal.dumps((self._told, code)))
        return code

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; what it passes is counted, since whoever is first to import it may be no test."""
        code = self.get_code(module.__name__)
        setattr(module, PASSED, self._probes.bytes_of(self.path, self._told))
        with self._probes.counting():
            exec(code, module.__dict__)


def _keep(path: Path, content: bytes) -> None:
    """Write a file whole, where one may write: another process may read or write it meanwhile."""
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        part.replace(path)


class _Put:
    """Puts probes into a module."""

    def __init__(self) -> None:
        self.told: list[Told] = []

    def put(self, node: ast.AST) -> None:
        """Put a probe into each block of a node, and into those that it lacks."""
        for name in BLOCKS:
            block = getattr(node, name, None)
            if isinstance(block, list) and block and not _says_nothing(block[-1]):
                block.insert(-1, self._probe("never runs", block[-1]))
        if isinstance(node, ast.If) and not node.orelse:
            node.orelse = [self._probe("always holds", node)]
        elif isinstance(node, ast.For | ast.While) and not node.orelse and not _is_endless(node):
            node.orelse = [self._probe("never comes to its end", node)]
        elif isinstance(node, ast.Match) and not _takes_all(node.cases[-1]):
            passing = self._probe("always finds its case", node)
            node.cases.append(ast.match_case(ast.copy_location(ast.MatchAs(), node), None, [passing]))

    def _probe(self, words: str, at: ast.stmt) -> ast.stmt:
        self.told.append((at.lineno, words))
        target = ast.Subscript(ast.Name(PASSED, ast.Load()), ast.Constant(len(self.told) - 1), ast.Store())
        made = ast.Assign([target], ast.Constant(1))
        for node in ast.walk(made):
            ast.copy_location(node, at)
        return made


def put_probes(tree: ast.Module) -> list[Told]:
    """Put probes into a module, and return what it means of each that it was not passed."""
    found = _Put()
    for node in ast.walk(tree):
        if not _is_for_types(node):
            found.put(node)
    return found.told


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _says_nothing(statement: ast.stmt) -> bool:
    """Whether it is a docstring, the body of what never runs, or what no other statement may precede."""
    is_constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_constant or (isinstance(statement, ast.ImportFrom) and statement.module == "__future__")


def _is_endless(node: ast.For | ast.While) -> bool:
    return isinstance(node, ast.While) and isinstance(node.test, ast.Constant)


def _takes_all(case: ast.match_case) -> bool:
    patterns = [case.pattern, *(case.pattern.patterns if isinstance(case.pattern, ast.MatchOr) else ())]
    return case.guard is None and any(isinstance(one, ast.MatchAs) and not one.pattern for one in patterns)
