"""What several verbs of the Peraturan Bersama need."""

from __future__ import annotations

from bermitra.agreements.joint import queries, text
from bermitra.agreements.joint.models import (
    JointParty,
    JointRegulation,
    JointVersion,
)
from bermitra.foundation.accounts import roles
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.messages.api import tell
from bermitra.foundation.text import _

HEAD, SECRETARY = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key


def held_now(regulation: JointRegulation) -> JointRegulation:
    """The regulation as it is now, kept from others until this act is done."""
    JointRegulation.objects.select_for_update().get(pk=regulation.pk)
    return JointRegulation.objects.select_related("offer", "village", "paper__file", "scan").get(pk=regulation.pk)


def tell_all(act: Act, regulation: JointRegulation, says: str, role: str = "") -> None:
    for party in regulation.parties.all():
        tell(
            act,
            says=says,
            params={"title": regulation.title},
            about=about_of(regulation),
            url_name="page.joint_regulation",
            code=regulation.code,
            role=role,
            region=party.village_id,
        )


def _wait(act: Act, regulation: JointRegulation, party: JointParty, door: str, role: str, says: str) -> None:
    open_duty(
        act,
        door=door,
        about=about_of(regulation),
        code=regulation.code,
        region=party.village_id,
        role=role,
        says=says,
        title=regulation.title,
    )


def now_waits(act: Act, regulation: JointRegulation) -> None:
    """Whoever is to do the next thing in each village; what was due before is closed."""
    close_duties(act, about=about_of(regulation))
    said = queries.stands(regulation)
    for each in said:
        if regulation.state == "drafting" and not each.accepted:
            says = _("Baca dan terima naskah Peraturan Bersama “{title}”.")
            _wait(act, regulation, each.party, "agreements.accept_joint_text", HEAD, says)
        if regulation.state == "drafting" and not each.heard:
            says = _("Konsultasikan naskah Peraturan Bersama “{title}” dengan warga.")
            _wait(act, regulation, each.party, "agreements.record_joint_consultation", SECRETARY, says)
        if regulation.state in ("drafting", "deciding") and each.party.number is None:
            says = _("Beri nomor desa Anda pada Peraturan Bersama “{title}”.")
            _wait(act, regulation, each.party, "agreements.give_joint_number", SECRETARY, says)
        if regulation.state == "locked" and each.signed is None:
            says = _("Tandatangani Peraturan Bersama “{title}”.")
            _wait(act, regulation, each.party, "agreements.sign_joint_text", HEAD, says)
        if regulation.state == "signed" and each.party.gazette_on is None:
            says = _("Undangkan Peraturan Bersama “{title}” dalam Berita Desa.")
            _wait(act, regulation, each.party, "agreements.promulgate_joint_text", SECRETARY, says)
    drafting = next(each.party for each in said if each.party.village_id == regulation.village_id)
    if regulation.state == "drafting" and all(each.accepted and each.heard for each in said):
        says = _("Bawa naskah Peraturan Bersama “{title}” ke Musyawarah Desa setiap desa.")
        _wait(act, regulation, drafting, "agreements.table_joint_text", HEAD, says)
    if regulation.state == "deciding":
        says = _("Kunci naskah Peraturan Bersama “{title}” setelah setiap Musyawarah Desa setuju.")
        _wait(act, regulation, drafting, "agreements.lock_joint_text", HEAD, says)


def write(
    act: Act, regulation: JointRegulation, village: str, content: text.Content, before: JointVersion | None, reason: str
) -> JointVersion:
    around = queries.setting(regulation)
    number = before.number + 1 if before is not None else 1
    version = JointVersion.objects.create(
        regulation=regulation,
        number=number,
        village_id=village,
        content=content,
        chapters=text.chapters(content, around),
        changes=text.changes(before.content, content, around) if before is not None else [],
        reason=reason,
        text_hash=text.text_hash(content, around),
        at=act.now,
        by=act.by.code,
    )
    regulation.text_version = number
    JointRegulation.objects.filter(pk=regulation.pk).update(text_version=number)
    return version
