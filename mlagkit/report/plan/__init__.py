"""Plans: ``mlagkit.plan/1``, and text with both switches side by side that is drawn from it."""
