"""What is wrong in an office's template before it is filled: names, filters and types its facts do not have.

What only templates that ship may have, macros and names of their own, their tests know.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from inspect import signature
from types import GenericAlias, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from jinja2 import Environment, TemplateSyntaxError, nodes
from msgspec import Struct

UNKNOWN: Final[Any] = object()
"""The type of what is not followed further."""
WHOLE = re.compile(r"_(?:pence|1e2|1e4)$")
"""Ends the name of a figure that only a filter makes readable."""
_CHOOSE, _SAME, _ONE = ("selectattr", "rejectattr"), ("list", "select", "unique"), ("first", "last")


class Fault(Struct, frozen=True):
    """What is wrong with a template, as a sentence, and the line it stands in."""

    line: int
    words: str


class Loop(Struct, frozen=True):
    """What a template may ask of the loop that it is in."""

    index: int
    first: bool
    last: bool
    length: int
    revindex: int


def faults(env: Environment, source: str, facts: type) -> tuple[Fault, ...]:
    """Return what is wrong with a template that is filled with facts of a type, none where it may be used."""
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        return (Fault(error.lineno, str(error.message)),)
    check = Checker(env)
    check.body(tree.body, parts_of(facts))
    return tuple(check.found)


def parts_of(facts: type) -> dict[str, Any]:
    """Return the parts of a struct or named tuple, its fields and properties, each with its type."""
    own = {
        name: get_type_hints(each.fget).get("return", UNKNOWN)
        for base in reversed(facts.__mro__)
        for name, each in vars(base).items()
        if isinstance(each, property) and not name.startswith("_")
    }
    hints = get_type_hints(facts)
    return {
        name: hints[name] for name in getattr(facts, "__struct_fields__", getattr(facts, "_fields", ()))
    } | own


class Checker:
    """Walks through a template, with what is known where it is; `found` are the faults in their order."""

    def __init__(self, env: Environment) -> None:
        self.env, self.found = env, dict[Fault, None]()

    def fault(self, node: nodes.Node, words: str) -> Any:
        """Note what is wrong at a node, of which no type is known then."""
        self.found[Fault(node.lineno, words)] = None
        return UNKNOWN

    def body(self, statements: Sequence[nodes.Node], known: dict[str, Any]) -> None:
        """Check statements one after the other, with the types of the names that are known before them."""
        for each in statements:
            self.statement(each, known)

    def statement(self, node: nodes.Node, known: dict[str, Any]) -> None:
        match node:
            case nodes.Output():
                for each in node.nodes:
                    self.put(each, known)
            case nodes.For(recursive=False):
                self._loop(node, known)
            case nodes.If():
                self.kind(node.test, known)
                for part in (node.body, node.elif_, node.else_):
                    self.body(part, dict(known))
            case _:
                self.fault(node, f"a template may not have “{type(node).__name__.lower()}”")

    def put(self, node: nodes.Node, known: dict[str, Any]) -> None:
        """Check what is put into the text: it is readable as it stands."""
        match node:
            case nodes.TemplateData():
                for brace in re.finditer("[{}]", node.data):
                    line = node.lineno + node.data.count("\n", 0, brace.start())
                    self.found[Fault(line, "a single brace: a fact stands in two, as {{ name }}")] = None
            case nodes.CondExpr():
                self.kind(node.test, known)
                for each in filter(None, (node.expr1, node.expr2)):
                    self.put(each, known)
            case _:
                self._readable(node, self.kind(node, known))

    def _readable(self, node: nodes.Node, of: Any) -> None:
        if of is UNKNOWN:
            return
        name = getattr(node, "attr", getattr(node, "name", "this"))
        kinds = [_class(each) for each in _options(of)]
        if any(issubclass(kind, date) for kind in kinds) or (int in kinds and WHOLE.search(name)):
            self.fault(node, f"“{name}” is put in without a filter, such as money, score or day")
        elif not all(issubclass(kind, str | int) and kind is not bool for kind in kinds):
            self.fault(node, f"“{name}” is no text: ask with “if”, or use a filter")

    def _loop(self, node: nodes.For, known: dict[str, Any]) -> None:
        inner = {**known, "loop": Loop, **self.bound(node.target, self._item(node, node.iter, known))}
        if node.test:
            self.kind(node.test, inner)
        self.body(node.body, inner)
        self.body(node.else_, dict(known))

    def kind(self, node: nodes.Node, known: Mapping[str, Any]) -> Any:
        """Return the type of an expression, and note what is wrong in it."""
        match node:
            case nodes.Const():
                return type(node.value)
            case nodes.Name():
                return self.name(node, known)
            case nodes.Getattr():
                return self._part(node, node.attr, self.kind(node.node, known))
            case nodes.Getitem():
                return self._picked(node, known)
            case nodes.Filter() if node.node is not None:
                return self._filtered(node, known)
            case nodes.Test():
                self.kind(node.node, known)
                self._arguments(node, known)
                return self._named(node, "test", self.env.tests) and bool
            case nodes.Compare():
                self._compared(node, known)
                return bool
            case nodes.Not():
                return self.kind(node.node, known) and bool
            case nodes.And() | nodes.Or():
                left, right = self.kind(node.left, known), self.kind(node.right, known)
                return right if left is UNKNOWN or type(None) in _all(left) else left
            case nodes.CondExpr():
                self.kind(node.test, known)
                kinds = [self.kind(each, known) for each in (node.expr1, node.expr2) if each]
                return kinds[0]
            case nodes.Concat():
                for each in node.nodes:
                    self._readable(each, self.kind(each, known))
                return str
            case nodes.Tuple() | nodes.List():
                return GenericAlias(tuple, tuple(self.kind(each, known) for each in node.items))
        return self.fault(node, f"a template may not have “{type(node).__name__.lower()}”")

    def name(self, node: nodes.Name, known: Mapping[str, Any]) -> Any:
        """Return the type of what a name stands for."""
        if node.name in known:
            return known[node.name]
        return self.fault(node, f"there is no fact “{node.name}”; there are {', '.join(sorted(known))}")

    def _part(self, node: nodes.Node, name: str, of: Any) -> Any:
        if of is UNKNOWN:
            return UNKNOWN
        found = UNKNOWN
        for each in _options(of):
            has = parts_of(_class(each)) if issubclass(_class(each), Struct | tuple) else {}
            if name not in has:
                return self.fault(
                    node, f"“{name}” is no part of this; it has {', '.join(sorted(has)) or 'none'}"
                )
            found = has[name]
        return found

    def _picked(self, node: nodes.Getitem, known: Mapping[str, Any]) -> Any:
        """Return the type of one of a list by its number, or of the word for one of several cases."""
        key = self.kind(node.arg, known)
        if isinstance(node.node, nodes.Dict):
            words = {each.key.as_const(): self.kind(each.value, known) for each in node.node.items}
            missing = [str(one) for one in _cases(key) if one not in words]
            if missing or not _cases(key):
                self.fault(node, f"there are no words for {', '.join(missing) or 'all that may come here'}")
            return next(iter(words.values()))
        of = self._item(node, node.node, known)
        return of if isinstance(node.arg, nodes.Const) else self.fault(node, "a number picks one of a list")

    def _item(self, node: nodes.Node, listed: nodes.Node, known: Mapping[str, Any]) -> Any:
        of = self.kind(listed, known)
        if of is UNKNOWN:
            return of
        found = {get_args(each)[0] if get_args(each) else UNKNOWN for each in _options(of)}
        if any(_class(each) not in (tuple, list) for each in _options(of)):
            return self.fault(node, "this is no list")
        return found.pop()

    def bound(self, target: nodes.Node, of: Any) -> dict[str, Any]:
        """Return the names that a value of a type is bound to, each with its own type."""
        if isinstance(target, nodes.Name):
            return {target.name: of}
        names = [each.name for each in getattr(target, "items", ())]
        kinds = get_args(of) if get_origin(of) is tuple else ()
        if of is not UNKNOWN and (len(kinds) != len(names) or ... in kinds):
            self.fault(target, f"{', '.join(names)}: there are not {len(names)} of them")
        return dict(zip(names, kinds, strict=False)) | dict.fromkeys(names[len(kinds) :], UNKNOWN)

    def _filtered(self, node: nodes.Filter, known: Mapping[str, Any]) -> Any:
        assert node.node is not None, "a block filter is refused as a statement"
        of, name = self.kind(node.node, known), node.name
        args, named = self._arguments(node, known)
        if not self._named(node, "filter", self.env.filters):
            return UNKNOWN
        if name in (*_CHOOSE, "map"):
            return self._chosen(node, of, known)
        if name in _ONE:
            return self._item(node, node.node, known)
        if name in _SAME or name in ("join", "length"):
            return {"join": str, "length": int}.get(name, of)
        return self._ours(node, of, (args, named))

    def _chosen(self, node: nodes.Filter, of: Any, known: Mapping[str, Any]) -> Any:
        """Return what `map`, `selectattr` or `rejectattr` makes of a list: the part they name is there."""
        given = [*node.args, *(each.value for each in node.kwargs)]
        if not given or not all(isinstance(each, nodes.Const) for each in given[:2]):
            return self.fault(node, f"“{node.name}” names a part in quotation marks")
        name = str(getattr(given[0], "value", ""))
        if node.name == "map" and not node.kwargs:
            return self.fault(node, "“map” takes attribute=“a part”")
        assert node.node is not None
        part = self._part(node, name, self._item(node, node.node, known))
        if given[1:] and (test := getattr(given[1], "value", "")) not in self.env.tests:
            self.fault(node, f"there is no test “{test}”")
        return GenericAlias(tuple, (part, ...)) if node.name == "map" else of

    def _ours(self, node: nodes.Filter, of: Any, given: tuple[list[Any], dict[str, Any]]) -> Any:
        does = self.env.filters[node.name]
        hints = get_type_hints(does)
        takes = next(iter(signature(does).parameters))
        try:
            signature(does).bind(of, *given[0], **given[1])
        except TypeError as error:
            return self.fault(node, f"the filter “{node.name}” takes other values: {error}")
        kinds = _all(of), _all(hints[takes])  # what may be missing fits only where None does
        if of is not UNKNOWN and not all(any(_takes(one, into) for into in kinds[1]) for one in kinds[0]):
            self.fault(node, f"the filter “{node.name}” does not take what stands before it")
        return hints["return"]

    def _arguments(self, node: Any, known: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        if node.dyn_args or node.dyn_kwargs:
            self.fault(node, "a template may not have “*”")
        named = {each.key: self.kind(each.value, known) for each in node.kwargs}
        return [self.kind(each, known) for each in node.args], named

    def _named(self, node: Any, what: str, there: Mapping[str, Any]) -> bool:
        if node.name not in there:
            self.fault(node, f"there is no {what} “{node.name}”; there are {', '.join(sorted(there))}")
        return node.name in there

    def _compared(self, node: nodes.Compare, known: Mapping[str, Any]) -> None:
        """Check what is compared: a word that never comes is a slip."""
        cases = _cases(self.kind(node.expr, known))
        for each in node.ops:
            self.kind(each.expr, known)
            words = [each.expr, *getattr(each.expr, "items", ())]
            for one in words if cases else ():
                if isinstance(one, nodes.Const) and one.value not in cases:
                    self.fault(
                        node, f"“{one.value}” never comes here; there are {', '.join(map(str, cases))}"
                    )


def _options(of: Any) -> tuple[Any, ...]:
    """Return the types that a value may have, None left out where there are others."""
    if get_origin(of) not in (Union, UnionType):
        return (of,)
    return tuple(one for one in get_args(of) if one is not type(None))


def _class(of: Any) -> type:
    """Return the class of a type: of a list its kind, of named cases that of the first."""
    origin = get_origin(of)
    if origin is Literal:
        return type(get_args(of)[0])
    found = origin or of
    return found if isinstance(found, type) else object


def _cases(of: Any) -> tuple[Any, ...]:
    """Return the values that a type names one by one: those of a literal, or of an enumeration."""
    if get_origin(of) is Literal:
        return get_args(of)
    return tuple(of) if isinstance(of, type) and issubclass(of, Enum) else ()


def _all(of: Any) -> tuple[Any, ...]:
    return get_args(of) if get_origin(of) in (Union, UnionType) else (of,)


def _takes(one: Any, into: Any) -> bool:
    return into is Any or issubclass(_class(one), _class(into))
