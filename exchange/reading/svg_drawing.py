"""Draw an SVG of plain shapes: paths, lines, rectangles, circles and polygons, filled or outlined.

Whatever a logo could hide something in, or that would be drawn otherwise than its maker meant, is refused
with the remedy: scripts, links, other files, text in a font, gradients, masks.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from exchange.reading.file_kind import trouble
from exchange.reading.svg_paths import Step, steps

MOST_PARTS, DEEPEST = 20_000, 60
_REMEDY = "save it as PNG in a drawing program and try again"
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MOVE = re.compile(r"(\w+)\s*\(([^)]*)\)")
_IGNORED = frozenset({"title", "desc", "metadata", "defs", "style", "namedview", "symbol"})
_GROUPS = frozenset({"svg", "g", "switch"})
_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_INHERITED = ("fill", "stroke", "stroke-width", "fill-rule", "fill-opacity", "stroke-opacity", "visibility")
_NAMED = {
    "script": "holds a script",
    "foreignObject": "holds a web page",
    "image": "shows another picture",
    "use": "repeats a part by reference",
    "a": "holds a link",
    "text": "has text in a font, which may not be here",
}
_START = {"fill": "black", "stroke": "none", "stroke-width": "1"}

Style = dict[str, str]


class _Sheet(NamedTuple):
    """The rules of the style sheets inside, by selector."""

    rules: Mapping[str, Style]

    def of(self, element: ElementTree.Element, name: str) -> Style:
        """Return an element's own style: attributes, then rules, then its style attribute."""
        found = {key: value for key, value in element.attrib.items() if "}" not in key}
        selectors = [name, *(f".{one}" for one in element.get("class", "").split()), f"#{element.get('id')}"]
        for selector in selectors:
            found |= self.rules.get(selector, {})
        return found | _declared(element.get("style", ""))


def drawn_svg(content: bytes, widest: int, highest: int) -> Any:
    """Return the picture of an SVG, as large as fits; raises `Trouble` for what is not drawn."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused("declares its own entities")
    root = _parsed(content)
    try:
        left, top, width, height = _box(root)
        pdf = _pdf(root, left, top, width, height)
    except (ValueError, ArithmeticError, IndexError, TypeError) as error:
        raise _refused("has a shape that cannot be read") from error
    return _picture(pdf, min(widest / width, highest / height))


def _refused(what: str) -> Exception:
    return trouble(what, _REMEDY)


def _parsed(content: bytes) -> ElementTree.Element:
    """Return the drawing once it is known to be neither deep nor endless."""
    depth = count = 0
    root: ElementTree.Element | None = None
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST or count > MOST_PARTS:
                raise _refused("has far more parts than a logo")
            root = element if root is None else root
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise _refused("is damaged, or not a complete SVG") from error
    assert root is not None, "a document that was parsed has a root"
    return root


def _box(root: ElementTree.Element) -> tuple[float, float, float, float]:
    given = [float(one) for one in _NUMBER.findall(root.get("viewBox", ""))]
    if len(given) != 4:
        sides = [_NUMBER.match(root.get(side, "").strip()) for side in ("width", "height")]
        given = [0.0, 0.0, *(float(one[0]) if one else 0.0 for one in sides)]
    if not all(0 < side < 1e6 for side in given[2:]) or not 0.02 < given[2] / given[3] < 50:
        raise _refused("does not say how large it is")
    return given[0], given[1], given[2], given[3]


def _pdf(root: ElementTree.Element, left: float, top: float, width: float, height: float) -> bytes:
    """Return a PDF of one page that holds the drawing."""
    from reportlab.pdfgen.canvas import Canvas

    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(width, height), pageCompression=0)
    canvas.transform(1, 0, 0, -1, -left, height + top)
    _draw(canvas, root, _START, _sheet(root))
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def _picture(pdf: bytes, scale: float) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def _sheet(root: ElementTree.Element) -> _Sheet:
    rules: dict[str, Style] = {}
    for element in root.iter():
        if _name(element) != "style":
            continue
        for selectors, declared in _RULE.findall(re.sub(r"/\*.*?\*/", "", element.text or "", flags=re.S)):
            for selector in selectors.split(","):
                rules.setdefault(selector.strip(), {}).update(_declared(declared))
    return _Sheet(rules)


def _declared(text: str) -> Style:
    parts = (part.partition(":") for part in text.split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in parts if value}


def _name(element: ElementTree.Element) -> str:
    """Return an element's name, "" for one of another language than SVG."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space in ("", "{http://www.w3.org/2000/svg") else ""


