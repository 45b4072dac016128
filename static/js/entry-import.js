// An import that the worker is at: how far it has come, and the page anew when it is done.
import { load, RequestFailed } from "./http.js";

const EVERY_MILLISECONDS = 1500;
const place = document.querySelector("[data-import-progress]");
if (place) setTimeout(ask, EVERY_MILLISECONDS);

async function ask() {
  try {
    const state = await load(place.dataset.importProgress);
    if (!state.at_work) {
      location.reload();
      return;
    }
    show(state);
  } catch (error) {
    // Signed out: the page itself says so. Without a connection the next question may go through.
    if (error instanceof RequestFailed && error.status < 500) {
      location.reload();
      return;
    }
  }
  setTimeout(ask, EVERY_MILLISECONDS);
}

function show({ done, all }) {
  const bar = place.querySelector("progress");
  if (all === null) return;
  const written = place.querySelector("[data-import-done]");
  if (!written) {
    location.reload();
    return;
  }
  bar.max = all;
  bar.value = done;
  written.textContent = done.toLocaleString(document.documentElement.lang);
}
