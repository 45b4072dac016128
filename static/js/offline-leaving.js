// Signing out on a device that others use: the form's lists are forgotten, and who still has
// something to send is told so first.
import { drafts, forgetAll, records } from "./offline-queue.js";
import { forgetSynced } from "./offline-store.js";

export async function leaveOrAsk(form) {
  const unsent = (await records()).length + (await drafts()).length;
  if (unsent > 0) location.assign(form.dataset.signOut);
  else await leave(form);
}

// On the page that asks: leave and keep what is unsent, or leave and delete it.
export function answerSigningOut(root) {
  const form = root.querySelector("form[data-sign-out]");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form);
  });
  const deleting = root.querySelector("[data-leave='delete']");
  deleting.hidden = false;
  deleting.addEventListener("click", () => leave(form, { isEmptied: true }));
}

async function leave(form, { isEmptied = false } = {}) {
  try {
    await (isEmptied ? forgetAll() : forgetSynced());
  } catch {
    // Without storage nothing is kept either.
  }
  form.submit();
}
