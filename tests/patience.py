"""How long a test waits for what is sure to come: as long as a slow and busy computer may take."""

from pytestqt.qtbot import QtBot

PATIENCE_SECONDS = 60


def wait_patiently() -> None:
    """Let each wait of a test of the window last so long, rather than five seconds."""
    waits = (
        QtBot.waitUntil,
        QtBot.waitSignal,
        QtBot.waitSignals,
        QtBot.waitCallback,
        QtBot.waitExposed,
        QtBot.waitActive,
    )
    for wait in waits:
        wait.__kwdefaults__["timeout"] = PATIENCE_SECONDS * 1000
