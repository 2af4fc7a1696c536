// Toasts: short messages at the corner, each said aloud once; what went wrong is said at once.

const TIME = 12000; // long enough to read three lines twice

class Toasts extends HTMLElement {
  connectedCallback() {
    // A live region speaks of what comes into it: first the regions, then what came with the page.
    this.calm = this.#region("status");
    this.urgent = this.#region("alert");
    setTimeout(() => this.querySelectorAll(":scope > .toast").forEach((toast) => this.#show(toast)), 100);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.classList?.contains("toast")) this.#show(node);
      }
    }).observe(this, { childList: true });
    this.addEventListener("focusin", (event) => {
      if (!this.contains(event.relatedTarget)) this.before = event.relatedTarget;
    });
  }

  say(text, kind = "") {
    const same = [...this.querySelectorAll(".toast")].find((toast) => toast.firstElementChild.textContent === text);
    same?.remove();
    const toast = document.createElement("div");
    toast.className = `toast ${kind}`;
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    this.#show(toast);
  }

  #region(role) {
    const region = document.createElement("div");
    region.setAttribute("role", role);
    this.append(region);
    return region;
  }

  #show(toast) {
    this.#dress(toast);
    (toast.matches(".bad") ? this.urgent : this.calm).append(toast);
    // What has the focus is not left under it: states.css tells how much room it needs.
    document.querySelector("main :is(a, button, input, select, textarea):focus")?.scrollIntoView({ block: "nearest" });
  }

  #dress(toast) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button slim";
    button.textContent = this.dataset.close;
    button.addEventListener("click", () => this.#close(toast));
    toast.append(button);
    // What asks for something stays until it is closed.
    if (!toast.matches(".bad") && !toast.querySelector("a, form")) this.#leaveLater(toast);
  }

  #leaveLater(toast) {
    let timer = setTimeout(() => toast.remove(), TIME);
    const stay = () => clearTimeout(timer);
    const leave = () => (timer = setTimeout(() => toast.remove(), TIME / 2));
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("pointerleave", leave);
    toast.addEventListener("focusout", leave);
  }

  #close(toast) {
    const next = toast.nextElementSibling ?? toast.previousElementSibling;
    toast.remove();
    const own = this.before?.isConnected ? this.before : next?.querySelector("button");
    (own ?? document.querySelector("main")).focus({ preventScroll: true });
  }
}

customElements.define("loimi-toasts", Toasts);

export function say(name, kind) {
  const toasts = document.getElementById("toasts");
  toasts?.say(toasts.dataset[name] ?? name, kind);
}
