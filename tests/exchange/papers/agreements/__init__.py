"""Tests of agreements in Word and PDF."""
