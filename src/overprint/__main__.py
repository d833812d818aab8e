"""`overprint` and `python -m overprint`: the command line, with an end in peace while it is still being loaded."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line."""
    # What a command makes lives until it ends: looking for garbage often would cost a fifth of the time.
    gc.set_threshold(100_000, 50, 50)
    try:
        from overprint import cli

        cli.main()
    except KeyboardInterrupt:
        sys.stderr.write("interrupted; the last books are as they were\n")
        sys.stderr.flush()
        os._exit(130)  # nothing that Python does at its end may change the code


if __name__ == "__main__":
    main()
