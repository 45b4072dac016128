// One tab at a time writes on one draft or record. The browser itself gives a claim back when its
// tab is closed or dies, so nothing is ever left claimed by nobody.

const held = new Map();

export async function claim(key) {
  if (held.has(key)) return true;
  return new Promise((resolve) => {
    navigator.locks.request(`record:${key}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise((release) => held.set(key, release)) : null;
    });
  });
}

export function giveBack(key) {
  held.get(key)?.();
  held.delete(key);
}
