"""The statistics office's codes of areas, by which open data is put on a map.

read_area_codes("Walsall E08000030; Dudley E08000027")    # {"walsall": "E08000030", "dudley": "E08000027"}
"""

import re
from types import MappingProxyType

from scoring.refused import Refused
from scoring.written.names import text_key
from scoring.written.text import quoted

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
