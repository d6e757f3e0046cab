"""Tests of changes of agreements."""
