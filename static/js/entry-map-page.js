// The map page: the same map with a search, a slider through time, a legend and layers.
import { load } from "./http.js";
import { offerSearch } from "./map-list.js";
import { openMap } from "./map-page.js";
import { followLegend } from "./map-legend.js";
import { followTime } from "./map-time.js";

const root = document.getElementById("gap-map");
if (root) openMap(root).then((page) => page && furnish(page)).catch((error) => console.warn("The map could not be drawn", error));

async function furnish(page) {
  offerSearch(document.getElementById("map-search"), page);
  followLegend(document.getElementById("map-legend"), page);
  followTime(document.getElementById("map-time"), page);
  followPicture(page);
  const { layers, associations } = page.settings;
  for (const map of page.maps) map.setLayers(layers);
  if (!layers.includes("associations")) return;
  const { areas } = await load(associations);
  for (const map of page.maps) map.serve(areas);
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
