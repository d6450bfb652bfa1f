"""A Peraturan Bersama that a head signed outside with a national certificate, or with a thumbprint."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bermitra.agreements import outside
from bermitra.agreements.joint import actions, queries
from bermitra.agreements.joint.models import JointRegulation, JointTextSignature
from bermitra.foundation.commands import clock
from bermitra.foundation.documents import files
from bermitra.foundation.documents.uploads import take_as_it_is
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.journal.checkpoints import make_checkpoint
from bermitra.foundation.rules import Refused
from bermitra.portal.verification import Verdict, compare, paper_of, verify
from bermitra.verify import program
from tests.agreements import joint_makers as m
from tests.deliberation.makers import on
from tests.deliberation.test_pages import as_, confirmed, send, to
from tests.outside import Root, signed_outside
from tests.people import NEIGHBOUR, People

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("trusting")]

UNTIL = datetime(2040, 1, 1, tzinfo=UTC)


@pytest.fixture
def villages(people) -> list[People]:
    return m.villages_of(people, (NEIGHBOUR,))


def newest(regulation: JointRegulation) -> bytes:
    return files.read(queries.signed_file(regulation).sha256)


def by_head(
    people: People, regulation: JointRegulation, root: Root, *, name: str = "", field: str = "", **meta
) -> bytes:
    """The newest file as the head of this village signs it in another program."""
    own = m.party(regulation, people)
    return signed_outside(newest(regulation), root.signer(name or own.name, UNTIL), field or own.field, **meta)


def registered(people: People, regulation: JointRegulation, content: bytes) -> JointRegulation:
    """As the page does it: read, then the act."""
    held, own = m.fresh(regulation), m.party(regulation, people)
    safe = take_as_it_is(content, "naskah.pdf")
    with clock.at(on(m.MADE_ON, 5)):
        found = outside.certified(queries.to_sign(held, queries.stands(held)), own, safe.content)
        kept = files.put(safe.content, media_type=safe.media_type, name=safe.name)
        actions.register_certified_joint_text(by=people.by("kades"), party=own, file=kept, found=found)
    return m.fresh(regulation)


def lit_without_network(regulation: JointRegulation, content: bytes) -> tuple[list[bool], str]:
    code = regulation.paper.code
    proof = json.loads(Client().get(reverse("page.paper_proof", args=[code])).content)
    certificate = Client().get(reverse("page.paper_certificate", args=[code])).content
    found = program.look(content, proof, certificate)
    return [good for _title, good, _says in found], found[0][2]


def all_green(regulation: JointRegulation) -> str:
    make_checkpoint(on(m.MADE_ON, 6))
    found, content = verify(regulation.paper), newest(regulation)
    assert found.verdict is Verdict.GENUINE and [each.good for each in found.lights] == [True, True, True]
    assert paper_of(content) == regulation.paper
    assert [each.good for each in compare(regulation.paper, content).lights] == [True, True, True]
    assert lit_without_network(regulation, content)[0] == [True, True, True]
    for part in (0.3, 0.6, 0.9):
        spoilt = bytearray(content)
        spoilt[int(len(spoilt) * part)] ^= 1
        assert not all(lit_without_network(regulation, bytes(spoilt))[0])
        assert not all(each.good for each in compare(regulation.paper, bytes(spoilt)).lights)
    return found.lights[0].says


def test_one_head_signs_outside_and_another_by_account(villages, root):
    ours, theirs = villages
    regulation = m.locked(villages)
    regulation = registered(ours, regulation, by_head(ours, regulation, root))
    assert regulation.state == "locked"
    regulation = m.signs(theirs, regulation, seal=True)
    assert regulation.state == "signed"
    assert list(JointTextSignature.objects.order_by("pk").values_list("mode", flat=True)) == ["certified", "electronic"]
    assert f"Tersertifikasi: {m.party(regulation, ours).name}" in all_green(regulation)


def test_every_head_may_sign_outside_also_after_one_signed_by_account(villages, root):
    ours, theirs = villages
    regulation = m.signs(theirs, m.locked(villages), seal=True)
    regulation = registered(ours, regulation, by_head(ours, regulation, root))
    assert regulation.state == "signed"
    all_green(regulation)


def test_a_field_of_the_heads_own_program_counts_and_all_may_be_certified(villages, root):
    ours, theirs = villages
    regulation = m.locked(villages)
    content = by_head(ours, regulation, root, field="Signature1", box=(0, 0, 0, 0))
    regulation = registered(ours, regulation, content)
    regulation = registered(theirs, regulation, by_head(theirs, regulation, root))
    assert regulation.state == "signed"
    assert all_green(regulation).endswith("Tanda tangan elektronik tersertifikasi.")


def test_AG_48_another_name_another_place_or_an_older_file_is_refused(villages, root):
    ours, theirs = villages
    regulation = m.locked(villages)
    for content in (by_head(ours, regulation, root, name="Orang Lain"), by_head(theirs, regulation, root)):
        with pytest.raises(Refused) as refused:
            registered(ours, regulation, content)
        assert refused.value.codes == ("AG-48",)
    content, own = by_head(ours, regulation, root), m.party(regulation, ours)
    with clock.at(on(m.MADE_ON, 5)):
        found = outside.certified(queries.to_sign(regulation, queries.stands(regulation)), own, content)
    m.signs(theirs, regulation)  # by account, and not in the file yet
    kept = files.put(content, media_type="application/pdf", name="naskah.pdf")
    with clock.at(on(m.MADE_ON, 5)), pytest.raises(Refused) as refused:
        actions.register_certified_joint_text(by=ours.by("kades"), party=own, file=kept, found=found)
    assert refused.value.codes == ("AG-48",) and JointTextSignature.objects.count() == 1


def test_a_head_signs_once_in_one_way(villages, root):
    ours, _theirs = villages
    regulation = m.locked(villages)
    regulation = registered(ours, regulation, by_head(ours, regulation, root))
    with pytest.raises(NoSuchMove):
        m.signs(ours, regulation)
    with pytest.raises(NoSuchMove):
        registered(ours, regulation, by_head(ours, regulation, root, field="Lagi", box=(0, 0, 0, 0)))
    assert JointTextSignature.objects.count() == 1


def test_a_thumbprint_says_who_read_the_text_wherever_the_signature_is_named(villages, root):
    ours, theirs = villages
    regulation = m.locked(villages)
    regulation = registered(theirs, regulation, by_head(theirs, regulation, root))
    scan = files.put(b"%PDF-1.7 pindaian", media_type="application/pdf", name="pindaian.pdf")
    path = to("agreements.confirm_joint_scan", regulation.code)
    with clock.at(on(m.MADE_ON, 6)):
        actions.lay_down_joint_scan(by=ours.by("sekdes"), party=m.party(regulation, ours), scan=scan)
        client = confirmed("bpd", path)
        assert "siapa yang membacakan naskah" in client.get(path).content.decode()
        seen = queries.sheet_seen(m.fresh(regulation))
        assert send(client, path, seen=seen, read_aloud_by="Siti Rahayu").status_code == 302
    regulation = m.fresh(regulation)
    assert regulation.state == "signed"
    name = m.party(regulation, ours).name
    make_checkpoint(on(m.MADE_ON, 7))
    assert f"{name} (cap jempol, dibacakan Siti Rahayu)" in verify(regulation.paper).lights[0].says
    lit, said = lit_without_network(regulation, files.read(scan.sha256))
    assert lit == [True, True, True] and "dibacakan Siti Rahayu" in said
    page = as_("kades").get(to("page.joint_regulation", regulation.code)).content.decode()
    assert "Cap jempol, dibacakan Siti Rahayu." in page and "Tanda tangan elektronik tersertifikasi" in page


def test_it_is_uploaded_on_its_page_and_faults_are_said(villages, root):
    ours, _theirs = villages
    regulation = m.locked(villages)
    path = to("agreements.register_certified_joint_text", regulation.code)
    assert path in as_("kades").get(to("page.joint_regulation", regulation.code)).content.decode()
    client = confirmed("kades", path)
    assert client.get(path).status_code == 200
    wrong = send(client, path, file=of_file(by_head(ours, regulation, root, name="Orang Lain")))
    assert wrong.status_code == 422 and "Sertifikat atas nama Orang Lain, bukan" in wrong.content.decode()
    with clock.at(on(m.MADE_ON, 5)):
        client = confirmed("kades", path)
        assert send(client, path, file=of_file(by_head(ours, regulation, root))).status_code == 302
    assert JointTextSignature.objects.get().mode == "certified"
    assert path not in as_("kades").get(to("page.joint_regulation", regulation.code)).content.decode()


def of_file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("naskah.pdf", content, "application/pdf")
