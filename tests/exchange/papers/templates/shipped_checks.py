"""The check of templates that ship, which may also have macros and names of their own."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from exchange.papers.templates.sandbox import UNKNOWN, Checker, Fault, parts_of


def faults(env: Environment, source: str, facts: type) -> tuple[Fault, ...]:
    """Return what is wrong with a template that ships, none where it may be used."""
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        return (Fault(error.lineno, str(error.message)),)
    check = ShippedChecker(env)
    check.body(tree.body, parts_of(facts))
    return tuple(check.found)


class ShippedChecker(Checker):
    """Knows macros: each stands among the names with its node, what is known above it, and its calls."""

    def body(self, statements: Sequence[nodes.Node], known: dict[str, Any]) -> None:
        super().body(statements, known)
        for each in statements:
            if isinstance(each, nodes.Macro) and not known[each.name][2]:
                self.fault(each, f"the macro “{each.name}” is never used")

    def statement(self, node: nodes.Node, known: dict[str, Any]) -> None:
        match node:
            case nodes.Assign():
                known.update(self.bound(node.target, self.kind(node.node, known)))
            case nodes.Macro():
                known[node.name] = (node, dict(known), list[nodes.Call]())
            case _:
                super().statement(node, known)

    def put(self, node: nodes.Node, known: dict[str, Any]) -> None:
        if isinstance(node, nodes.Call):
            self.call(node, known)
        else:
            super().put(node, known)

    def name(self, node: nodes.Name, known: Mapping[str, Any]) -> Any:
        if isinstance(known.get(node.name), tuple):
            return self.fault(
                node, f"“{node.name}” is a macro: put it in by itself, as {{{{ {node.name}(…) }}}}"
            )
        return super().name(node, known)

    def call(self, node: nodes.Call, known: dict[str, Any]) -> Any:
        """Check a macro with the types it is called with here; it sees what stands above it alone."""
        name = getattr(node.node, "name", "")
        found = known.get(name)
        if not isinstance(found, tuple) or node.dyn_args or node.dyn_kwargs:
            return self.fault(node, "only a macro of the template may be called")
        macro, there, calls = found
        calls.append(node)
        names = [each.name for each in macro.args]
        given = {of: self.kind(each, known) for of, each in zip(names, node.args, strict=False)}
        given |= {each.key: self.kind(each.value, known) for each in node.kwargs}
        spare = names[len(names) - len(macro.defaults) :]
        given = {of: self.kind(each, there) for of, each in zip(spare, macro.defaults, strict=True)} | given
        if set(given) != set(names) or len(node.args) > len(names):
            return self.fault(node, f"the macro “{name}” takes {', '.join(names) or 'nothing'}")
        self.body(macro.body, {**there, **given})
        return UNKNOWN
