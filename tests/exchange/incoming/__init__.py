"""Tests of what comes in for an import as files."""
