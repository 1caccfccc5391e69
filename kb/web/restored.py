"""Show letter by letter what was restored in a line of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from markupsafe import Markup, escape

from kb.model import Clause, Restoration


def restored_line(
    number: int, text: str, clause: Clause, entries: Iterable[Restoration]
) -> Markup | None:
    """The line as it is read, with ``<ins>`` and ``<del>``; ``None`` where it is read as it stands.

    What does not lead to the clause's own reading text is not shown: it is another act's.
    """
    read = text
    for entry in sorted(entries, key=lambda entry: -len(entry.before)):
        if entry.line == number:
            read = re.sub(
                rf"(?<!\w){re.escape(entry.before)}(?!\w)", entry.after.replace("\\", r"\\"), read
            )
    if read == text or " ".join(read.split()) not in " ".join(clause.text.split()):
        return None
    return letter_by_letter(text, read)


@lru_cache(maxsize=1_000)
def letter_by_letter(before: str, after: str) -> Markup:
    """The text after, with the letters taken out of the one before and those put in marked."""
    pieces = Markup()
    changes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for action, start, end, new_start, new_end in changes:
        if action == "equal":
            pieces += escape(before[start:end])
            continue
        if start < end:
            pieces += Markup("<del>{}</del>").format(before[start:end])
        if new_start < new_end:
            pieces += Markup("<ins>{}</ins>").format(after[new_start:new_end])
    return pieces
