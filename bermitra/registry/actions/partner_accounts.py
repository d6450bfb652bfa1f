"""The account into which money for a partner goes: the body's own, its number kept sealed."""

from __future__ import annotations

from bermitra.foundation.commands.act import Act
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.commands.door import command
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.people.queries import contact_of_doer
from bermitra.foundation.people.rules import COOLED_DOWN
from bermitra.foundation.personal.actions import keep_account
from bermitra.foundation.personal.subjects import Subject
from bermitra.registry.models import Partner


@command("registry.record_partner_account", on="partner")
def record_partner_account(act: Act, *, partner: Partner, bank: str, number: Secret) -> Partner:
    """The partner's signatory names the bank and gives the number; one account with a village's is found by it (RG-15).

    Not with a telephone that was changed a moment ago (FD-10): whoever took over an account would lead the money elsewhere.
    """
    place = partner.registered_in_id or ""
    act.require(COOLED_DOWN, contact_of_doer(act.by, place), standing(place))
    keep_account(by=act, subject=Subject.of_party(partner.code, partner.registered_in_id), number=number)
    Partner.objects.filter(pk=partner.pk).update(account_bank=bank)
    act.log("partner_account.recorded", partner)
    return partner
