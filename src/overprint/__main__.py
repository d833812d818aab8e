"""`overprint` and `python -m overprint`: the command line, with an end in peace while it is still being loaded."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from overprint import cli

        cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; the last books are as they were\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
