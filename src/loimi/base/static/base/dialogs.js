// Dialogs: a link to a dialog opens it over the page; without this the address alone opens it.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

document.addEventListener("keydown", (event) => {
  // What looks like a button answers to the space bar like one.
  if (event.key === " " && event.target.matches?.("a[data-opens], a[data-closes-dialog]")) {
    event.preventDefault();
    event.target.click();
  }
});

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-closes-dialog]");
  if (!closer) return;
  event.preventDefault();
  closer.closest("dialog").close();
});

function dress(root) {
  for (const link of root.querySelectorAll("a[data-opens], a[data-closes-dialog]")) link.setAttribute("role", "button");
  for (const opener of root.querySelectorAll("a[data-opens]")) opener.setAttribute("aria-haspopup", "dialog");
}

// An address that names a dialog opens it here too, and then forgets it.
function openNamed() {
  const dialog = document.getElementById(location.hash.slice(1));
  if (!dialog?.matches("dialog:not([open])")) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  dialog.showModal();
}

document.documentElement.dataset.dialogs = "";
dress(document);
openNamed();
window.addEventListener("hashchange", openNamed);
document.addEventListener("htmx:after:swap", () => dress(document));
