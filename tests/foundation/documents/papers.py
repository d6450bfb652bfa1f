"""Two papers of invented people, used by the tests and looked at by eye: an access letter and a long agreement."""

from datetime import date

from bermitra.foundation.documents.compose import Issued
from bermitra.foundation.documents.model import (
    Annex,
    Article,
    Chapter,
    Clause,
    Code,
    Column,
    Copies,
    Document,
    Facts,
    Heading,
    Letterhead,
    Note,
    Numbered,
    Opening,
    PageBreak,
    Paragraph,
    Parties,
    Qr,
    Recital,
    Signatures,
    Size,
    Slot,
    Span,
    Table,
    Title,
    fill,
)

ISSUED = Issued("7K3M9QXD2A5TW", "https://bermitra.contoh.id/verifikasi/7K3M9QXD2A5TW/")
EXAMPLE = Issued(ISSUED.code, ISSUED.address, example=True)

OFFICE = Letterhead(
    ("PEMERINTAH KABUPATEN HARAPAN JAYA", "DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"),
    "Jalan Melati Nomor 8, Cipta Mulya 53400, Telepon (0286) 555 0188, dpmd@harapanjaya.contoh.id",
)
VILLAGE = Letterhead(
    ("PEMERINTAH KABUPATEN HARAPAN JAYA", "KECAMATAN CIPTA MULYA", "DESA SUMBERWARAS"),
    "Jalan Raya Sumberwaras Nomor 1, Kode Pos 68199, sumberwaras@desa.contoh.id",
)


def access_letter() -> Document:
    return Document(
        kind="access-letter",
        title="Surat akses Bermitra untuk Suyatno",
        dated=date(2026, 3, 2),
        author="Dinas Pemberdayaan Masyarakat dan Desa Kabupaten Harapan Jaya",
        letterhead=OFFICE,
        size=Size.A4,
        blocks=(
            Opening(
                "Cipta Mulya, 2 Maret 2026",
                (("Nomor", "400.10.2/118/DPMD/2026"), ("Sifat", "Rahasia"), ("Hal", fill("**Kode masuk Bermitra**"))),
                ("Yth. Bapak Suyatno", "Kepala Desa Sumberwaras", "di Sumberwaras"),
            ),
            "Anda diangkat sebagai Kepala Desa Sumberwaras. Dengan kode ini Anda membuka akun Bermitra milik Anda sendiri.",
            Code("Kode sekali pakai, berlaku sampai 16 Maret 2026", "T4WK9M2XQ7HD"),
            Heading("Cara memakai kode"),
            Numbered(
                (
                    fill("Buka alamat di bawah, atau arahkan kamera telepon ke kotak hitam putih."),
                    "Ketik kode di atas. Huruf besar dan kecil sama saja.",
                    fill("Buat kata sandi Anda sendiri, paling sedikit 12 huruf. __Jangan__ beri tahu siapa pun."),
                    "Simpan surat ini sampai Anda berhasil masuk, lalu sobek.",
                )
            ),
            Qr("Buka halaman ini untuk memakai kode.", address="https://bermitra.contoh.id/surat"),
            Note(
                "Petugas tidak pernah meminta kode atau kata sandi Anda. "
                "Kode tidak jalan? Datang ke kantor kami membawa surat ini.",
                heading="Jaga kode ini",
            ),
            Signatures(
                groups=(
                    ("", (Slot("dinas", ("Kepala Dinas,",), "Dra. Hj. Retno Wulandari, M.Si.", ("NIP 197004121995032001",)),)),
                ),
            ),
        ),
    )  # fmt: skip


