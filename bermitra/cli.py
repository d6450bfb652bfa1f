"""The console script ``bermitra``: two words make one command, so ``bermitra journal verify`` runs ``journal_verify``."""

import os
import sys

import django
from django.core.management import ManagementUtility, get_commands


def main(argv: list[str] | None = None) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bermitra.site.settings")
    django.setup()  # before the commands are listed: without settings only Django's own are known
    words = list(sys.argv if argv is None else argv)
    if len(words) > 2 and f"{words[1]}_{words[2]}".replace("-", "_") in get_commands():
        words[1:3] = [f"{words[1]}_{words[2]}".replace("-", "_")]
    elif len(words) > 1 and words[1].replace("-", "_") in get_commands():  # one word with a hyphen: ``verify-round``
        words[1] = words[1].replace("-", "_")
    ManagementUtility(words).execute()


if __name__ == "__main__":
    main()
