"""Making an instance ready: tables, cache table, static files, the register. Every step may be repeated."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command

from bermitra.foundation.personal import vault
from bermitra.foundation.regions.models import Region

Say = Callable[[str], None]


def make_ready(say: Say, *, register: bool = True) -> None:
    """Bring the database up to date, collect static files and, where there is none, load the shipped register."""
    say("Menyiapkan basis data …")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    vault.make_key()
    say("Menyiapkan berkas tampilan …")
    call_command("collectstatic", verbosity=0, interactive=False)
    if register and not Region.objects.exists():
        say("Memuat daftar wilayah: 91.599 wilayah …")
        call_command("import_regions", yes=True)
