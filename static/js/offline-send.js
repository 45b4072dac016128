// Sends what waits, one record at a time, oldest first, by one tab at a time.
//
// A record leaves the device only when the server has said that it is stored. What the server
// refuses stays with its words; without an answer all stay, and sending is tried again later.
import { record, records, REFUSED, settle, VERSIONS, WAITING } from "./offline-queue.js";

const ADDRESS = "/sessions/records";
const TOKEN = "/sessions/records/token";
const PATIENCE_MILLISECONDS = 30_000;
const PASSING = new Set([408, 425, 429]);
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 300_000;

export const IDLE = "idle";
export const SENDING = "sending";
export const AWAY = "away";
export const SIGNED_OUT = "signed-out";

export class Sender extends EventTarget {
  #timer = null;
  #failures = 0;
  #state = IDLE;

  constructor() {
    super();
    addEventListener("online", () => this.sendNow());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.send();
    });
  }

  get state() {
    return this.#state;
  }

  // Sends all that can be sent, unless another tab does: the state that it ended in, and where the
  // record that somebody waits for can be seen when it was stored.
  async send({ awaited = null } = {}) {
    clearTimeout(this.#timer);
    Object.assign(this, { awaited, address: null });
    const state = await navigator.locks.request("outreach-send", { ifAvailable: true }, (lock) => (lock ? this.#all() : null));
    if (state === null) {
      // Somebody asked while a try was under way, in this tab or another: one more after it.
      this.#later(FIRST_PAUSE);
      return { state: this.#state, address: null };
    }
    this.#turn(state);
    if (state === AWAY) this.#later(this.#waited());
    else this.#failures = 0;
    return { state, address: this.address };
  }

  async #all() {
    if (!(await records()).some(isSendable)) return IDLE;
    this.#turn(SENDING);
    const pass = await freshPass();
    if (pass.state) return pass.state;
    const tried = new Set();
    const left = async () => (await records()).filter((one) => isSendable(one) && one.owner === pass.owner && !tried.has(one.key));
    // Listed again and again, as more may be written while these are sent.
    for (let listed = await left(); listed.length; listed = await left()) {
      for (const { key } of listed) {
        tried.add(key);
        const state = await navigator.locks.request(`record:${key}`, { ifAvailable: true }, (lock) => (lock ? this.#one(key, pass) : null));
        if (state) return state;
      }
    }
    return IDLE;
  }

  // Sends one record; null to go on with the next, or the state that sending must stop in.
  async #one(key, pass, { isSecondTry = false } = {}) {
    const seen = await record(key);
    if (!seen || !isSendable(seen)) return null;
    await settle(seen, { wasSent: true, tries: (seen.tries ?? 0) + 1 });
    const answer = await asked(ADDRESS, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": pass.token },
      body: JSON.stringify({
        key: seen.key,
        session: seen.session ?? null,
        base_version: seen.base_version ?? null,
        base: seen.base ?? null,
        fields: seen.fields,
        is_awaited: key === this.awaited,
      }),
    });
    // The network of a hotel or a train may answer anything; only our own words count.
    if ((answer.status === 200 || answer.status === 201) && answer.body?.key === key) {
      this.#failures = 0;
      await settle(seen, null);
      if (key === this.awaited) this.address = answer.body.address;
      return null;
    }
    if (answer.status === 400 && !isSecondTry) {
      const fresh = await freshPass();
      return fresh.state ?? (fresh.owner === pass.owner ? this.#one(key, fresh, { isSecondTry: true }) : IDLE);
    }
    if (answer.status === 401) return SIGNED_OUT;
    if (!answer.body || answer.status >= 500 || PASSING.has(answer.status) || answer.status < 400) return AWAY;
    await settle(seen, refused(seen, answer));
    return null;
  }

  #turn(state) {
    this.#state = state;
    this.dispatchEvent(new Event("state"));
  }

  // A person who asks for it does not wait as long as a script that asks by itself.
  sendNow() {
    this.#failures = 0;
    return this.send();
  }

  #waited() {
    this.#failures += 1;
    return Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), LONGEST_PAUSE);
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), pause);
  }
}

function isSendable(record) {
  return record.state === WAITING || record.state === VERSIONS;
}

// What becomes of a record that the server has answered with a refusal.
function refused(seen, { status, body }) {
  const said = body?.messages ?? [];
  if (status === 409 && body?.reason === "key_used" && seen.isEdited && body.session) {
    // It had arrived before it was edited here: what was edited is a change of what is stored.
    const now = new Date().toISOString();
    return { key: crypto.randomUUID(), session: body.session, base_version: body.version, changedAt: now, isEdited: false, wasSent: false };
  }
  if (status === 409 && body?.reason === "versions") {
    return { state: VERSIONS, said, overlap: body.overlap, address: body.address };
  }
  return { state: REFUSED, said, status, reason: body.reason ?? null };
}

async function freshPass() {
  const { status, body } = await asked(TOKEN);
  if (status !== 200 || !body || !("owner" in body)) return { state: AWAY };
  return body.owner ? { token: body.token, owner: body.owner } : { state: SIGNED_OUT };
}

// Status and JSON of an answer; status 0 when none came.
async function asked(address, { headers = {}, ...options } = {}) {
  try {
    const response = await fetch(address, {
      ...options,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MILLISECONDS),
      headers: { Accept: "application/json", ...headers },
    });
    const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
    return { status: response.status, body: isJson ? await response.json() : null };
  } catch {
    return { status: 0, body: null };
  }
}
