"""Who of the office did what, when and why: entries that are only ever added, each bound to the one before."""

import uuid
from typing import Literal

from sqlalchemy import BigInteger, CheckConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from fieldwork.models.base import Base

Act = Literal[
    # people
    "added_person",
    "changed_roles",
    "made_administrator",
    "closed_account",
    "opened_account",
    "ended_sessions",
    "forgot_second_factor",
    "made_password_link",
    "signed_in",
    "signed_out",
    # audit and retention
    "read_audit",
    "ran_retention",
    "forgot_entries",
    "did_ledger_again",
    # inspections, waves and contacts
    "made_inspection",
    "changed_inspection",
    "planned_wave",
    "changed_plan",
    "dropped_plan",
    "opened_wave",
    "closed_wave",
    "uploaded_contacts",
    "threw_contacts_away",
    "confirmed_contacts",
    "looked_up_contact",
    "corrected_contact",
    "erased_contact",
    # concerns; the reasons and outcomes lie with them, for the safeguarding lead alone
    "read_concern",
    "raised_concern",
    "raised_practice",
    "acknowledged_concern",
    "referred_concern",
    "answered_concern",
    "closed_concern",
    "reopened_concern",
    "unmasked_number",
    "changed_cover",
    # comments
    "read_comment",
    "marked_comment_read",
    "coded_comment",
    "changed_themes",
    "changed_names",
    "proposed_redaction",
    "approved_redaction",
    "sent_back_redaction",
    "released_quotation",
    "took_back_quotation",
    # what leaves the office
    "took_snapshot",
    "released_snapshot",
    "exported",
    "fetched_file",
    # paper
    "gave_serials",
    "keyed_booklet",
    "read_keyings",
    "settled_booklet",
    "threw_keying_away",
    "changed_second_keying",
    "imported_responses",
    # ways in, and fieldwork
    "made_codes",
    "replaced_codes",
    "voided_codes",
    "renewed_open_link",
    "made_tablet",
    "switched_off_tablet",
    "set_target",
]

OF_CONCERNS: frozenset[Act] = frozenset(
    {
        "read_concern",
        "raised_concern",
        "acknowledged_concern",
        "referred_concern",
        "answered_concern",
        "closed_concern",
        "reopened_concern",
        "unmasked_number",
    }
)
"""What only a safeguarding lead may know of, down to the number of them: it stands on the page of each concern."""


class AuditEntry(Base):
    """One act. `mark` is the SHA-256 of all of it together with the mark of the entry before."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        CheckConstraint("length(mark) = 64", name="mark"),
        CheckConstraint("length(mark_before) = 64", name="mark_before"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    second: Mapped[int] = mapped_column(BigInteger)
    act: Mapped[Act] = mapped_column(types.Text, index=True)
    who_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    who: Mapped[str]
    inspection_id: Mapped[uuid.UUID | None] = mapped_column(index=True)  # no foreign key: entries outlive inspections
    about: Mapped[str]
    why: Mapped[str]
    mark_before: Mapped[str] = mapped_column(unique=True)
    mark: Mapped[str] = mapped_column(unique=True)
