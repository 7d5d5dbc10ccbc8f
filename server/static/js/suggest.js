// Suggestions as one types: the combobox pattern of the WAI-ARIA practices over /suggest.
import { getJson, make } from "./dom.js";

let counter = 0;

/** Gives a search input suggestions; without choosing one, Enter searches as before. */
export function suggest(input) {
  const id = `suggestions-${++counter}`;
  const list = make("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: true });
  const status = make("span", { class: "visually-hidden", role: "status" });
  input.closest(".search").append(list, status);
  for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id })) input.setAttribute(key, value);
  let chosen = -1, timer = 0, latest = 0, results = [];

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(position) {
    chosen = position;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
    if (chosen >= 0) {
      input.setAttribute("aria-activedescendant", list.children[chosen].id);
      list.children[chosen].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function draw() {
    list.replaceChildren(...results.map((found, i) => make("li", { id: `${id}-${i}`, role: "option", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); location.href = found.href; } },
      make("span", {}, found.label, found.matched ? make("small", {}, ` ${found.matched}`) : null),
      make("span", { class: "kind" }, [found.kind_label, found.detail].filter(Boolean).join(", ")))));
    list.hidden = results.length === 0;
    input.setAttribute("aria-expanded", String(results.length > 0));
    status.textContent = results.length ? `${results.length} suggestions` : "No suggestions";
    mark(-1);
  }

  async function ask() {
    const text = input.value.trim(), number = ++latest;
    if (text.length < 2) return close();
    try {
      const answer = await getJson(`/suggest?q=${encodeURIComponent(text)}`);
      if (number === latest && document.activeElement === input) {
        results = answer.results;
        draw();
      }
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape closes the list, only the next empties the box
      close();
    }
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return;
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1, count = results.length;
      mark(chosen < 0 && step < 0 ? count - 1 : ((chosen + step + count + 1) % (count + 1)) === count ? -1 : (chosen + step + count + 1) % (count + 1));
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.href = results[chosen].href;
    }
  });
  input.addEventListener("blur", close);
}
