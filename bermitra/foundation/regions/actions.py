"""Loading a register or an index: one act, whatever its size, with one line in the journal. And areas for examples."""

from __future__ import annotations

from collections.abc import Sequence

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.door import command
from bermitra.foundation.regions.load import IndexPlan, RegisterPlan, write_index, write_register
from bermitra.foundation.regions.models import Region, RegisterLoad
from bermitra.foundation.regions.register import key_of, kind_of, level_of, parent_of
from bermitra.foundation.regions.rules import INVENTING, InventionFacts


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


@command("regions.invent_example")
def invent_example(act: Act, *, code: str, names: Sequence[str]) -> Region:
    """A village that there is not, for examples, with its province, regency and district (``names``, from the top).

    Its code begins with 99 (FD-15). No register counts such areas, and none calls them gone.
    """
    act.require(INVENTING, InventionFacts(code))
    village = None
    for part, name in zip((code[:2], code[:5], code[:8], code), names, strict=True):
        kind = kind_of(part)
        village, _new = Region.objects.get_or_create(
            code=part,
            defaults={
                "level": level_of(part),
                "kind": kind,
                "name": name,
                "name_key": key_of(name, kind),
                "parent_id": parent_of(part) or None,
            },
        )
    if village is None:
        raise ValueError("an area without a name")
    act.log("regions.example_invented", village)
    return village
