"""Tests of funds in files."""
