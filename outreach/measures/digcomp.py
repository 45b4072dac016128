"""The five areas of digital competence: European Commission, DigComp 2.2 (2022)."""

from enum import StrEnum


class DigCompArea(StrEnum):
    """An area of competence, in the framework's order."""

    INFORMATION = "information"
    COMMUNICATION = "communication"
    CONTENT = "content"
    SAFETY = "safety"
    PROBLEM_SOLVING = "problem_solving"
