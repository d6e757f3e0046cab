"""Read the file in which an officer says which heading is which field."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from exchange.applications.columns import KEEP
from exchange.applications.wording import collapsed
from models.store.regular_files import read_regular
from models.trouble import Trouble
from models.values.application_fields import FIELDS
from scoring.refused import Refused

_MOST_BYTES = 1_000_000


def read_mapping(path: Path) -> Mapping[str, str]:
    """Return headings with the field each is mapped to; "answers" keeps a heading as an answer.

    Raises `Trouble` when the file cannot be read, `Refused` for a field that there is not.
    """
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > _MOST_BYTES):
            raise OSError(path)
        content = tomllib.loads(read_regular(path).decode("utf-8-sig"))
    except RecursionError as error:
        raise _not_toml(path, "is nested too deep") from error
    except (OSError, ValueError) as error:
        if isinstance(error, tomllib.TOMLDecodeError):
            raise _not_toml(path, f"could not be read ({error})") from error
        if isinstance(error, UnicodeDecodeError):
            raise _not_toml(path, "is not plain text") from error
        raise Trouble(
            f'The mapping file "{path.name}" could not be read; check its name. Nothing was imported.'
        ) from error
    return {collapsed(heading): _field(path, heading, field) for heading, field in content.items()}


def _not_toml(path: Path, what: str) -> Trouble:
    return Trouble(
        f'The mapping file "{path.name}" {what}; '
        'write each line as "Heading as in the file" = "field". Nothing was imported.'
    )


def _field(path: Path, heading: str, field: object) -> str:
    if isinstance(field, str) and (field in FIELDS or field == KEEP):
        return field
    raise Refused(
        f'The mapping file "{path.name}" maps "{heading}" to {field!r}, which is not a field. '
        f"The fields are {', '.join(FIELDS)}; {KEEP} keeps a heading as an answer. Nothing was imported."
    )
