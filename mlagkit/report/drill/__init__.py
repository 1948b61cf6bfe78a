"""What a drill found: ``mlagkit.drill/1``, and text, Markdown and a page with pictures that are drawn from it."""
