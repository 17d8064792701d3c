"""A quotation: redacted words that two people have agreed on. One that was not approved cannot be made."""

import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from surveys.text import Language, Text


def mark_of(text: str) -> str:
    """What stands for a comment where its words must not be: its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


def binding(question: str, comment_mark: str, words: str) -> str:
    """What an approval is bound to: the SHA-256 of exactly this question, this comment and these redacted words."""
    return mark_of(json.dumps([question, comment_mark, words], ensure_ascii=False))


class NotApproved(ValueError):
    """These words were not approved as they are by two people."""


@dataclass(frozen=True, slots=True)
class Approval:
    """That one person redacted a comment and another approved exactly that."""

    proposed_by: UUID
    approved_by: UUID
    bound_to: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words as they may be printed, without quotation marks. Nothing in it says who wrote them.

    Raises:
        NotApproved: the approval is of other words, another question or another comment, or one person gave it alone.
    """

    question_id: str
    question: Text
    language: Language
    words: str
    comment_mark: str
    approval: Approval

    def __post_init__(self) -> None:
        """Refuse what was not approved."""
        if self.approval.approved_by == self.approval.proposed_by:
            raise NotApproved("whoever redacted it cannot approve it")
        if self.approval.bound_to != binding(self.question.en, self.comment_mark, self.words):
            raise NotApproved("it was changed after it was approved")
