// The legend's classes as buttons: the chosen one's villages stand out, the others step back.

export function followLegend(list, page) {
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-mark]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    mark(page.map.mark === link.dataset.mark ? null : link.dataset.mark, { isStep: true });
  });
  addEventListener("popstate", () => mark(new URLSearchParams(location.search).get("mark"), { isStep: false }));

  function mark(wanted, { isStep }) {
    if (wanted === page.map.mark) return;
    for (const map of page.maps) map.setMark(wanted);
    for (const link of list.querySelectorAll("a[data-mark]")) {
      if (link.dataset.mark === wanted) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (isStep) address(wanted);
    page.root.dispatchEvent(new CustomEvent("map:changed"));
    const { classes, words } = page.settings;
    page.said.textContent = wanted ? `${classes[wanted]}: ${count(wanted)} ${count(wanted) === 1 ? words.markedOne : words.marked}` : "";
  }

  function count(wanted) {
    return [...page.map.values.values()].filter((value) => page.map.styles.isMarked(value, wanted)).length;
  }
}

function address(mark) {
  const here = new URL(location.href);
  if (mark) here.searchParams.set("mark", mark);
  else here.searchParams.delete("mark");
  // The date and the place stay where the parameters' order puts them: the server sorts them.
  history.pushState(history.state, "", here);
}
