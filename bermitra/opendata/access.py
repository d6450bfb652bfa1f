"""A village's data is the village's: those who answer for it, and who types it in, take all of it along at any time."""

from bermitra.foundation.commands.permits import VILLAGE, Row, act

ACCESS: tuple[Row, ...] = (
    act(
        "opendata.download_archive",
        step_up=True,
        village_head=VILLAGE,
        village_secretary=VILLAGE,
        village_operator=VILLAGE,
    ),
)
