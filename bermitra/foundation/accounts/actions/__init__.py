"""Verbs of accounts: register a person, issue and use an access letter, make and withdraw a key for a program.

Offices are given in ``foundation.people``.
"""

from bermitra.foundation.accounts.actions.letters import issue_letter, use_letter
from bermitra.foundation.accounts.actions.people import register_person
from bermitra.foundation.accounts.actions.tokens import make_token, withdraw_token

__all__ = ["issue_letter", "make_token", "register_person", "use_letter", "withdraw_token"]
