"""A fund as the text of a file, in the layout of the shipped ones; what is written is read back the same."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import resources
from models.reference.defaults import Condition, FundDefaults, Gate, PanelKind, Payment, Source
from models.reference.schemes import TEMPLATES
from models.reference.sign_off import step_as_written
from scoring.money import plain_pounds, plain_pounds_if_any
from scoring.scheme import Criterion, Method, Scheme

Value = object
"""A text, a whole number, yes or no, or a tuple or list of values."""
_SHORT = 90
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def fund_text(fund: FundDefaults) -> str:
    """Return a fund as the text of its file, with the head that says what each key means."""
    parts = [f"# {fund.name}, as it was exported.\n#\n{_keys()}", "format = 1", *_parts(fund)]
    return "\n\n".join(parts) + "\n"


def _keys() -> str:
    """Return the lines at the head of the shipped files that say what each key means."""
    lines = resources.text(f"schemes/{TEMPLATES['victims']}").splitlines()
    start = lines.index("# Keys")
    return "\n".join(lines[start : lines.index("", start)])


def _parts(fund: FundDefaults) -> Iterator[str]:
    yield _table("[fund]", _fund(fund))
    if fund.amounts:
        yield _table("[fund.amounts]", {year: plain_pounds(pence) for year, pence in fund.amounts})
    yield from _each("source", map(_source, fund.sources))
    if fund.scheme is not None:
        yield from _scheme(fund.scheme)
    yield from _each("gate", map(_gate, fund.gates))
    yield from _each("area", ({"name": a.name, "short_forms": a.short_forms} for a in fund.areas))
    yield from _each("sign_off", (step_as_written(n, step) for n, step in enumerate(fund.chain, 1)))
    yield from _each("panel_member", map(_panel_kind, fund.panel_kinds))
    for held in fund.lists:
        yield from _each(held.kind.value, (_item(i.code, i.words, i.is_retired) for i in held.items))
    yield from _each("decline_code", (_item(d.code, d.words, d.is_retired) for d in fund.decline_codes))
    yield from _each("condition", map(_condition, fund.conditions))
    yield from _each("payment", map(_payment, fund.payments))
    yield from _each("clause", (_item(c.code, c.words, c.is_retired) for c in fund.clauses))
    bands = (
        {"up_to": plain_pounds_if_any(band.up_to_pence) or "", "points": band.points} for band in fund.returns
    )
    yield from _each("returns", bands)
    if fund.reference:
        yield _table("[reference]", {one.code: one.lines for one in fund.reference})


def _fund(fund: FundDefaults) -> Mapping[str, Value]:
    return {
        "name": fund.name,
        "code": fund.code,
        "also_known_as": fund.also_known_as,
        "money": fund.money,
        "marking": fund.marking,
        "has_panel": fund.scheme is not None,
        "legal_power": fund.legal_power,
        "postcodes": fund.postcodes,
        "purposes": fund.purposes,
        "required_lists": tuple(kind.value for kind in fund.required()),
        "keep_awarded_years": fund.keep_awarded_years,
        "keep_declined_years": fund.keep_declined_years,
        "agreement_days": fund.agreement_days,
        "letter_up_to": plain_pounds_if_any(fund.letter_up_to_pence) or "",
        "checks": fund.checks,
        "required_checks": fund.required_checks,
        "reports_every": "" if fund.reports_every is None else fund.reports_every.value,
    }


def _scheme(scheme: Scheme) -> Iterator[str]:
    said = {
        "split_quality": _decimal(Decimal(scheme.quality_1e4).scaleb(-4)),
        "combine": scheme.combine.value,
        "quorum": scheme.quorum,
        "ranking": scheme.ranked_by.value,
        "tie_ladder": scheme.ladder,
        "allocation": scheme.allocation.value,
        "tolerance_percent": _decimal(scheme.tolerance_percent),
        "tolerance_authority": scheme.tolerance_authority,
        "cap_per_award": plain_pounds_if_any(scheme.cap_per_award_pence) or "",
        "cap_per_organisation": plain_pounds_if_any(scheme.cap_per_organisation_pence) or "",
        "minimum_total": _decimal(scheme.minimum_total),
        "minimum_quality": _decimal(scheme.minimum_quality),
        "not_applicable_allowed": scheme.not_applicable_allowed,
    }
    yield _table("[scheme]", said)
    yield _table("[scale]", {"maximum": scheme.scale_maximum})
    marks = ({"mark": mark, "word": word, "meaning": meaning} for mark, word, meaning in scheme.descriptors)
    yield from _each("scale.mark", marks)
    yield from _each("criterion", map(_criterion, scheme.criteria))


def _criterion(one: Criterion) -> Mapping[str, Value]:
    said: dict[str, Value] = {
        "code": one.code,
        "title": one.title,
        "side": one.side.value,
        "weight": _decimal(Decimal(one.weight_1e4).scaleb(-4)),
        "method": one.method.value,
        "minimum_mark": _decimal(one.floor),
        "guidance": one.guidance,
    }
    if one.method is not Method.JUDGED:
        said |= {"basis": one.basis.value, "low": _decimal(one.low), "high": _decimal(one.high)}
        said["bands"] = tuple((_decimal(band.bound), _decimal(band.score)) for band in one.bands)
    return said


def _gate(gate: Gate) -> Mapping[str, Value]:
    said: dict[str, Value] = {"code": gate.code, "question": gate.question, "pass_means": gate.pass_means}
    flags = {"advisory": gate.is_advisory, "within_cap": gate.is_cap, "retired": gate.is_retired}
    return said | {name: True for name, is_so in flags.items() if is_so}


def _item(code: str, words: str, is_retired: bool) -> Mapping[str, Value]:
    said: dict[str, Value] = {"code": code, "words": words}
    return said | ({"retired": True} if is_retired else {})


def _condition(one: Condition) -> Mapping[str, Value]:
    return {**_item(one.code, one.words, one.is_retired), "standard": one.is_standard}


def _payment(one: Payment) -> Mapping[str, Value]:
    parts = tuple({"percent": percent, "trigger": trigger} for percent, trigger in one.parts)
    return {**_item(one.code, one.words, one.is_retired), "parts": parts}


def _panel_kind(one: PanelKind) -> Mapping[str, Value]:
    said: dict[str, Value] = {"kinds": one.kinds, "at_least": one.at_least, "words": one.words}
    return said | ({"posts": one.posts} if one.posts else {})


def _source(one: Source) -> Mapping[str, Value]:
    said: dict[str, Value] = {"year": one.year, "kind": one.kind.value}
    said |= {"amount": plain_pounds(one.amount_pence), "words": one.words}
    return said if one.ends_on is None else said | {"ends_on": one.ends_on.isoformat()}


def _each(name: str, tables: Iterable[Mapping[str, Value]]) -> Iterator[str]:
    return (_table(f"[[{name}]]", said) for said in tables)


def _table(head: str, said: Mapping[str, Value]) -> str:
    return "\n".join([head, *(f"{_key(name)} = {_set_out(value)}" for name, value in said.items())])


def _set_out(value: Value) -> str:
    """Return a value with each part of a longer list on a line of its own: no line gets too long to read."""
    if not isinstance(value, tuple | list) or len(str(value)) < _SHORT:
        return _written(value)
    return "\n".join(["[", *(f"    {_written(one)}," for one in value), "]"])


def _key(name: str) -> str:
    return name if name.replace("_", "").isalpha() and name.isascii() else _quoted(name)


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(name)} = {_written(one)}' for name, one in value.items())} }}"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(one: str) -> str:
    if one in _ESCAPES:
        return _ESCAPES[one]
    return one if one.isprintable() or one == " " else f"\\U{ord(one):08x}"


def _decimal(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
