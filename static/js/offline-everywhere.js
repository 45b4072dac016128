// On every page: sends what waits on this device, and asks before signing out leaves it behind.
// Loads nothing more on devices where nobody ever opened the log form.
const KNOWN = "outreach-queue";

export function mindTheQueue(root) {
  if (!isKnownHere()) return;
  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-sign-out]");
    if (!form || event.submitter?.dataset.leave) return;
    event.preventDefault();
    try {
      const { leaveOrAsk } = await import("./offline-leaving.js");
      await leaveOrAsk(form);
    } catch {
      form.submit();
    }
  });
  // The form and the queue send by themselves.
  if (!root.querySelector("[data-offline-form], [data-offline-queue]")) {
    import("./offline-background.js").catch(() => {});
  }
}

function isKnownHere() {
  try {
    return localStorage.getItem(KNOWN) !== null;
  } catch {
    return false;
  }
}
