"""Who may keep files and issue papers: by themselves only the console; for everybody else it is a part of another act.

Nobody "issues a paper": he signs an agreement or finalises minutes, and that act's own row decides who may. So a later
stage adds the name of its door to the line below that it needs, and no role.
"""

from bermitra.foundation.commands.permits import ANY, Row, act

KEEPING: tuple[str, ...] = ()  # doors whose act takes in an uploaded file
ISSUING: tuple[str, ...] = ()  # doors whose act issues a paper
WITHDRAWING: tuple[str, ...] = ()  # doors whose act makes an issued paper void

ACCESS: tuple[Row, ...] = (
    act("documents.keep_file", system=ANY, within=KEEPING),
    act("documents.issue_paper", system=ANY, within=ISSUING),
    act("documents.withdraw_paper", system=ANY, within=WITHDRAWING),
)
