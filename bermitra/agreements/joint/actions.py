"""Verbs of the Peraturan Bersama: word it by turns, hear residents, decide in every village, sign, promulgate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from bermitra.agreements import outside
from bermitra.agreements.joint import book, queries, text
from bermitra.agreements.joint.models import (
    JointConsultation,
    JointParty,
    JointRegulation,
    JointSignedFile,
    JointTextAcceptance,
    JointTextSignature,
    JointVersion,
)
from bermitra.agreements.joint.rules import IN_TIME, JOINT_FLOW, STARTING
from bermitra.agreements.rules import CERTIFIED, COMPARED, ComparedFacts
from bermitra.agreements.text import from_typed
from bermitra.deliberation.api import offer_text, withdraw_text
from bermitra.deliberation.inter_village.queries import joint_decision_on
from bermitra.deliberation.inter_village.rules import CONFIRMING, JointSheetFacts
from bermitra.deliberation.models import JointOffer, Subject
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Person
from bermitra.foundation.commands.act import Act, about_of
from bermitra.foundation.commands.door import command
from bermitra.foundation.commands.moving import move_on
from bermitra.foundation.documents.actions import issue_paper, keep_file, withdraw_paper
from bermitra.foundation.documents.files import Content as FileContent
from bermitra.foundation.documents.issuing import Prepared
from bermitra.foundation.documents.outside import Grown
from bermitra.foundation.duties.api import close_duties, open_duty
from bermitra.foundation.flow import NoSuchMove
from bermitra.foundation.messages.api import tell
from bermitra.foundation.norms.queries import standing
from bermitra.foundation.regions.models import Region
from bermitra.foundation.text import _

HEAD, SECRETARY = roles.VILLAGE_HEAD.key, roles.VILLAGE_SECRETARY.key


def _held(regulation: JointRegulation) -> JointRegulation:
    """The regulation as it is now, kept from others until this act is done."""
    JointRegulation.objects.select_for_update().get(pk=regulation.pk)
    return JointRegulation.objects.select_related("offer", "village", "paper__file", "scan").get(pk=regulation.pk)


def _tell(act: Act, regulation: JointRegulation, says: str, role: str = "") -> None:
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


def _now_waits(act: Act, regulation: JointRegulation) -> None:
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


def _write(
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


# Wording it by turns -------------------------------------------------------------------------------------------------
@command("agreements.start_joint_draft", on="offer")
def start_joint_draft(act: Act, *, offer: JointOffer) -> JointRegulation:
    """The first text, from what every village agreed to in writing and its delegates signed together (AG-63)."""
    agreed = joint_decision_on(offer.code)
    if agreed is None or queries.regulation_of(offer) is not None:
        raise NoSuchMove(JOINT_FLOW.name, JOINT_FLOW.start, act.door)
    villages = list(Region.objects.filter(pk__in=agreed.villages).select_related("parent__parent"))
    act.require(STARTING, queries.territory_facts(villages), standing(offer.village_id))
    regulation = JointRegulation.objects.create(
        offer=offer,
        village_id=offer.village_id,
        title=offer.title,
        state=JOINT_FLOW.through(act.door, JOINT_FLOW.start),
        example=offer.example,
        created_at=act.now,
        created_by=act.by.code,
    )
    for each in sorted(villages, key=lambda each: (each.pk != offer.village_id, each.pk)):
        JointParty.objects.create(regulation=regulation, village=each)
    _write(act, regulation, offer.village_id, text.start(queries.dues_said(offer)), None, "")
    _now_waits(act, regulation)
    _tell(act, regulation, _("Naskah Peraturan Bersama “{title}” mulai disusun."))
    act.log("joint_draft.started", regulation, offer=offer.code, villages=len(villages))
    return regulation


@command("agreements.propose_joint_change", on="party")
def propose_joint_change(
    act: Act,
    *,
    party: JointParty,
    reason: str,
    blanks: Mapping[str, Any] | None = None,
    dues: Mapping[str, int] | None = None,
    wording: Mapping[str, str] | None = None,
) -> JointVersion:
    """Another text, by any of the villages. What was accepted before counts for the earlier text only.

    ``wording`` gives an article in other words; empty brings our own back.
    """
    regulation = _held(party.regulation)
    before = queries.newest_version(regulation)
    content = {name: dict(of) for name, of in before.content.items()}
    unknown = (blanks or {}).keys() - book.slots().keys() | (wording or {}).keys() - book.articles().keys()
    if unknown:
        raise ValueError(f"no blank or article {sorted(unknown)}")
    if fixed := [code for code in wording or {} if book.articles()[code].is_kept_to]:
        raise ValueError(f"{fixed} change by their values, and their words do not")
    content["blanks"].update(blanks or {})
    content["dues"].update(dues or {})
    for code, typed in (wording or {}).items():
        if body := from_typed(typed):
            content["wording"][code] = body
        else:
            content["wording"].pop(code, None)
    move_on(act, JOINT_FLOW, regulation)
    version = _write(act, regulation, party.village_id, content, before, reason)
    _now_waits(act, regulation)
    _tell(act, regulation, _("Naskah Peraturan Bersama “{title}” diubah. Baca perubahannya."), HEAD)
    act.log("joint_draft.changed", regulation, village=party.village_id, version=version.number, text=version.text_hash)
    return version


@command("agreements.accept_joint_text", on="party")
def accept_joint_text(act: Act, *, party: JointParty, seen: str) -> JointTextAcceptance:
    """The head of a village accepts exactly the text he has read (``seen``: its hash)."""
    regulation = _held(party.regulation)
    version = queries.newest_version(regulation)
    move_on(act, JOINT_FLOW, regulation)
    act.require(COMPARED, ComparedFacts(seen, version.text_hash), standing(party.village_id))
    accepted, _new = JointTextAcceptance.objects.get_or_create(
        version=version, party=party, defaults={"text_hash": seen, "at": act.now, "by": act.by.code}
    )
    _now_waits(act, regulation)
    act.log("joint_text.accepted", regulation, village=party.village_id, text=seen)
    return accepted


@command("agreements.give_joint_number", on="party")
def give_joint_number(act: Act, *, party: JointParty, number: int) -> JointParty:
    """Each village gives its own number before the text is locked, so that the number is signed as well."""
    regulation = _held(party.regulation)
    move_on(act, JOINT_FLOW, regulation)
    JointParty.objects.filter(pk=party.pk).update(number=number)
    party.number = number
    _now_waits(act, regulation)
    act.log("joint_text.numbered", regulation, village=party.village_id, number=number)
    return party


@command("agreements.record_joint_consultation", on="party")
def record_joint_consultation(
    act: Act,
    *,
    party: JointParty,
    held_on: date,
    place: str,
    men: int,
    women: int,
    hamlets: Sequence[str],
    said: Sequence[tuple[str, str]] = (),
) -> JointConsultation:
    """A village has heard its residents on the draft: how many came, from where, what they proposed, what was answered."""
    regulation = _held(party.regulation)
    move_on(act, JOINT_FLOW, regulation)
    consultation = JointConsultation.objects.create(
        party=party,
        version=queries.newest_version(regulation),
        held_on=held_on,
        place=place,
        men=men,
        women=women,
        hamlets=list(hamlets),
        said=[{"text": said_, "answer": answer} for said_, answer in said],
        at=act.now,
        by=act.by.code,
    )
    _now_waits(act, regulation)
    act.log("joint_text.consulted", regulation, village=party.village_id, men=men, women=women, proposals=len(said))
    return consultation


@command("agreements.abandon_joint_text", on="regulation")
def abandon_joint_text(act: Act, *, regulation: JointRegulation, reason: str) -> JointRegulation:
    """Given up before it was locked; another may be begun from the same offer."""
    regulation = _held(regulation)
    move_on(act, JOINT_FLOW, regulation, left_because=reason)
    withdraw_text(act, code=regulation.code)
    close_duties(act, about=about_of(regulation))
    _tell(act, regulation, _("Penyusunan Peraturan Bersama “{title}” dihentikan. Alasannya ada di halamannya."))
    act.log("joint_draft.abandoned", regulation)
    return regulation


# Every village decides -----------------------------------------------------------------------------------------------
@command("agreements.table_joint_text", on="regulation")
def table_joint_text(act: Act, *, regulation: JointRegulation, reason: str = "") -> JointRegulation:
    """The text that all accepted comes before the Musyawarah of every village (AG-24, AG-61, AG-62, AG-63)."""
    regulation = _held(regulation)
    said, version = queries.stands(regulation), queries.newest_version(regulation)
    asked = queries.tabling_asked(regulation, said)
    passed = queries.refuse_unmet(asked, standing(regulation.village_id), reason)
    move_on(act, JOINT_FLOW, regulation)
    read = text.read_out(version.content, queries.setting(regulation))
    for each in said:
        offer_text(
            act,
            village=each.party.village,
            code=regulation.code,
            kind=Subject.Kind.COOPERATION,
            title=f"Peraturan Bersama: {regulation.title}"[:200],
            text_hash=version.text_hash,
            text=read,
        )
    _now_waits(act, regulation)
    _tell(act, regulation, _("Naskah Peraturan Bersama “{title}” menunggu Musyawarah Desa."), roles.BPD_CHAIR.key)
    act.log("joint_text.tabled", regulation, text=version.text_hash, passed=passed)
    return regulation


@command("agreements.reopen_joint_text", on="party")
def reopen_joint_text(act: Act, *, party: JointParty, reason: str) -> JointRegulation:
    """Any village may open the text again while not all have signed: it is accepted, decided and signed anew."""
    regulation = _held(party.regulation)
    paper = regulation.paper
    move_on(
        act,
        JOINT_FLOW,
        regulation,
        paper=None,
        made_on=None,
        place="",
        starts_on=None,
        ends_on=None,
        locked_at=None,
        scan=None,
        scan_by="",
    )
    withdraw_text(act, code=regulation.code)
    if paper is not None:
        withdraw_paper(by=act, paper=paper, why=reason[:300])
    before = queries.newest_version(regulation)
    _write(act, regulation, party.village_id, before.content, before, reason)
    _now_waits(act, regulation)
    _tell(act, regulation, _("Naskah Peraturan Bersama “{title}” dibuka kembali. Tanda tangan lama tidak berlaku."))
    act.log("joint_text.reopened", regulation, village=party.village_id)
    return regulation


# Locking and signing -------------------------------------------------------------------------------------------------
@command("agreements.lock_joint_text", on="regulation")
def lock_joint_text(
    act: Act, *, regulation: JointRegulation, made_on: date, place: str, paper: Prepared, reason: str = ""
) -> JointRegulation:
    """Every village has decided on this text and numbered it: its paper is issued for signing (AG-18, AG-23, AG-61, AG-63).

    ``paper`` was rendered before; where something changed meanwhile nothing is locked.
    """
    regulation = _held(regulation)
    said, version = queries.stands(regulation), queries.newest_version(regulation)
    asked = queries.locking_asked(regulation, said, made_on)
    passed = queries.refuse_unmet(asked, standing(regulation.village_id), reason)
    heads = {each.party.pk: queries.head_of(each.party, made_on) for each in said}
    rendered = paper.source["data"]
    states = {
        "text_hash": version.text_hash,
        "made_on": made_on.isoformat(),
        "place": place,
        "numbers": {each.party.village_id: each.party.number for each in said},
    }
    if any(rendered[name] != value for name, value in states.items()) or None in heads.values():
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    first, last = text.term(version.content)
    issued = issue_paper(by=act, paper=paper)
    move_on(
        act,
        JOINT_FLOW,
        regulation,
        paper=issued,
        made_on=made_on,
        place=place,
        starts_on=first,
        ends_on=last,
        locked_at=act.now,
    )
    for each in said:
        head = heads[each.party.pk]
        if head is not None:
            JointParty.objects.filter(pk=each.party.pk).update(
                person=head.person,
                name=head.person.full_name,
                capacity=queries.office_words(each.party, head),
                mandate=head.decree[:80],
                mandate_from=head.since,
                mandate_until=head.until,
            )
    withdraw_text(act, code=regulation.code)
    _now_waits(act, regulation)
    _tell(act, regulation, _("Peraturan Bersama “{title}” menunggu tanda tangan Anda."), HEAD)
    act.log("joint_text.locked", regulation, text=issued.file.sha256, passed=passed)
    return regulation


@command("agreements.sign_joint_text", on="party")
def sign_joint_text(act: Act, *, party: JointParty, seen: str, reason: str = "") -> JointTextSignature:
    """The head of one village signs exactly the bytes he has seen (AG-18, AG-19, AG-23, AG-63)."""
    regulation = _held(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or not isinstance(act.by.person, Person):
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    # A reason may stand in for a mandate that is not known well, never for being somebody else.
    reason = reason if own.party.person_id == act.by.person.pk else ""
    asked = queries.signing_asked(regulation, own.party, said, seen, act.by.code)
    passed = queries.refuse_unmet(asked, standing(party.village_id), reason)
    signature = _signature(act, own.party, JointTextSignature.Mode.ELECTRONIC, seen)
    _signed(act, regulation)
    act.log("joint_text.signed", regulation, village=party.village_id, text=seen, passed=passed)
    return signature


@command("agreements.register_certified_joint_text", on="party")
def register_certified_joint_text(
    act: Act, *, party: JointParty, file: FileContent, found: Grown, reason: str = ""
) -> JointTextSignature:
    """Take in the text as a head signed it outside with a national certificate (AG-48, and all that ``sign_joint_text`` asks).

    ``found`` is what was read in the file, before this act and in a process of its own.
    """
    regulation = _held(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or regulation.paper is None:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    if not isinstance(act.by.person, Person) or found.after != file.sha256:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    reason = reason if own.party.person_id == act.by.person.pk else ""
    text_hash = regulation.paper.file.sha256
    asked = [
        *queries.signing_asked(regulation, own.party, said, text_hash, act.by.code),
        (CERTIFIED, outside.facts(queries.to_sign(regulation, said), found)),
    ]
    passed = queries.refuse_unmet(asked, standing(party.village_id), reason)
    signature = _signature(act, own.party, JointTextSignature.Mode.CERTIFIED, text_hash)
    stands = "" if found.field == own.party.field else found.field
    keep_joint_signed_file(by=act, signature=signature, content=file, certificate=found.certificate, field=stands)
    _signed(act, regulation)
    act.log(
        "joint_text.signed", regulation, village=party.village_id, text=text_hash, passed=passed,
        certificate=found.certificate,
    )  # fmt: skip
    return signature


@command("agreements.lay_down_joint_scan", on="party")
def lay_down_joint_scan(act: Act, *, party: JointParty, scan: FileContent) -> JointRegulation:
    """The scan of the print that the heads signed with ink; it counts for a village once somebody there has compared it."""
    regulation = _held(party.regulation)
    kept = keep_file(by=act, content=scan)
    move_on(act, JOINT_FLOW, regulation, "locked", scan=kept, scan_by=act.by.code)
    _tell(act, regulation, _("Pindaian Peraturan Bersama “{title}” menunggu dicocokkan desa Anda."))
    act.log("joint_scan.laid_down", regulation, scan=kept.sha256)
    return regulation


@command("agreements.confirm_joint_scan", on="party")
def confirm_joint_scan(act: Act, *, party: JointParty, seen: str, read_aloud_by: str = "") -> JointTextSignature:
    """Somebody of this village, who did not lay it down, has compared the scan with the locked text (DB-56, AG-44).

    ``read_aloud_by``: who read the text to the head, where he put a thumbprint.
    """
    regulation = _held(party.regulation)
    said = queries.stands(regulation)
    own = next(each for each in said if each.party.pk == party.pk)
    if regulation.state != "locked" or own.signed is not None or regulation.paper is None or regulation.scan is None:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    asked = [
        (CONFIRMING, JointSheetFacts(act.by.code != regulation.scan_by)),
        (COMPARED, ComparedFacts(seen, queries.sheet_seen(regulation))),
        *queries.ink_asked(regulation, own.party, said),
    ]
    passed = queries.refuse_unmet(asked, standing(party.village_id))
    sha256 = regulation.paper.file.sha256
    signature = _signature(
        act, own.party, JointTextSignature.Mode.WET, sha256, scan=regulation.scan, read_aloud_by=read_aloud_by
    )
    _signed(act, regulation)
    scan = regulation.scan.sha256
    act.log("joint_scan.confirmed", regulation, village=party.village_id, text=sha256, scan=scan, passed=passed)
    return signature


def _signature(act: Act, party: JointParty, mode: str, text_hash: str, **more: Any) -> JointTextSignature:
    return JointTextSignature.objects.create(
        party=party,
        mode=mode,
        name=party.name,
        text_hash=text_hash,
        at=act.now,
        by=act.by.code,
        act=act.code,
        **more,
    )


def _signed(act: Act, regulation: JointRegulation) -> None:
    """One more signature; with the last one each village promulgates."""
    if any(each.signed is None for each in queries.stands(regulation)):
        move_on(act, JOINT_FLOW, regulation, "locked")
    else:
        move_on(act, JOINT_FLOW, regulation, "signed", signed_at=act.now)
        _tell(act, regulation, _("Semua Kepala Desa telah menandatangani Peraturan Bersama “{title}”."))
    _now_waits(act, regulation)


@command("agreements.keep_joint_signed_file", on="signature")
def keep_joint_signed_file(
    act: Act, *, signature: JointTextSignature, content: FileContent, certificate: str = "", field: str = ""
) -> JointSignedFile:
    """Keep the PDF that carries this signature; the first one stays. ``certificate`` is the hash of the signer's, ``field``
    where it stands, if not in the field that was reserved."""
    held = JointSignedFile.objects.filter(signature=signature).select_related("file").first()
    if held is not None:
        return held
    kept = JointSignedFile.objects.create(
        signature=signature, file=keep_file(by=act, content=content), at=act.now, certificate=certificate, field=field
    )
    party, file = signature.party, kept.file.sha256
    act.log("joint_text.sealed", party.regulation, village=party.village_id, file=file, certificate=certificate)
    return kept


# Promulgation --------------------------------------------------------------------------------------------------------
@command("agreements.promulgate_joint_text", on="party")
def promulgate_joint_text(
    act: Act, *, party: JointParty, gazette_number: str, papers: Sequence[Prepared] = ()
) -> JointRegulation:
    """The secretary of each village puts it into its Berita Desa; with the last village it is in force (AG-25).

    ``papers`` are the sheet of the promulgation and the letter to the Camat and the Bupati.
    """
    regulation, today = _held(party.regulation), localdate(act.now)
    said = queries.stands(regulation)
    passed = act.require(IN_TIME, queries.time_facts(regulation, said), standing(party.village_id))
    secretary = act.by.person.full_name if isinstance(act.by.person, Person) else ""
    done = JointParty.objects.filter(pk=party.pk, gazette_on=None).update(
        gazette_number=gazette_number, gazette_on=today, promulgated_by=secretary
    )
    if not done:
        raise NoSuchMove(JOINT_FLOW.name, regulation.state, act.door)
    for paper in papers:
        issue_paper(by=act, paper=paper)
    if regulation.parties.filter(gazette_on=None).exists():
        move_on(act, JOINT_FLOW, regulation, "signed")
    else:
        move_on(act, JOINT_FLOW, regulation, "in_force", in_force_on=today)
        _tell(act, regulation, _("Peraturan Bersama “{title}” diundangkan di setiap desa dan berlaku."))
    _inform(act, regulation, party)
    _now_waits(act, regulation)
    act.log("joint_text.promulgated", regulation, village=party.village_id, passed=passed)
    return regulation


def _inform(act: Act, regulation: JointRegulation, party: JointParty) -> None:
    """The Camat and the Bupati have it in their inbox."""
    for role, region in ((roles.CAMAT.key, party.village_id[:8]), (roles.REGENT_OFFICE.key, party.village_id[:5])):
        tell(
            act,
            says=_("{village} mengundangkan Peraturan Bersama “{title}”."),
            params={"title": regulation.title, "village": party.village.name},
            about=about_of(regulation),
            url_name="page.joint_regulation",
            code=regulation.code,
            role=role,
            region=region,
        )
