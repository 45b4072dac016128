// What was typed in a reporting form and not acknowledged yet, kept on the device.
// A place is an association and a day, as the forms of several may come from one address.

export function keep(place, content) {
  try {
    localStorage.setItem(name(place), JSON.stringify(content));
  } catch {
    // A browser without storage still has the page itself.
  }
}

export function kept(place) {
  try {
    return JSON.parse(localStorage.getItem(name(place)));
  } catch {
    return null;
  }
}

export function forget(place) {
  try {
    localStorage.removeItem(name(place));
  } catch {
    // As above.
  }
}

function name(place) {
  return `draft:${place}`;
}
