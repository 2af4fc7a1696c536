// Sending: the pressed button says that it is busy, and a second press sends nothing.

function tell(words) {
  const place = document.getElementById("sending");
  if (place) place.textContent = words;
}

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
  tell("");
}

function releaseAll() {
  document.querySelectorAll("form[data-sending]").forEach(release);
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (event.submitter?.formMethod === "dialog" || form.method === "dialog") return;
    if (form.dataset.sending !== undefined) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sending = "";
    event.submitter?.setAttribute("aria-busy", "true");
    tell(document.getElementById("sending")?.dataset.words ?? "");
  },
  true, // before htmx and everyone else
);

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.detail.ctx.sourceElement;
  if (form.matches("form")) release(form);
});

// A plain form: the sending ends with the page, or when the person stops it.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) releaseAll();
});
window.navigation?.addEventListener("navigateerror", releaseAll);
