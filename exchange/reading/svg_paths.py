"""The path of an SVG as moves, lines and curves of a PDF's path."""

import math
import re
from collections.abc import Iterator

Point = tuple[float, float]
Step = tuple[str, tuple[float, ...]]
"""("M", x y), ("L", x y), ("C", six) or ("Z", none), in places of the drawing."""

_TOKEN = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_FLAGS = re.compile(r"([Aa])([^A-Za-z]*)")
MOST_STEPS = 50_000


def steps(text: str) -> Iterator[Step]:
    """Yield the steps of a path; raises ValueError where it cannot be read."""
    here: Point = (0.0, 0.0)
    start, control, before = here, here, ""
    for count, (letter, numbers) in enumerate(_commands(text)):
        if count > MOST_STEPS:
            raise ValueError("a path of too many steps")
        name, is_from_here = letter.upper(), letter.islower()
        if name == "Z":
            yield "Z", ()
            here, before = start, name
            continue
        at = _placed(name, numbers, here) if is_from_here else numbers
        if name == "M":
            yield "M", at
            here = start = (at[0], at[1])
        elif name in "LHV":
            here = (at[0] if name != "V" else here[0], at[-1] if name != "H" else here[1])
            yield "L", here
        elif name == "A":
            end = (at[5], at[6])
            yield from _arc(here, numbers[:5], end)
            here = end
        else:
            curve, control = _curve(name, at, here, control if before in _FOLLOWS[name] else here)
            yield "C", curve
            here = (curve[4], curve[5])
        before = name


_FOLLOWS = {"C": "", "S": "CS", "Q": "", "T": "QT"}


def _commands(text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Yield each command with its numbers, a command that is left out being the one before."""
    tokens = _TOKEN.findall(_FLAGS.sub(_parted_flags, text))
    at = 0
    letter = ""
    while at < len(tokens):
        if tokens[at][0]:
            letter = tokens[at][0]
            at += 1
        elif letter in ("", "Z", "z"):
            raise ValueError("numbers of no command")
        takes = _TAKES[letter.upper()]
        numbers = [token[1] for token in tokens[at : at + takes]]
        if len(numbers) < takes or not all(numbers):
            raise ValueError("a command without its numbers")
        yield letter, tuple(map(float, numbers))
        at += takes
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _parted_flags(found: "re.Match[str]") -> str:
    """Put spaces round the two flags of an arc, which may be written without any."""
    parts = re.findall(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", found[2])
    if len(parts) % 7 == 0:
        return found[0]
    number = r"([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[\s,]*"
    arc = re.compile(rf"{number}{number}{number}([01])[\s,]*([01])[\s,]*{number}{number}")
    return found[1] + arc.sub(lambda one: " ".join(one.groups()) + " ", found[2])


def _placed(name: str, numbers: tuple[float, ...], here: Point) -> tuple[float, ...]:
    """Return numbers counted from here as places."""
    if name == "H":
        return (numbers[0] + here[0],)
    if name == "V":
        return (numbers[0] + here[1],)
    if name == "A":
        return (*numbers[:5], numbers[5] + here[0], numbers[6] + here[1])
    return tuple(number + here[index % 2] for index, number in enumerate(numbers))


def _curve(name: str, at: tuple[float, ...], here: Point, control: Point) -> tuple[tuple[float, ...], Point]:
    """Return a cubic curve for any of the four, and the control point that a smooth one follows."""
    mirrored = (2 * here[0] - control[0], 2 * here[1] - control[1])
    if name == "C":
        return at, (at[2], at[3])
    if name == "S":
        return (*mirrored, *at), (at[0], at[1])
    middle = (at[0], at[1]) if name == "Q" else mirrored
    end = (at[-2], at[-1])
    first = tuple(here[i] + 2 / 3 * (middle[i] - here[i]) for i in (0, 1))
    second = tuple(end[i] + 2 / 3 * (middle[i] - end[i]) for i in (0, 1))
    return (*first, *second, *end), middle


def _arc(here: Point, numbers: tuple[float, ...], end: Point) -> Iterator[Step]:
    """Yield curves for an elliptical arc, a quarter turn each at most (SVG 1.1, appendix F.6)."""
    rx, ry, turned = abs(numbers[0]), abs(numbers[1]), math.radians(numbers[2])
    if not rx or not ry or here == end:
        yield "L", end
        return
    cos, sin = math.cos(turned), math.sin(turned)
    dx, dy = (here[0] - end[0]) / 2, (here[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, -sin * dx + cos * dy
    grow = math.sqrt(max(1.0, (x / rx) ** 2 + (y / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    top = max(0.0, (rx * ry) ** 2 - (rx * y) ** 2 - (ry * x) ** 2)
    scale = math.sqrt(top / ((rx * y) ** 2 + (ry * x) ** 2))
    scale = -scale if bool(numbers[3]) == bool(numbers[4]) else scale
    cx, cy = scale * rx * y / ry, -scale * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    sweep = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    sweep += math.tau * ((sweep < 0) if numbers[4] else -(sweep > 0))
    centre = (cos * cx - sin * cy + (here[0] + end[0]) / 2, sin * cx + cos * cy + (here[1] + end[1]) / 2)
    parts = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))

    def place(u: float, v: float) -> Point:
        return centre[0] + cos * rx * u - sin * ry * v, centre[1] + sin * rx * u + cos * ry * v

    step = sweep / parts
    pull = 4 / 3 * math.tan(step / 4)
    for part in range(parts):
        a, b = first + part * step, first + (part + 1) * step
        one = place(math.cos(a) - pull * math.sin(a), math.sin(a) + pull * math.cos(a))
        two = place(math.cos(b) + pull * math.sin(b), math.sin(b) - pull * math.cos(b))
        last = end if part == parts - 1 else place(math.cos(b), math.sin(b))
        yield "C", (*one, *two, *last)
