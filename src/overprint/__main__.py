"""`python -m overprint` is the command line."""

from overprint.cli import main

if __name__ == "__main__":
    main()
