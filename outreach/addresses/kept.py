"""What is kept of a counted file, as JSON and back."""

import json
from dataclasses import asdict

from outreach.addresses.rules import Counted, Refusal, Sums, Village, VillageSums


def to_json(counted: Counted) -> str:
    """Sums and refusals, without a single address."""
    return json.dumps(asdict(counted), ensure_ascii=False, sort_keys=True)


def from_json(text: str) -> Counted:
    """The same again."""
    kept = json.loads(text)
    return Counted(
        villages=[
            VillageSums(
                Village(**each["village"]),
                Sums(**each["sums"]),
                is_circle=each["is_circle"],
                is_reported=each["is_reported"],
            )
            for each in kept["villages"]
        ],
        outside=Sums(**kept["outside"]),
        refused=[Refusal(**each) for each in kept["refused"]],
        refused_all=kept["refused_all"],
        without_zone=[Village(**each) for each in kept["without_zone"]],
    )
