// A count as it is typed, read by the same rules as on the server (connections/reading.py).

const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g;
const WHOLE = /^(?:[0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,]0{1,2})?$/;
const DECIMAL = /^(?:[0-9]{1,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?:[.,][0-9]{1,12})?$/;
const AMBIGUOUS = /^[0-9]{1,3}(?:[.,][0-9]{3})+$/;
const NEGATIVE = /^[-−–] ?[0-9][0-9 .,]*$/;
const LONG = /^0*[1-9](?: ?[0-9]){7,}$/;
const POWER = /^[0-9.,]+ ?(?:e ?[+-]?|\^|\*\*) ?[0-9]+$/i;

// { value } for a number or null for a blank; { code } for what can't be read.
export function read(typed, largest) {
  const text = typed.replace(SPACES, " ").trim();
  if (!text) return { value: null };
  if (/[^\x00-\x7f]/u.test(text.replace(/[−–]/g, "")) && /\p{N}/u.test(text.replace(/[0-9]/g, ""))) {
    return { code: "other_digits" };
  }
  if (POWER.test(text)) return { code: "power" };
  if (LONG.test(text)) return { code: "too_large", facts: { largest } };
  if (AMBIGUOUS.test(text)) return { code: "ambiguous_thousands" };
  if (NEGATIVE.test(text)) return { code: "negative" };
  if (!WHOLE.test(text)) return { code: DECIMAL.test(text) ? "not_whole" : "not_a_number" };
  const value = Number(text.split(/[.,]/)[0].replaceAll(" ", ""));
  return value > largest ? { code: "too_large", facts: { largest } } : { value };
}

export function shown(number, decimals = 0) {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(document.documentElement.lang, digits).format(number);
}
