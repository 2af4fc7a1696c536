// Toasts: short messages at the corner. Those that come with the page are said aloud too.

const TIME = 12000; // long enough to read three lines twice

class Toasts extends HTMLElement {
  connectedCallback() {
    const waiting = [...this.querySelectorAll(".toast")];
    waiting.forEach((toast) => toast.remove());
    // A live region speaks of what comes after it, so what came with it comes again.
    setTimeout(() => waiting.forEach((toast) => this.append(toast)), 100);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.classList?.contains("toast")) this.#dress(node);
      }
    }).observe(this, { childList: true });
  }

  say(text, kind = "") {
    const same = [...this.querySelectorAll(".toast")].find((toast) => toast.firstElementChild.textContent === text);
    same?.remove();
    const toast = document.createElement("div");
    toast.className = `toast ${kind}`;
    const words = document.createElement("span");
    words.textContent = text;
    toast.append(words);
    this.append(toast);
  }

  #dress(toast) {
    if (toast.querySelector("[data-closes]")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button slim";
    button.dataset.closes = "";
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
    (next?.querySelector("button") ?? document.querySelector("main")).focus({ preventScroll: true });
  }
}

customElements.define("loimi-toasts", Toasts);

export function say(name, kind) {
  const toasts = document.getElementById("toasts");
  toasts?.say(toasts.dataset[name] ?? name, kind);
}
