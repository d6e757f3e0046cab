"""Tests of papers in prose."""
