"""``python -m dechallenge`` is the command ``dechallenge``."""

from dechallenge.cli import main

if __name__ == "__main__":
    main()
