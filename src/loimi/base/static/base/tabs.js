// Tabs: a list of links to parts of the page becomes tabs that show one part at a time.

class Tabs extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector(".tabs");
    this.links = [...this.list.querySelectorAll("a")];
    this.list.setAttribute("role", "tablist");
    for (const link of this.links) this.#dress(link);
    const asked = this.links.find((link) => link.hash === location.hash);
    this.#show(asked ?? this.links[0]);
    this.list.addEventListener("keydown", (event) => this.#move(event));
  }

  #dress(link) {
    const panel = document.getElementById(link.hash.slice(1));
    link.id ||= `${panel.id}-tab`;
    link.setAttribute("role", "tab");
    link.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", link.id);
    panel.tabIndex = 0;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.#show(link);
    });
  }

  #show(chosen) {
    for (const link of this.links) {
      const isChosen = link === chosen;
      link.setAttribute("aria-selected", String(isChosen));
      link.tabIndex = isChosen ? 0 : -1;
      document.getElementById(link.hash.slice(1)).hidden = !isChosen;
    }
  }

  #move(event) {
    const at = this.links.indexOf(document.activeElement);
    const last = this.links.length - 1;
    const to = {
      ArrowRight: at === last ? 0 : at + 1,
      ArrowLeft: at === 0 ? last : at - 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === " ") this.#show(this.links[at]);
    if (to === undefined && event.key !== " ") return;
    event.preventDefault();
    if (to === undefined) return;
    this.#show(this.links[to]);
    this.links[to].focus();
  }
}

customElements.define("loimi-tabs", Tabs);
