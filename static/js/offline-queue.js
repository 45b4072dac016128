// The queue: records that wait to be sent, and drafts of those still being written.
import { announce, makeKnown, within } from "./offline-store.js";

export const WAITING = "waiting";
export const REFUSED = "refused";
export const VERSIONS = "versions";
const REMOVED = "removed";

// Oldest first. What was deleted is left out.
export async function records() {
  const all = await within(["records"], "readonly", (get) => get("records").all());
  return all.filter((one) => one.state !== REMOVED).sort((a, b) => a.at.localeCompare(b.at));
}

export async function drafts() {
  const all = await within(["drafts"], "readonly", (get) => get("drafts").all());
  return all.sort((a, b) => b.at.localeCompare(a.at));
}

export async function record(key) {
  return within(["records"], "readonly", (get) => get("records").get(key));
}

export async function keepDraft(draft) {
  makeKnown();
  await within(["drafts"], "readwrite", (get) => get("drafts").put(draft));
  announce();
}

export async function forgetDraft(key) {
  await within(["drafts"], "readwrite", (get) => get("drafts").remove(key));
  announce();
}

// The record is in the queue and its draft is gone, together: no draft is left to be sent again.
// An edited record keeps its place in the queue and what is known of earlier tries to send it.
export async function enqueue(...all) {
  makeKnown();
  await within(["records", "drafts"], "readwrite", async (get) => {
    for (const written of all) {
      await get("records").put(queued(written, await get("records").get(written.key)));
      await get("drafts").remove(written.key);
    }
  });
  announce();
}

function queued(written, before) {
  const now = new Date().toISOString();
  return {
    tries: 0,
    wasSent: false,
    ...before,
    ...written,
    at: before?.at ?? now,
    changedAt: now,
    isEdited: Boolean(before?.wasSent) && !isSame(before.fields, written.fields),
    state: WAITING,
    said: [],
  };
}

// Changes a record that is still there and untouched since `seen`; false when it is not.
export async function settle(seen, changes) {
  const isDone = await within(["records"], "readwrite", async (get) => {
    const store = get("records");
    const now = await store.get(seen.key);
    if (!now || now.changedAt !== seen.changedAt || now.state === REMOVED) return false;
    if (changes === null) await store.remove(seen.key);
    else {
      await store.put({ ...now, ...changes });
      if (changes.key && changes.key !== seen.key) await store.remove(seen.key);
    }
    return true;
  });
  announce();
  return isDone;
}

// Deleting can be undone until the page is opened anew.
export async function remove(key) {
  await mark(key, (one) => ({ ...one, state: REMOVED, before: one.state }));
}

export async function restore(key) {
  await mark(key, ({ before, ...one }) => ({ ...one, state: before ?? WAITING }));
}

async function mark(key, changed) {
  await within(["records"], "readwrite", async (get) => {
    const one = await get("records").get(key);
    if (one) await get("records").put(changed(one));
  });
  announce();
}

export async function forgetRemoved() {
  await within(["records"], "readwrite", async (get) => {
    for (const one of await get("records").all()) if (one.state === REMOVED) await get("records").remove(one.key);
  });
}

export async function forgetAll() {
  await within(["records", "drafts", "synced"], "readwrite", async (get) => {
    for (const name of ["records", "drafts", "synced"]) await get(name).clear();
  });
  announce();
}

function isSame(one, other) {
  const ordered = (fields) => JSON.stringify(Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)));
  return ordered(one) === ordered(other);
}
