"""What a new day brings to partners: a document or a verdict that ends soon becomes a duty."""

from __future__ import annotations

from bermitra.foundation.accounts import roles
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.act import Act, By, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.duties.api import open_duty
from bermitra.foundation.text import _
from bermitra.registry.due_diligence.book import book
from bermitra.registry.models import Partner
from bermitra.registry.queries.endings import endings_of, partners_to_remind


@command("registry.remind_partner", on="partner")
def remind_partner(act: Act, *, partner: Partner) -> Partner:
    """Open a duty for every document that ends within the regency's days, and for the verdict itself."""
    ending = endings_of(partner, clock.today())
    for document in ending.documents:
        open_duty(
            act,
            door="registry.add_document",
            about=about_of(document),
            code=partner.code,
            says=_("Perbarui dokumen {partner}: {document}."),
            party=partner.code,
            role=roles.PARTNER_REP.key,
            due_on=document.expires_on,
            partner=partner.name,
            document=book().documents[document.kind].name.id,
        )
    if ending.verdict_until is not None:
        open_duty(
            act,
            door="registry.start_verification",
            about=about_of(partner),
            code=partner.code,
            says=_("Perbarui uji tuntas {partner} sebelum putusannya habis."),
            party=partner.code,
            role=roles.PARTNER_REP.key,
            due_on=ending.verdict_until,
            partner=partner.name,
        )
    act.log("partner.reminded", partner, documents=len(ending.documents), verdict=int(ending.verdict_until is not None))
    return partner


def remind_partners() -> int:
    """Every partner with something that ends soon and of which it was not told yet; says how many. Asked once a day."""
    found = partners_to_remind(clock.today())
    for partner in found:
        remind_partner(by=By.the_system(), partner=partner)
    return len(found)
