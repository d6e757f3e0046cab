"""Loaded registers and due diligence as JSON and as lines."""

from collections.abc import Iterator, Mapping

from cli.days import iso_day
from cli.output import on_one_line
from models.queries.awards.checks.due_diligence import CheckLine, DueDiligence
from models.queries.awards.checks.registers import LoadedRegister
from models.values.diligence.checks import RESULTS
from models.values.diligence.registers import REGISTERS
from scoring.counted import counted
from scoring.written.days import short_day


def registers_json(loaded: Mapping[str, LoadedRegister]) -> dict[str, object]:
    """Return every register as JSON, those that are not loaded with null."""
    return {"registers": [_register_json(code, loaded.get(code)) for code in REGISTERS]}


def _register_json(code: str, one: LoadedRegister | None) -> dict[str, object]:
    about: dict[str, object] = {"register": code, "name": REGISTERS[code], "extract_on": None}
    if one is None:
        return about
    keys = {entry.key for entry in one.extract.entries}
    return about | {
        "extract_on": iso_day(one.extract.extract_on),
        "file": one.extract.file,
        "rows": one.extract.rows,
        "odd_rows": one.extract.odd_rows,
        "looked_for": len(keys),
        "found": len({entry.key for entry in one.extract.entries if entry.is_found}),
        "loaded_by": one.loaded_by,
        "loaded_at": one.loaded_at.isoformat(),
    }


def registers_lines(loaded: Mapping[str, LoadedRegister]) -> Iterator[str]:
    """Yield a line for each register."""
    for code, name in REGISTERS.items():
        one = loaded.get(code)
        if one is None:
            yield f"{name[0].upper()}{name[1:]}: not loaded."
            continue
        rows = counted(one.extract.rows, "row")
        yield on_one_line(
            f"{name[0].upper()}{name[1:]}: {one.extract.words}, {rows}, loaded by {one.loaded_by} "
            f"on {short_day(one.loaded_at)}."
        )


def diligence_json(one: DueDiligence) -> dict[str, object]:
    """Return the checks of an award as JSON."""
    return {
        "award": one.award,
        "application": one.application,
        "organisation": one.organisation,
        "agreement_waits_for": one.barring,
        "checks": [_check_json(line) for line in one.lines],
    }


def _check_json(line: CheckLine) -> dict[str, object]:
    done = line.done
    return {
        "check": line.code,
        "words": line.words,
        "required": line.is_required,
        "finding": {"state": line.finding.state, "words": line.finding.words},
        "result": None if done is None else done.result.result,
        "checked_on": None if done is None else iso_day(done.result.checked_on),
        "checked_by": None if done is None else done.checked_by,
        "note": None if done is None else done.result.note,
    }


def check_lines(one: DueDiligence) -> Iterator[str]:
    """Yield the checks of an award, each with what was found and what was recorded."""
    yield on_one_line(f"{one.award}, {one.organisation}: {one.settled} of {len(one.lines)} checks settled.")
    if one.barring:
        yield f"The agreement waits: {one.barring}."
    for line in one.lines:
        required = ", required" if line.is_required else ""
        yield on_one_line(f"{line.words} ({line.code}{required}): {line.finding.state}. {line.finding.words}")
        if line.done is not None:
            result = line.done.result
            note = f": {result.note}" if result.note else ""
            by = f"{line.done.checked_by}, {short_day(result.checked_on)}"
            yield on_one_line(f"  {RESULTS[result.result]}, {by}{note}")
