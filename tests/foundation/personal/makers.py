"""Values that are planted and then looked for: fictional, and such that nothing else in the house looks like them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands import clock
from bermitra.foundation.commands.asked import Secret
from bermitra.foundation.documents.uploads import Safe, make_safe
from bermitra.foundation.personal import actions, vault
from bermitra.foundation.personal.models import DataKey, Kind, PersonalValue

NIK = "3304191501907316"
OTHER_NIK = "3304195503884172"
ACCOUNT = "302701836549174"
PHONE = "+6281390047716"


def a_picture(colour: str = "navy") -> Safe:
    """A small photograph as an upload that was made safe."""
    out = BytesIO()
    Image.new("RGB", (120, 76), colour).save(out, "JPEG")
    return make_safe(out.getvalue(), "ktp.jpg")


def a_nik(people, who: str = "kades", number: str = NIK) -> PersonalValue:
    kept = actions.keep_nik(by=people.by(who), person=people.held[who], number=Secret(number), agreed=True)
    assert isinstance(kept, PersonalValue)
    return kept


def a_scan(people, who: str = "kades", picture: Safe | None = None) -> PersonalValue:
    return actions.keep_identity_scan(
        by=people.by(who), person=people.held[who], picture=picture or a_picture(), agreed=True
    )


def a_value_of(person: Person, number: str = ACCOUNT) -> PersonalValue:
    """A sealed value whoever it is of, also of people whom no act would ask for one."""
    key = DataKey(person=person, made_at=clock.now())
    key.wrapped = vault.wrapped_key(key.code)
    key.save()
    sealed = vault.seal(key.wrapped, key.code, Kind.ACCOUNT, number.encode())
    return PersonalValue.objects.create(
        key=key, kind=Kind.ACCOUNT, purpose="payment", basis="consent", sealed=sealed, kept_at=clock.now(),
        kept_by=person.code,
    )  # fmt: skip
