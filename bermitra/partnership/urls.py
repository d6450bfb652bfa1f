"""Addresses of this stage: nouns, a page per act."""

from django.urls import path

from bermitra.partnership import views

urlpatterns = [
    path("kemitraan-baru/", views.open_case, name="partnership.open"),
    path("kemitraan/<str:code>/uraian/", views.describe, name="partnership.describe"),
    path("kemitraan/<str:code>/kebutuhan/", views.link_needs, name="partnership.link_needs"),
    path("kemitraan/<str:code>/anggaran/", views.record_budget, name="partnership.record_budget"),
    path("kemitraan/<str:code>/manfaat-biaya/", views.weigh, name="partnership.weigh"),
    path("kemitraan/<str:code>/tata-ruang/", views.check_place, name="partnership.check_place"),
    path("kemitraan/<str:code>/aset-desa/", views.plan_assets, name="partnership.plan_assets"),
    path("kemitraan/<str:code>/warga-terdampak/", views.say_consent, name="partnership.say_consent"),
    path("kemitraan/<str:code>/rencana-desa/", views.link_plan_line, name="partnership.link_plan_line"),
    path("kemitraan/<str:code>/lembar-pokok/", views.show_sheet, name="page.term_sheet"),
    *(
        path(f"kemitraan/<str:code>/{address}/", views.step, {"door": door}, name=door)
        for address, door in (
            ("prioritas", "partnership.submit_priorities"),
            ("prioritas/hasil", "partnership.record_priority"),
            ("pembatalan", "partnership.cancel"),
            ("penarikan", "partnership.withdraw"),
            ("catatan", "partnership.note"),
            ("lembar-pokok/kunci", "partnership.table_term_sheet"),
            ("lembar-pokok/persetujuan", "partnership.agree_term_sheet"),
        )
    ),
    *(
        path(f"kemitraan/<str:code>/lembar-pokok/{address}/", views.write_topic, {"topic": topic}, name=name)
        for address, topic, name in (
            ("ruang-lingkup", "scope", "partnership.draft_term_sheet"),
            ("tata-cara", "procedure", "partnership.sheet_procedure"),
            ("jangka-waktu", "term", "partnership.sheet_term"),
            ("nilai", "money", "partnership.sheet_money"),
            ("batasan", "limits", "partnership.sheet_limits"),
        )
    ),
    *(
        path(
            f"kemitraan/<str:code>/lembar-pokok/{address}/",
            views.write_rows,
            {"table": table},
            name=f"partnership.sheet_{table}",
        )
        for address, table in (
            ("hak-kewajiban", "duties"),
            ("sumber-dana", "sources"),
            ("aset", "assets"),
            ("sanksi", "sanctions"),
        )
    ),
]
