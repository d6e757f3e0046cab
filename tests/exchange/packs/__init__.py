"""Tests of sealed files."""
