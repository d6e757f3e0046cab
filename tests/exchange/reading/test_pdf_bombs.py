"""A PDF that unpacks without end costs no more memory than a scan, whichever way it is read."""

import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from exchange.reading.memory import PDF_BYTES

_HEAD = (
    b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
)


def stream(number: int, data: bytes, more: bytes = b"") -> bytes:
    return b"%d 0 obj<<%s/Length %d>>stream\n%s\nendstream endobj\n" % (number, more, len(data), data)


def packed(block: bytes, times: int) -> bytes:
    packing = zlib.compressobj(9)
    return b"".join(packing.compress(block) for _ in range(times)) + packing.flush()


def nested(deep: int) -> bytes:
    """Return drawings that each hold ten of the next one."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]"
    inner = b"/Resources<</XObject<</X %d 0 R>>>>"
    drawings = [stream(5 + n, b"/X Do " * 10, form + inner % (6 + n)) for n in range(deep)]
    return b"".join((*drawings, stream(5 + deep, b"0 0 m 9 9 l S", form)))


FLATE = b"/Filter/FlateDecode"
BOMBS = {
    "spaces": stream(4, packed(b" " * 1_000_000, 500), FLATE),
    "drawings": stream(4, b"/X Do") + nested(9),
}
WAYS = """
import resource, sys
from pathlib import Path
from exchange.application_forms.reading import read_file
from exchange.pdf.pdf_reading import printed_pdf
from exchange.reading.pages import Pages
from models.trouble import Trouble
for path in map(Path, sys.argv[1:]):
    content = path.read_bytes()
    print(read_file(content, path.name).fault)
    for way in (lambda: Pages(content).draw(0, 900), lambda: printed_pdf(path)):
        try:
            way()
        except Trouble as error:
            print(error)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the process is watched, not bounded")
def test_no_bomb_takes_more_than_its_bound(tmp_path: Path) -> None:
    for name, content in BOMBS.items():
        tmp_path.joinpath(f"{name}.pdf").write_bytes(_HEAD + content + b"trailer<</Root 1 0 R>>")
    command = [sys.executable, "-c", WAYS, *sorted(map(str, tmp_path.iterdir()))]

    ran = subprocess.run(command, check=True, capture_output=True, text=True)

    *said, peak = ran.stdout.splitlines()
    assert len(said) == 3 * len(BOMBS)
    assert all("could not be" in words and "safely" in words for words in said), said
    assert int(peak) <= PDF_BYTES
