"""Every link of the help pages leads to a page that answers, and every anchor to a place on it."""

import re
from html import unescape
from urllib.parse import urljoin

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HELP = "/bantuan/"


def links(text: str) -> set[str]:
    return {unescape(each) for each in re.findall(r'<a\b[^>]*\bhref="([^"]*)"', text)}


def places(text: str) -> set[str]:
    return {unescape(each) for each in re.findall(r'\bid="([^"]*)"', text)}


def test_every_link_of_the_help_pages_leads_somewhere(people):
    client, read, waiting, followed = Client(), {}, [HELP], 0
    while waiting:
        page = waiting.pop()
        answer = client.get(page)
        assert answer.status_code in (200, 302), page  # what is behind the door leads to the sign-in page
        read[page] = answer.content.decode() if answer.status_code == 200 else ""
        if page.startswith(HELP):
            found = {urljoin(page, each).partition("#")[0] for each in links(read[page])}
            waiting += [each for each in found if each.startswith("/") and each not in read and each not in waiting]
    for page in (each for each in read if each.startswith(HELP)):
        for link in links(read[page]):
            address, _, anchor = urljoin(page, link).partition("#")
            if anchor and read.get(address):
                assert anchor in places(read[address]), (page, link)
                followed += 1
    assert len(read) > 10
    assert followed > 0
