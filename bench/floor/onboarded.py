"""``python -m bench.floor.onboarded REGENCY MANY``: one officer for each of so many villages of a regency, in the empty instance
under ``BERMITRA_HOME``, which is given the register of the whole country first; prints the seconds of each step as JSON.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date


def main(regency: str, many: int) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bermitra.site.settings"
    django.setup()

    from bench.floor.onboarding import onboard
    from bermitra.foundation.accounts import roles
    from bermitra.foundation.commands import clock
    from bermitra.foundation.commands.act import By
    from bermitra.foundation.people.actions import enrol
    from bermitra.foundation.regions.models import Region
    from bermitra.site.ready import make_ready

    make_ready(lambda _words: None)
    place = Region.objects.get(pk=regency)
    villages = Region.objects.filter(level=4, kind="desa", active=True, pk__startswith=f"{regency}.").order_by("pk")[
        :many
    ]
    if len(villages) < many:
        raise SystemExit(f"{regency} has {len(villages)} villages")
    office = enrol(
        by=By.the_system(), region=place, full_name="Petugas Contoh", username="petugas.contoh",
        role=roles.DPMD_OFFICER.key, decree="141/1/2026", since=clock.today(), until=date(2029, 12, 31),
    )  # fmt: skip
    print(json.dumps(onboard(office.person, place, list(villages))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
