"""The questions of the survey: the activities of DSI 2.0 in our own plain words, by version.

A version that has been answered never changes: a round keeps its version's number, and a test
keeps each version's fingerprint. Other words or activities are a new version. The words stand here
in both languages, and not among the translations, so that no later translation changes what was
asked.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from outreach.measures.digcomp import DigCompArea


@dataclass(frozen=True, slots=True)
class Activity:
    """Something done in the past three months; `code` names it in files."""

    code: str
    area: DigCompArea
    sv: str
    en: str

    def in_words(self, language: str) -> str:
        """The activity in a language of the pages."""
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version: its activities in the order they are asked."""

    version: int
    activities: tuple[Activity, ...]

    def of(self, area: DigCompArea) -> list[Activity]:
        """The activities of an area."""
        return [activity for activity in self.activities if activity.area is area]

    @property
    def codes(self) -> frozenset[str]:
        """The activities' codes."""
        return frozenset(activity.code for activity in self.activities)

    def as_text(self, done: Iterable[str]) -> str:
        """The activities done as a 1 or a 0 for each, in the questionnaire's order."""
        chosen = frozenset(done)
        return "".join("1" if one.code in chosen else "0" for one in self.activities)

    @property
    def fingerprint(self) -> str:
        """A hash of every word asked."""
        words = "\n".join(f"{one.code}|{one.area}|{one.sv}|{one.en}" for one in self.activities)
        return hashlib.sha256(words.encode()).hexdigest()


def _activities(area: DigCompArea, letter: str, *words: tuple[str, str]) -> list[Activity]:
    return [
        Activity(f"{letter}{number}", area, sv, en)
        for number, (sv, en) in enumerate(words, start=1)
    ]


_FIRST = (
    *_activities(
        DigCompArea.INFORMATION,
        "i",
        ("Sökt upplysningar om en vara eller tjänst", "Looked up a product or service"),
        ("Läst om hälsa, sjukdom eller kost", "Read about health, illness or diet"),
        ("Läst nyheter på nätet", "Read news online"),
        (
            "Kontrollerat om något du såg på nätet är sant",
            "Checked whether something you saw online is true",
        ),
    ),
    *_activities(
        DigCompArea.COMMUNICATION,
        "k",
        ("Skickat eller läst e-post", "Sent or read e-mail"),
        ("Ringt eller videosamtalat över nätet", "Made calls or video calls over the internet"),
        (
            "Skickat snabbmeddelanden, till exempel i en app",
            "Sent instant messages, for example in an app",
        ),
        (
            "Varit med i sociala medier: skrivit, delat eller haft en profil",
            "Taken part in social media: posted, shared or kept a profile",
        ),
        (
            "Sagt vad du tycker i en samhällsfråga på nätet",
            "Said what you think about a public matter online",
        ),
        (
            "Röstat eller svarat på ett samråd på nätet, till exempel ett medborgarförslag",
            "Voted or answered a consultation online, for example a citizens’ proposal",
        ),
    ),
    *_activities(
        DigCompArea.CONTENT,
        "c",
        ("Skrivit i ett ordbehandlingsprogram", "Written in a word processor"),
        ("Använt ett kalkylblad", "Used a spreadsheet"),
        (
            "Sorterat, filtrerat eller räknat med formler i ett kalkylblad",
            "Sorted, filtered or calculated with formulas in a spreadsheet",
        ),
        ("Ändrat bilder, film eller ljud", "Edited pictures, video or sound"),
        (
            "Flyttat eller kopierat filer mellan mappar, enheter eller molnet",
            "Moved or copied files between folders, devices or the cloud",
        ),
        (
            "Gjort något med både text, bilder, tabeller eller ljud, till exempel en presentation",
            "Made something that mixes text, pictures, tables or sound, such as a presentation",
        ),
        ("Skrivit programkod", "Written program code"),
    ),
    *_activities(
        DigCompArea.SAFETY,
        "s",
        (
            "Kontrollerat att en webbplats var säker innan du lämnade uppgifter",
            "Checked that a site was safe before giving details",
        ),
        (
            "Läst hur dina uppgifter används innan du lämnade dem",
            "Read how your details are used before giving them",
        ),
        (
            "Begränsat eller nekat en app att se var du är",
            "Limited or refused an app’s access to where you are",
        ),
        (
            "Begränsat vem som ser din profil eller det du delar",
            "Limited who sees your profile or what you share",
        ),
        (
            "Sagt nej till att dina uppgifter används för reklam",
            "Refused the use of your details for advertising",
        ),
        (
            "Ändrat webbläsarens inställningar för kakor",
            "Changed your browser’s settings for cookies",
        ),
    ),
    *_activities(
        DigCompArea.PROBLEM_SOLVING,
        "p",
        ("Installerat en app eller ett program", "Installed an app or a program"),
        (
            "Ändrat inställningar i en app, ett program eller en apparat",
            "Changed settings of an app, a program or a device",
        ),
        ("Handlat på nätet", "Bought something online"),
        ("Sålt något på nätet", "Sold something online"),
        (
            "Lärt dig något på nätet, till exempel en kurs eller film",
            "Learnt something online, for example from a course or video",
        ),
        ("Skött bankärenden på nätet", "Done your banking online"),
        ("Sökt jobb på nätet", "Looked for work online"),
    ),
)

QUESTIONNAIRES: Mapping[int, Questionnaire] = {1: Questionnaire(1, _FIRST)}
NEWEST = 1
"""The version that new rounds ask."""
