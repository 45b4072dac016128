"""The declarative base, its naming convention, and closed sets stored as checked text."""

from enum import StrEnum

from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Every mapped class of the program derives from this one."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


def text_enum(members: type[StrEnum], *, name: str) -> Enum:
    """A column type for a closed set: its values as text, with a check constraint named `name`.

    Text rather than a database enum, because SpatiaLite has none and because a new member is then
    a change of one check on both databases.
    """
    return Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=max(40, *(len(member.value) for member in members)),
        values_callable=lambda enum: [member.value for member in enum],
    )
