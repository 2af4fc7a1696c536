// Sending: the pressed button says that it is busy, and a second press sends nothing.

const AGAIN = 20000; // a download leaves the page as it is: let the button go after this

function release(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy=true]")) button.removeAttribute("aria-busy");
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
    setTimeout(() => release(form), AGAIN);
  },
  true, // before htmx and everyone else
);

// Back from the browser's own memory: the form is as it was, the sending is over.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
});

document.addEventListener("htmx:finally:request", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
