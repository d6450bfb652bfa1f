"""Lists as files: exactly the rows of the page they are offered on, all of its pages."""

from bermitra.foundation.documents.sheets import csv, xlsx

__all__ = ["csv", "xlsx"]
