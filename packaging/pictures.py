"""Draw the guide's pictures anew: the light ones of every page, as small files.

    python packaging/pictures.py

Each picture that a page of the guide or the README shows is drawn from the sample, offscreen, and put into
`resources/help/pictures`. Run it when a page has changed its looks; look at the pictures before they are
committed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "help" / "pictures"
SHOWN = re.compile(r"!\[[^\]]*\]\((?:resources/help/)?pictures/([\w-]+)\.png\)")
GROUNDS, REST = 16, 48
"""So many colours as they are, which cover most of a page, and the rest spread over all others that it has:
a page looks the same, in a third of the bytes, and a chip keeps its colour though it is small."""
DRAWING = "import sys; from cli.command import main; sys.exit(main())"


def shown() -> list[str]:
    """Return the names of the pictures that the guide and the README show."""
    texts = [ROOT / "README.md", *(ROOT / "resources" / "help").glob("*.md")]
    return sorted({name for text in texts for name in SHOWN.findall(text.read_text(encoding="utf-8"))})


def made_small(picture: Image.Image) -> Image.Image:
    """Return a picture with few colours."""
    dots = picture.tobytes()
    held = Counter(dots[at : at + 3] for at in range(0, len(dots), 3)).most_common(GROUNDS)
    grounds = [value for colour, _ in held for value in colour]
    spread = picture.quantize(REST, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(grounds + spread[: 3 * REST])
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


def main() -> int:
    """Draw, make small and put in place; say how large each is."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter).parse_args()
    with tempfile.TemporaryDirectory() as aside:
        subprocess.run([sys.executable, "-c", DRAWING, "screenshots", "--out", aside], cwd=ROOT, check=True)
        for name in shown():
            picture = Image.open(Path(aside) / f"{name}-light.png").convert("RGB")
            path = FOLDER / f"{name}.png"
            made_small(picture).save(path, optimize=True)
            print(f"{path.name}: {path.stat().st_size // 1024} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
