"""The public code of a person or a record about people."""

from bermitra.foundation.codes import new_code


def _person_code() -> str:
    return new_code(10)


# The first migration names the function at the package.
_person_code.__module__ = "bermitra.foundation.accounts.models"
