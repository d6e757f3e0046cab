"""Try a frozen folder as a stranger gets it: a copy, moved, with no Python, no home and no network.

    python packaging/smoke.py dist/grant-panel
    python packaging/smoke.py dist/grant-panel --with wine

Each step prints what held and how long it took; the first that does not hold ends it with status 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from frozen import HUNG_S, WINDOW_OPENS_S, Failed, Frozen, T, environment, offline

MOVED_TO = "Grant Panel \u2013 pr\u00f3ba \u017c"
"""Spaces, a dash and letters that no old code page has together."""
RECORD, PASSPHRASE = "sample.panel", "seven made up words for this test"
AUTUMN, SMALL, OPEN = (("--round", name) for name in ("Autumn round", "Small grants", "Round 2"))
TODAY = date.today()
SIGNED_ON = TODAY - timedelta(days=1)
SIGNED = ("--on", SIGNED_ON.isoformat(), "--as", "Dee Decider", "--post", "Chief Executive", "--accept")
ALONE = (*SIGNED, "--new-signatory", "Signs for the office", "--unsigned-because", "The commanders are away.")
MONTH = ("--month", f"{SIGNED_ON:%Y-%m}")
YEAR = SIGNED_ON.year - (SIGNED_ON.month < 4)
QUARTER = f"{YEAR}/{(YEAR + 1) % 100:02}-Q{(SIGNED_ON.month - 4) % 12 // 3 + 1}"
PAPERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("schedule-xlsx", "schedule.xlsx", AUTUMN),
    ("schedule-pdf", "schedule.pdf", AUTUMN),
    ("finance", "finance.xlsx", AUTUMN),
    ("to-sign", "to-sign.pdf", OPEN),
    ("notice", "notice.pdf", AUTUMN),
    ("decision-report", "report.docx", AUTUMN),
    ("call", "call.pdf", AUTUMN),
    ("form", "form.pdf", OPEN),
    ("acknowledgements", "acknowledgements", OPEN),
    ("letters", "letters", ("--pdfs", *AUTUMN)),
    ("award-letters", "award-letters", AUTUMN),
    ("challenge-letters", "challenge-letters", AUTUMN),
    ("agreement", "agreements", AUTUMN),
    ("panel-book", "panel-book.pdf", AUTUMN),
    ("minutes", "minutes.pdf", AUTUMN),
    ("minutes-annex", "annex.pdf", AUTUMN),
    ("to-sign", "to-sign.pdf", OPEN),
    ("publication", "publication.pdf", MONTH),
    ("spending", "spending.csv", MONTH),
    ("contracts", "contracts.csv", MONTH),
    ("subsidies", "subsidies.xlsx", MONTH),
    ("disclosure", "disclosure.pdf", AUTUMN),
    ("360giving", "open-data.json", (*AUTUMN, "--prefix", "360G-westmarch", "--funder", "GB-LAE-WMH")),
    ("tables", "tables.xlsx", ()),
    ("governance", "governance.pdf", ()),
    ("monitoring", "monitoring.xlsx", AUTUMN),
    ("ministry", "ministry.xlsx", ("--period", QUARTER)),
)
"""Each kind of paper that the command writes, under which name and of what."""
SOURCE_COMMAND = "import sys; from cli.command import main; sys.exit(main())"
PICTURES_AT_LEAST, BLANK_BYTES = 30, 8_000
BOMB_BYTES = 400_000_000


def says_its_version(frozen: Frozen) -> str:
    """The command starts and knows its version."""
    return frozen.run("--version").strip()


def makes_the_sample(frozen: Frozen) -> str:
    """The demonstration is imported, ranked and written."""
    frozen.run("demo", "--out", "made", "--no-window")
    shutil.copy(frozen.place / "made" / RECORD, frozen.place)
    return "demo"


def verifies(frozen: Frozen) -> str:
    """The journal is done over again and agrees."""
    return frozen.run("verify", RECORD).strip().splitlines()[-1]


def ranks(frozen: Frozen) -> str:
    """A round is ranked."""
    lines = frozen.run("rank", RECORD, *AUTUMN).splitlines()
    if not any("ACF-006" in line for line in lines):
        raise Failed("rank does not name ACF-006")
    return f"rank: {len(lines)} lines"


def writes_every_paper(frozen: Frozen) -> str:
    """Every kind is written, after two rounds are decided, an award varied and a decision challenged."""
    frozen.run("decide", RECORD, *AUTUMN, "--notice", "091/2026", *ALONE)
    frozen.run("decide", RECORD, *SMALL, "--notice", "092/2026", *ALONE)
    varied = ("--amount", "4000", "--reason", "Less was needed.", "--on", TODAY.isoformat())
    frozen.run("vary", RECORD, "ACF-006", *varied)
    asked = ("--kind", "review", "--received", TODAY.isoformat(), "--by", "R. Ramsbottom", "--grounds", "-")
    frozen.run("challenge", RECORD, "add", "ACF-040", *asked)
    for kind, name, options in PAPERS:
        frozen.run("export", RECORD, kind, *options, "--out", name)
        written = frozen.place / name
        if not (any(written.iterdir()) if written.is_dir() else written.stat().st_size):
            raise Failed(f"{kind} is empty")
    return f"{len(PAPERS)} kinds of paper"


def seals_and_opens_a_pack(frozen: Frozen) -> str:
    """A member's applications go out sealed and come open with the passphrase."""
    (frozen.place / "words.txt").write_text(PASSPHRASE, encoding="utf-8")
    opened = ("--pack-passphrase-file", "words.txt")
    member = frozen.run("pack", RECORD, *OPEN, "--member", "M1", "--out", "m1.pack", *opened)
    frozen.run("open-pack", "m1.pack", "mine.panel", *opened, "--passphrase-file", "words.txt")
    return member.strip().splitlines()[0]


