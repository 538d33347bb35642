"""A result is entered in one transaction, though nbgrader's Gradebook commits at each of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nbgrader.api import Gradebook
from sqlalchemy.orm import Session, scoped_session, sessionmaker


class _StepwiseSession(Session):
    """A session whose commits only flush while it is ``held``."""

    held = False

    def commit(self) -> None:
        if self.held:
            self.flush()
        else:
            super().commit()


class OneTransactionGradebook(Gradebook):
    """nbgrader's Gradebook, whose steps can be made one."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.db.remove()  # type: ignore[has-type]
        self.db = scoped_session(sessionmaker(bind=self.engine, class_=_StepwiseSession))

    @contextmanager
    def one_transaction(self) -> Iterator[None]:
        """What is done in here is committed once, at its end; where that is not reached, none of it is."""
        session = self.db()
        session.held = True
        try:
            yield
            session.held = False
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.held = False
