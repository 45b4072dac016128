// What is wrong with a village's figures, and what asks for a reason; the server says it again.

export const FIELDS = ["dwellings", "homes_passed", "connected", "active"];

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

// Doubts in the order of the fields: fewer than last time, many more, unlike the register.
export function doubts(figures, last, register, limits) {
  const found = [];
  for (const field of FIELDS) {
    const after = figures[field];
    const before = last[field];
    if (after === null || after === undefined || before === null) continue;
    const more = after - before;
    if (more < 0) found.push({ code: "decrease", facts: { before, after } });
    else if (more > limits.jumpHomes && more > limits.jumpShare * before) {
      found.push({ code: "jump", facts: { before, after } });
    }
  }
  const after = figures.dwellings;
  if (after !== null && after !== undefined && register !== null && Math.abs(after - register) > limits.registerShare * register) {
    found.push({ code: "unlike_register", facts: { register, after } });
  }
  return found;
}
