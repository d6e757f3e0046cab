"""The names of what lies beside a record: its copies' folder, and the engine's own files."""

from pathlib import Path

ENDING = ".panel"


def copies_folder(record: Path) -> Path:
    """Return the folder of a record's automatic copies."""
    return record.with_name(f"{record.stem if record.suffix == ENDING else record.name}.backups")


def journal_of(path: Path) -> Path:
    """Return where the engine keeps what it would take to undo a change that is not finished."""
    return path.with_name(f"{path.name}-journal")


def engines_own(path: Path) -> tuple[Path, ...]:
    """Return all that the engine might look for beside a file."""
    return (journal_of(path), path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
