from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    # Django tries JSON out in a transaction, which here is IMMEDIATE: the first page of a connection would wait for
    # the writer, and where the writer took too long the connection would deny JSON for as long as it lives.
    # `database.py` refuses a SQLite without JSON.
    supports_json_field = True


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
