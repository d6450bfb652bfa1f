"""The public pages as anybody gets them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from bermitra.foundation.commands import clock
from tests.portal.makers import NOW, Example, everything


@pytest.fixture
def example(people) -> Example:
    return everything(people)


@pytest.fixture
def read() -> Callable[..., str]:
    """The text of a page on 20 January 2027, its white space folded; ``status`` is what it must answer with."""

    def get(address: str, status: int = 200, english: bool = False) -> str:
        client = Client(headers={"cookie": "bahasa=en"} if english else {})
        with clock.at(NOW):
            response = client.get(address)
        assert response.status_code == status, (address, response)
        return " ".join(response.content.decode().split())

    return get
