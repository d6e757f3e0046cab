"""Whole rounds through the whole window, as the people of a panel go through them.

Wait with `qtbot`, never with PySide's `QTest.qWait`: it keeps the interpreter's lock, so that what the window
waits for, in a thread of its own, hardly goes on and a long wait seems to hang (measured: 78 times slower).
"""
