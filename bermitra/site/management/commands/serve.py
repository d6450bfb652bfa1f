"""``bermitra serve``: the site by waitress, which takes in a slow phone's whole request before it uses a thread."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

import waitress
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

# Under https a proxy on the same machine stands in front: it says who asks and by which scheme, and nobody else may.
BEHIND_PROXY: dict[str, Any] = {
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_count": 1,
    "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
}


class Command(BaseCommand):
    help = "Menjalankan situs. Alamat bawaan http://127.0.0.1:8000."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)
        parser.add_argument("--no-worker", action="store_true", help="Jalankan bermitra worker sendiri, terpisah.")

    def handle(self, *args: Any, **options: Any) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("Basis data belum mutakhir. Jalankan: bermitra prepare")
        call_command("check", databases=["default"], verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        application = get_wsgi_application()  # only now: it lists the static files that are there when it is made
        connection.close()
        worker = None if options["no_worker"] else _start_worker()
        self.stdout.write(f"Bermitra menjawab di http://{options['host']}:{options['port']}  (Ctrl+C untuk berhenti)")
        self.stdout.flush()
        try:
            waitress.serve(
                application,
                host=options["host"],
                port=options["port"],
                threads=options["threads"],
                ident="",
                max_request_body_size=12_000_000,
                channel_timeout=180,
                _quiet=True,
                **(BEHIND_PROXY if settings.HTTPS else {}),
            )
        finally:
            if worker is not None:
                worker.terminate()
                worker.wait(timeout=10)


def _start_worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bermitra.cli", "worker"])
