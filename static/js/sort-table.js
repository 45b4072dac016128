// Sorts a table that is whole on the page when a header link is followed, without a new request.
// The server's order stands without this; the address changes so that it can be kept and shared.

const SWEDISH = new Intl.Collator("sv", { numeric: true });

export function sortTables(root) {
  for (const table of root.querySelectorAll("table[data-sort-table]")) enhance(table);
}

function enhance(table) {
  const said = table.ownerDocument.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("aria-live", "polite");
  table.closest(".table-block").append(said);
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-sort]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const header = link.closest("th");
    const descending = header.getAttribute("aria-sort") === "ascending";
    sortBy(table, header, descending);
    history.replaceState(history.state, "", sortedAddress(link, descending));
    for (const other of table.tHead.querySelectorAll("a[data-sort]")) {
      other.href = sortedAddress(other, other === link && !descending);
    }
    const order = descending ? table.dataset.descending : table.dataset.ascending;
    said.textContent = `${link.textContent.trim()}, ${order}`;
  });
}

function sortBy(table, header, descending) {
  for (const other of table.tHead.querySelectorAll("[aria-sort]")) other.setAttribute("aria-sort", "none");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const turn = descending ? -1 : 1;
  for (const body of table.tBodies) {
    const rows = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[header.cellIndex]) }));
    rows.sort((a, b) => compare(a.value, b.value, turn));
    body.append(...rows.map(({ row }) => row));
  }
}

// A number, a text, or null for what is unknown; the unknown comes last whichever way one sorts.
function valueOf(cell) {
  const bare = cell.dataset.value;
  if (bare === undefined) return cell.textContent.trim();
  return bare === "" ? null : Number(bare);
}

function compare(a, b, turn) {
  if (a === null || b === null) return (a === null) - (b === null);
  if (typeof a === "number" && typeof b === "number") return turn * (a - b);
  return turn * SWEDISH.compare(String(a), String(b));
}

// As the server writes it: sort=name upwards, sort=-name downwards.
function sortedAddress(link, descending) {
  const address = new URL(link.href);
  address.searchParams.set("sort", `${descending ? "-" : ""}${link.dataset.sort}`);
  return address.href;
}
