"""What the paper of a Peraturan Bersama must carry: who signs where, how it was signed, which files grew from it."""

from __future__ import annotations

from django.db.models import Q

from bermitra.agreements.joint.models import JointParty, JointRegulation, JointSignedFile, JointTextSignature
from bermitra.agreements.joint.queries import parties_of
from bermitra.agreements.queries import signed_name
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.documents.lights import Carried, Ink, Place
from bermitra.foundation.documents.models import Paper

KEPT_BY = ("joint_text.sealed",)  # lines that register a file that grew from the issued one


def carried_by_regulation(paper: Paper) -> Carried | None:
    """For the three lights; nothing for a paper of another kind."""
    kind, _colon, code = paper.about.partition(":")
    if kind != JointRegulation._meta.model_name or paper.kind != "joint_regulation":
        return None
    regulation = JointRegulation.objects.filter(code=code).first()
    if regulation is None:
        return None
    found = JointTextSignature.objects.filter(party__regulation=regulation, text_hash=paper.file.sha256)
    given = list(found.select_related("party", "scan", "signed_file__file").order_by("pk"))
    by_party = {each.party_id: each for each in given}
    places = [_place(each, by_party.get(each.pk)) for each in parties_of(regulation)]
    kept = [each.signed_file.file.sha256 for each in given if hasattr(each, "signed_file")]
    certified = [each for each in given if each.mode == JointTextSignature.Mode.CERTIFIED]
    moments = {each.signed_file.field or each.party.field: each.at for each in certified}
    return Carried(paper.file.sha256, places, kept, _ink(regulation, given), KEPT_BY, moments=moments)


def grown_from_regulation(digest: str) -> Paper | None:
    """The paper whose file with signatures, or whose compared scan, has this hash."""
    signed = JointSignedFile.objects.filter(file__sha256=digest).values("signature__text_hash")
    scanned = JointTextSignature.objects.filter(scan__sha256=digest).values("text_hash")
    of = Paper.objects.filter(Q(file__sha256__in=signed) | Q(file__sha256__in=scanned), kind="joint_regulation")
    return of.select_related("file", "withdrawal").order_by("-pk").first()


def _place(party: JointParty, given: JointTextSignature | None) -> Place:
    if given is None:
        return Place(party.field, party.name, False)
    how = {JointTextSignature.Mode.WET.value: "ink"}.get(given.mode, given.mode)
    kept = getattr(given, "signed_file", None)
    certificate, stands = (kept.certificate, kept.field) if kept else ("", "")
    return Place(party.field, signed_name(given.name, given.read_aloud_by), True, how, certificate, stands)


def _ink(regulation: JointRegulation, given: list[JointTextSignature]) -> Ink | None:
    """The newest sheet that was compared, with those who compared this very one: it goes round, and grows on its way."""
    inked = [each for each in given if each.scan is not None]
    newest = inked[-1].scan if inked else None
    if newest is None:
        return None
    inked = [each for each in inked if each.scan_id == newest.pk]
    codes = [regulation.scan_by, *(each.by for each in inked)]
    names = dict(Person.objects.filter(code__in=codes).values_list("code", "full_name"))
    compared = tuple(dict.fromkeys(names.get(each.by, each.by) for each in inked))
    return Ink(newest.sha256, names.get(regulation.scan_by, regulation.scan_by), compared)
