"""Which record of the world stands at which address. An address that is not met here fails the matrix."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.world import World

# The first line whose beginning fits an address counts. A word in braces is a record of the world.
RECORDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("kerja/ketentuan/aturan/", {"code": "SL-20"}),
    ("kerja/ketentuan/", {"name": "appointment_check_working_days"}),
    ("ketentuan/", {"code": "33.04"}),
    ("kerja/jabatan/desa/", {"code": "{village}"}),
    ("kerja/jabatan/", {"code": "{office}"}),
    ("kerja/serah-terima-barang/", {"code": "{goods_handover}"}),
    ("kerja/barang-serah-terima/", {"code": "{handover_item}"}),
    ("kerja/serah-terima/", {"code": "{hand_over}"}),
    ("kerja/surat-kuasa/", {"code": "{mandate}"}),
    ("kerja/bantuan-isian/desa/", {"code": "{village}"}),
    ("kerja/bantuan-isian/", {"code": "{assistance}"}),
    ("kerja/isian-atas-nama/", {"code": "{assisted_entry}"}),
    ("kerja/gugatan-isian/", {"code": "{entry_contest}"}),
    ("kerja/desa/", {"code": "{village}", "kind": "rkp", "pk": "{village_table}"}),
    ("kerja/baris-rencana/", {"code": "{plan_line}"}),
    ("kerja/aset-desa/", {"code": "{village_asset}"}),
    ("kerja/arsip-desa/", {"code": "{village}"}),
    ("kerja/mitra/", {"code": "{partner}", "kind": "{document_kind}", "pk": "{partner_document}"}),
    ("kerja/penggabungan-mitra/", {"code": "{merge}"}),
    ("kerja/pendaftaran-mitra/", {"code": "{partner_request}"}),
    ("kerja/uji-tuntas/", {"code": "{verification}"}),
    ("kerja/daftar-sanksi/", {"code": "{listing}"}),
    ("kerja/tanda-risiko/", {"code": "{flag}", "part": "0"}),
    ("kerja/benturan-kepentingan/", {"code": "{conflict}"}),
    ("kerja/daftar-undangan/", {"code": "{invitee}"}),
    ("kerja/musyawarah/", {"code": "{meeting}", "topic": "1", "kind": "invitation"}),
    ("kerja/peserta-musyawarah/", {"code": "{attendee}"}),
    ("kerja/keberatan-musyawarah/", {"code": "{meeting_objection}"}),
    ("kerja/penawaran-antar-desa/<code>/isi/", {"code": "{drafted_joint_offer}", "part": "1"}),
    ("kerja/penawaran-antar-desa/<code>/pengiriman/", {"code": "{drafted_joint_offer}"}),
    (
        "kerja/musyawarah-antar-desa/",
        {"code": "{joint_meeting}", "part": "1", "topic": "1", "village": "{village}", "kind": "joint_invitation"},
    ),
    ("kerja/penawaran-antar-desa/", {"code": "{joint_offer}", "village": "{asked_village}"}),
    ("kerja/iuran-antar-desa/<code>/penerimaan/", {"code": "{unseen_joint_due}"}),
    ("kerja/iuran-antar-desa/", {"code": "{joint_due}"}),
    ("kerja/pengurus-bkad/<code>/pengisian/", {"code": "{vacant_joint_seat}"}),
    ("kerja/pengurus-bkad/", {"code": "{joint_seat}"}),
    ("kerja/anggota-bkad/<code>/pernyataan/", {"code": "{own_joint_member}"}),
    ("kerja/anggota-bkad/", {"code": "{joint_member}"}),
    ("kerja/peraturan-bersama/baru/", {"code": "{joint_offer}"}),
    (
        "kerja/peraturan-bersama/",
        {"code": "{joint_regulation}", "article": "tujuan", "village": "{village}", "paper": "{joint_decree}"},
    ),
    ("kerja/padiatapa/", {"code": "{consent}"}),
    ("kerja/kebutuhan/dari-indeks/", {"indicator": "S34"}),
    ("kerja/kebutuhan/", {"code": "{need}"}),
    ("kerja/tujuan-desa/", {"code": "{veto_lift}"}),
    ("kerja/prioritas/", {"code": "{priorities}", "need": "{need}"}),
    ("kerja/potensi/", {"code": "{potential}"}),
    ("kerja/tawaran/", {"code": "{partner_offer}", "sector": "drinking_water"}),
    ("kerja/kemitraan/<str:code>/usulan/perbandingan/", {"code": "{compared_case}"}),
    ("kerja/kemitraan/<str:code>/usulan/pilihan/", {"code": "{compared_case}"}),
    ("kerja/kemitraan/<str:code>/usulan/", {"code": "{offered_case}"}),
    ("kerja/pembanding/", {"code": "{rival_call}"}),
    ("kerja/kemitraan/", {"code": "{case}", "kind": "kak"}),
    ("kerja/usulan/", {"code": "{proposal}", "pk": "{proposal_file}"}),
    ("kerja/penunjukan/", {"code": "{direct}"}),
    ("kerja/kunjungan/", {"code": "{site_visit}"}),
    ("kerja/panggilan/<str:code>/sanggahan/", {"code": "{provisional_call}"}),
    ("kerja/panggilan/", {"code": "{call}"}),
    ("kerja/pertanyaan/", {"code": "{question}"}),
    ("kerja/sanggahan/<str:code>/jawaban/", {"code": "{objection}"}),
    ("kerja/sanggahan/<str:code>/penerimaan/", {"code": "{objection}"}),
    ("kerja/sanggahan/", {"code": "{own_objection}"}),
    ("kerja/adendum-terdahulu/", {"code": "{earlier_addendum}", "kind": "pindaian"}),
    ("kerja/perjanjian-terdahulu/usulan/", {"code": "{proposed}"}),
    ("kerja/perjanjian-terdahulu/", {"code": "{earlier}", "kind": "minutes_file"}),
    ("kerja/pendaftaran-desa/", {"code": "{onboarding}"}),
    ("kerja/perubahan-desa/catat/", {"code": "{village}"}),
    ("kerja/perubahan-desa/tanggapan/", {"code": "{takeover}"}),
    ("kerja/perubahan-desa/", {"code": "{village_change}"}),
    ("kerja/naskah-serentak/", {"code": "{batch}"}),
    ("kerja/perjanjian/<code>/", {"code": "{case}", "number": "1"}),
    ("kerja/penundaan/", {"code": "{suspension}"}),
    ("kerja/peringatan/", {"code": "{warning}", "number": "1"}),
    ("kerja/adendum/", {"code": "{amendment}"}),
    ("kerja/perjanjian/", {"code": "{running}"}),
    ("kerja/rencana-kerja/", {"code": "{plan}"}),
    ("kerja/kegiatan/", {"code": "{activity}"}),
    ("kerja/kewajiban/", {"code": "{due}"}),
    ("kerja/catatan-uang/", {"code": "{entry}"}),
    ("kerja/pelatihan/", {"code": "{training}"}),
    ("kerja/sertifikat/", {"code": "{certificate}"}),
    ("kerja/indikator/baru/", {"code": "{running}"}),
    ("kerja/indikator/", {"code": "{framework}"}),
    ("kerja/ukuran/", {"code": "{indicator}"}),
    ("kerja/nilai/", {"code": "{value}"}),
    ("kerja/laporan/tahunan/", {"code": "{village}"}),
    ("kerja/laporan/kemajuan/", {"code": "{running}"}),
    ("kerja/laporan/", {"code": "{report}"}),
    ("kerja/daftar-kerja-sama/", {"kind": "csv"}),
    ("kerja/kecocokan/desa/", {"code": "{village}", "kind": "csv"}),
    ("kerja/kecocokan/tawaran/", {"code": "{partner_offer}", "kind": "csv"}),
    ("kerja/kecocokan/daftar/", {"code": "{shortlist}", "kind": "csv"}),
    ("kerja/kecocokan/mengapa/", {"code": "{village}", "offer": "{partner_offer}"}),
    ("kerja/undian-desa/", {"code": "{asked_draw}"}),
    ("kerja/undian/", {"code": "{draw}"}),
    ("kerja/putaran/", {"code": "{round}"}),
    ("kerja/hitungan-putaran/", {"code": "{round_run}"}),
    ("kerja/sanggahan-putaran/", {"code": "{round_objection}"}),
    ("kerja/peserta-putaran/desa/", {"code": "{round_village}"}),
    ("kerja/peserta-putaran/tawaran/", {"code": "{round_offer}"}),
    ("kerja/peserta-putaran/", {"code": "{round_side}"}),
    ("kerja/perkenalan/", {"code": "{introduction}"}),
    ("kerja/kabar/", {"code": "{notice}"}),
    ("saya/tersimpan/", {"code": "{my_value}"}),
    ("saya/izin/", {"code": "{my_consent}"}),
    ("saya/kunci-program/", {"code": "{my_token}"}),
    ("data-pribadi/lihat/", {"code": "{sealed_value}"}),
    ("data-pribadi/nomor-ganda/", {"code": "{number_case}"}),
    ("data-pribadi/izin/", {"code": "{withdrawn_consent}"}),
    ("data-pribadi/kebocoran/", {"code": "{data_breach}"}),
    ("data-pribadi/hapus/", {"code": "{person}"}),
    ("orang/", {"code": "{person}", "pk": "{office}"}),
    ("surat-akses/", {"code": "{letter}"}),
    ("desa/", {"code": "{village}"}),
    ("mitra/daftar/", {"code": "{partner_request}"}),
    ("mitra/", {"code": "{partner}"}),
    ("tawaran/", {"code": "{partner_offer}"}),
    ("panggilan/", {"code": "{call}", "kind": "kak"}),
    ("kemitraan/", {"code": "{case}"}),
    ("antar-desa/peraturan/", {"code": "{public_joint_regulation}"}),
    ("antar-desa/", {"code": "{joint_offer}"}),
    ("pembanding/", {"code": "{rival_call}"}),
    ("undian/", {"code": "{published_draw}"}),
    ("putaran/", {"code": "{round}"}),
    ("bantuan/aturan/", {"chapter": "umum"}),
    ("verifikasi/", {"code": "{paper}"}),
    ("bahasa/", {"language": "en"}),
)
# What an address asks for besides its path, and what a page sends with its form.
ASKED = {"agreements.show_condition": "?syarat=netralitas", "agreements.word_amendment": "?batasan=1"}
SENT = {"messages.mark_read": "newest={notice}"}
# Acts on an offer to a village, which has no call.
OF_AN_OFFER = "unsolicited"


def routes() -> dict[str, str]:
    """Every address of the site as it is written in ``urls.py``, by its name."""
    return dict(_walk(get_resolver().url_patterns, ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Any:
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, here)
        else:
            yield each.name, here


def sent_with(name: str, world: World, role: str) -> str:
    """The fields that a page always sends along, as it does by itself."""
    return SENT.get(name, "").format(notice=world.for_role.get(("notice", role), ""))


def path_of(name: str, route: str, world: World, role: str) -> str:
    """The address with a record of the world in it, the one that this role was put in charge of where there is one."""
    if name == "page.village_by_digits":
        return f"/desa/{world.codes['village'].replace('.', '')}/"
    filled = f"/{route}"
    if "<" not in route:
        return filled
    for part, value in next(records for start, records in RECORDS if route.startswith(start)).items():
        record = value.strip("{}")
        if value != record:
            if record == "proposal" and OF_AN_OFFER in name:
                record = "offer"
            value = str(world.for_role.get((record, role)) or world.codes.get(record, "KOSONG0000"))
        for kind in ("", "str:", "int:", "slug:"):
            filled = filled.replace(f"<{kind}{part}>", value)
    assert "<" not in filled, f"{name}: no record for {filled}"
    return filled + ASKED.get(name, "")
