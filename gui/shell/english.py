"""Keep the window's dates and numbers English, whatever language the computer speaks.

When it starts, Qt has the C library follow the computer's language, and with it Python's names of days and
months: on a Polish computer a notice would be issued for “grudnia 2026”, and read back by nobody.
"""

import locale

from PySide6.QtCore import QLocale

FIXED = ("LC_TIME", "LC_NUMERIC", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES")
"""All but how letters are encoded, which is the computer's to say; Windows has no messages."""


def keep_english() -> None:
    """Undo what Qt did; to be called once the application is made, before any widget is."""
    for part in FIXED:
        if hasattr(locale, part):
            locale.setlocale(getattr(locale, part), "C")
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
