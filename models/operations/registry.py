"""Every operation by its kind, so that a journal can be read and done over again.

An operation is known by being defined: whatever lies in this package is loaded.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import walk_packages

from models import operations
from models.operation import BY_KIND, Operation
from models.store.upkeep import UPKEEP

for _module in walk_packages(operations.__path__, f"{operations.__name__}."):
    import_module(_module.name)

OPERATIONS = BY_KIND
KNOWN: Mapping[str, type[Operation]] = {**UPKEEP, **OPERATIONS}
"""Every change that a journal may hold: those of the file itself are no operations of a person."""
