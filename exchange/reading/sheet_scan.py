"""Look over a worksheet's XML before anything parses it: how far values reach, errors, unsaved formulas.

A sheet as Excel, LibreOffice and openpyxl write it is looked over by counting and searching, which is fast
enough for a million formatted rows. Anything unusual (a prefix, a cell without an address, a comment) is
followed element by element instead.
"""

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.parsers import expat

from msgspec import Struct, field

from exchange.reading.cell_names import cell_name, column_number
from models.trouble import Trouble

_FOLDER, _TIES = "xl", "xl/_rels/workbook.xml.rels"
_TARGET = re.compile(rb"(?<=\sTarget=)(?:\"([^\"]*)\"|'([^']*)')")
_ODD = re.compile(rb"\\|(?:^|/)\.\.?/")
_DATA = re.compile(r"(?:\.xml|\.rels)$", re.IGNORECASE)


def part_name(target: str) -> str:
    """Name the part that a relationship of the workbook leads to, as the package lists it."""
    return posixpath.normpath(posixpath.join("/", _FOLDER, target.replace("\\", "/"))).lstrip("/")


def with_plain_paths(content: bytes) -> bytes:
    """Give a package that was checked before, with the paths of its sheets as they are usually written."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        ties = package.read(_TIES) if _TIES in package.namelist() else b""
        if not any(map(_is_odd, _TARGET.finditer(ties))):
            return content
        mended = io.BytesIO()
        with zipfile.ZipFile(mended, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for name in filter(_DATA.search, dict.fromkeys(package.namelist())):
                copy.writestr(name, _TARGET.sub(_plain, ties) if name == _TIES else package.read(name))
        return mended.getvalue()


def _is_odd(found: re.Match[bytes]) -> bool:
    return b"://" not in found[0] and bool(_ODD.search(found[1] or found[2] or b""))


def _plain(found: re.Match[bytes]) -> bytes:
    target = found[1] or found[2] or b""
    return b'"/%s"' % part_name(target.decode()).encode() if _is_odd(found) else found[0]


_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?font>)", re.DOTALL)
_STRUCK = re.compile(rb"<(?:\w+:)?strike(?!\s+val=\"(?:0|false)\")[\s/>]")
_NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*?)/?>")
_CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*?)/?>")
_ATTRIBUTE = re.compile(rb"(\w+)\s*=\s*[\"']([^\"']*)[\"']")
_PIECES = re.compile(
    r"\[\$(?P<sign>[^\]-]*)(?:-[^\]]*)?\]|\[[^\]]*\]|\"(?P<quoted>[^\"]*)\"|\\(?P<escaped>.)|[_*]."
    r"|(?P<figures>General|[0#?](?:[0#?.,]*[0#?])?(?P<scale>,*))|(?P<plain>.)",
    re.DOTALL,
)
_FOREIGN = re.compile(
    r"[$€¥₹₽₩₺₴₦₱₫₪₿¢]|\b(?:EUR|USD|AUD|CAD|NZD|JPY|CHF|SEK|NOK|DKK|PLN)\b"
    r"|\b(?:kr|zł|kč|ft|lei|dh|rs|euros?|dollars?)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?!GBP)[A-Z]{3}")
_OTHER_UNIT = re.compile(
    r"k|m|mn|p|pence|thousands?|millions?|'?000s?|(?:per|each|every|a) \w+|/ ?\w+|p/?[amw]|p\.[amw]\.?|pcm"
)


def unit_shown(code: str) -> str | None:
    """Return a template for numbers of a format that shows another unit, None where it shows pounds or none.

    >>> unit_shown("[$€-2] #,##0.00"), unit_shown('0.0,"k"'), unit_shown("£#,##0")
    ('€ {0}', '{3}k', None)
    """
    before, after, scale, is_other = "", "", None, False
    for piece in _PIECES.finditer(_first_section(code)):
        if piece["figures"]:
            scale = len(piece["scale"] or "") if scale is None else scale
        else:
            text = next((one for one in piece.group("sign", "quoted", "escaped", "plain") if one), "")
            is_other = is_other or bool(piece["sign"] and _CODE.fullmatch(piece["sign"].strip()))
            before, after = (before + text, after) if scale is None else (before, after + text)
    if scale is None:
        return None
    is_other |= bool(
        _FOREIGN.search(f"{before} {after}") or _OTHER_UNIT.fullmatch(after.strip(" ()").casefold())
    )
    return f"{before.lstrip(' (-')}{{{3 * scale}}}{after.rstrip(' )')}" if is_other else None


def telling_styles(styles: bytes) -> "Styles":
    """Return the cell formats of a workbook's styles that show another unit, or a line through the cell."""
    shown = {}
    for found in _NUMBER_FORMAT.finditer(styles):
        about = dict(_ATTRIBUTE.findall(found[1]))
        template = unit_shown(html.unescape(about.get(b"formatCode", b"").decode("utf-8", "replace")))
        if template is not None:
            shown[about.get(b"numFmtId", b"")] = template
    struck = {b"%d" % at for at, font in enumerate(_FONT.findall(styles)) if _STRUCK.search(font)}
    section = _CELL_FORMATS.search(styles)
    if not (shown or struck) or section is None:
        return Styles()
    formats = [dict(_ATTRIBUTE.findall(found[1])) for found in _CELL_FORMAT.finditer(section[0])]
    units = {b"%d" % at: shown[of] for at, one in enumerate(formats) if (of := one.get(b"numFmtId")) in shown}
    lined = frozenset(b"%d" % at for at, one in enumerate(formats) if one.get(b"fontId") in struck)
    return Styles(units, lined)


