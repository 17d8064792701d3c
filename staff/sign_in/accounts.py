"""The accounts, as the library that signs people in finds and keeps them."""

from typing import Any

from flask import g
from flask_security.datastore import UserDatastore

from fieldwork.database import Database
from staff.sign_in.presence import Account


class NoRole:
    """What people may do is said by their memberships; the library's own roles are not used."""

    name = ""


class Accounts(UserDatastore):
    """Reads an account at once and lets go of it; keeps what was changed when the library says so."""

    def __init__(self, database: Database) -> None:
        super().__init__(Account, NoRole)
        self.database = database

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:  # noqa: FBT001, FBT002 - the library's signature
        """The one account of which all this is true."""
        if case_insensitive:  # it concerns addresses, and those are kept in small letters
            wanted = {name: str(value).lower() for name, value in wanted.items()}
        with self.database.reading() as session:
            account: Account | None = session.query(Account).filter_by(**wanted).one_or_none()
            if account is not None:
                session.expunge(account)
            return account

    def find_role(self, role: str) -> None:  # noqa: ARG002 - the library's signature
        """None: the library's own roles are not used."""
        return

    def put(self, account: Account) -> Account:
        """Remember to keep what was changed."""
        g.setdefault("changed_accounts", {})[account.id] = account
        return account

    def commit(self) -> None:
        """Keep what was changed."""
        changed = g.pop("changed_accounts", {})
        if changed:
            with self.database.transaction() as session:
                for account in changed.values():
                    session.merge(account)

    def delete(self, account: Account) -> None:
        """Accounts are closed, never deleted: the audit names them."""
        raise NotImplementedError

    def reload(self, account: Account) -> Account:
        """The account as it is kept now."""
        return self.find_user(id=account.id) or account
