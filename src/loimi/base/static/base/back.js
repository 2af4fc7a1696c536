// Back: a button that does what the browser's own does; without this it is not shown.

for (const button of document.querySelectorAll("[data-goes-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}