def agreement(village: str = "Sumberwaras", note: str = "tidak ada", *, marked: bool = True) -> Document:
    return Document(
        kind="agreement",
        title=f"Perjanjian Bersama Desa {village} dan PT Tirta Agro Lestari",
        dated=date(2026, 3, 2),
        author=f"Pemerintah Desa {village}",
        letterhead=VILLAGE,
        initials=("PIHAK KESATU", "PIHAK KEDUA"),
        data={"villages": ["35.10.09.2004"], "rupiah": 485_001_500},
        blocks=(
            Title(
                ("PERJANJIAN BERSAMA", fill("ANTARA PEMERINTAH DESA {v}", v=village.upper()), "DENGAN PT TIRTA AGRO LESTARI"),
                (("Nomor Desa", "012/PB-SUMBERWARAS/III/2026"), ("Nomor Mitra", "045/PKS/TAL-DIR/III/2026")),
                "PENGELOLAAN AIR BERSIH DAN PEMBERDAYAAN KELOMPOK TANI KOPI",
            ),
            "Pada hari ini, Senin, tanggal dua bulan Maret tahun dua ribu dua puluh enam (02-03-2026), bertempat di Balai Desa, "
            "yang bertanda tangan di bawah ini:",
            Parties(
                (
                    ("SUYATNO", fill("Kepala Desa {v}, bertindak untuk dan atas nama Pemerintah Desa {v}, "
                     "selanjutnya disebut **PIHAK KESATU**;", v=village)),
                    ("RATNA DEWI, S.T.", fill("Direktur PT Tirta Agro Lestari, selanjutnya disebut **PIHAK KEDUA**.")),
                )
            ),
            Recital("Menimbang", ("bahwa warga membutuhkan air bersih sepanjang tahun;",
                                  "bahwa Musyawarah Desa tanggal 12 Februari 2026 menyetujui kerja sama ini.")),
            Recital("Mengingat", ("Undang-Undang Nomor 6 Tahun 2014 tentang Desa.",), marks=None),
            Chapter("KETENTUAN UMUM"),
            Article("Maksud dan Tujuan", (Clause("Kerja sama ini bermaksud:", (
                "menyediakan air bersih bagi 420 jiwa;", "menambah pendapatan kelompok tani kopi.")),)),
            Article("Ruang Lingkup", (
                Clause("Ruang lingkup kerja sama meliputi:", (
                    Clause("pembangunan instalasi air bersih, terdiri atas:", (
                        "sumur dalam;", Clause("rumah pompa:", ("satu unit di Dusun Krajan;", "satu unit di Dusun Puhrejo;"))),
                        key="instalasi"),
                    "pelatihan budi daya dan pascapanen kopi; dan", "pembelian hasil panen."),
                    tail="yang dirinci dalam rencana kerja tahunan."),
                fill("Rincian ruang lingkup tercantum dalam {@rincian}."),
            ), key="lingkup"),
            Chapter("PELAKSANAAN"),
            Article("Jangka Waktu", (
                Clause("Perjanjian Bersama ini berlaku 3 tahun, sejak 1 April 2026 sampai dengan 31 Maret 2029.", key="jangka"),
                fill("Jangka waktu sebagaimana dimaksud pada {@jangka} dapat diperpanjang setelah disetujui Musyawarah Desa."),
                fill("Penghentian diatur dalam {@henti}; instalasi pada {@instalasi} tetap milik Desa."),
            ), key="waktu"),
            Article("Pembiayaan", (
                "Biaya kerja sama sebesar Rp485.001.500,00 (empat ratus delapan puluh lima juta seribu lima ratus rupiah).",
                Table(
                    (Column("No.", 0.5, "center"), Column("Sumber", 3), Column("Tahun 2026", 2, "right"), Column("Tahun 2027", 2, "right")),
                    (("1", "PIHAK KEDUA", "Rp300.000.000,00", "Rp120.000.000,00"),
                     ("2", fill("APB Desa, __pendamping__"), "Rp40.000.000,00", "Rp25.001.500,00")),
                    caption="Sumber dan tahap pembiayaan",
                    foot=((Span("Jumlah", 2), "Rp340.000.000,00", "Rp145.001.500,00"),),
                ),
                fill("Pembayaran dilakukan ke Rekening Kas Desa paling lambat 14 hari sejak kegiatan pada {@lingkup} selesai."),
            )),
            *(Article(title, tuple(body)) for title, body in CLAUSES),
            Article("Penghentian", ("Perjanjian Bersama ini berakhir karena jangka waktunya habis atau kesepakatan PARA PIHAK.",
                                    fill("Catatan PIHAK KESATU: {note}.", note=note)), key="henti"),
            Heading("Nama setempat", level=3),
            Facts((("Aksara Bali", "Desa ᬧᬾᬗᬮᬶᬧᬸᬭᬦ᭄ ᬓᬘᬫᬢᬦ᭄ ᬩᬂᬮᬶ"), ("Pegon", "كمفوڠ سومبرواراس دان فيڬون"),
                   ("Aksara Jawa", "ꦝꦸꦱꦸꦤ꧀ꦏꦿꦗꦤ꧀"))),
            Note("Naskah ini bukan nasihat hukum. Mintalah pendapat bagian hukum kabupaten.", heading="Catatan"),
            Signatures(
                lead=(Article("Penutup", ("Perjanjian Bersama ini dibuat rangkap dua bermeterai cukup dan berkekuatan hukum sama.",)),),
                place_and_date=(fill("Dibuat di {v}", v=village), "pada tanggal 2 Maret 2026"),
                groups=(
                    ("", (Slot("kedua", ("PIHAK KEDUA", "Direktur PT Tirta Agro Lestari,"), "RATNA DEWI, S.T.", stamp=True,
                               copy="PIHAK KESATU", seal="CAP PERUSAHAAN" if marked else ""),
                          Slot("kesatu", ("PIHAK KESATU", "Kepala Desa Sumberwaras,"), "SUYATNO", stamp=True,
                               copy="PIHAK KEDUA", seal="CAP DESA" if marked else "", thumb=True))),
                    ("Mengetahui:", (Slot("bpd", ("Ketua Badan Permusyawaratan Desa,",), "DARSINI"),
                                     Slot("camat", ("Camat Cipta Mulya,",), "Drs. H. BAMBANG P.", ("NIP 196805051990031002",)),
                                     Slot("saksi", ("Saksi,",), "WAYAN SUDIARTA"))),
                ),
                witnesses=2,
            ),
            Copies(("Bupati Harapan Jaya;", "Camat Cipta Mulya;", "Ketua BPD Sumberwaras.")),
            Qr("Arahkan kamera ke kotak ini untuk memeriksa bahwa surat ini asli dan masih berlaku."),
            Annex("RINCIAN RUANG LINGKUP", (
                Table((Column("Kegiatan", 3), Column("Tempat", 2), Column("Selesai", 2)),
                      tuple((f"Kegiatan ke-{n}", f"RT {n:02d}", "31 Desember 2026") for n in range(1, 41)), small=True),
                PageBreak(),
                Paragraph("Daftar hadir penyusunan rincian.", align="center", keep=True),
                Table((Column("No.", 0.4, "center"), Column("Nama", 2), Column("Tanda tangan", 2)),
                      tuple((str(n), "", "") for n in range(1, 7)), tall=True),
            ), lines=("Perjanjian Bersama Nomor 012/PB-SUMBERWARAS/III/2026",), key="rincian"),
            Annex("JADWAL", (
                Table(tuple(Column(month) for month in ("Kegiatan", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun")),
                      (("Sumur dalam", "", "", "x", "x", "", ""), ("Pelatihan kopi", "", "", "", "x", "x", "x"))),
            ), landscape=True),
        ),
    )  # fmt: skip


CLAUSES = (
    ("Hak dan Kewajiban PIHAK KESATU", (
        "PIHAK KESATU berhak menerima satu unit instalasi air bersih berkapasitas 2 liter per detik paling lambat 30 September 2026.",
        "PIHAK KESATU berhak memeriksa pembukuan kegiatan melalui Badan Permusyawaratan Desa dan wakil warga.",
        Clause("PIHAK KESATU wajib:", (
            "menyediakan tanah kas Desa seluas 400 m² tanpa mengalihkan hak atas tanah;",
            "menetapkan pengelola air melalui seleksi terbuka; dan", "menganggarkan biaya operasional dalam APB Desa.")))),
    ("Hak dan Kewajiban PIHAK KEDUA", (
        "PIHAK KEDUA berhak memperoleh akses ke lokasi kegiatan sesuai jadwal yang disepakati.",
        "PIHAK KEDUA berhak membeli paling banyak 60% hasil panen dengan harga paling rendah 5% di atas harga pasar setempat.",
        Clause("PIHAK KEDUA wajib:", (
            "membiayai dan membangun instalasi sesuai spesifikasi;",
            "menyelenggarakan pelatihan dengan paling sedikit 40% peserta perempuan dan 20% warga miskin;",
            "mempekerjakan paling sedikit 15 orang warga Desa; dan",
            "menyampaikan laporan kemajuan setiap tanggal 10 pada awal triwulan.")))),
    ("Pelaporan dan Keterbukaan", (
        "PARA PIHAK menyusun laporan bersama setiap enam bulan dan mengumumkannya di papan informasi Desa.",
        "Setiap warga berhak menyampaikan keberatan, yang wajib dijawab dalam 14 hari.",
        "Data pribadi warga dalam laporan disamarkan.")),
    ("Keadaan Memaksa", (
        "Keadaan memaksa adalah bencana, wabah, dan kebijakan pemerintah yang membuat kewajiban tidak dapat dilaksanakan.",
        "Pihak yang mengalami keadaan memaksa memberi tahu pihak lain secara tertulis dalam 7 hari.",
        "Selama keadaan memaksa, kewajiban ditunda dan tidak dianggap lalai.")),
    ("Penyelesaian Perselisihan", (
        "Perselisihan diselesaikan secara musyawarah oleh PARA PIHAK dalam 30 hari.",
        "Apabila musyawarah tidak mencapai mufakat, Camat memfasilitasi dan memutuskan sesuai peraturan perundang-undangan.",
        "Selama perselisihan berlangsung, pelayanan air bersih kepada warga tidak boleh dihentikan.")),
)  # fmt: skip
