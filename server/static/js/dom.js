// Making elements without ever parsing text as HTML.

/** An element with attributes and children; strings become text nodes, null and undefined are left out. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Where a thing has its page: things of this graph under /page, terms in the vocabulary, others where http leads. */
export function pageOf(iri, base) {
  if (iri.startsWith(`${base}id/`)) return "/page/" + iri.slice(base.length + 3).split("/").map(segment).join("/");
  if (iri.startsWith("https://w3id.org/communique/ontology#")) return "/vocabulary#" + encodeURIComponent(iri.split("#")[1]);
  return /^https?:\/\/[^\s<>"]+$/.test(iri) ? iri : "";
}

function segment(text) {
  return /^[\w.~%-]*$/.test(text) ? text : encodeURIComponent(text);
}

/** JSON from an address of this server; throws an Error with the server's words where it refuses. */
export async function getJson(address, options = {}) {
  const response = await fetch(address, { headers: { Accept: "application/json" }, ...options });
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Error(text.slice(0, 300) || `the server answered ${response.status}`);
  }
  if (!response.ok) throw new Error(body.detail || body.title || `the server answered ${response.status}`);
  return body;
}

/** A library as a classic script, loaded once and only where it is used. */
export function loadScript(source) {
  return new Promise((resolve, reject) => {
    const script = make("script", { src: source });
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error(`${source} could not be loaded`)));
    document.head.append(script);
  });
}

/** A style sheet, loaded once and only where it is used; resolves when it applies. */
export function loadStyle(source) {
  return new Promise((resolve) => {
    const link = make("link", { rel: "stylesheet", href: source });
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    document.head.append(link);
  });
}

/** The value of a CSS custom property, so that drawings on a canvas follow light and dark. */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
