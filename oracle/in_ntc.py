"""ntc-templates, in its own environment: JSON per line, a command and a text in, the rows that it finds out."""

from __future__ import annotations

import json
import sys

from ntc_templates.parse import parse_output


def main() -> None:
    """Answer line by line; what it raises is its answer, too."""
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            # ntc-templates publishes no types.
            rows = parse_output("cisco_nxos", asked["command"], asked["text"])  # type: ignore[no-untyped-call]
            said = {"read": rows}
        except Exception as error:  # noqa: BLE001 -- whatever another tool ends in is its answer
            said = {"error": f"{type(error).__name__}: {error}".partition("\n")[0]}
        print(json.dumps(said))


if __name__ == "__main__":
    main()
