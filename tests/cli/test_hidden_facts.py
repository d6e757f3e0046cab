"""No command tells a person anything that differs by what is hidden from them: every action of the manual.

Each is given on a copy of either record, with one thing of the round where it asks for one; what it prints,
refuses and writes must be the same, as text and as JSON. Every application is explained, and every paper that
its reader can write is read.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from cli.frame.parser import Argument, Paragraph, manual
from cli.frame.record import is_record
from models.papers.kinds import KINDS, Scope
from tests.cli.conftest import Run
from tests.models.hidden_rounds import AT_EVERY_RUN, CLOSED, REFERENCES, SCENES, hidden_record

OWN = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{64}\b|([0-9a-f]{4} ){2}[0-9a-f]{4}|\d+ bytes"
    r"|\d{4}(-\d\d){2}T\d\d(:\d\d){2}Z|\d\d:\d\d UTC|D:\d{14}"
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
PAPERS = tuple(
    (asked, next((one for one in endings if one != ".pdf"), ".pdf" if endings else ""), kind)
    for kind in KINDS.values()
    for asked, endings in kind.asked.items()
)
"""What the command writes: what it is asked for, with the ending of its quickest form, "" for a folder."""
ALSO_GIVEN = {
    Scope.ROUND: ("--round", "Autumn"),
    Scope.MONTH: ("--month", "2026-11"),
    Scope.PERIOD: ("--period", "2026/27-H1"),
    Scope.YEARS: (),
}
PUBLIC = ("publication", "spending", "contracts", "subsidies", "360giving", "tables")
"""What tells the public of each award that is decided: its reader may know that."""
OPEN_DATA = ("--prefix", "360G-office", "--funder", "GB-COH-1")
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
    flags = {one.flag for one in paragraph.arguments}
    words += ["--as", SCENES[scene].viewer.name] if "--as" in flags else []
    given = [words]
    if first == "explain":
        given = [[one if word == CLOSED else word for word in words] for one in REFERENCES]
    elif first == "words":
        given = [[*words[:2], kind, *words[2:]] for kind in ("minutes", "letters")]
    elif first == "export":
        given = list(
            papers(words[:2], folder, SCENES[scene].viewer.name, is_awarded=SCENES[scene].is_awarded)
        )
    if SCENES[scene].twin and "--area" in flags:
        given += [[*one, "--area", "Dudley"] for one in given]
    yield from given
    if "--json" in flags:
        yield from ([*one, "--json"] for one in given)


def papers(words: list[str], folder: Path, name: str, *, is_awarded: bool) -> Iterator[list[str]]:
    """Yield the orders of all papers, one of each kind."""
    for asked, ending, kind in PAPERS:
        if is_awarded and asked in PUBLIC:
            continue
        out = folder / f"{asked}{ending}"
        more = OPEN_DATA if asked == "360giving" else ()
        read = ("--purposes-read",) if "purposes_read" in kind.choices else ()
        yield [*words, asked, *ALSO_GIVEN[kind.scope], *more, *read, "--out", str(out), "--as", name]


def written(folder: Path) -> list[str]:
    """Return the text of each file that a command wrote."""
    found = sorted(one for one in folder.rglob("*") if one.is_file() and "office.panel" not in one.name)
    return [OWN.sub("…", text_of(one)) for one in found if not is_record(one)]


def lines_of(said: tuple[Any, ...]) -> list[str]:
    """Return all that a command came to, by line."""
    _, status, *told, files = said
    return "\n".join((str(status), *told, *files)).split("\n")


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pages:
            return "\n".join(page.get_textpage().get_text_range() for page in pages)
    if not zipfile.is_zipfile(path):
        return path.read_bytes().decode("utf8", "replace")
    with zipfile.ZipFile(path) as parts:
        names = sorted(name for name in parts.namelist() if name.endswith(".xml"))
        return "\n".join(re.sub(r"<[^>]+>", "\n", parts.read(name).decode()) for name in names)


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
                said.append(
                    (words, ran.status, OWN.sub("…", ran.out), OWN.sub("…", ran.err), written(folder))
                )
                for one in folder.iterdir():
                    if "office.panel" not in one.name:
                        shutil.rmtree(one) if one.is_dir() else one.unlink()
            told.append(said)
        tried += len(told[0])
        for one, other in zip(*told, strict=True):
            if one != other:
                differing[" ".join(one[0])] = sorted({*lines_of(one)} ^ {*lines_of(other)})
    assert differing == {}
    assert usage == []
    assert tried > 140
