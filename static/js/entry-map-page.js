// The map page: the same map with a search, a slider through time, a legend and layers.
import { offerSearch } from "./map-list.js";
import { openMap } from "./map-page.js";
import { followLayers } from "./map-layers.js";
import { followLegend } from "./map-legend.js";
import { followTime } from "./map-time.js";

const root = document.getElementById("gap-map");
if (root) openMap(root).then((page) => page && furnish(page)).catch((error) => console.warn("The map could not be drawn", error));

function furnish(page) {
  offerSearch(document.getElementById("map-search"), page);
  followLegend(document.getElementById("map-legend"), page);
  followTime(document.getElementById("map-time"), page);
  followPicture(page);
  followLayers(document.getElementById("map-layers"), page);
}

// The links to pictures, and the one that is printed, show what the map shows.
function followPicture(page) {
  const picture = document.getElementById("gap-map-picture");
  const address = (kind) => {
    const [west, south, east, north] = page.map.map.getView().calculateExtent(page.map.map.getSize()).map((metres) => Math.max(0, Math.round(metres)));
    const [path, query] = page.settings.picture.replace("KIND", kind).split("?");
    const asked = new URLSearchParams(query);
    if (page.map.mark) asked.set("mark", page.map.mark);
    else asked.delete("mark");
    if (page.settings.layers === "municipalities") asked.delete("layers");
    else asked.set("layers", page.settings.layers);
    asked.set("at", [west, south, east, north].join("/"));
    return `${path}?${asked}`;
  };
  const follow = () => {
    for (const link of document.querySelectorAll("#map-files a[data-kind]")) link.href = address(link.dataset.kind);
  };
  for (const name of ["moveend", "change:mark"]) page.map.map.on(name, follow);
  page.root.addEventListener("map:changed", follow);
  follow();
  const print = document.getElementById("map-print");
  print.hidden = false;
  print.addEventListener("click", async () => {
    picture.src = address("svg");
    await picture.decode().catch(() => null);
    window.print();
  });
}
