// Shows one kept page when a page cannot be reached. Keeps nothing else and nothing personal.
// Kept now: {{ version }}. A newer worker only brings a newer page; nobody waits for it.
const CACHE = "loimi";
const PAGE = "{% url "base:offline" %}";
const KEPT = [PAGE{% for address in kept %}, "{{ address }}"{% endfor %}];

async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(KEPT.map((address) => new Request(address, { cache: "reload" })));
  const found = await cache.keys();
  const old = found.filter((request) => !KEPT.includes(new URL(request.url).pathname));
  await Promise.all(old.map((request) => cache.delete(request)));
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

async function keptOrFetched(request) {
  return (await kept(request)) ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(pageOrKept(request)); // a sent form too
  else if (["style", "script"].includes(request.destination)) event.respondWith(keptOrFetched(request));
});
