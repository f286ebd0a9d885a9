"""Tests of reading: every date form, every sign, every shape of list as a row."""
