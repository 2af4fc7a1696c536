// Shows one kept page when a page cannot be reached. Keeps nothing else and nothing personal.
const OWN = "loimi-";
const CACHE = `${OWN}{{ version }}`;
const PAGE = "{% url "base:offline" %}";
const KEPT = [PAGE{% for address in kept %}, "{{ address }}"{% endfor %}];

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })));
  await self.skipWaiting();
}

async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OWN) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(address) {
  return caches.match(address, { cacheName: CACHE, ignoreVary: true });
}

async function pageOrKept(request) {
  try {
    return await fetch(request);
  } catch (broken) {
    return (await kept(PAGE)) ?? Promise.reject(broken);
  }
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(pageOrKept(request));
  else if (KEPT.includes(new URL(request.url).pathname)) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)));
  }
});
