"""The settings of an instance in which one address may ask for like names as often as it likes: a bench is one address."""

from bermitra.site.settings import *  # noqa: F403
from bermitra.site.settings import ACCOUNT_RATE_LIMITS

ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "similar": "1000000/m/ip"}
