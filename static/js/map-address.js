// Where the map stands and which village is open, kept after the # of the address.

const PATTERN = /^map=([\d.]+)\/(\d+)\/(\d+)(?:&village=([^&]+))?$/;

export function readAddress(hash) {
  const found = PATTERN.exec(hash.replace(/^#/, ""));
  if (!found) return null;
  const [, resolution, north, east, village] = found;
  return {
    resolution: Number(resolution),
    centre: [Number(east), Number(north)],
    village: village ? decodeURIComponent(village) : null,
  };
}

export function writeAddress({ resolution, centre, village }, isStep = false) {
  const [east, north] = centre.map(Math.round);
  const place = `map=${Number(resolution.toPrecision(4))}/${north}/${east}`;
  const hash = `#${place}${village ? `&village=${encodeURIComponent(village)}` : ""}`;
  if (hash === location.hash) return;
  if (isStep) history.pushState(history.state, "", hash);
  else history.replaceState(history.state, "", hash);
}
