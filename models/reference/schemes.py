"""The funds and schemes that ship, read from their TOML files, whose heads say what each key means."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import resources
from models.reference.clauses import Clause
from models.reference.defaults import (
    Condition,
    DeclineCode,
    FundDefaults,
    FundList,
    Gate,
    ListItem,
    ListKind,
    PanelKind,
    Payment,
    ReferenceList,
    ReturnBand,
    Source,
    SourceKind,
    UsualArea,
)
from models.reference.file_shape import shape_faults
from models.reference.fund_checks import fund_faults
from models.reference.reporting import Every
from models.reference.sign_off import read_chain
from models.trouble import Trouble
from scoring.publishing import check_scheme
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from scoring.written.amounts import read_money
from scoring.written.text import Refused

_FUND_FILES = ("acf.toml", "victims.toml", "other-funds.toml")
"""The shipped files, in the order in which a new record lists their funds."""
TEMPLATES = {
    "acf": "acf.toml",
    "victims": "victims.toml",
    "community": "community.toml",
    "commissioned": "commissioned.toml",
}
"""The files that a new fund may start from, by the word that names each."""
WITH_PANEL = ("ACF", "VF")
"""The codes of the shipped funds that have a panel."""
_LONGEST_LINE = 10_000
_LARGEST = 400_000
"""Bytes of a fund's file; a larger one is not read."""

REFERENCE_TITLES = {
    "service_areas": "Service area",
    "needs": "Category of need",
    "indicators": "Indicator area",
}
"""The lists under which a return counts the people supported, and what a line of each is called."""

_Table = Mapping[str, Any]


def shipped_funds(codes: Sequence[str] | None = None) -> tuple[FundDefaults, ...]:
    """Return the funds that a new record starts with, as their files have them now: all, or those of codes.

    Raises Refused for a code that none of them has.
    """
    folder = resources.path("schemes")
    found = {fund.code: fund for name in _FUND_FILES for fund in read_funds(folder / name)}
    wanted = [code.strip().upper() for code in codes] if codes is not None else list(found)
    unknown = next((code for code in wanted if code not in found), None)
    if unknown is not None:
        raise Refused(f"“{unknown[:40]}” is not the code of a fund that ships: {', '.join(found)}.")
    return tuple(fund for code, fund in found.items() if code in wanted)


def template(word: str) -> FundDefaults:
    """Return the fund of a template, without the years of the office that it was drawn from."""
    (fund,) = read_funds(resources.path("schemes") / TEMPLATES[word])
    return replace(fund, amounts=(), sources=(), also_known_as=())


def read_funds(path: Path) -> tuple[FundDefaults, ...]:
    """Return the funds of one file; raise `Trouble` when it cannot be read as such."""
    try:
        data = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read: {error.strerror}.") from error
    if data is None:
        raise Trouble(f"{path.name} is larger than {_LARGEST // 1000} kB; no fund's file is that large.")
    return funds_of(data, path.name)


def funds_of(data: bytes, name: str) -> tuple[FundDefaults, ...]:
    """Return the funds that the bytes of a file hold; raise `Trouble` when they hold none."""
    if max(map(len, data.splitlines()), default=0) > _LONGEST_LINE:
        raise Trouble(
            f"{name} has a line of more than {_LONGEST_LINE:,} characters. Break it, or shorten it."
        )
    try:
        found = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise Trouble(f"{name} does not hold a fund: {error} Correct the file.") from error
    fault = next(shape_faults(found), "")
    if fault:
        raise Trouble(f"{name}: {fault} Its first lines say what the file may hold.")
    try:
        funds = tuple(_funds(found))
    except (ValueError, TypeError, ArithmeticError, Refused) as error:
        raise Trouble(f"{name} does not hold a scheme: {error} Correct the file.") from error
    fault = next((fault for fund in funds for fault in fund_faults(fund)), "")
    if fault:
        raise Trouble(f"{name}: {fault}")
    return funds


