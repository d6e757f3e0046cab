"""Tests of the window on a record that lies on an office server."""
