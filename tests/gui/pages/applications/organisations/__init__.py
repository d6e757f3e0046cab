"""Tests of the page of the register of organisations."""
