"""What the terminal lists when the stories are told: whom to sign in as, the public pages, the signed papers, the gates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from bermitra.agreements.joint.models import JointRegulation
from bermitra.agreements.joint.queries import signed_file as joint_file
from bermitra.agreements.models import Agreement
from bermitra.agreements.queries import newest_scan, signed_file
from bermitra.agreements.warnings.models import WarningLetter
from bermitra.foundation.accounts import roles
from bermitra.foundation.accounts.models import Appointment, Assistance, HandOver, Person
from bermitra.foundation.documents import files
from bermitra.foundation.journal.checkpoints import verify
from bermitra.foundation.personal.models import DataBreach, ErasureRequest
from bermitra.partnership.models import Case
from bermitra.site.demo.cast import Somebody, cast
from bermitra.site.demo.instance import memory_of, password, room
from bermitra.site.demo.story import BETWEEN, GATES, PARTNERSHIPS, STORIES, Story, read

SHOWN = (  # the offices that are worth a visit, in the order of the journey
    "village_operator", "village_head", "village_secretary", "bpd_chair", "village_treasurer", "village_coop_unit",
    "partner_rep", "partner_signatory", "facilitator", "camat", "dpmd_officer",
)  # fmt: skip
WARNED = "bali"  # the story in which an instalment comes late
CONTINUED = "pandanarum"  # the story that goes on to who is who


@dataclass(frozen=True)
class Told:
    """A partnership that was told, and where it is seen."""

    story: Story
    page: str
    pdf: Path
    code: str
    verification: str


def told() -> list[Told]:
    """The three partnerships, with their signed papers laid out as files that can be opened."""
    found = []
    for code in PARTNERSHIPS:
        memory = memory_of(code)
        case, agreement = memory.recall("K1"), memory.recall("PB1")
        if isinstance(case, Case) and isinstance(agreement, Agreement) and agreement.paper is not None:
            paper = agreement.paper.code
            pdf = _laid_out(code, agreement)
            check = reverse("page.paper", args=[paper])
            found.append(Told(read(code), f"/kemitraan/{case.code}/", pdf, paper, check))
    return found


def _laid_out(story: str, agreement: Agreement) -> Path:
    """The paper with its electronic signatures, or the scan of the one that was signed with ink."""
    signed, scan = signed_file(agreement), newest_scan(agreement)
    held = signed.file if signed else scan.file if scan else agreement.paper.file if agreement.paper else None
    path = room() / f"perjanjian-{story}.pdf"
    if held is not None:
        path.write_bytes(files.read(held.sha256))
    return path


def lines() -> Iterator[str]:
    yield ""
    yield f"ORANG CONTOH. Kata sandi untuk semuanya: {password()}"
    for code in STORIES:
        story = read(code)
        yield f"  Desa {story.places[-1][1]}"
        for role, somebody in _people_of(story):
            yield f"    {role:<34} {somebody.username:<28} {somebody.name}"
    yield ""
    yield "TIGA KEMITRAAN"
    for each in told():
        yield f"  Desa {each.story.places[-1][1]}: {each.story.title}"
        yield f"    halaman umum     {each.page}"
        yield f"    perjanjian PDF   {each.pdf}"
        yield f"    kode verifikasi  {each.code}   {each.verification}"
    yield from _between()
    yield from _warned()
    yield from _who_is_who()
    yield from _gates()
    yield ""
    yield f"Alamat: {settings.BERMITRA_ORIGIN}   Masuk: {settings.BERMITRA_ORIGIN}{reverse('account_login')}"


def _people_of(story: Story) -> Iterator[tuple[str, Somebody]]:
    """One for each office of this story's village, of those above it, and of its partner."""
    held = Appointment.objects.filter(person__example=True, state__in=Appointment.HOLDING)
    holding = set(held.values_list("person__username", "role"))
    partner = _partner_of(story)
    here = [
        each
        for each in cast().values()
        if (each.organisation == partner if not each.region else story.village.startswith(each.region))
    ]
    for role in SHOWN:
        holder = next((each for each in here if (each.username, role) in holding), None)
        if holder is not None:
            yield str(roles.BY_KEY[role].name), holder


def _partner_of(story: Story) -> str:
    case = memory_of(story.code).recall("K1")
    return case.partner.name if isinstance(case, Case) and case.partner is not None else ""


def _between() -> Iterator[str]:
    """What binds four villages to one another, and where it is seen."""
    held, story = memory_of(BETWEEN).recall("PB1"), read(BETWEEN)
    if not isinstance(held, JointRegulation) or held.paper is None:
        return
    pdf, kept = room() / "peraturan-bersama.pdf", joint_file(held)
    if kept is not None:
        pdf.write_bytes(files.read(kept.sha256))
    yield ""
    yield f"ANTAR-DESA: {story.title}"
    yield f"    halaman umum     {reverse('page.public_joint_regulation', args=[held.code])}"
    yield f"    peraturan PDF    {pdf}"
    yield f"    kode verifikasi  {held.paper.code}   {reverse('page.paper', args=[held.paper.code])}"


def _warned() -> Iterator[str]:
    """The letters of the story in which money came late: no public page shows them, so somebody must sign in."""
    memory = memory_of(WARNED)
    found = [letter for name in ("SP0", "SP1") if isinstance(letter := memory.recall(name), WarningLetter)]
    if not found:
        return
    yield ""
    yield f"PERINGATAN: {read(WARNED).title}"
    for letter in found:
        sender = Person.objects.get(code=letter.sent_by)
        address = reverse("page.warning", args=[letter.code])
        yield f"  {letter.title:<32} {address:<28} masuk sebagai {sender.username}"


def _who_is_who() -> Iterator[str]:
    """What became of offices, mandates and personal data: which page shows it, and to whom."""
    memory = memory_of(CONTINUED)
    passed, mandate, leak = memory.recall("ST1"), memory.recall("B1"), memory.recall("BR1")
    if not (isinstance(passed, HandOver) and isinstance(mandate, Assistance) and isinstance(leak, DataBreach)):
        return
    secretary, head = passed.successor.person, Person.objects.get(code=mandate.granted_by)
    yield ""
    yield f"SIAPA SIAPA: Desa {mandate.village.name}"
    for what, address, who in (
        ("serah terima jabatan", reverse("page.hand_over", args=[passed.code]), secretary),
        ("isian atas nama desa", reverse("page.assistance", args=[mandate.code]), head),
        ("data saya", reverse("page.my_data"), head),
        ("kebocoran data", reverse("page.data_breach", args=[leak.code]), secretary),
    ):
        yield f"  {what:<22} {address:<38} masuk sebagai {who.username}"
    erased, verdict = ErasureRequest.objects.filter(done_at__isnull=False).count(), verify()
    sound = f"jurnal tetap utuh, {verdict.lines} baris" if verdict.sound else "; ".join(verdict.troubles)
    yield f"  data {erased} orang dihapus atas permintaannya; {sound}"


def _gates() -> Iterator[str]:
    """Where the clerk of the last story was stopped, and what he was shown."""
    sights = memory_of(GATES).sights
    yield ""
    yield f"GERBANG: {len(sights)} percobaan ditolak, tidak ada yang tersimpan"
    for sight in sights:
        codes = ", ".join(code for code, _says, _remedy in sight["lines"]) or "tidak berhak"
        yield f"  {codes}: {sight['title']}"
        for _code, says, remedy in sight["lines"][:1]:
            yield f"      {says} {remedy}"
