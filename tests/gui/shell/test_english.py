"""The window speaks English on a computer that does not."""

import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).parents[3]
SAYS = """
from datetime import date
from gui.app import application
app = application()
from PySide6.QtWidgets import QDateEdit
from PySide6.QtCore import QDate
from scoring.written.days import long_day
from scoring.written.days import short_day
box = QDateEdit(QDate(2026, 12, 2))
box.setDisplayFormat("ddd d MMMM yyyy")
print(long_day(date(2026, 12, 2)), short_day(date(2026, 12, 2)), box.text(), f"{1234.5:n}", sep="|")
"""


@pytest.mark.parametrize("language", ["C", "pl_PL.UTF-8"])
def test_days_and_figures_are_english_in_any_language(language: str) -> None:
    environment = {**os.environ, "LANG": language, "LC_ALL": language, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", SAYS]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True
    )

    assert done.stdout.strip() == "Wed 2 December 2026|2 Dec 2026|Wed 2 December 2026|1234.5"


def test_every_test_of_the_window_sees_the_language_it_speaks(qapp: QApplication) -> None:
    assert locale.setlocale(locale.LC_TIME) == "C"
    assert QLocale().name() == "en_GB"
    assert QLocale().toString(QDate(2026, 12, 2), "MMMM") == "December"
