"""What the program costs, beside an empty page and a page written the usual way: `python -m bench`."""
