// Behaviour that pages do without: every page works when none of this runs.
import "./toasts.js";
import "./appearance.js"; // before the sending, which hears the same forms
import "./tabs.js";
import "./dialogs.js";
import "./sending.js";
import "./requests.js";

const worker = document.querySelector("meta[name=loimi-worker]");
if (worker && "serviceWorker" in navigator) {
  // A refused or missing worker costs only the offline page.
  navigator.serviceWorker.register(worker.content, { scope: "/" }).catch(() => {});
}
