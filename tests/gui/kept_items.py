"""Find what Python holds on to of Qt's layouts: an item that Qt made goes without its being told."""

import shiboken6
from PySide6.QtWidgets import QSpacerItem, QWidgetItem


def kept_items() -> list[QWidgetItem | QSpacerItem]:
    """Return the items of layouts that Qt made and Python has an object of (see `gui/widgets/nesting.py`)."""
    return [
        one
        for one in shiboken6.getAllValidWrappers()
        if isinstance(one, QWidgetItem | QSpacerItem) and not shiboken6.createdByPython(one)
    ]
