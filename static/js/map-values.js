// The figures by village code, in names instead of places in a list.

const FIELDS = ["state", "numerator", "denominator", "dwellings", "reportedOn", "isWithheld"];
// A village that the figures leave out: nobody has reported such dwellings there by that date.
const NOT_COUNTED = { ...Object.fromEntries(FIELDS.map((field) => [field, null])), state: "not_counted", share: null };

export function villagesByCode(data) {
  return new Map(Object.entries(data.villages).map(([code, row]) => [code, named(row)]));
}

// What lies between two dates: only where both have a figure to show.
export function changed(before, after) {
  return new Map([...after].map(([code, now]) => [code, difference(before.get(code), now)]));
}

function difference(then, now) {
  const both = [then?.state ?? "not_shown", now.state];
  const less = ["not_expected", "not_shown", "undefined"].find((state) => both.includes(state));
  const state = less ?? (both.includes("overdue") ? "overdue" : "reported");
  const isKnown = !less && then.share !== null && now.share !== null;
  return { ...now, state, before: then?.share ?? null, after: now.share, share: isKnown ? now.share - then.share : null, isChange: true };
}

function named(row) {
  const value = Object.fromEntries(FIELDS.map((field, index) => [field, row[index]]));
  // Nothing divided by nothing is nothing known: never 0 %.
  value.share = value.numerator === null || !value.denominator ? null : value.numerator / value.denominator;
  return value;
}

export class Printer {
  constructor(language, words) {
    this.words = words;
    this.count = new Intl.NumberFormat(language);
    this.percent = new Intl.NumberFormat(language, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
    this.points = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" });
    this.date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  }

  // The figure in a few words, for a label by the pointer or to be read out.
  brief(value = NOT_COUNTED) {
    if (value.share === null) return this.words.brief[value.state] ?? "–";
    if (value.isChange) return `${this.points.format(value.share * 100).replace("-", "\u2212")} ${this.words.points}`;
    return this.percent.format(value.share);
  }

  // The figure with what stands behind it, a line each.
  lines(value = NOT_COUNTED) {
    const { words } = this;
    const lines = [];
    if (value.isChange) {
      if (value.share === null) return [words.states[value.state]];
      lines.push(`${words.before}: ${this.percent.format(value.before)}`, `${words.after}: ${this.percent.format(value.after)}`);
      return value.state === "overdue" ? [...lines, words.states.overdue] : lines;
    }
    if (value.numerator !== null && value.denominator !== null) {
      lines.push(`${this.count.format(value.numerator)} ${words.numerator} ${words.of} ${this.count.format(value.denominator)} ${words.denominator}`);
    } else if (value.dwellings !== null) {
      lines.push(`${this.count.format(value.dwellings)} ${words.dwellings}`);
    }
    if (value.state === "overdue" && value.reportedOn) {
      lines.push(`${words.figureFrom} ${this.date.format(new Date(value.reportedOn))}`);
    } else {
      lines.push(words.states[value.state]);
    }
    if (value.isWithheld) lines.push(words.internal);
    return lines;
  }
}
