"""An office's logo is drawn anew in the reading process; what is no logo is told in a sentence."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from exchange.reading.logo import read_logo
from models.trouble import Trouble


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def png(width: int, height: int, mode: str = "RGB", colour: object = "navy") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height), colour).save(written, "PNG")  # type: ignore[arg-type]
    return written.getvalue()


def bomb() -> bytes:
    """Return a picture of 30,000 by 30,000 pixels in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def test_a_png_is_drawn_anew_no_larger_than_papers_need_it(tmp_path: Path) -> None:
    logo = read_logo(put(tmp_path, "logo.png", png(2400, 1200)))

    assert (logo.width, logo.height) == (1200, 600)
    with Image.open(io.BytesIO(logo.png)) as drawn:
        assert (drawn.size, drawn.getpixel((5, 5))) == ((1200, 600), (0, 0, 128))


def test_what_can_be_seen_through_stays_so(tmp_path: Path) -> None:
    logo = read_logo(put(tmp_path, "logo.png", png(40, 20, "RGBA", (1, 2, 3, 0))))

    with Image.open(io.BytesIO(logo.png)) as drawn:
        assert drawn.mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "logo.png is 30,000 by 30,000 pixels, and a logo has up to 4,000 each way"),
        (png(40, 20)[:60], "logo.png is damaged, or not a complete PNG"),
        (b"\x89PNG\r\n\x1a\n", "logo.png is 0 by 0 pixels"),
        (b"\xff\xd8\xff photo", "logo.png is not a PNG or SVG picture"),
        (b"<html><svg></svg></html>", "logo.png is not a PNG or SVG picture"),
        (b"", "logo.png is empty"),
        (b"x" * 1_000_001, "logo.png is larger than 1 MB"),
    ],
)
def test_what_is_no_logo_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        read_logo(put(tmp_path, "logo.png", content))


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10">{}</svg>'

RED = 'fill="#c00"'
TURNED = f'<g transform="translate(10,0) scale(2) rotate(90)"><rect y="-3" width="3" height="3" {RED}/></g>'
BY_CLASS = """<g transform="matrix(1 0 0 1 10 0)"><rect width="4" height="4" class="a"/></g>
<style>/* one */ .a, .b {fill:#c00}</style>"""
PARTLY_HIDDEN = f"""<rect width="9" height="9" display="none"/><title>T</title>
<rect x="12" width="4" height="4" {RED}/>"""


def drawn(folder: Path, inside: str) -> Image.Image:
    logo = read_logo(put(folder, "logo.svg", SVG.format(inside).encode()))
    return Image.open(io.BytesIO(logo.png))


@pytest.mark.parametrize(
    ("inside", "inked", "bare"),
    [
        ('<rect x="2" y="2" width="4" height="4" fill="#c00"/>', (4, 4), (10, 5)),
        ('<rect x="2" y="2" width="4" height="4" rx="1" style="fill:#c00"/>', (4, 4), (10, 5)),
        ('<circle cx="10" cy="5" r="3" fill="rgb(204,0,0)"/>', (12.5, 5), (14, 5)),
        ('<ellipse cx="10" cy="5" rx="8" ry="2" fill="#c00"/>', (17, 5), (10, 8)),
        ('<line x1="0" y1="5" x2="20" y2="5" stroke="#c00" stroke-width="2"/>', (10, 5.5), (10, 8)),
        ('<polygon points="0,0 8,0 8,8 0,8" fill="#c00"/>', (4, 4), (12, 4)),
        ('<polyline points="1 9 19 9" fill="none" stroke="#c00"/>', (10, 9), (10, 5)),
        ('<path d="M0 0h6v6h-6zM2 2h2v2h-2z" fill="#c00" fill-rule="evenodd"/>', (1, 1), (3, 3)),
        ('<path d="M2 8 C2 0 18 0 18 8 S 18 9 2 8 Z" fill="#c00"/>', (10, 4), (1, 1)),
        ('<path d="M2 8 Q10 -6 18 8 T 18 8 z" fill="#c00"/>', (10, 4), (1, 1)),
        ('<path d="M2 5a4 4 0 118 0 4 4 0 11-8 0z" fill="#c00"/>', (6, 5), (14, 5)),
        ('<path d="m 1 1 l 4 0 V 5 H 1 L 1 1" fill="#c00"/>', (3, 3), (8, 3)),
        (TURNED, (13, 3), (5, 3)),
        (BY_CLASS, (12, 2), (2, 2)),
        (PARTLY_HIDDEN, (14, 2), (4, 4)),
    ],
)
def test_a_drawing_of_plain_shapes_is_drawn(
    tmp_path: Path, inside: str, inked: tuple[float, float], bare: tuple[float, float]
) -> None:
    picture = drawn(tmp_path, inside)

    assert picture.size == (1200, 600)
    assert picture.getpixel((round(inked[0] * 60), round(inked[1] * 60))) == (204, 0, 0)
    assert picture.getpixel((round(bare[0] * 60), round(bare[1] * 60))) == (255, 255, 255)


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        (SVG.format("<script>x()</script>"), "logo.svg holds a script"),
        (SVG.format('<defs><script href="x"/></defs>'), "logo.svg holds a script"),
        (SVG.format('<rect width="1" height="1" onclick="x()"/>'), "logo.svg holds a script"),
        (SVG.format('<image href="file:///etc/passwd"/>'), "logo.svg shows another picture"),
        (SVG.format("<foreignObject/>"), "logo.svg holds a web page"),
        (SVG.format("<text>Office</text>"), "logo.svg has text in a font"),
        (SVG.format('<use href="#a"/>'), "logo.svg repeats a part by reference"),
        (SVG.format('<rect width="1" height="1" fill="url(#a)"/>'), "logo.svg has a gradient"),
        (SVG.format('<g mask="url(#a)"/>'), "logo.svg has a mask"),
        (SVG.format('<g clip-path="url(#a)"/>'), "logo.svg has a clip that"),
        (SVG.format('<path d="M 1 q"/>'), "logo.svg has a shape that cannot be read"),
        (SVG.format('<path d="1 2"/>'), "logo.svg has a shape that cannot be read"),
        (SVG.format('<rect fill="no such colour"/>'), "logo.svg has a shape that cannot be read"),
        (SVG.format('<g transform="skewX(3)"/>'), "logo.svg is turned in a way"),
        (SVG.format('<g transform="matrix(1 2)"/>'), "logo.svg has a shape that cannot be read"),
        (SVG.format("<animate/>"), "logo.svg has a part “animate”"),
        (SVG.format("<g>" * 100 + "</g>" * 100), "logo.svg has far more parts"),
        (SVG.format("<g>"), "logo.svg is damaged, or not a complete SVG"),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "logo.svg does not say how large it is"),
        ('<svg width="10mm" height="9000mm"/>', "logo.svg does not say how large it is"),
    ],
)
def test_a_drawing_that_could_hide_something_or_come_out_otherwise_is_told(
    tmp_path: Path, svg: str, words: str
) -> None:
    with pytest.raises(Trouble, match=words):
        read_logo(put(tmp_path, "logo.svg", svg.encode()))


def test_a_drawing_of_entities_is_a_bomb(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><svg><!-- <!ENTITY a "b"> --></svg>'

    with pytest.raises(Trouble, match="declares its own entities"):
        read_logo(put(tmp_path, "logo.svg", bomb.encode()))
