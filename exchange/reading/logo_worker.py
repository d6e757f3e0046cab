"""Check a logo and draw it anew as a PNG of the size that papers need; runs in the reading process alone.

Drawing it anew leaves nothing in that the file held beside the picture.
"""

import base64
import io
import re
import struct
from typing import Any

from exchange.reading.file_kind import trouble

MAX_LOGO_BYTES = 1_000_000
MAX_SIDE = 4_000
WIDEST, HIGHEST = 1_200, 600
"""In pixels: a logo is printed six centimetres wide at most."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:\w+:)?svg\b", re.DOTALL)
_SAVE_AS_PNG = "save it as PNG in a drawing program and try again"


def logo_line(content: bytes) -> dict[str, object]:
    """Return what is told of a logo: the PNG in base 64, and its size; raises `Trouble` for anything else."""
    if content.startswith(_PNG):
        picture = _png(content)
    elif _SVG.match(content.removeprefix(b"\xef\xbb\xbf")):
        from exchange.reading.svg_drawing import drawn_svg

        picture = drawn_svg(content, WIDEST, HIGHEST)
    else:
        raise trouble("is not a PNG or SVG picture", _SAVE_AS_PNG)
    picture.thumbnail((WIDEST, HIGHEST))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    text = base64.b64encode(written.getvalue()).decode("ascii")
    return {"png": text, "width": picture.width, "height": picture.height}


def _png(content: bytes) -> Any:
    """Return the picture of a PNG; its size is looked at before anything is unpacked."""
    from PIL import Image

    width, height = struct.unpack(">II", content[16:24]) if len(content) >= 24 else (0, 0)
    if not 0 < width <= MAX_SIDE or not 0 < height <= MAX_SIDE:
        raise trouble(
            f"is {width:,} by {height:,} pixels, and a logo has up to {MAX_SIDE:,} each way",
            "save a smaller picture and try again",
        )
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            has_alpha = opened.mode in ("RGBA", "LA", "PA") or "transparency" in opened.info
            return opened.convert("RGBA" if has_alpha else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise trouble("is damaged, or not a complete PNG", _SAVE_AS_PNG) from error
