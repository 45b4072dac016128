// The figures by village code, in names instead of places in a list.

const FIELDS = ["state", "numerator", "denominator", "dwellings", "reportedOn", "isWithheld"];

export function villagesByCode(data) {
  return new Map(Object.entries(data.villages).map(([code, row]) => [code, named(row)]));
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
    this.date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  }

  // The figure in a few words, for a label by the pointer or to be read out.
  brief(value) {
    if (value?.share === null || value?.share === undefined) return this.words.brief[value?.state ?? "not_shown"] ?? "–";
    return this.percent.format(value.share);
  }

  // The figure with what stands behind it, a line each.
  lines(value) {
    const { words } = this;
    const lines = [];
    if (value.numerator !== null && value.denominator !== null) {
      lines.push(`${this.count.format(value.numerator)} ${words.numerator} ${words.of} ${this.count.format(value.denominator)} ${words.denominator}`);
    } else if (value.dwellings !== null) {
      lines.push(`${this.count.format(value.dwellings)} ${words.dwellings}`);
    }
    if (value.state === "overdue" && value.reportedOn) {
      lines.push(`${words.figureFrom} ${this.date.format(new Date(value.reportedOn))}`);
    } else if (value.share !== null) {
      lines.push(words.states[value.state]);
    }
    if (value.isWithheld) lines.push(words.internal);
    return lines;
  }
}
