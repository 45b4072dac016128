// "/" puts the cursor in the page's search field, unless one is typing somewhere already.

const TYPING = "input, textarea, select, [contenteditable=''], [contenteditable='true']";

export function slashFocusesSearch(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.(TYPING)) return;
    const field = root.querySelector("input[type='search']");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
}
