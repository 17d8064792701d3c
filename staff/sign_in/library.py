"""Flask-Security, without the provider's whole library: it would load that to send codes by text, which we never do."""

import sys

SENDS_CODES_BY_TEXT = "twilio.rest"

_had_it = SENDS_CODES_BY_TEXT in sys.modules
if not _had_it:
    sys.modules[SENDS_CODES_BY_TEXT] = None  # type: ignore[assignment]  # how Python is told that a module is not there
import flask_security  # noqa: E402 - after that

if not _had_it:
    del sys.modules[SENDS_CODES_BY_TEXT]

UserMixin = flask_security.UserMixin
check_and_update_authn_fresh = flask_security.utils.check_and_update_authn_fresh
logout_user = flask_security.utils.logout_user