def _draw(canvas: Any, element: ElementTree.Element, around: Mapping[str, str], sheet: _Sheet) -> None:
    name = _name(element)
    if name in _IGNORED or not name or name.endswith("Gradient"):
        _refuse_actions(element)
        return
    if name not in _GROUPS | _SHAPES:
        raise _refused(_NAMED.get(name, f"has a part “{name[:20]}” that is not drawn"))
    _refuse_actions(element, deep=False)
    own = sheet.of(element, name)
    if own.get("display") == "none":
        return
    style = dict(around) | {key: own[key] for key in _INHERITED if own.get(key, "inherit") != "inherit"}
    style["opacity"] = str(_share(around.get("opacity")) * _share(own.get("opacity")))
    for key in ("filter", "mask", "clip-path"):
        if own.get(key, "none") != "none":
            raise _refused(f"has a {key.replace('-path', '')} that is not drawn")
    canvas.saveState()
    for matrix in _matrices(own.get("transform", "")):
        canvas.transform(*matrix)
    if name in _SHAPES and style.get("visibility") not in ("hidden", "collapse"):
        _paint(canvas, tuple(_outline(name, own)), style)
    for child in element:
        _draw(canvas, child, style, sheet)
    canvas.restoreState()


def _refuse_actions(element: ElementTree.Element, *, deep: bool = True) -> None:
    """Refuse what acts or reaches elsewhere, drawn or not."""
    for part in element.iter() if deep else (element,):
        if _name(part) in ("script", "foreignObject", "image"):
            raise _refused(_NAMED[_name(part)])
        if any(key.lower().startswith("on") for key in part.attrib):
            raise _refused("holds a script")


def _share(text: str | None) -> float:
    found = _NUMBER.match((text or "1").strip())
    share = float(found[0]) if found else 1.0
    return min(1.0, max(0.0, share / 100 if (text or "").strip().endswith("%") else share))


def _matrices(text: str) -> Iterator[tuple[float, ...]]:
    """Yield a transform as matrices, in their order."""
    import math

    for name, given in _MOVE.findall(text):
        n = [float(one) for one in _NUMBER.findall(given)]
        if name == "matrix":
            yield tuple(n[:6])
        elif name == "translate":
            yield 1, 0, 0, 1, n[0], [*n, 0.0][1]
        elif name == "scale":
            yield n[0], 0, 0, (n * 2)[1], 0, 0
        elif name == "rotate":
            cos, sin = math.cos(math.radians(n[0])), math.sin(math.radians(n[0]))
            x, y = [*n[1:3], 0.0, 0.0][:2]
            yield cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y
        else:
            raise _refused("is turned in a way that is not drawn")


def _outline(name: str, own: Mapping[str, str]) -> Iterator[Step]:
    """Yield the outline of a shape."""
    if name == "path":
        yield from steps(own.get("d", ""))
        return
    if name in ("polyline", "polygon"):
        numbers = " ".join(_NUMBER.findall(own.get("points", "")))
        yield from steps(f"M {numbers} {'Z' if name == 'polygon' else ''}" if numbers else "")
        return
    x, y, w, h, cx, cy, r, rx, ry, x1, y1, x2, y2 = (
        float(found[0]) if (found := _NUMBER.match(own.get(key, "0").strip())) else 0.0
        for key in ("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "x1", "y1", "x2", "y2")
    )
    if name == "line":
        yield from steps(f"M {x1} {y1} L {x2} {y2}")
    elif name == "rect":
        rx, ry = min(rx or ry, w / 2), min(ry or rx, h / 2)
        corner = f"a {rx} {ry} 0 0 1"
        yield from steps(
            f"M {x + rx} {y} h {w - 2 * rx} {corner} {rx} {ry} v {h - 2 * ry} {corner} {-rx} {ry} "
            f"h {2 * rx - w} {corner} {-rx} {-ry} v {2 * ry - h} {corner} {rx} {-ry} Z"
        )
    else:
        rx, ry = (r, r) if name == "circle" else (rx, ry)
        arc = f"A {rx} {ry} 0 0 1"
        yield from steps(f"M {cx - rx} {cy} {arc} {cx + rx} {cy} {arc} {cx - rx} {cy} Z")


def _paint(canvas: Any, outline: tuple[Step, ...], style: Mapping[str, str]) -> None:
    fill, stroke = _colour(style.get("fill", "black")), _colour(style.get("stroke", "none"))
    width = _NUMBER.match(style.get("stroke-width", "1").strip())
    path = canvas.beginPath()
    moves = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
    for name, numbers in outline:
        moves[name](*numbers)
    if fill is not None:
        canvas.setFillColorRGB(*fill, alpha=_share(style["opacity"]) * _share(style.get("fill-opacity")))
    if stroke is not None:
        canvas.setStrokeColorRGB(
            *stroke, alpha=_share(style["opacity"]) * _share(style.get("stroke-opacity"))
        )
        canvas.setLineWidth(float(width[0]) if width else 1.0)
    is_even_odd = style.get("fill-rule") == "evenodd"
    canvas.drawPath(path, stroke=stroke is not None, fill=fill is not None, fillMode=0 if is_even_odd else 1)


def _colour(text: str) -> tuple[float, float, float] | None:
    """Return red, green and blue from 0 to 1, None for none."""
    from PIL import ImageColor

    if text in ("none", "transparent"):
        return None
    if text.startswith("url("):
        raise _refused("has a gradient or a pattern that is not drawn")
    red, green, blue = ImageColor.getrgb("black" if text == "currentColor" else text)[:3]
    return red / 255, green / 255, blue / 255
