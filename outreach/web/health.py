"""Whether the program answers: for balancers and for the start script."""

from flask import Blueprint

from outreach.web.access import PUBLIC, open_to

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@open_to(PUBLIC)
def health() -> dict[str, str]:
    """Answer that this process serves; asks the database nothing."""
    return {"status": "ok"}
