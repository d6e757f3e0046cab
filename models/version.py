"""The program's own version."""

import tomllib
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

NAME = "grant-panel"


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as numbers, by which versions are compared: "0.2.10" is (0, 2, 10)."""
    return tuple(map(int, version.split(".")))


def version() -> str:
    """Return the installed version, or that of the checkout when it is run without being installed."""
    try:
        return installed_version(NAME)
    except PackageNotFoundError:
        project = Path(__file__).parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
