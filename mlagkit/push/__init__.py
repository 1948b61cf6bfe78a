"""Push: a plan carried out on both switches, or on neither."""
