"""Answers as files that people go on working with."""
