"""Where people find service: service points, and strategic nodes as they were assessed."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from outreach.database import Base, text_enum
from outreach.database.spatial import Shape, point_type
from outreach.places.service_rules import ServiceKind


class ServicePoint(Base):
    """A grocery, a library, a place to fetch parcels … from the day it opened until it closed.

    A day that isn't known is None: such a point counts as open.
    """

    __tablename__ = "service_point"
    __table_args__ = (CheckConstraint("opened <= closed", name="opened_before_closed"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ServiceKind] = mapped_column(text_enum(ServiceKind, name="kind"))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    point: Mapped[Shape] = mapped_column(point_type())
    opened: Mapped[date | None] = mapped_column()
    closed: Mapped[date | None] = mapped_column()
    source: Mapped[str] = mapped_column(String(120))


class StrategicNode(Base):
    """A strategic node as one assessment found it; it holds until the node's next one.

    Each of the six may be unknown, which is not no.
    """

    __tablename__ = "strategic_node"
    __table_args__ = (UniqueConstraint("node", "assessed_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str] = mapped_column(String(60))
    assessed_on: Mapped[date] = mapped_column()
    name: Mapped[str] = mapped_column(String(120))
    municipality_code: Mapped[str] = mapped_column(ForeignKey("municipality.code"), index=True)
    point: Mapped[Shape] = mapped_column(point_type())
    basic_service: Mapped[bool | None] = mapped_column()
    public_service: Mapped[bool | None] = mapped_column()
    culture: Mapped[bool | None] = mapped_column()
    public_transport: Mapped[bool | None] = mapped_column()
    jobs: Mapped[bool | None] = mapped_column()
    broadband: Mapped[bool | None] = mapped_column()
    source: Mapped[str] = mapped_column(String(120))
