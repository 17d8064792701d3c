"""The second factor: codes from an app, each good once, and recovery codes of which only hashes are kept."""

from flask import current_app
from flask_security.recovery_codes import MfRecoveryCodesUtil
from flask_security.totp import Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from fieldwork.entry.codes import fingerprint
from fieldwork.office import second_factors
from staff.here import database
from staff.sign_in.presence import Account


class OnceOnly(Totp):
    """Codes from an app: none is taken twice, not even by two requests at the same moment."""

    def get_last_counter(self, account: Account) -> int | None:
        """The half minute of the last code that was used."""
        with database().reading() as session:
            return second_factors.last_used(session, account.id)

    def set_last_counter(self, account: Account, match: TotpMatch) -> None:
        """Remember the code as used.

        Raises:
            UsedTokenError: it was used a moment ago.
        """
        with database().transaction() as session:
            if not second_factors.use(session, account.id, match.counter):
                raise UsedTokenError(expire_time=match.expire_time)


class HashedCodes(MfRecoveryCodesUtil):
    """Recovery codes: shown once, kept as hashes, and gone with their use."""

    def create_recovery_codes(self, account: Account) -> list[str]:
        """New codes, in place of all there were."""
        codes: list[str] = current_app.extensions["security"].totp_factory.generate_recovery_codes(
            current_app.config["SECURITY_MULTI_FACTOR_RECOVERY_CODES_N"]
        )
        with database().transaction() as session:
            second_factors.replace_recovery_codes(session, account.id, [_mark(account, code) for code in codes])
        return codes

    def get_recovery_codes(self, account: Account) -> list[str]:  # noqa: ARG002 - the library's signature
        """None: nobody can be shown them again."""
        return []

    def check_recovery_code(self, account: Account, code: str) -> bool:
        """True if it is one of theirs; it goes with this."""
        with database().transaction() as session:
            return second_factors.take_recovery_code(session, account.id, _mark(account, code))

    def delete_recovery_code(self, account: Account, code: str) -> bool:  # noqa: ARG002 - the library's signature
        """True: it went when it was checked."""
        return True


def _mark(account: Account, code: str) -> str:
    typed = "".join(code.lower().split()).replace("-", "")
    return fingerprint(f"{account.id} {typed}", current_app.extensions["pepper"])
