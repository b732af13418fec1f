// Keeps one page for the time when the server cannot be reached: whom to call and for which signs. Nothing else.
const KEPT = "salama-1";
const STYLE = ["/static/theme.css", "/static/offline.js"];

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(STYLE)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (typeof event.data !== "string" || !event.data.startsWith("/offline?")) return;
  event.waitUntil(
    caches.open(KEPT).then(async (kept) => {
      const page = await fetch(event.data);
      if (!page.ok) return;
      // Both or neither: the style at hand since the installation may be older than the page.
      await kept.addAll(STYLE);
      await kept.put("/offline", page);
    }),
  );
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.mode === "navigate" && ["/", "/chat/", "/embed/"].includes(url.pathname)) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match("/offline")) || Response.error()));
  } else if (STYLE.includes(url.pathname)) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(url.pathname)) || Response.error()));
  }
});
