"""Each form in depth composed into a whole agreement: nothing blank, everything linked, pages that hold together."""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import pikepdf
import pytest

from bermitra.agreements import text
from bermitra.foundation.documents.compose import compose
from bermitra.foundation.documents.typst_pdf import render
from tests.agreements import samples
from tests.foundation.documents.papers import ISSUED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.BERMITRA_HOME = tmp_path


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_reads_as_a_whole_agreement(people, name, tmp_path):
    document = samples.paper(people, name)
    pdf = render(compose(document, ISSUED))
    folder = Path(os.environ.get("BERMITRA_SAMPLES", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.pdf").write_bytes(pdf)
    told = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    signed = next(page for page in told.split("\f") if "Demikian Perjanjian" in page)
    assert signed.partition("Demikian Perjanjian")[0].strip(), "the signatures stand alone on their page"
    pages = len(pikepdf.open(io.BytesIO(pdf)).pages)
    assert pages <= (4 if samples.SAMPLES[name].get("short") else 24)


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_sample_has_no_blank_and_every_duty_and_limit_its_sanction(people, name):
    _agreement, version = samples.composed(people, name)
    assert not [clause["code"] for clause in version.clauses if clause["blanks"]]
    assert text.BLANK not in str(version.clauses)
    assert samples.unlinked(version) == ()
