"""The one act of this room: it leaves a line in the journal and changes nothing else."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.regions.models import Region


@command("opendata.download_archive", on="village")
def download_archive(act: Act, *, village: Region, files: int, size: int) -> Region:
    """Somebody takes all of the village's data along; the archive is put together afterwards. ``size`` in bytes."""
    act.log("archive.downloaded", village, files=files, size=size)
    return village
