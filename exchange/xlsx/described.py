"""A place on a sheet for a picture or a chart with words for who hears it read out."""

from typing import Any

from openpyxl.drawing.spreadsheet_drawing import OneCellAnchor


class Described(OneCellAnchor):  # type: ignore[misc]
    """A place for a picture or a chart that says in words what it shows.

    openpyxl makes the frame that bears the words only as it writes, and leaves them out or writes "Picture".
    """

    __elements__, __attrs__, __nested__ = (
        OneCellAnchor.__elements__,
        OneCellAnchor.__attrs__,
        OneCellAnchor.__nested__,
    )
    words = ""

    def to_tree(self, *args: Any, **kwargs: Any) -> Any:
        """Return the place as XML."""
        node = super().to_tree(*args, **kwargs)
        for one in node.iter():
            if one.tag.rpartition("}")[2] == "cNvPr":
                one.set("descr", self.words)
        return node