def _first_section(code: str) -> str:
    """Return the part of a format that is for numbers above nought."""
    quoted = False
    for at, sign in enumerate(code):
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            return code[:at]
    return code


MAX_ROWS = 20_000
MAX_COLUMNS = 300
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 1_000_000
MAX_SHEETS = 1_000
MAX_MARKS = 500_000
MAX_GRID = MAX_ROWS * MAX_COLUMNS
"""Cells of all sheets, blank ones too, each sheet as a rectangle round its values."""
MAX_MERGES, MAX_MERGED_ROWS = 20_000, 400_000
"""Merged areas of all sheets, and the rows of all of them together: areas may lie over one another."""
UNSAVED = ""
"""The mark of a formula without a saved value; any other mark is an error's text."""

Place = tuple[int, int]
"""A cell: its row and its column, from 1."""
Marks = dict[Place, str]
Merge = tuple[int, int, int, int]
Chunks = Callable[[], Iterable[bytes]]

_LONGEST_TEXT = 8 << 20
_FAR_ROW = rb"(?:2000[1-9]|200[1-9]\d|20[1-9]\d\d|2[1-9]\d{3}|[3-9]\d{4}|\d{6,})"
_FAR_COLUMN = rb"(?:K[O-Z]|[L-Z][A-Z]|[A-Z]{3,})"
_FAR = re.compile(
    rb'<c r="((?:' + _FAR_COLUMN + rb"\d+|[A-Z]{1,2}" + _FAR_ROW + rb'))"[^>]*(?<!/)>'
    rb"(?:(?<=t=\"str\">)|(?!(?:<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?(?:<v></v>|<v\s*/>)?</c>))(?!</c>)"
)
"""A far cell with something in it; to the reading library an empty text is a value too."""

_MARKED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>'
    rb"(<f(?:\s[^>]*)?(?:/>|>[^<]*</f>))?"
    rb"(?:<v(?:\s[^>]*)?>([^<]*)</v>|(<v\s*/>))?"
)
_ROW, _COLUMNS = re.compile(rb"<row\s([^>]*)>"), re.compile(rb"<col\s([^>]*)>")
_SHEET_ATTRIBUTE = re.compile(rb"(\w+)=\"([^\"]*)\"")
_TRUE = ("1", "true")
_STYLED = rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*? s="(%b)"'
_ROOT = re.compile(rb"<worksheet[\s>]")
_ANY_ROOT = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
_ODD_CELL = re.compile(rb"<c[\t\r\n>/]|<!|<\w+:c[\s>/]")


