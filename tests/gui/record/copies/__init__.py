"""Tests of `gui.record.copies`."""
