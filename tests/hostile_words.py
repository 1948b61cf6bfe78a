"""Two hundred texts that would like to be more than text wherever they are shown."""

from __future__ import annotations

from itertools import pairwise

PAYLOADS = (
    *("</details>", "</summary></details><h1>x</h1>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"),
    *("```", "````", "~~~", "`x`", "``` text", "@team/ops", "@here", "root@example.net", "::error::x"),
    *("::set-output name=a::b", "  ::add-mask::x", "##[error]x", "##[group]", "| a | b |", "\\|", "\\", "\\\\"),
    *("<!-- -->", "-->", "<!-- mlagkit: {} -->", "[x](http://example.net)", "![x](http://example.net/x.png)"),
    *("http://example.net", "www.example.net", "# heading", "- item", "1. item", "> quote", "---", "***", "==="),
    *("$x^2$", "#123", "GH-1", "owner/repo#1", "!1", "&1", "~label", "&lt;script&gt;", "&#64;team", "_x_ **y**"),
    *("{{7*7}}", "${{ secrets.X }}", "=cmd()", "[ ] task", "[^1]"),
    *('"] --> x["', '%%{init: {"securityLevel": "loose"}}%%', "fa:fa-bell", "`**x**`", "#quot;] end", "x; click s0 y"),
)
HIDDEN = (
    "\x1b[31m",
    "\u202e",
    "\u200b",
    "\x00",
    "\n::error::x",
    "\n\n# heading",
    "\r\n</details>\r\n",
    "\ud800",
    "\x85",
)
"""What no pair file can hold, and a document that somebody edited can."""

HOSTILE = tuple(
    [
        *PAYLOADS,
        *(f"a {text}" for text in PAYLOADS),
        *(f"{text} {text}" for text in PAYLOADS),
        *(f"{one}{other}" for one, other in pairwise(PAYLOADS)),
    ][:200]
)