class SheetScan(Struct):
    """What was seen in one sheet: the number of values, and marked cells by row and column from 1.

    `units` are templates for the numbers that are shown in another unit than pounds; `hidden` rows and
    `hidden_columns` are not shown; `struck` cells have a line through them, `comments` a comment beside them.
    """

    values: int = 0
    marks: Marks = field(default_factory=dict)
    units: Marks = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    comments: set[Place] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)

    def add_values(self, count: int) -> None:
        """Count values; raises `Trouble` when there are more than a workbook may hold."""
        self.values += count
        if self.values > MAX_CELLS:
            raise trouble(f"has more than {MAX_CELLS:,} cells", "split it into smaller workbooks")

    def add_unit(self, row: int, column: int, template: str) -> None:
        """Note a cell whose number is shown in another unit."""
        if row <= MAX_ROWS and column <= MAX_COLUMNS:
            self.units[row, column] = template
            self.check_marks()

    def hide_columns(self, first: int, last: int) -> None:
        """Note columns that are not shown, as far as columns are read."""
        self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def add_struck(self, row: int, column: int) -> None:
        """Note a cell with a line through it, as far as cells are read."""
        if row <= MAX_ROWS and column <= MAX_COLUMNS:
            self.struck.add((row, column))
            self.check_marks()

    def add_comment(self, row: int, column: int) -> None:
        """Note a cell with a comment, as far as cells are read."""
        if row <= MAX_ROWS and column <= MAX_COLUMNS:
            self.comments.add((row, column))
            self.check_marks()

    @property
    def is_noted(self) -> bool:
        """Whether anything was seen that the reading library does not tell of."""
        noted = self.marks, self.units, self.hidden, self.hidden_columns, self.struck, self.comments
        return any(noted)

    def check_marks(self) -> None:
        """Raise `Trouble` when more cells are marked than a workbook may hold."""
        if max(map(len, (self.marks, self.units, self.struck, self.comments))) > MAX_MARKS:
            raise trouble(
                f"has more than {MAX_MARKS:,} cells in error, without a saved value, in another currency, "
                "crossed out or with a comment",
                "open it in Excel, save it again and try once more",
            )


class Extent(Struct):
    """How much the sheets of a file come to together, whatever each of them says of itself."""

    sheets: int = 0
    values: int = 0
    cells: int = 0
    merges: int = 0
    merged_rows: int = 0

    def add_sheet(self) -> None:
        """Count a sheet before it is read; raises `Trouble` when there are too many."""
        self.sheets += 1
        if self.sheets > MAX_SHEETS:
            raise trouble(f"has more than {MAX_SHEETS:,} sheets", "split it into smaller workbooks")

    def add_rows(self, rows: Sequence[Sequence[object]]) -> None:
        """Count a sheet's values and its rectangle; raises `Trouble` when there is too much of either."""
        self.values += sum(value is not None for row in rows for value in row)
        self.cells += len(rows) * max(map(len, rows), default=0)
        if self.values > MAX_CELLS:
            raise trouble(f"has more than {MAX_CELLS:,} cells", "split it into smaller workbooks")
        if self.cells > MAX_GRID:
            raise trouble(
                f"spreads its values over more than {MAX_GRID:,} cells",
                "delete the rows and columns that are not needed and try again",
            )

    def add_merges(self, merges: Sequence[Merge]) -> None:
        """Count merged areas and their rows; raises `Trouble` when there are too many of either."""
        self.merges += len(merges)
        self.merged_rows += sum(bottom - top + 1 for top, _, bottom, _ in merges)
        if self.merges > MAX_MERGES or self.merged_rows > MAX_MERGED_ROWS:
            raise trouble(
                f"has more than {MAX_MERGES:,} merged areas, or areas that lie over one another",
                "unmerge its cells and try again",
            )


