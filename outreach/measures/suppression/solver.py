"""The search for what to withhold: villages first, and sums where villages don't suffice.

Everything it does withholds more and never less, so it comes to an end; and each withheld
figure keeps the certificate it was given, since withholding more leaves a certificate standing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from outreach.measures.suppression.cycles import Certificate, cheapest_cycle, exposed
from outreach.measures.suppression.search import Atlas, certificate_for
from outreach.measures.suppression.spells import Spell
from outreach.measures.suppression.sums import Place, Sums
from outreach.measures.suppression.table import Table


class Solver:
    """What is withheld of the spells of one kind: their `hidden` marks, and `sums`.

    `unchecked` are the counties and dates whose sums may still give away too small an amount;
    `audit.settle` goes through them.
    """

    def __init__(self, table: Table, spells: Sequence[Spell], sums: Sums) -> None:
        """Take spells and sums as they are; `close_strata` begins the work."""
        self.table = table
        self.sums = sums
        self.atlas = Atlas(spells)
        self.unchecked: set[Place] = set()
        self._present: dict[Place, list[Spell]] = {}

    def close_strata(self) -> None:
        """Complete what is withheld within each stratum, then look wider for what is left."""
        for spells in self.atlas.by_stratum.values():
            if any(spell.hidden for spell in spells):
                self._fill(spells)
                self._ring(spells)
        for spells in self.atlas.by_stratum.values():
            for spell in spells:
                if spell.hidden:
                    self.secure(spell)

    def secure(self, spell: Spell) -> None:
        """Give a hidden spell a certificate, and withhold what the certificate asks for."""
        if spell.secured:
            return
        certificate = cheapest_cycle([spell], self.atlas.by_stratum[spell.stratum])
        if certificate is None:
            certificate = certificate_for(spell, self.atlas)
            self._check(self.sums.charge(certificate))
        self._accept(certificate)
        for company, _ in certificate:
            self.secure(company)

    def complete(self, need: int, shown: Iterable[Spell], day: int) -> bool:
        """Hide and secure so many of the shown that none of the amounts needed is too small.

        False, and nothing hidden, if all of them together would not do.
        """
        chosen = self._cover(need, shown, day)
        if chosen is None:
            return False
        for spell in chosen:
            spell.hidden = True
        for spell in chosen:
            self._check_days(spell)
            self.secure(spell)
        return True

    def offered(self, shown: Iterable[Spell], day: int) -> int:
        """The amounts that hiding all of the shown would make large enough."""
        amounts = 0
        for spell in shown:
            if spell.usable and not spell.hidden:
                amounts |= self.table.masks[spell.row_on(day)]
        return amounts

    def present(self, municipality: str, day: int) -> list[Spell]:
        """The spells of a municipality on one date."""
        if not self._present:
            self._present = defaultdict(list)
            for spells in self.atlas.by_stratum.values():
                for spell in spells:
                    for some_day in range(spell.start, spell.end):
                        self._present[spell.stratum.municipality, some_day].append(spell)
        return self._present[municipality, day]

    def present_in_county(self, county: str, day: int) -> Iterator[Spell]:
        """The spells of a county on one date."""
        for municipality in self.atlas.municipalities[county]:
            yield from self.present(municipality, day)

    def _fill(self, spells: Sequence[Spell]) -> None:
        """Hide more of a stratum on each date on which too little of it is hidden."""
        by_day: dict[int, list[Spell]] = defaultdict(list)
        for spell in spells:
            for day in range(spell.start, spell.end):
                by_day[day].append(spell)
        for day in sorted(by_day):
            rows = [spell.row_on(day) for spell in by_day[day] if spell.hidden]
            if not rows:
                continue
            need = self.table.shortfall(rows)
            wishes = self.table.wishes(rows)
            if wishes:
                need |= wishes & self.offered(by_day[day], day)
            chosen = self._cover(need, by_day[day], day)
            if chosen is None:
                self.unchecked.add((spells[0].stratum.county, day))
                continue
            for spell in chosen:
                spell.hidden = True

    def _ring(self, spells: Sequence[Spell]) -> None:
        """Secure what can be secured within the stratum."""
        bare = set(exposed(spells))
        for spell in spells:
            spell.secured |= spell.hidden and spell not in bare
        for spell in sorted(bare, key=lambda spell: spell.order):
            certificate = cheapest_cycle([spell], spells)
            if certificate is not None:
                self._accept(certificate)

    def _accept(self, certificate: Certificate) -> None:
        """Hide what a certificate needs, and take it as the certificate of all it changes.

        But not if it was made for one of several spells of a figure. It holds only together
        with those of the others, and what the one adds to a spell in company, another can take.
        """
        first = certificate[0].spell
        own = [spell for spell, _ in certificate if spell.figure == first.figure]
        for spell, _ in certificate:
            if not spell.hidden:
                spell.hidden = True
                self._check_days(spell)
            spell.secured |= first.usable or spell in own

    def _cover(self, need: int, shown: Iterable[Spell], day: int) -> list[Spell] | None:
        """The fewest and cheapest to hide that have all the amounts needed; None if none do.

        What is not hidden has none or enough of each amount, so one of them is enough for every
        amount it has. Those whose figure is new on the date come first, as hiding an older one
        withholds what was public before.
        """
        mask = {
            spell: self.table.masks[spell.row_on(day)]
            for spell in shown
            if need and spell.usable and not spell.hidden
        }
        chosen: list[Spell] = []
        while need:
            best = min(
                mask,
                key=lambda spell: (
                    -(mask[spell] & need).bit_count(), spell.start != day, spell.order
                ),
                default=None,
            )  # fmt: skip
            if best is None or not mask[best] & need:
                return None
            chosen.append(best)
            need &= ~mask[best]
        return chosen

    def _check(self, places: Iterable[Place]) -> None:
        for area, day in places:
            self.unchecked.add((self.atlas.county_of.get(area, area), day))

    def _check_days(self, spell: Spell) -> None:
        self.unchecked.update((spell.stratum.county, day) for day in range(spell.start, spell.end))
