"""What is heard: journeys by keys, with Orca and a voice that makes no sound.

Run them with `python -m pytest -m spoken tests/spoken` on a Debian with orca, at-spi2-core, xvfb, xdotool,
speech-dispatcher and openbox; without these they are skipped. They are no part of the ordinary run: a reader
takes its time. Does not belong here: names of controls, which `tests/gui/test_accessibility.py` holds.
"""
