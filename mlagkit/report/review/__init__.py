"""Reviews: ``mlagkit.review/1``, and text and Markdown that are drawn from it."""
