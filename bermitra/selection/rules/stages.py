"""The stages in which the conditions of an award are read, and what is true of each condition once it is met.

A rule says what must be, often as a prohibition: beside a tick that would leave open what is true now. So a met condition is told
by a fact of its own, of at most 14 words. Its ``{name}`` are among those that the rule's own sentences name: no others are kept.
"""

from __future__ import annotations

from bermitra.foundation.text import _

# In the order of the journey: name, then by rule code what is true once it is met. A call passes seven of them, a direct
# appointment five.
STAGES: tuple[tuple[str, dict[str, str]], ...] = (
    (
        _("Penawaran"),
        {
            "SL-01": _("Kerangka Acuan Kerja lengkap."),
            "SL-02": _("Manfaat dan biaya dihitung dengan angka yang terukur."),
            "SL-03": _("Tata ruang dan lingkungan sudah diperiksa dan sesuai."),
            "SL-05": _("Bobot semua kriteria berjumlah tepat seratus."),
            "SL-54": _(
                "Tiap kriteria berbobot {criterion_weight_min} atau lebih; batas lolos memenuhi ketentuan kabupaten."
            ),
            "SL-62": _("Tidak ada kriteria berbobot lebih dari {one_criterion_weight_at_most}."),
            "SL-04": _("Penawaran diumumkan di papan pengumuman dan saluran lain, beserta Kerangka Acuan Kerja."),
            "SL-07": _("Masa pengumuman penawaran {call_min_days} hari atau lebih."),
            "SL-06": _("Kerangka acuan, kriteria, dan bobot tidak berubah sejak diumumkan."),
        },
    ),
    (
        _("Penunjukan langsung"),
        {
            "SL-25": _("Penunjukan langsung punya alasan yang dibolehkan dan sudah diumumkan."),
            "SL-50": _("Alasan penunjukan langsung terbukti."),
            "SL-60": _("Calon mitra tidak gugur dan tidak di bawah ambang pada penawaran ini."),
        },
    ),
    (
        _("Tim seleksi"),
        {
            "SL-09": _("Tim seleksi beranggota {panel_min} orang atau lebih, termasuk wakil warga dan BPD."),
            "SL-10": _("Kepala Desa bukan penilai."),
            "SL-11": _("Semua penilai sudah menyatakan kepentingannya."),
            "SL-12": _("Tidak ditemukan benturan kepentingan pada penilai."),
        },
    ),
    (
        _("Pembukaan dan pemeriksaan"),
        {
            "SL-14": _("Usulan dibuka setelah penawaran ditutup, dengan berita acara."),
            "SL-41": _("Kelengkapan semua usulan sudah diperiksa; sedikitnya satu lolos."),
        },
    ),
    (
        _("Penilaian"),
        {
            "SL-17": _("Semua penilai sudah selesai menilai."),
            "SL-16": _("Setiap nilai disertai alasan {score_reason_characters} huruf atau lebih."),
            "SL-18": _("Tidak ada selisih nilai {score_spread_levels} tingkat atau lebih yang belum dimoderasi."),
        },
    ),
    (
        _("Calon mitra"),
        {
            "SL-20": _("Calon mitra mencapai nilai akhir {score_threshold} dan batas setiap kriteria."),
            "SL-37": _("Visi desa dan calon mitra cukup sama; pernyataan inti dicentang keduanya."),
            "SL-19": _("Calon mitra tidak memiliki tanda bahaya yang menghentikan seleksi."),
            "RG-05": _("Calon mitra tidak tercantum dalam daftar sanksi yang masih berlaku."),
            "RG-13": _("Calon mitra lolos uji tuntas dan hasilnya masih berlaku."),
            "RG-15": _("Tidak ada hubungan calon mitra dengan pejabat desa yang belum dijelaskan."),
            "SL-23": _("Calon mitra menerima pencalonan."),
        },
    ),
    (
        _("Hasil dan masa sanggah"),
        {
            "SL-24": _("Setiap mitra yang tidak diusulkan sudah menerima alasan dan lembar nilainya."),
            "SL-21": _("Peringkat, nilai, dan alasan sudah diumumkan {ranking_publication_days} hari atau lebih."),
            "SL-22": _(
                "Masa sanggah {objection_working_days} hari kerja selesai; semua sanggahan dijawab dan ditindaklanjuti."
            ),
        },
    ),
    (
        _("Keputusan desa"),
        {"SL-32": _("Musyawarah Desa menyetujui calon mitra ini dengan berita acara yang mengikat.")},
    ),
)

MET = {code: says for _title, lines in STAGES for code, says in lines.items()}