def is_worksheet(first: bytes) -> bool:
    return bool(_ANY_ROOT.search(first)) or b"w\0o\0r\0k\0s\0h\0e\0e\0t" in first


class Styles(Struct, frozen=True):
    """The cell formats of a workbook that say more than a cell's value, by the format's number.

    `units` are templates for numbers in another unit than pounds, `struck` those with a line through it.
    """

    units: Mapping[bytes, str] = {}
    struck: frozenset[bytes] = frozenset()


def scan_sheet(chunks: Chunks, styles: Styles) -> SheetScan:
    """Look a sheet over; `chunks` gives its XML afresh. Raises `Trouble` for values too far out."""
    scan = _scan_plain(chunks(), styles)
    if scan is None:
        reader = _CellReader(styles)
        parse(reader.parser, chunks())
        scan = reader.scan
    return scan


UNCHANGED = "; nothing was changed"
"""The end of a sentence about a file; one that is kept though it could not be read goes without."""


def trouble(what: str, remedy: str) -> Trouble:
    """Make the sentence about a file; its name is put in front by the one who knows it."""
    return Trouble(f"{what}; {remedy}{UNCHANGED}")


def too_far(row: int, column: int) -> Trouble:
    """Say that a value stands beyond what is read."""
    if column > MAX_COLUMNS:
        return trouble(
            f"has a value in cell {cell_name(row, column)}, beyond {MAX_COLUMNS} columns",
            "delete the columns that are not needed and try again",
        )
    return trouble(
        f"has a value in cell {cell_name(row, column)}, beyond row {MAX_ROWS:,}",
        "delete what is there or split the list and try again",
    )


def damaged_trouble() -> Trouble:
    return trouble("is damaged or incomplete", "open it in Excel, save it again and try once more")


def _scan_plain(chunks: Iterable[bytes], styles: Styles) -> SheetScan | None:
    """Look over a sheet of the usual shape; `None` when it is of another shape."""
    scan, started = SheetScan(), False
    telling = styles.struck.union(styles.units)
    styled = re.compile(_STYLED % b"|".join(sorted(telling))) if telling else None
    for piece in _whole_cells(chunks):
        started = started or bool(_ROOT.search(piece))
        cells = piece.count(b"<c "), piece.count(b'<c r="')
        if not started or cells[0] != cells[1] or _ODD_CELL.search(piece):
            return None
        if b"hidden=" in piece:
            scan.hidden.update(_hidden_rows(piece))
            for first, last in _hidden_columns(piece):
                scan.hide_columns(first, last)
        if b"<v" in piece or b"<is" in piece or b"<f" in piece:
            _scan_piece(piece, scan)
            for letters, number, style in styled.findall(piece) if styled else ():
                _note_style(scan, styles, style, (int(number), column_number(letters.decode())))
    return scan


def _scan_piece(piece: bytes, scan: SheetScan) -> None:
    """Look over some whole cells, of which at least one may have a value."""
    far = _FAR.search(piece)
    if far:
        raise too_far(*_address(far.group(1)))
    scan.add_values(piece.count(b"<v>") + piece.count(b"<is>"))
    if b't="e"' in piece or b"<f" in piece:
        scan.marks.update(_marked(piece))
        scan.check_marks()


def _note_style(scan: SheetScan, styles: Styles, style: bytes, place: Place) -> None:
    """Note what a cell's format says of it."""
    if style in styles.units:
        scan.add_unit(*place, styles.units[style])
    if style in styles.struck:
        scan.add_struck(*place)


def _hidden_rows(piece: bytes) -> Iterator[int]:
    for about in _hidden(_ROW, piece):
        yield _number(about.get("r", ""))


def _hidden_columns(piece: bytes) -> Iterator[tuple[int, int]]:
    for about in _hidden(_COLUMNS, piece):
        yield _number(about.get("min", "")), _number(about.get("max", ""))


