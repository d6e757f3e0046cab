"""Every operation by its kind, so that a journal can be read and done over again.

An operation is known by being defined: whatever lies in this package is loaded.
"""

from importlib import import_module
from pkgutil import walk_packages

from models import operations
from models.operation import BY_KIND

for _module in walk_packages(operations.__path__, f"{operations.__name__}."):
    import_module(_module.name)

OPERATIONS = BY_KIND
