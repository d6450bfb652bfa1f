"""The text of an agreement out of values: what the meeting decided, what the parties fill in, what they worded anew.

Pure Python. ``content`` is what a draft version keeps:

    topics   the nine topics of the term sheet (see ``partnership.sheet``)
    blanks   {slot: whole number, text, or date as YYYY-MM-DD}
    wording  {article: [{"text": …, "sub": [letters]}]}   an article in other words
    annexes  {"work_plan": rows, "budget": rows, "indicators": rows}
    chain    {"level": code, "under": {"code", "level", "numbers", "made_on", "title"}|null}   (absent: it stands alone)
    shape    {"short": true} for a short text; may be absent

A clause as it reads is plain JSON: ``{"code", "title", "content", "body": [{"text", "sub"}], "blanks": [slots]}``.
"""

from bermitra.agreements.text.articles import (
    REFERENCE,
    clauses,
    filled_blanks,
    is_decided,
    is_wordable,
    text_hash,
)
from bermitra.agreements.text.beginning import start
from bermitra.agreements.text.checks import (
    bargain,
    binds_somebody,
    decided_terms,
    decided_words,
    departing,
    duties_in_blanks,
    example_recomputes,
    incomplete_duties,
    names_a_sum,
    over_budget,
    priced_in_own_words,
    undecided_annexes,
    undecided_blanks,
    undecided_columns,
    undecided_terms,
    undecided_words,
)
from bermitra.agreements.text.content import (
    ANNEXES,
    COLUMNS,
    PARTY_NAMES,
    SHAPES,
    SHORT_FORMS,
    Clauses,
    Content,
    Setting,
    circumstances,
    is_short,
    level,
    too_much_for_short,
)
from bermitra.agreements.text.phrases import BLANK, blank_value, day, ended, length, listed, money, named, years_begun
from bermitra.agreements.text.typed import as_typed, changes, from_typed

__all__ = [
    "ANNEXES",
    "BLANK",
    "COLUMNS",
    "PARTY_NAMES",
    "REFERENCE",
    "SHAPES",
    "SHORT_FORMS",
    "Clauses",
    "Content",
    "Setting",
    "as_typed",
    "bargain",
    "binds_somebody",
    "blank_value",
    "changes",
    "circumstances",
    "clauses",
    "day",
    "decided_terms",
    "decided_words",
    "departing",
    "duties_in_blanks",
    "ended",
    "example_recomputes",
    "filled_blanks",
    "from_typed",
    "incomplete_duties",
    "is_decided",
    "is_short",
    "is_wordable",
    "length",
    "level",
    "listed",
    "money",
    "named",
    "names_a_sum",
    "over_budget",
    "priced_in_own_words",
    "start",
    "text_hash",
    "too_much_for_short",
    "undecided_annexes",
    "undecided_blanks",
    "undecided_columns",
    "undecided_terms",
    "undecided_words",
    "years_begun",
]
