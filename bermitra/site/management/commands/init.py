"""``bermitra init``: start a real instance: keys, tables, its regencies, and the first officer's letter."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.forms import find_region, parse_username
from bermitra.foundation.accounts.letters import access_letter
from bermitra.foundation.accounts.models import AccessLetter, Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import By
from bermitra.foundation.fields import say
from bermitra.foundation.people import actions
from bermitra.foundation.text import BadInput, clean_name
from bermitra.site.ready import make_ready

QUESTIONS = {
    "regency": "Kode kabupaten atau kota, dipisah koma (contoh 33.04): ",
    "officer": "Nama lengkap petugas Dinas PMD yang pertama: ",
    "username": "Nama pengguna petugas itu (contoh dinas.banjarnegara): ",
    "decree": "Nomor surat penugasannya: ",
}


class Command(BaseCommand):
    help = "Memulai sistem baru: kunci, basis data, kabupaten yang dilayani, dan surat akses petugas pertama."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name}", default="", help=question.rstrip(": "))

    def handle(self, *args: Any, **options: Any) -> None:
        answers = {name: options[name] or input(question) for name, question in QUESTIONS.items()}
        make_ready(self.stdout.write)
        try:
            regencies = [find_region(code) for code in answers["regency"].split(",")]
            name, username = clean_name(answers["officer"]), parse_username(answers["username"])
        except BadInput as bad:
            raise CommandError(say(bad)) from bad
        for regency in regencies:
            if regency.level != 2:
                raise CommandError(f"{regency.pk} {regency.name} bukan kabupaten atau kota. Contoh: 33.04")
        if Person.objects.filter(username=username).exists():
            raise CommandError(f"Nama pengguna {username} sudah ada. Surat baru: halaman Orang, tombol Surat baru.")
        letter = self._first_officer(regencies, name, username, answers["decree"])
        self._print(letter)

    def _first_officer(self, regencies: list[Any], name: str, username: str, decree: str) -> AccessLetter:
        first, *others = regencies
        term = {"since": clock.today(), "until": clock.today() + timedelta(days=5 * 365)}
        office = {"role": roles.DPMD_OFFICER.key, "decree": decree, **term}
        officer = actions.enrol(by=By.the_system(), region=first, full_name=name, username=username, **office).person
        for regency in others:
            actions.enrol_further(by=By.the_system(), person=officer, region=regency, **office)
        return AccessLetter.objects.get(person=officer)

    def _print(self, letter: AccessLetter) -> None:
        values = access_letter(letter, reverse)
        self.stdout.write("")
        self.stdout.write("SURAT AKSES PERTAMA. Serahkan langsung kepada yang bersangkutan.")
        self.stdout.write(f"  Nama           {letter.person.full_name}")
        self.stdout.write(f"  Nama pengguna  {letter.person.username}")
        self.stdout.write(f"  Alamat         {values['address']}")
        self.stdout.write(f"  Kode           {values['secret']}   berlaku {AccessLetter.DAYS} hari, satu kali")
        self.stdout.write(f"Kunci sistem ada di {settings.BERMITRA_HOME / 'keys'}: simpan salinannya di tempat lain.")
