from django.apps import AppConfig

from bermitra.foundation.messages.access import ACCESS


class MessagesConfig(AppConfig):
    name = "bermitra.foundation.messages"
    label = "inbox"
    access = ACCESS
