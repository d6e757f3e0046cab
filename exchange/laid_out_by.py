"""Which version of the program laid a paper out, as the properties of its file say it.

The year tables of another office, laid out by another version, are compared by their sealed data alone.
"""

from models.version import version


def laid_out_by() -> str:
    """Return the program with its version."""
    return f"Grant Panel {version()}"
