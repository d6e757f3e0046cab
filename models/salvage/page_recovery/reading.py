"""From a damaged file and a passphrase to its pages."""

from pathlib import Path

from models.salvage.page_recovery.pages import MAGIC, Pages, encrypted_pages, opens_a_page, plain_pages
from models.store.record_file import no_disk
from models.store.sqlite.engine import NotOpened
from models.store.sqlite.salt import noted_salts


def read_pages(path: Path, key: str | None) -> Pages:
    """Return what pages of a closed file can be read; NotOpened where the passphrase opens none."""
    try:
        if key is None or _is_plain(path):
            return plain_pages(path)
        found = encrypted_pages(path, key, noted_salts(path))
    except OSError as error:
        raise no_disk(path, error) from error
    if found is None:
        raise NotOpened(
            f"The passphrase opens no page of {path.name}: it is another one, or the first 16 bytes of the "
            "file are spoilt, without which nobody can open the rest. Nothing was changed. Restore its "
            "newest backup."
        )
    return found


def is_right_key(path: Path, key: str) -> bool:
    """Say whether a passphrase opens some page of a closed file whose beginning does not open."""
    try:
        return opens_a_page(path, key, noted_salts(path))
    except OSError:
        return False


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC
