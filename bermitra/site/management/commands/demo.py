"""``bermitra demo``: three partnerships carried through the whole journey, four villages on one spring, one that fails at gates."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bermitra.site.demo import instance, listing
from bermitra.site.demo.playing import play_all
from bermitra.site.demo.stage import StoryBroken
from bermitra.site.demo.story import Story
from bermitra.site.ready import make_ready

REAL = "Sistem ini berisi orang yang bukan contoh. Contoh hanya dijalankan dalam sistem kosong (BERMITRA_HOME lain)."


class Command(BaseCommand):
    help = "Menjalankan tiga kemitraan contoh dan satu Peraturan Bersama empat desa, lalu melayani situsnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="Mulai dari awal; hanya sistem contoh yang dikosongkan."
        )
        parser.add_argument("--no-serve", action="store_true", help="Berhenti setelah daftar.")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        make_ready(self.stdout.write)
        try:
            if options["reset"]:
                instance.start_anew()
                make_ready(lambda _said: None)
            instance.enter()
            play_all(self._show)
        except instance.NotAnExample as real:
            raise CommandError(REAL) from real
        except StoryBroken as broken:
            raise CommandError(str(broken)) from broken
        for line in listing.lines():
            self.stdout.write(line)
        self.stdout.write(f"Selesai dalam {time.monotonic() - began:.0f} detik.")
        if not options["no_serve"]:
            call_command("serve")

    def _show(self, story: Story, done: int, of: int) -> None:
        """A line for each story; on a terminal it grows with every act."""
        said = f"  {story.title}: {done} dari {of} tindakan"
        if self.stdout.isatty():
            self.stdout.write(f"\r{said}", ending="\n" if done == of else "")
            self.stdout.flush()
        elif done == of:
            self.stdout.write(said)
