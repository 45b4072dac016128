// Takes the reader to what went wrong, and from there to the field itself.

export function focusErrorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && root.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    labelOf(field)?.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

// The label, or the legend of the group, so that the reader sees what the field is.
function labelOf(field) {
  return field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0];
}
