"""Tests of papers as templates."""
