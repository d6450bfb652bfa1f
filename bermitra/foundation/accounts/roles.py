"""The roles, each a class of acts that explains itself to the people who hold it.

Taken from the law digest (who does what) plus the operator who types for a village. A person may hold several roles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bermitra.foundation.commands.permits import Scope
from bermitra.foundation.text import _


class SecondFactor(StrEnum):
    REQUIRED = "required"
    OFFERED = "offered"
    NONE = "none"


@dataclass(frozen=True)
class Role:
    """``says`` is what the role is for, ``may_never`` what no setting can ever allow it, ``appointed`` how one comes to it.

    ``given_by``: keys of the roles that look at the decree and confirm the office. ``apart``: keys of roles that nobody
    may hold beside this one in the same village, by law.
    """

    key: str
    name: str
    says: str
    appointed: str
    may_never: tuple[str, ...]
    reach: Scope
    second_factor: SecondFactor = SecondFactor.OFFERED
    given_by: tuple[str, ...] = ("dpmd_officer",)
    apart: tuple[str, ...] = ()


# The village's government and its council watch one another: nobody sits in both (UU 6/2014 ps 29, 51, 64).
COUNCIL = ("bpd_chair", "bpd_member")
GOVERNMENT = ("village_head", "village_secretary", "village_treasurer", "village_official")
BY_HEAD = ("village_head", "camat", "dpmd_officer")
BY_DISTRICT = ("camat", "dpmd_officer")
BY_PARTNER = ("partner_signatory", "dpmd_officer")


VILLAGE_HEAD = Role(
    key="village_head",
    name=_("Kepala Desa"),
    says=_("Mewakili desa, menerbitkan penawaran, dan menandatangani perjanjian setelah Musyawarah Desa menyetujui."),
    appointed=_("Surat keputusan Bupati atau Wali Kota; penjabat memakai surat keputusan penjabat."),
    may_never=(
        _("menilai usulan mitra"),
        _("membuka usulan sebelum ditutup"),
        _("mengubah berita acara musyawarah"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_DISTRICT,
    apart=(*COUNCIL, "village_secretary", "village_treasurer", "village_official"),
)

VILLAGE_SECRETARY = Role(
    key="village_secretary",
    name=_("Sekretaris Desa"),
    says=_("Mencatat, menyusun naskah, memberi nomor, dan mengundangkan keputusan desa."),
    appointed=_("Surat keputusan Kepala Desa setelah konsultasi dengan camat."),
    may_never=(
        _("menandatangani perjanjian sebagai pihak"),
        _("menyetujui catatan uang buatannya sendiri"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
    apart=(*COUNCIL, "village_head"),
)

VILLAGE_TREASURER = Role(
    key="village_treasurer",
    name=_("Kaur Keuangan"),
    says=_("Mencatat setiap uang, barang, dan tenaga yang masuk atau keluar."),
    appointed=_("Surat keputusan Kepala Desa."),
    may_never=(
        _("memakai rekening pribadi"),
        _("menyetujui catatannya sendiri"),
        _("mengubah catatan terbit"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
    apart=(*COUNCIL, "village_head"),
)

VILLAGE_OFFICIAL = Role(
    key="village_official",
    name=_("Kaur atau Kasi Desa"),
    says=_("Mengumpulkan kebutuhan dusun, mencatat kegiatan, dan menyiapkan data desa."),
    appointed=_("Surat keputusan Kepala Desa."),
    may_never=(
        _("menetapkan prioritas"),
        _("menyetujui bukti pekerjaannya sendiri"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
    apart=(*COUNCIL, "village_head"),
)

VILLAGE_OPERATOR = Role(
    key="village_operator",
    name=_("Operator Desa"),
    says=_("Mengetik dan menyiapkan segala isian desa; yang berwenang tetap pejabatnya."),
    appointed=_("Surat tugas Kepala Desa."),
    may_never=(
        _("memutuskan, menyetujui, memberi suara, atau menandatangani"),
        _("memakai akun orang lain"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
)

BPD_CHAIR = Role(
    key="bpd_chair",
    name=_("Ketua BPD"),
    says=_("Menyelenggarakan Musyawarah Desa, mengawasi Kepala Desa, dan menerima laporan."),
    appointed=_("Surat keputusan peresmian anggota BPD; wakil menggantikan bila berhalangan."),
    may_never=(
        _("menjadi pelaksana proyek"),
        _("menandatangani perjanjian sebagai pihak"),
        _("memutuskan tanpa musyawarah"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_DISTRICT,
    apart=GOVERNMENT,
)

BPD_MEMBER = Role(
    key="bpd_member",
    name=_("Anggota BPD"),
    says=_("Ikut memutuskan, memeriksa bukti, dan bertanya atas nama warga."),
    appointed=_("Surat keputusan peresmian anggota BPD."),
    may_never=(
        _("menjadi pelaksana proyek"),
        _("menilai bila berbenturan kepentingan"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_DISTRICT,
    apart=GOVERNMENT,
)

VILLAGE_COOP_UNIT = Role(
    key="village_coop_unit",
    name=_("Lembaga Kerja Sama Desa"),
    says=_("Membantu Kepala Desa menyiapkan KAK, memeriksa mitra, dan mendampingi pelaksanaan."),
    appointed=_("Dibentuk lewat Musyawarah Desa dan ditetapkan Kepala Desa."),
    may_never=(
        _("menandatangani perjanjian"),
        _("mengganti putusan uji tuntas"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
)

SELECTION_PANELIST = Role(
    key="selection_panelist",
    name=_("Anggota tim seleksi"),
    says=_("Membaca, menilai, dan memberi alasan pada usulan dalam satu perkara."),
    appointed=_("Penugasan tertulis untuk satu penawaran, setelah pernyataan kepentingan."),
    may_never=(
        _("menilai perkara lain"),
        _("membaca usulan sebelum dibuka"),
        _("menandatangani perjanjian perkara ini"),
    ),
    reach=Scope.ASSIGNED,
    given_by=BY_HEAD,
)

RESIDENT = Role(
    key="resident",
    name=_("Warga"),
    says=_("Mengusulkan, memutuskan dalam musyawarah, memeriksa hasil, dan mengadu."),
    appointed=_("Terdaftar sebagai warga desa, atau hadir dan tercatat dalam musyawarah."),
    may_never=(
        _("melihat data pribadi warga lain"),
        _("memberi suara di desa lain"),
    ),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
)

GROUP_REP = Role(
    key="group_rep",
    name=_("Wakil unsur masyarakat"),
    says=_("Mewakili kelompok, menyampaikan pendapat, dan memberi atau menolak persetujuan kelompok terdampak."),
    appointed=_("Ditunjuk kelompoknya dan dicatat dalam berita acara."),
    may_never=(_("memutuskan atas nama kelompok lain"),),
    reach=Scope.VILLAGE,
    given_by=BY_HEAD,
)

BUMDES_DIRECTOR = Role(
    key="bumdes_director",
    name=_("Direktur BUM Desa"),
    says=_("Menjalankan usaha bersama dan mencatat uang BUM Desa."),
    appointed=_("Keputusan Musyawarah Desa tentang organ BUM Desa."),
    may_never=(
        _("menjaminkan aset desa"),
        _("mengambil keputusan Musyawarah Desa"),
    ),
    reach=Scope.PARTY,
    given_by=BY_PARTNER,
)

BKAD_OFFICER = Role(
    key="bkad_officer",
    name=_("Pengurus BKAD"),
    says=_("Menjalankan kerja sama antar-desa dan melapor kepada setiap Kepala Desa."),
    appointed=_("Keputusan bersama Kepala Desa dari musyawarah antar-desa."),
    may_never=(
        _("menandatangani Peraturan Bersama"),
        _("memakai rekening pribadi"),
    ),
    reach=Scope.PARTY,
    given_by=BY_PARTNER,
)

PARTNER_REP = Role(
    key="partner_rep",
    name=_("Wakil mitra"),
    says=_("Mengisi profil, usulan, naskah, laporan, dan bukti dari pihak mitra."),
    appointed=_("Surat tugas lembaga mitra."),
    may_never=(
        _("memberi suara dalam musyawarah"),
        _("membaca usulan pesaing"),
        _("menilai"),
    ),
    reach=Scope.PARTY,
    given_by=BY_PARTNER,
)

PARTNER_SIGNATORY = Role(
    key="partner_signatory",
    name=_("Penanda tangan mitra"),
    says=_("Menyetujui naskah dan menandatangani atas nama lembaga mitra."),
    appointed=_("Akta, surat keputusan, atau surat kuasa yang masih berlaku."),
    may_never=(
        _("menandatangani tanpa mandat"),
        _("menandatangani untuk desa"),
    ),
    reach=Scope.PARTY,
    given_by=BY_PARTNER,
)

CAMAT = Role(
    key="camat",
    name=_("Camat"),
    says=_("Memfasilitasi, memediasi, meneruskan laporan, dan mencatat pembinaan di kecamatannya."),
    appointed=_("Surat keputusan Bupati atau Wali Kota."),
    may_never=(
        _("menyetujui keputusan desa"),
        _("mengubah data desa"),
        _("memberi suara"),
    ),
    reach=Scope.DISTRICT,
)

DPMD_OFFICER = Role(
    key="dpmd_officer",
    name=_("Petugas Dinas PMD"),
    says=_("Memfasilitasi kerja sama, menjalankan putaran, memantau laporan, dan menyusun pemerataan."),
    appointed=_("Penugasan kepala dinas."),
    may_never=(
        _("mengubah data desa"),
        _("memilih pemenang"),
        _("menandatangani perjanjian desa"),
    ),
    reach=Scope.REGENCY,
    second_factor=SecondFactor.REQUIRED,
)

REGENT_OFFICE = Role(
    key="regent_office",
    name=_("Bupati atau Wali Kota"),
    says=_("Memberi izin aset, menetapkan kebijakan, dan memfasilitasi perselisihan antar kecamatan."),
    appointed=_("Jabatan kepala daerah atau pejabat yang diberi kuasa."),
    may_never=(
        _("membatalkan keputusan desa tanpa dasar hukum"),
        _("menunjuk mitra desa"),
    ),
    reach=Scope.REGENCY,
    second_factor=SecondFactor.REQUIRED,
)

LEGAL_REVIEWER = Role(
    key="legal_reviewer",
    name=_("Bagian Hukum"),
    says=_("Memberi catatan hukum atas naskah bila diminta."),
    appointed=_("Penugasan untuk satu naskah."),
    may_never=(
        _("mengubah naskah"),
        _("menahan penandatanganan"),
    ),
    reach=Scope.ASSIGNED,
)

AUDITOR = Role(
    key="auditor",
    name=_("Inspektorat"),
    says=_("Membaca berkas, memeriksa keuangan, dan menangani pengaduan terhadap pejabat."),
    appointed=_("Surat tugas pemeriksaan."),
    may_never=(
        _("mengubah data"),
        _("memutuskan kerja sama desa"),
    ),
    reach=Scope.REGENCY,
    second_factor=SecondFactor.REQUIRED,
)

FACILITATOR = Role(
    key="facilitator",
    name=_("Pendamping Desa"),
    says=_("Mendampingi desa belajar, merencanakan, dan melaksanakan kerja sama."),
    appointed=_("Penugasan kementerian atau kabupaten untuk desa tertentu."),
    may_never=(
        _("memutuskan atas nama desa"),
        _("menerima imbalan dari mitra"),
    ),
    reach=Scope.ASSIGNED,
)

ASSISTING_OFFICER = Role(
    key="assisting_officer",
    name=_("Petugas pembantu pengisian"),
    says=_('Mengisi data atas nama desa dengan mandat tertulis, berstempel "atas nama".'),
    appointed=_("Mandat Kepala Desa dengan tanggal akhir."),
    may_never=(
        _("memutuskan, memberi suara, menilai, atau menandatangani"),
        _("mengisi tanpa mandat"),
    ),
    reach=Scope.VILLAGE,  # the mandate names the village
    given_by=("village_head",),
)

COMPLAINT_HANDLER = Role(
    key="complaint_handler",
    name=_("Penangan pengaduan"),
    says=_("Menerima dan menyelesaikan pengaduan tanpa membuka identitas pelapor."),
    appointed=_("Penugasan tertulis di luar rantai orang yang diadukan."),
    may_never=(
        _("menangani pengaduan terhadap atasannya"),
        _("menutup sendiri pengaduan yang ditanganinya"),
    ),
    reach=Scope.ASSIGNED,
)

COMPLAINANT = Role(
    key="complainant",
    name=_("Pelapor"),
    says=_("Mengadu tanpa akun dan membaca jawaban dengan kode tanda terima."),
    appointed=_("Tidak diangkat; memegang kode tanda terima."),
    may_never=(_("melihat pengaduan lain"),),
    reach=Scope.OWN,
    second_factor=SecondFactor.NONE,
)

PROVINCE_OFFICER = Role(
    key="province_officer",
    name=_("Petugas provinsi"),
    says=_("Membina lintas kabupaten, merujuk kerja sama antar daerah, dan membaca angka."),
    appointed=_("Penugasan gubernur."),
    may_never=(
        _("membaca berkas desa tanpa alasan dan penugasan"),
        _("mengubah data desa"),
    ),
    reach=Scope.ANY,
)

MINISTRY_OFFICER = Role(
    key="ministry_officer",
    name=_("Petugas kementerian"),
    says=_("Menetapkan arahan nasional, memuat daftar wilayah, dan membaca angka agregat."),
    appointed=_("Penugasan kementerian."),
    may_never=(
        _("membaca data pribadi"),
        _("memutuskan kerja sama desa"),
    ),
    reach=Scope.ANY,
)

INSTANCE_ADMIN = Role(
    key="instance_admin",
    name=_("Pengelola sistem"),
    says=_("Menjaga sistem berjalan, cadangan, dan pemulihan; tidak membaca isi perkara."),
    appointed=_("Penugasan pemilik sistem."),
    may_never=(
        _("masuk sebagai orang lain"),
        _("membaca pengaduan"),
        _("mengubah catatan jurnal"),
    ),
    reach=Scope.ANY,
)

WITNESS = Role(
    key="witness",
    name=_("Saksi"),
    says=_("Menyaksikan pos pemeriksaan, tanda tangan, atau undian."),
    appointed=_("Penugasan para pihak atau sistem lain sebagai saksi."),
    may_never=(_("mengubah yang disaksikan"),),
    reach=Scope.ASSIGNED,
)

PUBLIC = Role(
    key="public",
    name=_("Pengunjung umum"),
    says=_("Melihat halaman terbuka, bertanya, mengadu, dan memverifikasi dokumen."),
    appointed=_("Tidak diangkat; tanpa akun."),
    may_never=(
        _("melihat data pribadi"),
        _("melihat usulan tersegel"),
    ),
    reach=Scope.ANY,
    second_factor=SecondFactor.NONE,
)

SYSTEM = Role(
    key="system",
    name=_("Sistem"),
    says=_("Menjalankan jam, menutup batas waktu, dan mengusulkan langkah."),
    appointed=_("Bagian dari sistem; bukan orang."),
    may_never=(
        _("menetapkan sanksi"),
        _("memilih mitra"),
        _("menandatangani"),
    ),
    reach=Scope.ANY,
    second_factor=SecondFactor.NONE,
)


ALL: tuple[Role, ...] = (
    VILLAGE_HEAD,
    VILLAGE_SECRETARY,
    VILLAGE_TREASURER,
    VILLAGE_OFFICIAL,
    VILLAGE_OPERATOR,
    BPD_CHAIR,
    BPD_MEMBER,
    VILLAGE_COOP_UNIT,
    SELECTION_PANELIST,
    RESIDENT,
    GROUP_REP,
    BUMDES_DIRECTOR,
    BKAD_OFFICER,
    PARTNER_REP,
    PARTNER_SIGNATORY,
    CAMAT,
    DPMD_OFFICER,
    REGENT_OFFICE,
    LEGAL_REVIEWER,
    AUDITOR,
    FACILITATOR,
    ASSISTING_OFFICER,
    COMPLAINT_HANDLER,
    COMPLAINANT,
    PROVINCE_OFFICER,
    MINISTRY_OFFICER,
    INSTANCE_ADMIN,
    WITNESS,
    PUBLIC,
    SYSTEM,
)

BY_KEY: dict[str, Role] = {each.key: each for each in ALL}

# Held by appointment; the other three are nobody's office.
NOT_APPOINTED = frozenset({COMPLAINANT.key, PUBLIC.key, SYSTEM.key})
# Offices that reach over a regency or further: one officer alone gives none of them.
WIDE = frozenset(each.key for each in ALL if each.reach in (Scope.REGENCY, Scope.ANY)) - NOT_APPOINTED
