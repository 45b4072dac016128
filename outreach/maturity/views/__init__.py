"""The pages of digital maturity: results for everybody, the survey, and the staff's rounds."""

from outreach.maturity.views import paper, results, rounds, survey
from outreach.maturity.views.blueprint import blueprint

__all__ = ["blueprint", "paper", "results", "rounds", "survey"]
