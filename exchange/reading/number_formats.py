"""The number formats of a workbook that show a number in another unit than whole pounds: "€4,500", "4.5k"."""

import re

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
_ENTITIES = {"&quot;": '"', "&apos;": "'", "&lt;": "<", "&gt;": ">", "&amp;": "&"}


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


def styles_with_units(styles: bytes) -> dict[bytes, str]:
    """Return by their number the cell formats of a workbook's styles that show another unit."""
    shown = {}
    for found in _NUMBER_FORMAT.finditer(styles):
        about = dict(_ATTRIBUTE.findall(found[1]))
        template = unit_shown(_plain(about.get(b"formatCode", b"").decode("utf-8", "replace")))
        if template is not None:
            shown[about.get(b"numFmtId", b"")] = template
    section = _CELL_FORMATS.search(styles)
    if not shown or section is None:
        return {}
    numbers = (
        dict(_ATTRIBUTE.findall(found[1])).get(b"numFmtId") for found in _CELL_FORMAT.finditer(section[0])
    )
    return {b"%d" % at: shown[number] for at, number in enumerate(numbers) if number in shown}


def _first_section(code: str) -> str:
    """Return the part of a format that is for numbers above nought."""
    quoted = False
    for at, sign in enumerate(code):
        quoted ^= sign == '"'
        if sign == ";" and not quoted:
            return code[:at]
    return code


def _plain(text: str) -> str:
    for entity, sign in _ENTITIES.items():
        text = text.replace(entity, sign)
    return text
