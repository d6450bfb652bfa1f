from django.apps import AppConfig

from bermitra.foundation.documents.access import ACCESS


class DocumentsConfig(AppConfig):
    name = "bermitra.foundation.documents"
    label = "documents"
    access = ACCESS
