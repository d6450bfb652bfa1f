"""Loading a register or an index: one act, whatever its size, with one line in the journal."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.regions.load import IndexPlan, RegisterPlan, write_index, write_register
from bermitra.foundation.regions.models import RegisterLoad


@command("regions.import_register")
def import_register(act: Act, *, plan: RegisterPlan) -> RegisterLoad:
    """Bring the register into the state of a file that was read and compared."""
    load = write_register(act, plan)
    act.log("regions.imported", load, file=plan.file_hash, areas=len(plan.new), changes=plan.found.counts())
    return load


@command("regions.import_index")
def import_index(act: Act, *, plan: IndexPlan) -> RegisterLoad:
    """Keep a year's published index of the villages."""
    load = write_index(act, plan)
    act.log(
        "regions.index_imported",
        load,
        file=plan.file_hash,
        year=plan.year,
        new=len(plan.new),
        changed=len(plan.changed),
    )
    return load
