"""Doctor: whether everything is there that a push needs, on this host and on both switches."""
