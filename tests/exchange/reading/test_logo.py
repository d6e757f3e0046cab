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


def png(width: int, height: int, mode: str = "RGB", colour: object = "navy", *, kind: str = "PNG") -> bytes:
    written = io.BytesIO()
    Image.new(mode, (width, height), colour).save(written, kind)  # type: ignore[arg-type]
    return written.getvalue()


JPEG = png(40, 20, kind="JPEG")


def enlarged(jpeg: bytes, side: int) -> bytes:
    """Return a picture whose frame says that it is another size than it is."""
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", side, side) + jpeg[at + 4 :]


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


@pytest.mark.parametrize(("mode", "colour"), [("RGB", "navy"), ("L", 40), ("CMYK", (0, 0, 0, 0))])
def test_a_jpeg_is_drawn_anew_as_a_png(tmp_path: Path, mode: str, colour: object) -> None:
    logo = read_logo(put(tmp_path, "logo.jpg", png(2400, 1200, mode, colour, kind="JPEG")))

    assert (logo.width, logo.height) == (1200, 600)
    with Image.open(io.BytesIO(logo.png)) as drawn:
        assert (drawn.format, drawn.mode, drawn.size) == ("PNG", "RGB", (1200, 600))


def test_nothing_beside_the_picture_of_a_jpeg_is_kept(tmp_path: Path) -> None:
    noted = b"\xff\xfe" + struct.pack(">H", 2 + 11) + b"made at 1 A"
    logo = read_logo(put(tmp_path, "logo.jpg", JPEG[:2] + noted + JPEG[2:]))

    assert b"made at" not in logo.png


def test_what_can_be_seen_through_stays_so(tmp_path: Path) -> None:
    logo = read_logo(put(tmp_path, "logo.png", png(40, 20, "RGBA", (1, 2, 3, 0))))

    with Image.open(io.BytesIO(logo.png)) as drawn:
        assert drawn.mode == "RGBA"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "logo.png is 30,000 by 30,000 pixels, and a logo has up to 4,000 each way"),
        (png(40, 20)[:60], "logo.png is damaged, or not a complete PNG"),
        (b"\x89PNG\r\n\x1a\n", "logo.png is damaged, or not a complete PNG"),
        (b"\xff\xd8\xff photo", "logo.png is damaged, or not a complete JPEG"),
        (JPEG[:-200], "logo.png is damaged, or not a complete JPEG"),
        (enlarged(JPEG, 65_000), "logo.png is 65,000 by 65,000 pixels, and a logo has up to 4,000"),
        (enlarged(JPEG, 0), "logo.png is damaged, or not a complete JPEG"),
        (b"GIF89a", "logo.png is not a PNG or JPEG picture"),
        (b"<html><svg></svg></html>", "logo.png is not a PNG or JPEG picture"),
        (b"", "logo.png is empty"),
        (b"x" * 1_000_001, "logo.png is larger than 1 MB"),
    ],
)
def test_what_is_no_logo_is_told(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(Trouble, match=words):
        read_logo(put(tmp_path, "logo.png", content))


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>',
        b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- made up --><svg/>',
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg/>',
    ],
)
def test_a_drawing_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Trouble) as refused:
        read_logo(put(tmp_path, "logo.svg", content))

    assert str(refused.value) == (
        "logo.svg is an SVG drawing; save it as PNG or JPEG in a drawing program and try again; "
        "nothing was changed."
    )
