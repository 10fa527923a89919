// Opens the shell without a network. It keeps the page's unchanging parts and the page itself, and nothing that was
// ever said: messages, photos and whoever is signed in are always asked of the server.

const { version, parts } = self.SHELL;
const CACHE = `shell-${version}`;
const PATIENCE = 6000; // a network that answers slower than this is no better than none

async function fill() {
  const cache = await caches.open(CACHE);
  await cache.addAll(parts);
  await keepPage(await fetch("/", { cache: "no-store" }));
  await self.skipWaiting();
}

/** A page that leads elsewhere is not the page. */
async function keepPage(response) {
  if (response.ok && !response.redirected) await (await caches.open(CACHE)).put("/", response);
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function freshPage(request) {
  const response = await fetch(request);
  keepPage(response.clone());
  return response;
}

/** The server's page; the kept one where there is no network, or none to speak of. */
async function page(request) {
  const fresh = freshPage(request);
  const kept = await caches.match("/");
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fresh.catch(() => kept), late]);
}

/** A part never changes under its address. */
async function part(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(forgetOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate" && pathname === "/") event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) event.respondWith(part(request));
});
