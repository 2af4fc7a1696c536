// Requests of htmx that fail: the page stays as it is, so nothing typed is lost, and a toast says why.

import { say } from "./toasts.js";

function reason(status, isExpired) {
  if (isExpired) return "expired";
  return status === 403 || status === 404 ? "refused" : "broken";
}

document.addEventListener("htmx:before:response", (event) => {
  const { status, headers } = event.detail.ctx.response;
  if (status < 400 || status === 422) return; // 422 is a form with something to mend
  event.preventDefault();
  say(reason(status, headers.get("Loimi-Form") === "expired"), "bad");
});

document.addEventListener("htmx:error", (event) => {
  console.warn(event.detail.error);
  say("noConnection", "bad");
});

// What had the focus may be gone with the old content: go on from the new.
document.addEventListener("htmx:after:swap", (event) => {
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = event.detail.ctx.target;
  const place = typeof target === "string" ? document.querySelector(target) : target;
  if (!place?.isConnected) return;
  if (!place.matches("a, button, input, select, textarea, [tabindex]")) {
    place.tabIndex = -1;
    place.dataset.arrived = "";
  }
  place.focus({ preventScroll: true });
});
