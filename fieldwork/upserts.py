"""Insert where there is nothing yet: the same words in both databases, but two dialects of SQLAlchemy."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import Insert


class Upsert:
    """An insert that replaces `columns` of the row with the same `key`; without columns it leaves that row alone."""

    def __init__(self, model: type[DeclarativeBase], key: Sequence[str], columns: Sequence[str] = ()) -> None:
        """Build the statement for each database once."""
        self._statements: dict[str, Insert] = {}
        for name, dialect in {"sqlite": sqlite, "postgresql": postgresql}.items():
            statement = dialect.insert(model)
            replaced = {column: statement.excluded[column] for column in columns}
            self._statements[name] = (
                statement.on_conflict_do_update(index_elements=key, set_=replaced)
                if columns
                else statement.on_conflict_do_nothing(index_elements=key)
            )

    def run(self, session: Session, **values: object) -> bool:
        """Insert these values. True if a row was written; false if one was there and was left alone."""
        connection = session.connection()
        counting = {"preserve_rowcount": True}  # PostgreSQL's driver counts inserts only when asked to
        statement = self._statements[connection.dialect.name]
        return connection.execute(statement, values, execution_options=counting).rowcount == 1
