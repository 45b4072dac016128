// What this device keeps until the server has it: records, drafts, and what the form offers.
//
// A connection is opened for each transaction and closed after it, since iOS closes those of pages
// that were in the background. Everything kept belongs to an owner, an opaque mark that the server
// gives each account: what one person wrote is never sent in another's name.

const NAME = "outreach";
const VERSION = 1;
export const NEWS = "outreach-queue";
const KNOWN = "outreach-queue";

function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("records", { keyPath: "key" });
      request.result.createObjectStore("drafts", { keyPath: "key" });
      request.result.createObjectStore("synced", { keyPath: "name" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Runs `work(get)` in one transaction, where `get(store)` gives the wrapped store. All of it is
// on disk when the promise is kept, or nothing is.
export async function within(stores, mode, work, { durability = "strict" } = {}) {
  const database = await opened();
  try {
    const transaction = database.transaction(stores, mode, { durability });
    const finished = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    finished.catch(() => {});
    const value = await work((name) => wrapped(transaction.objectStore(name)));
    await finished;
    return value;
  } finally {
    database.close();
  }
}

function wrapped(store) {
  const asked = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  return {
    all: () => asked(store.getAll()),
    get: (key) => asked(store.get(key)),
    put: (value) => asked(store.put(value)),
    remove: (key) => asked(store.delete(key)),
    clear: () => asked(store.clear()),
  };
}

// Tells the other tabs, and this one's own listeners, that something here is different.
export function announce() {
  const channel = new BroadcastChannel(NEWS);
  channel.postMessage("changed");
  channel.close();
  dispatchEvent(new Event(NEWS));
}

// Other pages look for what waits only on a device that has ever kept something.
export function makeKnown() {
  try {
    localStorage.setItem(KNOWN, "1");
  } catch {
    // Without it other pages don't send; the form and the queue do.
  }
}

export async function synced(name) {
  return within(["synced"], "readonly", (get) => get("synced").get(name));
}

// What the form offers its owner. Another person's is replaced, never mixed in.
export async function keepSynced(name, owner, value) {
  makeKnown();
  await within(["synced"], "readwrite", async (get) => {
    const store = get("synced");
    for (const kept of await store.all()) if (kept.owner !== owner) await store.remove(kept.name);
    await store.put({ name, owner, value, at: new Date().toISOString() });
  });
}

export async function forgetSynced() {
  await within(["synced"], "readwrite", (get) => get("synced").clear());
}
