"""A dialog that grows when something more is said in it, so that no sentence is cut."""

from PySide6.QtCore import QEvent, QTimer, Slot

from gui.dialogs.dialog import Dialog


class GrowingDialog(Dialog):
    """It is as tall as its words need at its width, and never shrinks under the person's hand."""

    def event(self, event: QEvent) -> bool:
        """Look how tall to be whenever something in it changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.grow)
        return super().event(event)

    @Slot()
    def grow(self) -> None:
        """Be tall enough for all that is said, unless it was closed meanwhile."""
        self.fit_words()

    def fit_words(self) -> None:
        """Be as tall as the words need at this width."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            needed = layout.totalHeightForWidth(self.width())
            screen = self.screen().availableGeometry().height()
            self.resize(self.width(), min(max(self.height(), needed), screen))
