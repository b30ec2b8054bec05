"""The change of a text, word by word."""

import difflib
import re
from collections.abc import Iterator


def words(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The change of a text word by word, as pairs of (` `, `-` or `+`) and the words."""
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield " ", "".join(old[i:j])
            continue
        if i < j:
            yield "-", "".join(old[i:j])
        if k < m:
            yield "+", "".join(new[k:m])
