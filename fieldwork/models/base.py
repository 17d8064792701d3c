"""What every table shares: names for constraints, random keys, definitions kept as JSON."""

import uuid
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel
from sqlalchemy import CheckConstraint, Dialect, MetaData, types
from sqlalchemy.orm import DeclarativeBase

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

# Rows lie in the order of their random keys: where one lies says nothing of when it came.
NO_ROW_ORDER = {"sqlite_with_rowid": False}

Kind = TypeVar("Kind", bound=BaseModel)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {uuid.UUID: types.Uuid(), str: types.Text()}  # noqa: RUF012 - SQLAlchemy's own way


class Definition(types.TypeDecorator[Kind], Generic[Kind]):
    """A pydantic definition, kept as JSON text."""

    impl = types.Text
    cache_ok = True

    def __init__(self, kind: type[Kind]) -> None:
        """Remember what to read it back as."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: Kind | None, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """The JSON to keep."""
        return None if value is None else value.model_dump_json(by_alias=True)

    def process_result_value(self, value: Any, dialect: Dialect) -> Kind | None:  # noqa: ARG002 - as above
        """The definition read back."""
        return None if value is None else self.kind.model_validate_json(value)


def one_of(column: str, literal: object) -> CheckConstraint:
    """The rule that the column holds one of the values of a Literal."""
    values = ", ".join(f"'{value}'" for value in get_args(literal))
    return CheckConstraint(f"{column} IN ({values})", name=column)
