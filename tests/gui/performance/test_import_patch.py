"""Qt's binding reads no source of what is imported after it."""

import subprocess
import sys

LOOK = """
from gui.start import begin
begin()
import linecache
import gui.app, gui.pages.deciding.ranking.page, PySide6.QtWidgets
print([name for name in linecache.cache if "/gui/" in name.replace(chr(92), "/")])
"""


def test_no_source_is_read_once_the_program_has_begun() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
