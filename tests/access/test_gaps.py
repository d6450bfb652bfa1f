"""Fail closed: an address or a door that the table does not name stops the start and answers 404."""

import pytest
from django.core.checks import run_checks
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from bermitra.foundation.accounts import permissions
from bermitra.foundation.accounts.gaps import check_for_gaps, url_names
from bermitra.foundation.commands.door import doors
from bermitra.foundation.commands.permits import Scope, page
from bermitra.site import urls


def test_the_table_has_no_gap():
    assert run_checks() == []
    assert doors.keys() <= permissions.table().keys()
    assert set(url_names()) <= permissions.table().keys()


@pytest.fixture
def secret_page(settings):
    class Site:
        urlpatterns = [*urls.urlpatterns, path("rahasia/", lambda request: HttpResponse("bocor"), name="page.secret")]

    settings.ROOT_URLCONF = Site


def test_an_address_without_a_row_is_an_error_and_a_404(secret_page):
    assert [each.id for each in check_for_gaps(None)] == ["accounts.E001"]
    assert Client().get("/rahasia/").status_code == 404


def test_a_row_for_nothing_and_an_unknown_role_are_errors(monkeypatch):
    rows = {**permissions.table(), "page.ghost": page("page.ghost", village_cat=Scope.ANY)}
    monkeypatch.setattr("bermitra.foundation.accounts.gaps.table", lambda: rows)
    assert sorted(each.id for each in check_for_gaps(None)) == ["accounts.E003", "accounts.E004"]
