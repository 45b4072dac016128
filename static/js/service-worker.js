// Opens the log form and the queue without a network. Served at /service-worker.js, where the server
// puts one line before this one: `const OUTREACH = {version, shells, files}`.
//
// What is kept is the same for everybody: the two pages as a stranger gets them, fetched without
// cookies, and the styles and scripts they need. Pages of those who signed in are never kept.
const CACHE = `outreach-${OUTREACH.version}`;
const LANGUAGE = "outreach-language";
const PATIENCE_MILLISECONDS = 5000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll([...pages(), ...OUTREACH.files].map((address) => new Request(address, { credentials: "omit", cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE && name !== LANGUAGE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const shell = OUTREACH.shells.find(({ path }) => new RegExp(path).test(pathname));
  if (request.mode === "navigate" && shell) event.respondWith(page(request, shell.languages));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(OUTREACH.shells.at(-1).languages)));
  else if (OUTREACH.files.includes(pathname)) event.respondWith(file(request));
});

function pages() {
  return OUTREACH.shells.flatMap(({ languages }) => Object.values(languages));
}

// The server's own page, or the kept one when no network, or nobody behind it, answers in time.
async function page(request, byLanguage) {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MILLISECONDS) });
    if (response.status < 500) return response;
  } catch {
    // No network.
  }
  return kept(byLanguage);
}

// Any other page without a network: the queue, which says so and leads to the form.
async function kept(byLanguage) {
  const cache = await caches.open(CACHE);
  return (await cache.match(byLanguage[await language()])) ?? (await cache.match(Object.values(byLanguage)[0])) ?? Response.error();
}

async function file(request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(request.url)) ?? fetch(request);
}

// The language of the last page that was read here, as that page noted it.
async function language() {
  const noted = await (await caches.open(LANGUAGE)).match("/language");
  return noted ? noted.text() : "sv";
}
