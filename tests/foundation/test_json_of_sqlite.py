"""A new connection asks nobody whether its database knows JSON: on SQLite the question would wait for the writer."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


def test_a_new_connection_knows_json_without_waiting_for_the_writer():
    fresh = connection.copy()
    try:
        with CaptureQueriesContext(fresh) as asked:
            assert fresh.features.has_json_object_function
        assert not [query["sql"] for query in asked.captured_queries if "JSON" in query["sql"]]
    finally:
        fresh.close()
