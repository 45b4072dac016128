// What is wrong with a village's figures, and what asks for a reason; the server says it again.

export const FIELDS = ["dwellings", "homes_passed", "connected", "active"];
const RATED = new Set(["homes_passed", "connected"]);

// Errors by field: every count is within the nearest stated one before it.
export function broken(figures, register) {
  const errors = {};
  let limit = null;
  let code = null;
  if (figures.dwellings === null && register !== null && FIELDS.some((field) => figures[field] !== null)) {
    limit = register;
    code = "more_than_register";
  }
  for (const field of FIELDS) {
    const value = figures[field];
    if (value === null || value === undefined) continue;
    if (limit !== null && value > limit) errors[field] = { code, facts: { limit } };
    limit = value;
    code = `more_than_${field}`;
  }
  return errors;
}

// Doubts in the order of the fields: left out, fewer than last time, unusually many more, more connected
// than passed, unlike the register; each with the field it is about. `known` holds the last figures, the
// register and what is usual, and whether the village is done with: nothing is left out before that.
export function doubts(figures, { last, register, usual, isLeft }, limits) {
  const found = [];
  const isStarted = FIELDS.some((field) => figures[field] !== null);
  for (const field of FIELDS) {
    const after = figures[field] ?? null;
    const before = last[field];
    if (before === null) continue;
    if (after === null) {
      if (isStarted && isLeft && RATED.has(field)) found.push({ field, code: "left_out", facts: { before } });
    } else if (after < before) found.push({ field, code: "decrease", facts: { before, after } });
    else if (after - before > limits.jumpHomes) found.push(...jump(field, { before, after }, usual[field] ?? {}, limits));
  }
  found.push(...outpaced(figures, last, limits));
  const after = figures.dwellings ?? null;
  if (after !== null && register !== null && Math.abs(after - register) > limits.registerShare * register) {
    found.push({ field: "dwellings", code: "unlike_register", facts: { register, after } });
  }
  return found;
}

// Against the village's own growth and that of similar ones; against a share where neither is known.
function jump(field, facts, usual, limits) {
  const grown = facts.after - facts.before;
  const scores = [];
  let code = "jump";
  for (const whose of ["own", "similar"]) {
    if (!usual[whose]) continue;
    const [median, scale, low, high] = usual[whose];
    const z = (grown - median) / scale;
    scores.push(z);
    code += `_${whose}`;
    Object.assign(facts, { grown, [`${whose}_low`]: low, [`${whose}_high`]: high, [`${whose}_z`]: z });
  }
  const isJump = scores.length ? Math.max(...scores) > limits.unusual : grown > limits.jumpShare * facts.before;
  return isJump ? [{ field, code, facts }] : [];
}

function outpaced(figures, last, limits) {
  const both = [figures.connected, figures.homes_passed, last.connected, last.homes_passed];
  if (both.some((count) => count === null || count === undefined)) return [];
  const connected = figures.connected - last.connected;
  const passed = figures.homes_passed - last.homes_passed;
  const left = last.homes_passed - last.connected;
  const most = Math.max(limits.jumpHomes, limits.jumpShare * left);
  return connected > 0 && connected - passed > most ? [{ field: "connected", code: "outpaced", facts: { connected, passed, left } }] : [];
}
