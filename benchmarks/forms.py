"""Importing a folder of filled-in forms, against a bare process for each that takes its text."""

import io
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

from docx import Document
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from benchmarks.command import _call, _run
from benchmarks.importing import Importing
from benchmarks.paired import Paired, _seconds, ratio
from benchmarks.rounds import AREAS
from benchmarks.table import Row

FEW, MANY, RUNS, AT_ONCE = 8, 24, 2, 2
AN_INTAKE, AIM_S = 200, 60
"""How many forms one intake brings, and how long they may take: reckoned from what each more form takes."""
SENTENCES = (
    "We will open the hall on two evenings each week.",
    "Families told us that nothing nearby feels safe after dark.",
    "A trained worker will be there with three volunteers.",
    "Neighbours and officers meet each month and agree what comes first.",
    "Young people will cook, mend bicycles, play music or study.",
    "Thefts near the shops rose in the last year and were reported less often.",
    "We ask everybody who comes what has changed for them.",
)
PARTNERS = ("the school", "the parish", "the library", "your volunteers", "the police", "the youth service")
LONG = ("Please describe your project", "Why is the project needed?", "What difference will it make?")
RAW = (
    "import sys, pypdfium2; "
    "[page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(sys.argv[1])]",
    "import sys, docx; [one.text for one in docx.Document(sys.argv[1]).element.iter() if one.text]",
)
Told = Sequence[tuple[str, str]]


def measure() -> Iterator[Row]:
    """Yield how forms, half of them Word’s and half PDF, compare with bare processes and with fewer forms."""
    with tempfile.TemporaryDirectory() as folder:
        importing = Importing(Path(folder))
        few, many = (write_forms(Path(folder, f"{number}"), number) for number in (FEW, MANY))
        take_in(importing, few)  # what is read from the disk for the first time
        works = partial(take_in, importing, many), partial(take_in, importing, few), partial(take_text, many)
        runs = [tuple(map(_seconds, works)) for _ in range(RUNS)]
    ours_s, few_s, bare_s = (median(times) for times in zip(*runs, strict=True))
    figures = Paired(ours_s, bare_s, median(ours / bare for ours, _, bare in runs))
    yield ratio(f"Importing {MANY} forms", figures, 4, "a bare process for each")
    growth = Paired(ours_s, few_s, median(ours / small for ours, small, _ in runs))
    yield ratio(f"Importing {MANY} forms", growth, 1.1 * MANY / FEW, f"importing {FEW}")
    more_s = (ours_s - few_s) / (MANY - FEW)
    intake_s = ours_s + more_s * (AN_INTAKE - MANY)
    yield Row(
        f"Importing {AN_INTAKE} forms, reckoned", intake_s, AIM_S, "s", f"each form more {more_s:.2f} s"
    )


def take_in(importing: Importing, folder: Path) -> None:
    """Import a folder by the command, into a new record."""
    _call("import", str(importing.new()), str(folder), "--round", "Autumn")


def take_text(folder: Path) -> None:
    """Take the text of each form in a process of its own, two at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(_take, sorted(folder.iterdir())):
            pass


def _take(path: Path) -> None:
    _run([sys.executable, "-c", RAW[path.suffix == ".docx"], str(path)])


def write_forms(folder: Path, many: int) -> Path:
    """Write filled-in forms of groups that there are not."""
    folder.mkdir()
    for number in range(many):
        told = list(_told(number))
        content, ending = (word(told), "docx") if number % 2 else (pdf(told), "pdf")
        folder.joinpath(f"form {number}.{ending}").write_bytes(content)
    return folder


def _told(number: int) -> Iterator[tuple[str, str]]:
    draw = random.Random(number)
    yield "Name of group", f"Made-up Group {number}"
    yield "Contact name", "Ada Example"
    yield "Email address", f"ada{number}@example.org"
    yield "Telephone number", f"01632 {960_000 + number}"
    yield "Address", f"{number} Made-up Street, Nowhere"
    yield "Postcode", f"B{number % 90 + 1} {number // 90 + 1}AA"
    yield "Neighbourhood policing area", AREAS[number % len(AREAS)]
    yield "Project title", f"Safer Evenings {number}"
    for question in LONG:
        yield question, _text(draw, 22)
    yield "How many people will benefit?", f"{20 + number}"
    yield "Amount requested", f"£{1_000 + number}"
    yield "Total cost of the project", f"£{2_000 + number}"
    yield "Start date", "1 April 2027"
    yield "End date", "31 March 2028"
    yield "Do you have a constitution?", "Yes"
    yield "Do you have a safeguarding policy?", "Yes"
    for partner in PARTNERS:
        yield f"What will {partner} do?", _text(draw, 5)


def _text(draw: random.Random, many: int) -> str:
    """Return sentences of a text that is no other form's."""
    return " ".join(f"{draw.choice(SENTENCES)[:-1]}, {draw.randrange(10_000)} in all." for _ in range(many))


def word(told: Told) -> bytes:
    """Return a form as Word saves it: a table, each question beside its answer."""
    held, document = io.BytesIO(), Document()
    document.add_heading("Community Safety Fund: application form", 0)
    table = document.add_table(len(told), 2, "Table Grid")
    for row, texts in zip(table.rows, told, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(held)
    return held.getvalue()


def pdf(told: Told) -> bytes:
    """Return a form as a PDF: each question in a box, and its answer in the box beside."""
    held = io.BytesIO()
    canvas, top = Canvas(held), 800.0
    for question, answer in told:
        lines = simpleSplit(answer, "Helvetica", 10, 330)
        height = 14.0 * len(lines) + 8
        if top - height < 40:
            canvas.showPage()
            top = 800.0
        top -= height
        for left, width in ((40, 180), (220, 340)):
            canvas.rect(left, top, width, height)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(45, top + height - 14, question)
        for at, line in enumerate(lines):
            canvas.drawString(225, top + height - 14 - 14 * at, line)
    canvas.save()
    return held.getvalue()
