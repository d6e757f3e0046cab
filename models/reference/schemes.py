"""The funds and schemes that ship, read from their TOML files, whose heads say what each key means."""

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import resources
from models.reference.fund_defaults import (
    Condition,
    DeclineCode,
    FundDefaults,
    Gate,
    PanelKind,
    Payment,
    ReferenceList,
    ReturnBand,
    UsualArea,
)
from models.reference.sign_off import read_chain
from models.trouble import Trouble
from scoring.publishing.proof import check_scheme
from scoring.refused import Refused
from scoring.scheme import Allocation, Band, Basis, Combine, Criterion, Method, RankedBy, Scheme, Side
from scoring.written.amounts import read_money

FUND_FILES = ("acf.toml", "victims.toml", "other-funds.toml")
"""The shipped files, in the order in which a new record lists their funds."""

REFERENCE_TITLES = {
    "service_areas": "Service area",
    "needs": "Category of need",
    "indicators": "Indicator area",
}
"""The lists under which a return counts the people supported, and what a line of each is called."""

Table = Mapping[str, Any]


def shipped_funds() -> tuple[FundDefaults, ...]:
    """Return the funds that a new record starts with, as their files have them now."""
    folder = resources.path("schemes")
    return tuple(fund for name in FUND_FILES for fund in read_funds(folder / name))


def read_funds(path: Path) -> tuple[FundDefaults, ...]:
    """Return the funds of one file; raise `Trouble` when it cannot be read as such."""
    try:
        return tuple(_funds(tomllib.loads(path.read_text(encoding="utf-8"))))
    except OSError as error:
        raise Trouble(f"{path.name} cannot be read: {error.strerror}.") from error
    except KeyError as error:
        raise Trouble(f"{path.name} lacks the key {error}. Its first lines say what it needs.") from error
    except (ValueError, TypeError, AttributeError, ArithmeticError, Refused) as error:
        raise Trouble(f"{path.name} does not hold a scheme: {error} Correct the file.") from error


def _funds(data: Table) -> Iterator[FundDefaults]:
    if isinstance(data["fund"], list):
        for fund in data["fund"]:
            yield FundDefaults(
                code=fund["code"], name=fund["name"], amounts=_amounts(fund.get("amounts", {}))
            )
        return
    fund = data["fund"]
    yield FundDefaults(
        code=fund["code"],
        name=fund["name"],
        also_known_as=tuple(fund.get("also_known_as", ())),
        money=fund.get("money", ""),
        marking=fund.get("marking", "OFFICIAL"),
        purposes=tuple(fund.get("purposes", ())),
        amounts=_amounts(fund.get("amounts", {})),
        scheme=_scheme(data),
        areas=tuple(UsualArea(a["name"], tuple(a.get("short_forms", ()))) for a in data.get("area", ())),
        gates=tuple(map(_gate, data.get("gate", ()))),
        chain=read_chain(data.get("sign_off", ())),
        panel_kinds=tuple(map(_panel_kind, data.get("panel_member", ()))),
        decline_codes=tuple(DeclineCode(d["code"], d["words"]) for d in data.get("decline_code", ())),
        conditions=tuple(
            Condition(c["code"], c["words"], c.get("standard", False)) for c in data.get("condition", ())
        ),
        payments=tuple(map(_payment, data.get("payment", ()))),
        returns=tuple(
            ReturnBand(_pence(band.get("up_to", "")), band["points"]) for band in data.get("returns", ())
        ),
        reference=tuple(_reference(data.get("reference", {}))),
        legal_power=fund.get("legal_power", ""),
        postcodes=tuple(fund.get("postcodes", ())),
    )


def _scheme(data: Table) -> Scheme:
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


def _criterion(said: Table) -> Criterion:
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


def _gate(said: Table) -> Gate:
    return Gate(
        code=said["code"],
        question=said["question"],
        pass_means=said.get("pass_means", ""),
        is_advisory=said.get("advisory", False),
        is_cap=said.get("within_cap", False),
    )


def _panel_kind(said: Table) -> PanelKind:
    return PanelKind(tuple(said["kinds"]), said["at_least"], said["words"])


def _payment(said: Table) -> Payment:
    return Payment(said["code"], said["words"], tuple((p["percent"], p["trigger"]) for p in said["parts"]))


def _reference(said: Table) -> Iterator[ReferenceList]:
    for code, title in REFERENCE_TITLES.items():
        if said.get(code):
            yield ReferenceList(code, title, tuple(said[code]))


def _amounts(said: Table) -> tuple[tuple[str, int], ...]:
    return tuple((year, _pence(amount) or 0) for year, amount in said.items())


def _pence(text: str) -> int | None:
    return read_money(text, is_plain=True)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _exactly(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError(f"{value} has too many decimal places.")
    return int(value)
