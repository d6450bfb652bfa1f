"""Help: what each role starts with, the words of the law, and every rule that may refuse an act."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from django.utils.translation import get_language, gettext

from bermitra.agreements import rules as agreements
from bermitra.agreements.batches import rules as batches
from bermitra.agreements.chains import rules as chains
from bermitra.agreements.changing import rules as changing
from bermitra.agreements.existing import rules as existing
from bermitra.agreements.existing.addenda import rules as earlier_addenda
from bermitra.agreements.joint import rules as joint
from bermitra.agreements.joint.body import rules as joint_body
from bermitra.agreements.villages import rules as villages
from bermitra.agreements.warnings import rules as warnings
from bermitra.deliberation import rules as deliberation
from bermitra.deliberation.consent import rules as consent
from bermitra.deliberation.inter_village import rules as inter_village
from bermitra.deliberation.inter_village.answers import rules as joint_answers
from bermitra.delivery import rules as delivery
from bermitra.delivery.handing import rules as handing
from bermitra.foundation.accounts import rules as accounts
from bermitra.foundation.norms import rules as norms
from bermitra.foundation.norms.catalogue import catalogue
from bermitra.foundation.norms.words import laws_of
from bermitra.foundation.people import rules as people
from bermitra.foundation.personal import rules as personal
from bermitra.foundation.regions import rules as regions
from bermitra.foundation.rules import Rule, Status
from bermitra.foundation.text import _
from bermitra.matching.draws import rules as draws
from bermitra.matching.rounds import rules as rounds
from bermitra.matching.shortlists import rules as shortlists
from bermitra.monitoring import rules as monitoring
from bermitra.needs import rules as needs
from bermitra.needs.offers import rules as offers
from bermitra.partnership import rules as partnership
from bermitra.portal import rules as portal
from bermitra.registry import rules as registry
from bermitra.selection import rules as selection

DATA = Path(__file__).parent / "data"


# Words ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Term:
    """A word of the law or of this house. ``status``: how well it is known.

    ``called``: its name in the program, which is mostly the ``code`` of the entry; empty where the program has no such thing.
    """

    code: str
    called: str
    term: dict[str, str]
    definition: dict[str, str]
    status: str
    basis: str

    @property
    def name(self) -> str:
        return self.term[_language()]

    @property
    def says(self) -> str:
        return self.definition[_language()]


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """All terms, in the order of the file: they stand by subject there."""
    read: dict[str, Any] = yaml.safe_load((DATA / "glossary.yaml").read_text(encoding="utf-8"))
    return tuple(
        Term(
            row["code"],
            row.get("called", row["code"]),
            row["term"],
            row["definition"],
            row["status"],
            row.get("basis", ""),
        )
        for row in read["terms"]
    )


def _language() -> str:
    return "en" if (get_language() or "id").startswith("en") else "id"


# Rules ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Entry:
    """A rule as the book shows it: its numbers are those that hold where a regency has set no other.

    A :class:`Rule` itself is a function of facts, which a template would call.
    """

    code: str
    says: str
    remedy: str
    basis: str
    unsure: bool
    varies: bool  # a number of a regency stands in it
    switchable: bool
    warns: bool


def _entry(rule: Rule) -> Entry:
    return Entry(
        code=rule.code,
        says=_filled(rule.says),
        remedy=_filled(rule.remedy),
        basis=laws_of(rule.basis),
        unsure=rule.status is Status.UNVERIFIED,
        varies="{" in rule.says + rule.remedy,
        switchable=rule.switchable,
        warns=not rule.blocks,
    )


def _filled(sentence: str) -> str:
    numbers = {name: norm.read(norm.default) for name, norm in catalogue().items()}
    return gettext(sentence).format_map(numbers) if "{" in sentence else gettext(sentence)


@dataclass(frozen=True)
class Chapter:
    """The rules of one stage. ``address`` is its part of the page's address."""

    address: str
    title: str
    modules: tuple[ModuleType, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return _rules_of(self.modules)

    @property
    def entries(self) -> list[Entry]:
        return [_entry(each) for each in self.rules]

    @property
    def codes(self) -> str:
        """``AG-01 … AG-43``."""
        first, *others = (each.code for each in self.rules)
        return f"{first} … {others[-1]}" if others else first


def written_in(each: Rule, module: ModuleType) -> bool:
    """Whether a rule stands in these rules, or in one of their files; else it is lent from an earlier stage."""
    return f"{each.holds.__module__}.".startswith(f"{module.__name__}.")


def _rules_of(modules: tuple[ModuleType, ...]) -> tuple[Rule, ...]:
    """The rules that are written in these modules, by code; one that is only lent from an earlier stage stands there."""
    found = {
        each.code: each
        for module in modules
        for each in vars(module).values()
        if isinstance(each, Rule) and written_in(each, module)
    }
    return tuple(found[code] for code in sorted(found))


CHAPTERS = (
    Chapter("umum", _("Orang, jabatan, dan ketentuan daerah"), (accounts, people, personal, norms, regions)),
    Chapter("mitra", _("Desa dan mitra"), (registry,)),
    Chapter("musyawarah", _("Musyawarah Desa"), (deliberation, consent, inter_village, joint_answers)),
    Chapter("kebutuhan", _("Kebutuhan, potensi, dan tawaran"), (needs, offers)),
    Chapter("pemadanan", _("Mempertemukan desa dan mitra"), (shortlists, rounds, draws)),
    Chapter("kemitraan", _("Menyiapkan kemitraan"), (partnership,)),
    Chapter("seleksi", _("Memilih mitra"), (selection,)),
    Chapter(
        "perjanjian",
        _("Perjanjian"),
        (
            agreements,
            changing,
            existing,
            earlier_addenda,
            joint,
            joint_body,
            chains,
            batches,
            warnings,
            villages,
        ),
    ),
    Chapter("pelaksanaan", _("Pelaksanaan"), (delivery, handing)),
    Chapter("pelaporan", _("Pemantauan dan laporan"), (monitoring,)),
    Chapter("halaman-publik", _("Halaman publik"), (portal,)),
)


def rule_book() -> list[tuple[str, tuple[Rule, ...]]]:
    """Every rule by the title of its chapter, for who stands below and is handed it."""
    return [(each.title, each.rules) for each in CHAPTERS]


def chapter(address: str) -> Chapter | None:
    return next((each for each in CHAPTERS if each.address == address), None)


def rule_named(typed: str) -> tuple[Chapter, Rule] | None:
    """A rule and where it stands, by its code as people type it: ``ag 01``, ``AG-01``."""
    plain = "".join(letter for letter in typed.upper() if letter.isalnum())
    every = ((each, rule) for each in CHAPTERS for rule in each.rules)
    return next((found for found in every if found[1].code.replace("-", "") == plain), None)


# Roles ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Guide:
    """What somebody of a role does here, step by step; an address, by URL name, at which it begins."""

    who: str
    steps: tuple[str, ...]
    begins: str
    verb: str


GUIDES = (
    Guide(
        _("Saya warga"),
        (
            _("Cari desa Anda, lalu baca kebutuhan dan kemitraannya."),
            _("Buka satu kemitraan: siapa, berapa, apa yang dijanjikan, apa yang ditepati."),
            _("Periksa dokumen yang Anda pegang dengan kode di kakinya."),
        ),
        "page.villages",
        _("Cari desa"),
    ),
    Guide(
        _("Saya bekerja untuk desa"),
        (
            _("Minta surat akses dari kantor kabupaten, lalu masuk."),
            _("Catat kebutuhan, bawa ke Musyawarah Desa, lalu mulai kemitraan."),
            _("Kotak kerja menunjukkan langkah berikutnya dan yang masih kurang."),
            _("Bila suatu tindakan ditolak, sebutkan kode aturannya saat menelepon."),
        ),
        "page.work_box",
        _("Buka kotak kerja"),
    ),
    Guide(
        _("Saya calon mitra"),
        (
            _("Baca penawaran yang terbuka dan kriteria penilaiannya."),
            _("Daftarkan badan Anda di kantor desa atau kabupaten, lalu lengkapi uji tuntas."),
            _("Kirim usulan sebelum batas waktu. Usulan tersegel sampai dibuka dengan berita acara."),
        ),
        "page.calls",
        _("Lihat penawaran"),
    ),
    Guide(
        _("Saya pejabat kecamatan atau kabupaten"),
        (
            _("Dinas PMD mendaftarkan orang dan jabatan, lalu mencetak surat aksesnya."),
            _("Camat memantau dan meneruskan laporan. Keputusan tetap milik desa."),
            _("Angka setiap daerah ada dasarnya dan tanggal berlakunya."),
        ),
        "page.roles",
        _("Lihat siapa berwenang"),
    ),
)


# Programs ---------------------------------------------------------------------------------------------------------------

# How each kind of field is written in JSON, by the name under which a form tells it (``foundation.pages``).
FIELD_KINDS = (
    ("text", _("Teks, seperti yang diketik pada halaman.")),
    ("name", _("Teks: nama orang atau lembaga.")),
    ("yes_no", _("true atau false, tanpa tanda kutip.")),
    ("choice", _("Satu nilai dari daftar choices.")),
    ("choices", _("Daftar nilai dari choices.")),
    ("rupiah", _('Bilangan bulat tanpa titik, atau teks seperti "1.500.000".')),
    ("number", _("Bilangan bulat.")),
    ("date", _('Teks seperti "2026-11-27" atau "27 November 2026".')),
    ("time", _('Teks seperti "14.05".')),
    ("phone", _('Teks seperti "0812-3456-7890".')),
    ("file", _("Hanya lewat halaman.")),
    ("hidden", _("Kirim kembali nilai yang tertulis pada now.")),
)
ANSWERS = (
    ("201", _("Sudah tercatat. done: tindakannya, at: alamat catatannya, says: kalimatnya.")),
    ("400", _("JSON tidak terbaca, atau Idempotency-Key belum ada.")),
    ("401", _("Kunci salah, dicabut, atau sudah berakhir.")),
    ("403", _("Jabatan Anda tidak mencakupnya, atau tindakan ini hanya lewat halaman.")),
    ("404", _("Alamat tidak ada, atau bukan untuk Anda.")),
    ("409", _("unmet: aturan yang belum dipenuhi. Tanpa isi: kunci kiriman sudah dipakai untuk isi lain.")),
    ("413", _("Lebih dari satu juta bita.")),
    ("415", _("Bukan application/json.")),
    ("422", _("errors: isian yang perlu diperbaiki, dengan nama dan sebabnya.")),
    ("429", _("Terlalu sering. Tunggu satu menit.")),
)
