"""Drill: what every failure does to every host, told from two Switches alone."""
