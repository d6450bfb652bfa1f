"""The first text of an agreement, out of the sheet that the meeting agreed to."""

from __future__ import annotations

from copy import deepcopy

from bermitra.agreements.text.checks import decided_terms, decided_words
from bermitra.agreements.text.content import PARTY_NAMES, Content
from bermitra.partnership import sheet


def start(topics: sheet.Topics, *, short: bool = False) -> Content:
    """The first content of a draft: all from the sheet, with tables to begin from."""
    duties = [row for row in topics["duties"] if row["kind"] == "duty"]
    plan = [
        {"activity": row["text"], "output": row["evidence"], "target": row["measure"], "start": topics["term"]["start"],
         "end": row["due"] or topics["term"]["end"], "lead": PARTY_NAMES[row["party"]]}
        for row in duties
    ]  # fmt: skip
    budget = [
        {
            "item": row["text"],
            "amount": row["amount"],
            "source": PARTY_NAMES[row["party"]],
            "apbdes_code": "",
            "channel": "",
        }
        for row in duties
        if row["amount"]
    ]
    indicators = [
        {
            "name": row["text"],
            "unit": "",
            "baseline": "belum ada",
            "target": row["measure"],
            "evidence": row["evidence"],
        }
        for row in duties
        if row["measure"]
    ]
    return {
        "topics": deepcopy(topics),
        "blanks": decided_terms(topics),
        "wording": decided_words(topics),
        "annexes": {"work_plan": plan, "budget": budget, "indicators": indicators},
        "shape": {"short": short},
    }
