"""The blueprint that the gap's pages and files are routed by."""

from flask import Blueprint

blueprint = Blueprint("gap", __name__)
