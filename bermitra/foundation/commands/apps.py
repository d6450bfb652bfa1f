from django.apps import AppConfig


class CommandsConfig(AppConfig):
    name = "bermitra.foundation.commands"
    label = "commands"
