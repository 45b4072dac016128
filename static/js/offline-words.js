// Sentences of the queue, in the reader's language. The words come with the page.

const DAY_MILLISECONDS = 86_400_000;

export class Words {
  constructor(words, language) {
    this.words = words;
    this.language = language;
    this.plural = new Intl.PluralRules(language);
  }

  say(name, facts = {}) {
    return (this.words[name] ?? "").replace(/\{(\w+)\}/g, (whole, fact) => facts[fact] ?? whole);
  }

  count(name, number, facts = {}) {
    const form = this.plural.select(number) === "one" ? "one" : "other";
    return this.say(`${name}_${form}`, { number: number.toLocaleString(this.language), ...facts });
  }

  // "since Tuesday" within a week, and a date before that.
  since(moment, now = new Date()) {
    const then = new Date(moment);
    const days = Math.round((midnight(now) - midnight(then)) / DAY_MILLISECONDS);
    if (days <= 0) return this.words.since_today;
    if (days === 1) return this.words.since_yesterday;
    if (days < 7) return this.words.since_weekdays[then.getDay()];
    return this.say("since_date", { date: this.day(then) });
  }

  // "2 wait, the oldest since Tuesday"
  waiting(records) {
    const oldest = records.map((one) => one.at).sort()[0];
    return this.count("waiting", records.length, { since: oldest ? this.since(oldest) : "" });
  }

  day(moment) {
    return new Date(moment).toLocaleDateString(this.language, { day: "numeric", month: "long", year: "numeric" });
  }

  moment(moment) {
    return new Date(moment).toLocaleString(this.language, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  }
}

export function wordsIn(root) {
  return new Words(JSON.parse(root.dataset.words), document.documentElement.lang);
}

function midnight(moment) {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}
