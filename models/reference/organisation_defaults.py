"""What an organisation set for its computers: the file `defaults.toml`, which its IT puts beside the program.

A checkout has none. A value that makes no sense is left out and told of, never guessed at.
"""

import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from getpass import getuser
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from models.reference.fund_defaults import MARKINGS
from scoring.refused import Refused
from scoring.written.names import text_key
from scoring.written.text import quoted

if TYPE_CHECKING:
    from models.reference.fund_defaults import FundDefaults

_FILE = "defaults.toml"
LOCK_MINUTES = (0, 5, 10, 15, 30)
"""After how long without use a record can be locked; 0 for never."""
_FONTS = ("shipped", "computer")
_LARGEST = 64_000
_ASK = "Ask those who look after this computer to correct it."
_NOBODY: tuple[str, ...] = ()


class OrganisationDefaults(Struct, frozen=True):
    """What is set; `None` and "" where the organisation leaves it to the person.

    `may_leave_plain` has the names by which people sign in to the computer who may keep a record without
    encryption: nobody where it is empty, anybody where it is `None`. `faults` are sentences.
    """

    record_folder: Path | None = None
    backup_folder: Path | None = None
    lock_minutes: int | None = None
    marking: str = ""
    font: str = ""
    may_leave_plain: tuple[str, ...] | None = None
    faults: tuple[str, ...] = ()

    @property
    def to_correct(self) -> tuple[str, ...]:
        """Return the faults and at their end, once, who corrects them; nothing where there are none."""
        return (*self.faults, _ASK) if self.faults else ()

    def lets_leave_plain(self, login: str) -> bool:
        """Whether somebody of this sign-in name may keep a record without encryption."""
        allowed = self.may_leave_plain
        return allowed is None or login.casefold() in map(str.casefold, allowed)

    def lets_me_leave_plain(self) -> bool:
        """Whether whoever is signed in to this computer may."""
        try:
            return self.lets_leave_plain(getuser())
        except (OSError, KeyError, ImportError):  # a computer that knows no names
            return self.lets_leave_plain("")

    def marked(self, funds: "Iterable[FundDefaults]") -> "tuple[FundDefaults, ...]":
        """Return funds that are marked as the organisation asks at least; none is marked less than it was."""
        least = MARKINGS.index(self.marking) if self.marking else 0
        return tuple(
            replace(fund, marking=MARKINGS[max(least, MARKINGS.index(fund.marking))]) for fund in funds
        )


NONE = OrganisationDefaults()


@cache
def organisation_defaults() -> OrganisationDefaults:
    """Return what stands beside the program that runs; nothing where it runs from a checkout."""
    if not getattr(sys, "frozen", False):
        return NONE
    return read_defaults(Path(sys.executable).with_name(_FILE), os.environ)


def read_defaults(path: Path, environ: Mapping[str, str]) -> OrganisationDefaults:
    """Return what a file sets; one that is not there sets nothing.

    Of a file that cannot be read nothing holds, and nobody leaves a record without encryption until it can.
    """
    try:
        with path.open("rb") as file:
            found = tomllib.loads(file.read(_LARGEST).decode("utf-8-sig"))
    except FileNotFoundError:
        return NONE
    except (OSError, ValueError, RecursionError) as error:
        why = f"{path.name} beside the program cannot be read ({_reason(error)}), so none of it applies."
        return OrganisationDefaults(may_leave_plain=_NOBODY, faults=(why,))
    readers = _readers(environ)
    known, faults = dict[str, object](), list[str]()
    for name, value in found.items():
        read = readers.get(name)
        taken = None if read is None else read(value)
        if taken is None:
            faults.append(_fault(path.name, name, value, environ))
        else:
            known[name] = taken
    if "may_leave_plain" in found:  # True lets anybody; what makes no sense lets nobody
        allowed = known.get("may_leave_plain", _NOBODY)
        known["may_leave_plain"] = None if allowed is True else allowed
    return replace(NONE, **known, faults=tuple(faults))


_MEANT = {
    "record_folder": r"a whole path between single quotes, such as '%USERPROFILE%\Grants'",
    "backup_folder": r"a whole path between single quotes, such as '\\server\grants'",
    "lock_minutes": "0 (never), 5, 10, 15 or 30",
    "marking": '"OFFICIAL" or "OFFICIAL-SENSITIVE"',
    "font": '"shipped" or "computer"',
    "may_leave_plain": 'true, false, or sign-in names such as ["pfenwick"]',
}

_FOLDERS = ("record_folder", "backup_folder")


def _readers(environ: Mapping[str, str]) -> dict[str, Callable[[object], object]]:
    """Return what reads each setting's value; each gives `None` for one that makes no sense."""
    return {
        **dict.fromkeys(_FOLDERS, lambda value: _folder(value, environ)),
        "lock_minutes": lambda value: value if type(value) is int and value in LOCK_MINUTES else None,
        "marking": lambda value: value if value in MARKINGS else None,
        "font": lambda value: value if value in _FONTS else None,
        "may_leave_plain": _names,
    }


def _folder(value: object, environ: Mapping[str, str]) -> Path | None:
    """Return a whole path, with the variables that stand between percent signs put in; all must be known."""
    if not isinstance(value, str) or "\0" in value:
        return None
    if _unknown(value, environ):
        return None
    pieces = value.split("%")
    for at in range(1, len(pieces) - 1, 2):
        pieces[at] = environ[pieces[at]]
    path = Path("".join(pieces))
    return path if path.is_absolute() else None


def _unknown(value: str, environ: Mapping[str, str]) -> str:
    """Return the first variable between percent signs that the computer does not know, "" for none."""
    pieces = value.split("%")
    return next((f"%{name}%" for name in pieces[1 : len(pieces) - 1 : 2] if not environ.get(name)), "")


def _names(value: object) -> object:
    if isinstance(value, bool):
        return value or _NOBODY
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return tuple(one.strip() for one in value)
    return None


def _fault(file: str, name: str, value: object, environ: Mapping[str, str]) -> str:
    where = f"{file} beside the program sets"
    if name not in _MEANT:
        return f"{where} “{name}”, which does not exist. It may set {', '.join(_MEANT)}."
    if name in _FOLDERS and isinstance(value, str) and _unknown(value, environ):
        return f"{where} {name} to “{value}”. This computer does not know {_unknown(value, environ)}."
    return f"{where} {name} to “{value}”, which is not valid. It must be {_MEANT[name]}."


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not text in UTF-8"
    return getattr(error, "strerror", None) or str(error)


CODE_TYPES = MappingProxyType(
    {
        "E05": "WD",
        "E06": "UA",
        "E07": "NMD",
        "E08": "MD",
        "E09": "LONB",
        "E10": "CTY",
        "E22": "CSP",
        "E23": "PFA",
        "S12": "CA",
        "W05": "WD",
        "W06": "UA",
    }
)
"""What a code is of, by its first three characters: the 360Giving codelist geoCodeType."""
_LINE = re.compile(r"(.+?)[\s=:]+([A-Z]\d{8})")


def read_area_codes(text: str) -> dict[str, tuple[str, str]]:
    """Return each area's name as typed and its code, by the name without case; raises Refused for others."""
    found: dict[str, tuple[str, str]] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[,;\n]", text))):
        match = _LINE.fullmatch(part)
        if match is None or match[2][:3] not in CODE_TYPES:
            raise Refused(
                f"{quoted(part)} is not an area with its code. Write each like Walsall E08000030, with a "
                "comma between two; a code begins like E06, E07, E08, E09, E10 or W06."
            )
        found[text_key(match[1])] = (match[1], match[2])
    return found
