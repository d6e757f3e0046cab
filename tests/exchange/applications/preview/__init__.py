"""Tests of `exchange.applications.preview`."""
