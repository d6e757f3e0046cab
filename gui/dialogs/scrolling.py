"""A dialog whose words and fields scroll where the screen is low, with its deed always in sight."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.dialogs.fitting import Fitted
from gui.dialogs.foot import foot
from gui.dialogs.growing import GrowingDialog
from gui.theme.look import Look
from gui.widgets.buttons import Button


class ScrollingDialog(GrowingDialog):
    """A column for what is said and asked, over the deed and Cancel; as tall as it needs, if it can."""

    def __init__(self, look: Look, deed: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.do, self.cancel = Button(look, deed, kind="primary"), Button(look, "Cancel")
        self.cancel.clicked.connect(self.reject)
        body, self._area = QWidget(), Fitted(self)
        body.installEventFilter(self)
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(look.px(20), look.px(16), look.px(20), look.px(8))
        self.column.setSpacing(look.px(8))
        self._area.setWidget(body)
        body.setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, look.px(16))
        whole.setSpacing(look.px(8))
        whole.addWidget(self._area, 1)
        self._foot = foot(look, self.cancel, self.do)
        self._foot.setContentsMargins(look.px(20), 0, look.px(20), 0)
        whole.addLayout(self._foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look how tall to be when something was said in the column: what scrolls does not pass it on."""
        if event.type() is QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.grow)
        return super().eventFilter(watched, event)

    def fit_words(self) -> None:
        """Be tall enough for all that is said, as far as the screen goes; the rest is scrolled to."""
        self.column.activate()
        inner = self.column.totalHeightForWidth(self.width())
        needed = inner + self._foot.sizeHint().height() + self._look.px(24)
        room = self.screen().availableGeometry().height()
        self.resize(self.width(), min(max(self.height(), needed), room))
