"""Read a logo safely: checked and drawn anew, in the reading process, as a PNG of the size that papers need.

Drawing it anew leaves nothing in that the file held beside the picture.
"""

import base64
import io
import re
from pathlib import Path
from typing import Any

from msgspec import Struct

from exchange.reading.sheet_scan import trouble
from exchange.reading.sheets import LOGO, said_of

MAX_LOGO_BYTES = 1_000_000
MAX_SIDE = 4_000
WIDEST, HIGHEST = 1_200, 600
"""In pixels: a logo is printed six centimetres wide at most."""

_KINDS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<![^>]*>\s*)*<(?:\w+:)?svg\b")
_SAVE_ANEW = "save it as PNG or JPEG in a drawing program and try again"


def logo_line(content: bytes) -> dict[str, object]:
    """Return what is told of a logo: the PNG in base 64, and its size; raises `Trouble` for anything else."""
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), None)
    if kind is None:
        is_svg = _SVG.match(content.removeprefix(b"\xef\xbb\xbf"))
        raise trouble("is an SVG drawing" if is_svg else "is not a PNG or JPEG picture", _SAVE_ANEW)
    picture = _picture(content, kind)
    picture.thumbnail((WIDEST, HIGHEST))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    text = base64.b64encode(written.getvalue()).decode("ascii")
    return {"png": text, "width": picture.width, "height": picture.height}


def _picture(content: bytes, kind: str) -> Any:
    """Return the picture of a PNG or JPEG; its size is looked at before anything is unpacked."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None  # a picture far too large is told here with its size
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as opened:
            _check_size(*opened.size)
            has_alpha = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
            return opened.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise trouble(f"is damaged, or not a complete {kind}", _SAVE_ANEW) from error


def _check_size(width: int, height: int) -> None:
    if not 0 < width <= MAX_SIDE or not 0 < height <= MAX_SIDE:
        raise trouble(
            f"is {width:,} by {height:,} pixels, and a logo has up to {MAX_SIDE:,} each way",
            "save a smaller picture and try again",
        )


_TOO_LARGE = "larger than 1 MB; save a smaller picture"
_UNSAFE = "could not be read safely; open it in a drawing program, save it as PNG or JPEG and try again"


class Logo(Struct, frozen=True):
    """A logo as PNG, no larger than a paper needs it, with its size in pixels."""

    png: bytes
    width: int
    height: int


def read_logo(path: Path) -> Logo:
    """Read a PNG or JPEG; the file is only read. Raises `Trouble` with one sentence for what is no logo."""
    *_, found = said_of(path, LOGO, "choose a PNG or JPEG file", MAX_LOGO_BYTES, _TOO_LARGE, _UNSAFE)
    return Logo(base64.b64decode(found["png"]), found["width"], found["height"])
