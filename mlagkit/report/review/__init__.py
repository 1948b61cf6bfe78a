"""Reviews: ``mlagkit.review/1``, and text, Markdown and HTML that are drawn from it."""
