"""No command tells a person anything that differs by what is hidden from them: every action of the manual.

Each is given on a copy of either record, with one thing of the round where it asks for one; what it prints,
refuses and writes must be the same.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.frame.parser import Argument, Paragraph, manual
from tests.cli.conftest import Run
from tests.models.hidden_rounds import AT_EVERY_RUN, CLOSED, SCENES, hidden_record

OWN = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}|\d+ bytes"
)
"""What is a record's own whatever is in it."""
GIVEN = {
    "SUBJECT": CLOSED,
    "REF": CLOSED,
    "REFERENCE": CLOSED,
    "APPLICATION": CLOSED,
    "AWARD": CLOSED,
    "NAME": "Allotment Friends 3",
    "INTO": "Allotment Friends 1",
    "N": "1",
    "FUND": "ACF",
    "CHECK": "accounts",
    "MEMBER": "M2",
    "--reason": "because",
    "--post": "NPU commander",
    "--fund": "ACF",
    "--year": "2026/27",
    "--route": "single-tender",
    "--round": "Autumn",
    "--application": CLOSED,
    "--none": CLOSED,
    "--organisation": "Allotment Friends 3",
    "--kind": "review",
    "--on": "2026-12-02",
    "--ground": "asked for",
}
"""What is typed for an argument, by its flag or else by what the manual calls it."""
ALSO = (("decide", "--on"), ("decide", "--post"))
"""Options that a command cannot do without, which the manual does not mark so."""
SHOWN = (
    "call",
    "form",
    "schedule-xlsx",
    "to-sign",
    "panel-book",
    "minutes",
    "letters",
    "tables",
    "decision-report",
)
OF_NO_ROUND = ("tables",)
ELSEWHERE = (
    "demo",
    "new",
    "guide",
    "screenshots",
    "region",
    "server",
    "restore",
    "salvage",
    "consolidate",
    "open-pack",
)
"""Words that read no round of a record in a file."""


def typed(one: Argument, folder: Path) -> list[str]:
    """Return what is typed for an argument that has to be there."""
    if one.metavar.startswith("{"):
        value = one.metavar.strip("{}").partition(",")[0]
    else:
        value = GIVEN.get(one.flag) or GIVEN.get(one.metavar) or str(folder / "out.xlsx")
    return [one.flag, value] if one.flag else [value]


def commands(paragraph: Paragraph, record: Path, scene: str) -> Iterator[list[str]]:
    """Yield an action of the manual with what it has to be given, as its reader; of a twin's area too."""
    first, *rest = paragraph.path
    of_record = manual()[(first,)].arguments if rest else paragraph.arguments
    if not any(one.metavar in ("RECORD", "SOURCE") for one in of_record):
        return
    words = [first, str(record), *rest]
    folder = record.parent
    either = next((one for one in paragraph.arguments if one.either == "|!"), None)
    for one in paragraph.arguments:
        is_needed = (
            one is either
            or (first, one.flag) in ALSO
            or "!" in one.marks.replace("|", "")
            or (one.flag == "--round")
        )
        is_place = (
            not one.flag and not set("?*") & {*one.marks} and one.metavar not in ("RECORD", "SOURCE", "KIND")
        )
        if is_needed or is_place:
            words += typed(one, folder)
    if any(one.flag == "--as" for one in paragraph.arguments):
        words += ["--as", SCENES[scene].viewer.name]
    kinds = SHOWN if first == "export" else ("minutes", "letters") if first == "words" else ()
    of_area = ["--area", "Dudley"] if any(one.flag == "--area" for one in paragraph.arguments) else []
    for area in ([], of_area) if SCENES[scene].twin and of_area else ([],):
        yield from ([first, str(record), kind, *of_kind(kind, words[2:]), *area] for kind in kinds)
        if not kinds:
            yield [*words, *area]


def of_kind(kind: str, given: list[str]) -> list[str]:
    """Return what is given for a kind of paper: one of no round takes none."""
    if kind not in OF_NO_ROUND:
        return given
    at = given.index("--round")
    return [*given[:at], *given[at + 2 :]]


ACTIONS = [one for one in manual().values() if one.function and one.path[0] not in ELSEWHERE]


@pytest.mark.parametrize("name", AT_EVERY_RUN)
def test_no_command_tells_a_person_what_differs_by_what_is_hidden(
    name: str, run: Run, tmp_path: Path
) -> None:
    kept = [hidden_record(tmp_path / f"kept {which}.panel", name, which) for which in (0, 1)]
    differing, usage, tried = {}, [], 0
    for action in (one for one in ACTIONS if any(given.flag == "--as" for given in one.arguments)):
        told = []
        for which in (0, 1):
            folder = tmp_path / "at hand"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            record = Path(shutil.copy(kept[which], folder / "office.panel"))
            said = []
            for words in commands(action, record, name):
                ran = run(*words)
                usage += [" ".join(words)] if ran.status == 2 else []
                said.append((ran.status, OWN.sub("…", ran.out), OWN.sub("…", ran.err)))
            told.append(said)
        tried += len(told[0])
        if told[0] != told[1]:
            differing[" ".join(action.path)] = told
    assert differing == {}
    assert usage == []
    assert tried > 60
