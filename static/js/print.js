// What is folded on the screen is open on paper, and folded again afterwards.

export function openForPrint(target) {
  let opened = [];
  target.addEventListener("beforeprint", () => {
    opened = [...target.document.querySelectorAll("details:not(.menu):not([open])")];
    for (const details of opened) details.open = true;
  });
  target.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    opened = [];
  });
}
