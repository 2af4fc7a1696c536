// Dialogs: a link to a dialog opens it over the page; without this it shows as a part of the page.

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
});

document.addEventListener("keydown", (event) => {
  // What looks like a button answers to the space bar like one.
  if (event.key === " " && event.target.matches?.("a[data-opens]")) {
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
  for (const opener of root.querySelectorAll("a[data-opens]")) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-haspopup", "dialog");
  }
}

dress(document);
document.addEventListener("htmx:after:swap", () => dress(document));
