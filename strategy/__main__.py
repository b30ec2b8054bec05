"""`python -m strategy …`: the command line."""

from strategy.cli import main

main()
