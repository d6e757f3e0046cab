r"""Paths of parts within a workbook's package, some written as the reading library cannot follow.

"./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml" and "worksheets\sheet1.xml" all name the same part.
"""

import io
import posixpath
import re
import zipfile

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
