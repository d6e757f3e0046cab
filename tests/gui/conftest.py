"""Make windows without a display, with a font that the machine has."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
