"""How Flask-Security is set up here: where its pages are, what they say, and what a password must be."""

import base64
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import Flask

from staff.sign_in import passwords, presence

RECOVERY_CODES = 8
WRONG = "This address and this password do not go together. Check both and try again."

MESSAGES = {
    "GENERIC_AUTHN_FAILED": WRONG,
    "INVALID_PASSWORD": WRONG,
    "USER_DOES_NOT_EXIST": WRONG,
    "DISABLED_ACCOUNT": WRONG,
    "EMAIL_NOT_PROVIDED": "Enter your e-mail address.",
    "INVALID_EMAIL_ADDRESS": "Enter an e-mail address, like name@example.org.",
    "PASSWORD_NOT_PROVIDED": "Enter your password.",
    "PASSWORD_IS_THE_SAME": "This is the password you had. Choose another.",
    "PASSWORD_RESET_NO_LOGIN": "Your password has been kept. Sign in with it.",
    "PASSWORD_CHANGE": "Your password has been changed. You are signed out everywhere else.",
    "TWO_FACTOR_INVALID_TOKEN": "This code is not right, or was used before. Wait for the next one.",
    "INVALID_RECOVERY_CODE": "This is not one of your recovery codes, or it was used before.",
    "TWO_FACTOR_LOGIN_SUCCESSFUL": "You are signed in.",
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": "Your new second factor works.",
    "TWO_FACTOR_PERMISSION_DENIED": "Sign in first.",
    "TWO_FACTOR_SETUP_EXPIRED": "That took too long. Start again.",
    "REAUTHENTICATION_SUCCESSFUL": "Thank you. You can go on.",
    "PASSWORD_RESET_REQUEST": "If somebody with that address works here, a mail with a link is on its way.",
    "INVALID_RESET_PASSWORD_TOKEN": "This link is not one of ours, or was used before.",
    "PASSWORD_RESET_EXPIRED": "This link is out of date. Ask for a new one.",
    "LOGIN": "Sign in to see this page.",
    "REFRESH": "Give your password again to see this page.",
    "RETYPE_PASSWORD_MISMATCH": "The two passwords are not the same.",
}


def settings_for(app: Flask) -> dict[str, Any]:
    """The library's settings, by the names it gives them."""
    secure = app.extensions["settings"].public_url.startswith("https:")
    return {
        "REMEMBER_COOKIE_SECURE": secure,
        "SECURITY_AUTO_LOGIN_AFTER_RESET": False,  # a new password does not stand in for the second factor
        "SECURITY_CHANGEABLE": True,
        "SECURITY_CHANGE_URL": "/your-account/password",
        "SECURITY_CHANGE_PASSWORD_TEMPLATE": "staff/sign_in/change_password.html",
        "SECURITY_CLI_ROLES_NAME": None,
        "SECURITY_CLI_USERS_NAME": None,
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_SENDER": app.extensions["settings"].mail_from,
        "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": "Perspective: choose a new password",
        "SECURITY_FORGOT_PASSWORD_TEMPLATE": "staff/sign_in/forgot_password.html",
        "SECURITY_FRESHNESS": presence.FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": presence.NO_GRACE,
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGIN_USER_TEMPLATE": "staff/sign_in/sign_in.html",
        "SECURITY_LOGOUT_CSRF": True,
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_USER_TEMPLATE": "staff/sign_in/sign_out.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": RECOVERY_CODES,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "staff/sign_in/recovery_codes.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/your-account/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_TEMPLATE": "staff/sign_in/recovery.html",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery-code",
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_LENGTH_MIN": passwords.SHORTEST,
        "SECURITY_PASSWORD_SALT": _derived(app, "passwords"),
        "SECURITY_POST_CHANGE_VIEW": "home.account",
        "SECURITY_POST_LOGIN_VIEW": "home.start",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_POST_VERIFY_VIEW": "home.start",
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_TEMPLATE": "staff/sign_in/reset_password.html",
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(days=1),
        "SECURITY_RESET_URL": "/sign-in/new-password",
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_SEND_PASSWORD_CHANGE_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_TOTP_ISSUER": "Perspective",
        "SECURITY_TOTP_SECRETS": {"1": _derived(app, "second factors")},
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "home.account",
        "SECURITY_TWO_FACTOR_REQUIRED": True,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_RESCUE_URL": "/sign-in/lost-telephone",
        "SECURITY_TWO_FACTOR_SELECT_URL": "/sign-in/which-factor",
        "SECURITY_TWO_FACTOR_SETUP_TEMPLATE": "staff/sign_in/second_factor.html",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/your-account/second-factor",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "SECURITY_TWO_FACTOR_VERIFY_CODE_TEMPLATE": "staff/sign_in/code.html",
        "SECURITY_VERIFY_TEMPLATE": "staff/sign_in/password_again.html",
        "SECURITY_VERIFY_URL": "/password-again",
        **{f"SECURITY_MSG_{name}": (words, "error") for name, words in MESSAGES.items()},
    }


def _derived(app: Flask, purpose: str) -> str:
    """A secret of its own for this purpose, from the one that lives outside the database."""
    made = HKDF(SHA256(), 32, salt=None, info=f"perspective {purpose}".encode()).derive(app.extensions["pepper"])
    return base64.urlsafe_b64encode(made).decode()
