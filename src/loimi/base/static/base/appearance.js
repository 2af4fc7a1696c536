// Language and theme: a theme changes at once, and a language never costs what has been typed.
import { say } from "./toasts.js";

function isTouched(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  const options = [...field.options];
  if (field.multiple) return options.some((option) => option.selected !== option.defaultSelected);
  return field.selectedIndex !== Math.max(options.findIndex((option) => option.defaultSelected), 0);
}

function isUnsaved() {
  // A form that came back with something to mend holds what was typed before.
  if (document.querySelector("main .mend")) return true;
  return [...document.querySelectorAll("main :is(input, select, textarea)")].some(isTouched);
}

function wear(theme) {
  const root = document.documentElement;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    const own = meta.dataset.of;
    meta.media = theme ? (theme === own ? "all" : "not all") : `(prefers-color-scheme: ${own})`;
  }
}

function changeTheme(form, button) {
  wear(button.value);
  for (const one of form.querySelectorAll("button")) {
    one.setAttribute("aria-pressed", String(one === button));
  }
  const body = new FormData(form, button);
  const sent = { method: "POST", body, redirect: "manual", keepalive: true };
  fetch(form.action, sent).catch(() => say("noConnection", "bad"));
}

function ask(form, button) {
  const dialog = document.getElementById("change-language");
  const answer = () => {
    if (dialog.returnValue !== "change") return;
    form.dataset.sure = "";
    form.requestSubmit(button);
  };
  dialog.returnValue = "";
  dialog.addEventListener("close", answer, { once: true });
  dialog.showModal();
}

document.addEventListener(
  "submit",
  (event) => {
    const { target: form, submitter: button } = event;
    if (!form.matches(".appearance")) return;
    const isTheme = button.name === "theme";
    const isAsked = !isTheme && form.dataset.sure === undefined && isUnsaved();
    if (!isTheme && !isAsked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (isTheme) changeTheme(form, button);
    else ask(form, button);
  },
  true, // before the sending
);

// The page came again in another language: go on from the switch that was pressed.
window.addEventListener("load", () => {
  const pressed = location.hash.endsWith("-switch") && document.querySelector(`${location.hash} [aria-pressed=true]`);
  if (!pressed) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  pressed.focus();
});
