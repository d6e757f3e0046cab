"""Tests of what letters to applicants say, part by part."""
