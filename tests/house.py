"""Real instances for tests that need real processes: a home of their own, a database of their own, the fixed cast."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
from tests.people import settle
settle()
"""


class House:
    """``url`` is the DATABASE_URL under test: empty for SQLite, or a server on which a database is made and dropped.

    ``like`` is a prepared house that this one is a copy of, with nobody in it: all migrations take half a minute.
    """

    def __init__(self, home: Path, url: str = "", like: House | None = None):
        self.home, self.server, self.name = home, url, f"house_{uuid4().hex[:12]}"
        self.env = {**os.environ, "BERMITRA_HOME": str(home), "PYTHONPATH": str(ROOT)}
        self.env["DJANGO_SETTINGS_MODULE"] = "bermitra.site.settings"
        if url.startswith("postgresql"):
            self._sql(f'CREATE DATABASE "{self.name}"' + (f' TEMPLATE "{like.name}"' if like else ""))
            head, _, query = url.partition("?")
            self.env["DATABASE_URL"] = f"{head.rpartition('/')[0]}/{self.name}" + (f"?{query}" if query else "")
        if like:
            shutil.copytree(like.home, home, dirs_exist_ok=True)

    def start(self, program: str, *words: str) -> subprocess.Popen[str]:
        """A Python program in a process of its own."""
        return self._popen([sys.executable, "-c", program, *words])

    def command(self, *words: str) -> subprocess.Popen[str]:
        """``bermitra`` with these words."""
        return self._popen([sys.executable, "-m", "bermitra.cli", *words])

    def run(self, *started: subprocess.Popen[str], fails: bool = False) -> list[str]:
        """Wait for all; the last line each printed (what it complained of, when it should fail)."""
        answers = [each.communicate(timeout=300) for each in started]
        bad = [answer for each, answer in zip(started, answers, strict=True) if bool(each.returncode) != fails]
        assert bad == [], bad
        return [(err if fails else out).strip().rpartition("\n")[2] for out, err in answers]

    def close(self) -> None:
        if self.server.startswith("postgresql"):
            self._sql(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _popen(self, command: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, env=self.env, cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    @staticmethod
    def _sql(statement: str) -> None:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")  # a busy machine takes its time to drop a database
            cursor.execute(statement)
