"""The floor: two bare Django views that no page of this product can go below, on a file of the same villages.

``/v/33.04.19.2001/`` is one indexed query (F1), ``/list?after=`` a list of 20 out of all villages (FL). The middleware is
what a site with signing in has; nothing is translated, checked for permission or compressed. ``BENCH_FLOOR`` names the
file.
"""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

ONE = (
    "<!doctype html><title>{{ v.name }}</title><h1>{{ v.name }}</h1><p>{{ v.district }}, {{ v.regency }},"
    " {{ v.province }} {{ v.people }}</p>"
)
LIST = (
    "<!doctype html><title>Desa</title><form><input name=q></form><table>{% for v in rows %}<tr><td>"
    "<a href='/v/{{ v.code }}/'>{{ v.code }}</a><td>{{ v.name }}<td>{{ v.district }}<td>{{ v.regency }}"
    "<td>{{ v.province }}<td>{{ v.people }}<td>{{ v.status }}</tr>{% endfor %}</table>"
)
TEMPLATES = [
    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", {"one": ONE, "list": LIST})])
]

settings.configure(
    SECRET_KEY="floor",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_FLOOR"],
            "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL"},
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": TEMPLATES}}],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    LOGGING_CONFIG=None,
)
django.setup()


class Village(models.Model):
    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=120)
    district = models.CharField(max_length=120)
    regency = models.CharField(max_length=120)
    province = models.CharField(max_length=120)
    latitude = models.FloatField()
    longitude = models.FloatField()
    people = models.IntegerField()
    area = models.FloatField()
    status = models.CharField(max_length=12)

    class Meta:
        app_label = "floor"
        db_table = "village"

    def __str__(self) -> str:
        return self.name


def one(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "one", {"v": Village.objects.get(code=code)})


def listed(request: HttpRequest) -> HttpResponse:
    return render(request, "list", {"rows": Village.objects.filter(pk__gt=request.GET["after"]).order_by("pk")[:20]})


urlpatterns = [path("v/<str:code>/", one), path("list", listed)]
application = get_wsgi_application()
