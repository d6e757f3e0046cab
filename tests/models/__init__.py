"""Tests of the record: its file, its journal, its operations and its queries."""
