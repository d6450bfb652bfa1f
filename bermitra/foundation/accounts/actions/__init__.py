"""Verbs of accounts: register a person, issue and use an access letter. Offices are given in ``foundation.people``."""

from bermitra.foundation.accounts.actions.letters import issue_letter, use_letter
from bermitra.foundation.accounts.actions.people import register_person

__all__ = ["issue_letter", "register_person", "use_letter"]