def _funds(data: _Table) -> Iterator[FundDefaults]:
    if isinstance(data["fund"], list):
        for fund in data["fund"]:
            yield FundDefaults(
                code=fund["code"], name=fund["name"], amounts=_amounts(fund.get("amounts", {}))
            )
        return
    yield _whole_fund(data)


def _whole_fund(data: _Table) -> FundDefaults:
    """Return the one fund of a file that says all of it, field by field."""
    fund = data["fund"]
    return FundDefaults(
        code=fund["code"],
        name=fund["name"],
        also_known_as=tuple(fund.get("also_known_as", ())),
        money=fund.get("money", ""),
        marking=fund.get("marking", "OFFICIAL"),
        purposes=tuple(fund.get("purposes", ())),
        amounts=_amounts(fund.get("amounts", {})),
        scheme=_scheme_if_any(data),
        areas=tuple(UsualArea(a["name"], tuple(a.get("short_forms", ()))) for a in data.get("area", ())),
        gates=tuple(map(_gate, data.get("gate", ()))),
        chain=read_chain(data.get("sign_off", ())),
        panel_kinds=tuple(map(_panel_kind, data.get("panel_member", ()))),
        decline_codes=tuple(
            DeclineCode(d["code"], d["words"], _retired(d)) for d in data.get("decline_code", ())
        ),
        conditions=tuple(
            Condition(c["code"], c["words"], c.get("standard", False), _retired(c))
            for c in data.get("condition", ())
        ),
        payments=tuple(map(_payment, data.get("payment", ()))),
        returns=tuple(
            ReturnBand(_pence(band.get("up_to", "")), band["points"]) for band in data.get("returns", ())
        ),
        reference=tuple(_reference(data.get("reference", {}))),
        legal_power=fund.get("legal_power", ""),
        postcodes=tuple(fund.get("postcodes", ())),
        lists=tuple(_lists(data)),
        sources=tuple(map(_source, data.get("source", ()))),
        keep_awarded_years=fund.get("keep_awarded_years", 6),
        keep_declined_years=fund.get("keep_declined_years", 2),
        agreement_days=fund.get("agreement_days", 28),
        clauses=tuple(Clause(c["code"], c["words"], _retired(c)) for c in data.get("clause", ())),
        letter_up_to_pence=_pence(fund.get("letter_up_to", "")),
        checks=tuple(fund.get("checks", ())),
        required_checks=tuple(fund.get("required_checks", ())),
        reports_every=Every(fund["reports_every"]) if fund.get("reports_every") else None,
    )


def _retired(said: _Table) -> bool:
    return bool(said.get("retired", False))


def _lists(data: _Table) -> Iterator[FundList]:
    """Yield the lists that have lines or are required, each kind once and in one order."""
    required = data["fund"].get("required_lists", ())
    for kind in ListKind:
        items = tuple(ListItem(one["code"], one["words"], _retired(one)) for one in data.get(kind, ()))
        if items or kind in required:
            yield FundList(kind, items, kind in required)


def _source(said: _Table) -> Source:
    ends = said.get("ends_on")
    return Source(
        said["year"],
        SourceKind(said["kind"]),
        _pence(said["amount"]) or 0,
        said.get("words", ""),
        None if ends is None else date.fromisoformat(ends),
    )


def _scheme_if_any(data: _Table) -> Scheme | None:
    """Return the scheme of a fund with a panel; a file has all of one or nothing of it."""
    there = [name for name in ("scheme", "scale", "criterion") if name in data]
    if bool(there) != data["fund"].get("has_panel", bool(there)):
        raise ValueError("fund has_panel does not match whether there is a [scheme].")
    missing = {"scheme", "scale", "criterion"} - set(there)
    if there and missing:
        raise ValueError(f"{', '.join(sorted(missing))} is missing beside {', '.join(there)}.")
    return _scheme(data) if there else None


