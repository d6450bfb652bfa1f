"""Words as people type them: names, codes, telephone and register numbers, made plain or refused with a sentence.

Pure Python, no Django.
"""


def _(message: str) -> str:
    """Mark a sentence for translation and return it unchanged; templates and `str()` at the edge translate it."""
    return message