def reads_forms(frozen: Frozen) -> str:
    """A round's blank form in Word and PDF is read by the reader's libraries for each, and found unfilled."""
    forms = ("forms/form.docx", "forms/form.pdf")
    (frozen.place / "forms").mkdir()
    for name in forms:
        frozen.run("export", RECORD, "form", *OPEN, "--out", name)
    said = frozen.run("import", RECORD, "forms", *OPEN, "--dry-run")
    if any(f"{Path(name).name}, Amount requested" not in said for name in forms):
        raise Failed(f"the forms were not read: {said[-500:]}")
    return f"{len(forms)} forms"


def refuses_a_hostile_workbook(frozen: Frozen) -> str:
    """A workbook of which one sheet inflates a thousandfold is refused with a sentence."""
    with (
        zipfile.ZipFile(frozen.place / "made" / "acf-schedule.xlsx") as good,
        zipfile.ZipFile(frozen.place / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for name in good.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            bomb.writestr(name, b" " * BOMB_BYTES if is_sheet else good.read(name))
    return _refusal(frozen, "bomb.xlsx")


def kills_a_reader_that_does_not_end(frozen: Frozen) -> str:
    """In the reader's place stands a program that reads nothing and stays: it is killed, and none is left."""
    reader = frozen.folder / f"grant-panel-reader{frozen.ending}"
    aside = reader.with_name("aside")
    reader.rename(aside)
    shutil.copy(frozen.folder / f"grant-panel-window{frozen.ending}", reader)
    try:
        said = _refusal(frozen, "made/acf-schedule.xlsx")
        reader.unlink()  # Windows removes no program that runs
    finally:
        aside.replace(reader)
    return said


def _refusal(frozen: Frozen, name: str) -> str:
    done = frozen.tried("rank", name)
    if done.returncode != 1 or "nothing was changed" not in done.stderr:
        raise Failed(f"{name} was answered with {done.returncode}: {done.stderr[-500:]}")
    return done.stderr.strip()


def draws_its_window(frozen: Frozen) -> str:
    """Every page of the window is drawn."""
    frozen.run("screenshots", "--out", "pictures")
    pictures = list((frozen.place / "pictures").rglob("*.png"))
    blank = [picture.name for picture in pictures if picture.stat().st_size < BLANK_BYTES]
    if len(pictures) < PICTURES_AT_LEAST or blank:
        raise Failed(f"{len(pictures)} pictures, of which blank: {blank}")
    return f"{len(pictures)} pictures"


def opens_a_record_in_its_window(frozen: Frozen) -> str:
    """The window opens a record: its lock file is there."""
    seconds = opening_seconds(frozen, frozen.command("grant-panel-window"))
    return f"record open in the window after {seconds:.1f} s"


def opening_seconds(frozen: Frozen, command: list[str]) -> float:
    """Return how long a window takes until it has a record open; then end it."""
    record = frozen.place / "window.panel"
    shutil.copy(frozen.place / "made" / RECORD, record)
    lock = record.with_name(f"{record.name}.lock")
    lock.unlink(missing_ok=True)
    began = time.monotonic()
    foreign = bool(frozen.ending) and os.name != "nt"
    window = subprocess.Popen(
        [*command, record.name],
        cwd=frozen.place,
        env=environment(frozen.place, is_foreign=foreign),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a program without a terminal does not start under Wine on a plain file
        stderr=subprocess.DEVNULL,
    )
    try:
        while not lock.exists():
            if window.poll() is not None or time.monotonic() - began > WINDOW_OPENS_S:
                raise Failed("the window did not open the record")
            time.sleep(0.02)
        return time.monotonic() - began
    finally:
        window.kill()
        window.wait()


STEPS: tuple[Callable[[Frozen], str], ...] = (
    says_its_version,
    makes_the_sample,
    verifies,
    ranks,
    seals_and_opens_a_pack,
    reads_forms,
    writes_every_paper,
    refuses_a_hostile_workbook,
    kills_a_reader_that_does_not_end,
    draws_its_window,
    opens_a_record_in_its_window,
)


def starts_beside_the_source(frozen: Frozen) -> str:
    """The frozen programs' starts, in seconds, with those of the source that this runs in."""
    commands = frozen.command("grant-panel"), [sys.executable, "-c", SOURCE_COMMAND]
    windows = frozen.command("grant-panel-window"), [sys.executable, "-m", "gui.start"]
    ranked = [_seconds(frozen, [*command, "rank", RECORD, *AUTUMN]) for command in commands]
    opened = [opening_seconds(frozen, command) for command in windows]
    return "rank {:.2f} and {:.2f} s, window {:.2f} and {:.2f} s".format(*ranked, *opened)


def _seconds(frozen: Frozen, command: list[str]) -> float:
    began = time.monotonic()
    subprocess.run(command, cwd=frozen.place, capture_output=True, check=True, timeout=HUNG_S)
    return time.monotonic() - began


def megabytes(folder: Path) -> int:
    """Return how much a folder holds; a link to a file of it counts for nothing."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file()) >> 20


def smoke(
    folder: Path, before: tuple[str, ...] = (), *, keep: Path | None = None, is_beside_source: bool = False
) -> int:
    """Try each step on a copy of the folder, and return the exit status; `keep` takes the pictures.

    Beside the source its starts are compared with the source's.
    """
    windows = (folder / "grant-panel.exe").exists()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as aside:
        place = Path(aside) / MOVED_TO
        place.mkdir()
        copy = Path(shutil.copytree(folder, place / "program", symlinks=True))
        frozen = Frozen(copy, place, before, ".exe" if windows else "")
        status = go_through((*STEPS, starts_beside_the_source) if is_beside_source else STEPS, frozen)
        if keep is not None and (place / "pictures").exists():
            shutil.copytree(place / "pictures", keep, dirs_exist_ok=True)
    return status


def go_through(steps: Sequence[Callable[[T], str]], of: T) -> int:
    """Take steps one by one, say what held, and return the exit status; one that fails is the last."""
    for step in steps:
        began = time.monotonic()
        name = step.__name__.replace("_", " ")
        try:
            said = step(of)
        except (Failed, OSError, subprocess.SubprocessError) as failed:
            print(f"FAILED  {name}: {failed}", flush=True)
            return 1
        print(f"held {time.monotonic() - began:6.1f} s  {name}: {said}", flush=True)
    return 0


def main() -> int:
    """Read the arguments and try the folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="the frozen folder, or an installed one")
    parser.add_argument("--with", dest="before", action="append", default=[], help="what starts its programs")
    parser.add_argument("--pictures", type=Path, help="where to leave the pictures of the window")
    given = parser.parse_args()
    before = tuple(given.before) or offline()
    print(
        f"Trying {given.folder} {'without a network' if before and not given.before else ''}".rstrip(),
        flush=True,
    )
    return smoke(given.folder.resolve(), before, keep=given.pictures)


if __name__ == "__main__":
    sys.exit(main())