def _scheme(data: _Table) -> Scheme:
    said, scale = data["scheme"], data["scale"]
    scheme = Scheme(
        criteria=tuple(map(_criterion, data["criterion"])),
        scale_maximum=scale["maximum"],
        combine=Combine(said["combine"]),
        quorum=said["quorum"],
        ranked_by=RankedBy(said["ranking"]),
        ladder=tuple(said["tie_ladder"]),
        allocation=Allocation(said["allocation"]),
        tolerance_percent=Decimal(said["tolerance_percent"]),
        tolerance_authority=said["tolerance_authority"],
        cap_per_award_pence=_pence(said["cap_per_award"]),
        cap_per_organisation_pence=_pence(said["cap_per_organisation"]),
        minimum_total=_decimal(said["minimum_total"]),
        minimum_quality=_decimal(said["minimum_quality"]),
        not_applicable_allowed=said["not_applicable_allowed"],
        descriptors=tuple((m["mark"], m["word"], m["meaning"]) for m in scale.get("mark", ())),
    )
    if Decimal(said["split_quality"]).scaleb(4) != scheme.quality_1e4:
        raise ValueError("split_quality is not the sum of the quality side's weights.")
    check_scheme(scheme)
    return scheme


def _criterion(said: _Table) -> Criterion:
    return Criterion(
        code=said["code"],
        title=said["title"],
        side=Side(said["side"]),
        weight_1e4=_exactly(Decimal(said["weight"]).scaleb(4)),
        method=Method(said["method"]),
        basis=Basis(said.get("basis", Basis.REQUESTED)),
        low=_decimal(said.get("low", "")),
        high=_decimal(said.get("high", "")),
        bands=tuple(Band(Decimal(bound), Decimal(score)) for bound, score in said.get("bands", ())),
        floor=_decimal(said["minimum_mark"]),
        guidance=said.get("guidance", ""),
    )


def _gate(said: _Table) -> Gate:
    return Gate(
        code=said["code"],
        question=said["question"],
        pass_means=said.get("pass_means", ""),
        is_advisory=said.get("advisory", False),
        is_cap=said.get("within_cap", False),
        is_retired=_retired(said),
    )


def _panel_kind(said: _Table) -> PanelKind:
    return PanelKind(tuple(said["kinds"]), said["at_least"], said["words"], tuple(said.get("posts", ())))


def _payment(said: _Table) -> Payment:
    parts = tuple((p["percent"], p["trigger"]) for p in said["parts"])
    return Payment(said["code"], said["words"], parts, _retired(said))


def _reference(said: _Table) -> Iterator[ReferenceList]:
    for code, title in REFERENCE_TITLES.items():
        if said.get(code):
            yield ReferenceList(code, title, tuple(said[code]))


def _amounts(said: _Table) -> tuple[tuple[str, int], ...]:
    return tuple((year, _pence(amount) or 0) for year, amount in said.items())


def _pence(text: str) -> int | None:
    return read_money(text, is_plain=True)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _exactly(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError(f"{value} has too many decimal places.")
    return int(value)


_SCALE_FILES = ("acf.toml", "scale-0-4.toml")


class Scale(Struct, frozen=True):
    """A scale from 0 to `maximum`; descriptors are (mark, word, meaning)."""

    maximum: int
    descriptors: tuple[tuple[int, str, str], ...]

    @property
    def words(self) -> str:
        """Return the scale in words: "0 to 5, Nothing to Excellent"."""
        return f"0 to {self.maximum}, {self.descriptors[0][1]} to {self.descriptors[-1][1]}"


@cache
def shipped_scales() -> tuple[Scale, ...]:
    """Return the shipped scales, the usual one first."""
    folder = resources.path("schemes")
    texts = [(folder / name).read_text(encoding="utf-8") for name in _SCALE_FILES]
    return tuple(_scale(tomllib.loads(text)["scale"]) for text in texts)


def _scale(said: dict[str, object]) -> Scale:
    maximum, marks = said["maximum"], said["mark"]
    assert isinstance(maximum, int), "a shipped scale has a highest mark"
    assert isinstance(marks, list), "a shipped scale has words for its marks"
    return Scale(maximum, tuple((m["mark"], m["word"], m["meaning"]) for m in marks))