def _hidden(sought: re.Pattern[bytes], piece: bytes) -> Iterator[Mapping[str, str]]:
    """Yield what is said of the rows, or of the columns, that a sheet does not show."""
    for found in sought.finditer(piece):
        said = _SHEET_ATTRIBUTE.findall(found[1])
        about = {name.decode(): value.decode("ascii", "replace") for name, value in said}
        if about.get("hidden") in _TRUE:
            yield about


def _whole_cells(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut the XML between cells, so that each piece holds whole cells."""
    rest = b""
    for chunk in chunks:
        rest += chunk
        cut = max(rest.rfind(b"<c "), rest.rfind(b"<row"))
        cut = cut if cut > 0 else rest.rfind(b"<")
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        elif len(rest) > _LONGEST_TEXT:
            raise too_long()
    yield rest


def too_long(where: str = "") -> Trouble:
    """Say that a cell holds more text than a spreadsheet's cell can."""
    cell = f"cell {where}" if where else "a cell"
    return trouble(f"holds more than {MAX_CHARACTERS:,} characters in {cell}", "shorten it and try again")


def _marked(piece: bytes) -> Marks:
    marks: Marks = {}
    for found in _MARKED.finditer(piece):
        letters, number, attributes, formula, value, _ = found.groups()
        row, column = int(number), column_number(letters.decode())
        blank = value == b"" or found.group(6) is not None
        mark = _mark(attributes, formula is not None, value, blank=blank)
        if mark is not None and row <= MAX_ROWS and column <= MAX_COLUMNS:
            marks[row, column] = mark
    return marks


def _mark(attributes: bytes, has_formula: bool, value: bytes | None, *, blank: bool) -> str | None:
    if b't="e"' in attributes:
        return (value or b"#ERROR").decode("utf-8", "replace")
    if not has_formula or value:
        return None
    return None if blank and b't="str"' in attributes else UNSAVED


def _address(reference: bytes) -> tuple[int, int]:
    letters = reference.rstrip(b"0123456789")
    return int(reference[len(letters) :]), column_number(letters.decode())


def parse(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Have a parser read all of a part; raises `Trouble` where it is damaged."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged_trouble() from error


class _CellReader:
    """Follow a sheet element by element, keeping the address that a cell has or is understood to have."""

    def __init__(self, styles: Styles) -> None:
        self.scan = SheetScan()
        self._styles = styles
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._row = self._column = 0
        self._type = ""
        self._formula = self._stored = self._inline = False
        self._text: list[str] = []

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row = _number(attributes.get("r", "")) or self._row + 1
                self._column = 0
                if attributes.get("hidden") in _TRUE:
                    self.scan.hidden.add(self._row)
            case "col" if attributes.get("hidden") in _TRUE:
                first, last = (_number(attributes.get(name, "")) for name in ("min", "max"))
                self.scan.hide_columns(first, last)
            case "c":
                self._start_cell(attributes)
            case "f":
                self._formula = True
            case "v":
                self._stored = True
                self.parser.CharacterDataHandler = self._text.append
            case "is":
                self._inline = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "").replace("$", "")
        letters = reference.rstrip("0123456789")
        self._column = column_number(letters) if letters.isalpha() and letters.isascii() else self._column + 1
        self._row = _number(reference[len(letters) :]) or self._row
        self._type = attributes.get("t", "")
        style = attributes.get("s", "").encode()
        _note_style(self.scan, self._styles, style, (self._row, self._column))
        self._formula = self._stored = self._inline = False
        self._text.clear()

    def _end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "v":
                self.parser.CharacterDataHandler = None
            case "c":
                self._end_cell()

    def _end_cell(self) -> None:
        value = "".join(self._text).encode()
        far = self._row > MAX_ROWS or self._column > MAX_COLUMNS
        if self._inline or value or (self._stored and self._type == "str"):
            self.scan.add_values(1)
            if far:
                raise too_far(self._row, self._column)
        attributes = f't="{self._type}"'.encode()
        blank = self._stored and not value
        mark = None if self._inline else _mark(attributes, self._formula, value, blank=blank)
        if mark is not None and not far:
            self.scan.marks[self._row, self._column] = mark
            self.scan.check_marks()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
