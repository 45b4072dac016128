// A village's share on every date as a small line; a date without a figure is a hole in it.
import { load } from "./http.js";

const NAMESPACE = "http://www.w3.org/2000/svg";
const WIDTH = 240;
const HEIGHT = 56;
const EDGE = 5;

export async function drawHistory(element, address, label, printer) {
  const { history } = await load(address).catch(() => ({ history: [] }));
  const known = history.filter(([, share]) => share !== null);
  if (known.length < 2) return;
  const first = Date.parse(history[0][0]);
  const span = Date.parse(history.at(-1)[0]) - first || 1;
  const points = history.map(([day, share]) => share === null ? null : [
    EDGE + ((WIDTH - 2 * EDGE) * (Date.parse(day) - first)) / span,
    HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share,
  ]);
  const svg = made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", class: "gap-map__sparkline" });
  const words = [known[0], known.at(-1)]
    .map(([day, share]) => `${printer.date.format(new Date(day))}: ${printer.percent.format(share)}`)
    .join("; ");
  svg.setAttribute("aria-label", `${label}: ${words}`);
  svg.append(made("path", { d: path(points), class: "gap-map__spark" }));
  const [x, y] = points.findLast((point) => point !== null);
  svg.append(made("circle", { cx: x, cy: y, r: 3, class: "gap-map__spark-end" }));
  const caption = document.createElement("p");
  caption.textContent = words;
  element.replaceChildren(svg, caption);
}

function path(points) {
  let isDown = false;
  return points.map((point) => {
    if (point === null) {
      isDown = false;
      return "";
    }
    const step = `${isDown ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    isDown = true;
    return step;
  }).join("");
}

function made(tag, attributes) {
  const element = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}
