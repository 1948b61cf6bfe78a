"""Findings and differences as text, JSON and GitHub annotations: every writer is a function from values to a string.

A result is first made a document, the plain data that JSON prints; the text for people is drawn from the same
document, so the two can't tell different stories.
"""
