"""The changes that CONTRIBUTING.md leads through, made in a copy of the tree as it says, hold there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from docx import Document

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
CHANGES = dict(
    re.findall(r"^### (.+?)\n(.*?)(?=^##)", TEXT.partition("## Five changes")[2], re.MULTILINE | re.DOTALL)
)
BLOCK = re.compile(r"^ *```(\w+)\n(.*?)\n *```$", re.MULTILINE | re.DOTALL)
REWORD = re.compile(r"Open `([^`]+)` in Word, change “(.+?)” to “(.+?)”", re.DOTALL)
NOT_COPIED = shutil.ignore_patterns(".*", "*.egg-info", "demo", "dist", "pictures")


def test_the_five_changes_are_made_as_they_are_told(tmp_path: Path) -> None:
    assert len(CHANGES) == 5
    copy, tests = tmp_path / "copy", set[str]()
    shutil.copytree(ROOT, copy, ignore=NOT_COPIED)

    for change in CHANGES.values():
        for path, before, after in REWORD.findall(change):
            reword(copy / path, " ".join(before.split()), " ".join(after.split()))
        for language, block in BLOCK.findall(change):
            head, _, rest = dedent(f"   {block.lstrip()}" if block[:1] != " " else block).partition("\n")
            make(copy / head.strip(), rest, is_change=language == "diff")
        (command,) = re.findall(r"Then `python -m pytest -q ([^`]+)`", change)
        tests.update(shlex.split(command))

    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *sorted(tests)],
        cwd=copy,
        env={**plain, "PYTHONPATH": str(copy), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def make(path: Path, block: str, *, is_change: bool) -> None:
    """Write a new file, or put the lines of a change with `+` in the place of those with `-`."""
    if not is_change:
        assert not path.exists(), f"{path} is there already"
        path.write_text(f"{block}\n", "utf-8")
        return
    lines = block.splitlines()
    before, after = ("\n".join(line[1:] for line in lines if line[:1] != sign) for sign in "+-")
    text = path.read_text("utf-8")
    assert text.count(f"{before}\n") == 1, f"{path} has no such place, or several:\n{before}"
    path.write_text(text.replace(f"{before}\n", f"{after}\n"), "utf-8")


def reword(path: Path, before: str, after: str) -> None:
    """Change words of a Word file, within the piece of text in which they stand."""
    document = Document(str(path))
    pieces = [run for one in document.paragraphs for run in one.runs if before in run.text]
    assert len(pieces) == 1, f"{path} says it {len(pieces)} times: {before}"
    pieces[0].text = pieces[0].text.replace(before, after)
    document.save(str(path))
