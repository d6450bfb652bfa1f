"""What a process that serves has loaded before its first visitor comes."""

from __future__ import annotations

import os
import subprocess
import sys

ASKED = """
from bermitra.site import wsgi
from django.conf import settings
from django.template import engines
from django.urls import get_resolver
from django.utils.translation import override
(cached,) = engines["django"].engine.template_loaders
print(len(cached.get_template_cache))
for language, _name in settings.LANGUAGES:
    with override(language):
        print(language in get_resolver()._reverse_dict)
"""


def test_templates_and_addresses_are_there_before_anybody_asks(tmp_path):
    home = {**os.environ, "BERMITRA_HOME": str(tmp_path), "DATABASE_URL": ""}
    done = subprocess.run([sys.executable, "-c", ASKED], env=home, stdout=subprocess.PIPE, text=True, check=True)
    count, *languages = done.stdout.split()
    assert int(count) > 150
    assert languages == ["True", "True"]
