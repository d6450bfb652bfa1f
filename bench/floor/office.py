"""``python -m bench.floor.office``: the lists that an officer of the story's regency works with, in the instance under
``BERMITRA_HOME``: what each asks the database, and a cookie of an officer who has just signed in, as JSON.

``bench.registry`` measures these pages; the public ones beside them are asked without a cookie that anybody knows.
"""

from __future__ import annotations

import json
import os
from typing import Any

from bench.floor.record import COMMON, REGENCY
from bench.floor.statements import ANEW, count

OFFICE = {
    "desk-partners": "/kerja/mitra/",
    "desk-partners-newest": "/kerja/mitra/?jenis=company&urut=terbaru",
    "desk-partners-named": f"/kerja/mitra/?q={COMMON}",
    "desk-villages": "/kerja/desa/",
    "desk-villages-index": "/kerja/desa/?status=BERKEMBANG&urut=indeks",
}
PUBLIC = {
    "partners": "/mitra/",
    "partners-newest": "/mitra/?jenis=company&urut=terbaru",
    "partners-named": f"/mitra/?q={COMMON}",
    "partners-verified": "/mitra/?hasil=berlaku",
    "villages": "/desa/?setelah=33.04.19.2001",
    "villages-regency": f"/desa/?di={REGENCY}",
}
TYPED = {
    f"typing-{len(part)}": f"/mitra/mirip/?nama={part.replace(' ', '%20')}"
    for part in ("PT Suk", "PT Sukamaju Utama Jay")
}


def main() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "bermitra.site.settings"
    django.setup()
    from django.conf import settings
    from django.test import Client

    from bermitra.foundation.accounts.middleware import SECOND_FACTOR_SEEN

    anybody, officer = Client(SERVER_NAME="127.0.0.1", headers={"cookie": ANEW}), Client(SERVER_NAME="127.0.0.1")
    officer.force_login(regency_officer(), backend=settings.AUTHENTICATION_BACKENDS[0])
    session = officer.session
    session[SECOND_FACTOR_SEEN] = True
    session.save()
    counted = {name: count(officer, address) for name, address in OFFICE.items()}
    counted |= {name: count(anybody, address) for name, address in (PUBLIC | TYPED).items()}
    cookie = f"{settings.SESSION_COOKIE_NAME}={officer.cookies[settings.SESSION_COOKIE_NAME].value}"
    print(json.dumps({"pages": counted, "cookie": cookie}))


def regency_officer() -> Any:
    from bermitra.foundation.accounts import roles
    from bermitra.foundation.accounts.models import Appointment
    from bermitra.foundation.commands import clock

    found = Appointment.objects.in_force(clock.today()).filter(role=roles.DPMD_OFFICER.key, region=REGENCY)
    return found.select_related("person")[0].person


if __name__ == "__main__":
    main()
