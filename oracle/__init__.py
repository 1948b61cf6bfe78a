"""Independent readers of what the emulated pair answers and of what is rendered: ``make oracle``.

Nobody here wrote those readers, and each runs in an environment of its own. What mlagkit says of a thing and what the
reader says of it are both brought into one form, facts, and compared one by one.
"""
