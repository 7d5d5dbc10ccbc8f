// An answer to a query as table, chart, map, timeline or graph: by the header of the query, else by what the data is.
import { getJson, make, pageOf } from "./dom.js";
import { drawMap } from "./basemap.js";
import { network, shorten } from "./network.js";
import { parseTriples } from "./triples.js";

const VIEWS = ["table", "chart", "map", "timeline", "graph"];
const TITLES = { table: "Table", chart: "Chart", map: "Map", timeline: "Timeline", graph: "Graph" };
const STEP = 200, MOST_DRAWN = 300;
const NUMBER = /^(integer|decimal|double|float|long|int|short|nonNegativeInteger|positiveInteger)$/;
const DATE = /^(date|dateTime|gYearMonth|gYear)$/;
const BY_SUFFIX = { SELECT: ["csv", "tsv", "json", "xml"], CONSTRUCT: ["turtle", "jsonld", "rdfxml", "ntriples"] };

/** Shows the body of an answer in an element; answers the number of rows. */
export async function showAnswer(element, { body, graph, query, base }) {
  const table = graph ? ofTriples(parseTriples(body)) : ofResults(JSON.parse(body));
  await addLabels(table);
  const wished = /^\s*#+\s*view\s*:\s*(\w+)/im.exec(query)?.[1].toLowerCase();
  table.linked = linked(table, wished === "graph");
  const possible = VIEWS.filter((view) => fits[view](table));
  const first = possible.includes(wished) ? wished : natural(table, possible);
  const stage = make("div", { id: "view", role: "tabpanel" });
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Views of the answer" });
  const open = async (view) => {
    for (const tab of tabs.children) {
      const chosen = tab.dataset.view === view;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    stage.setAttribute("aria-labelledby", `tab-${view}`);
    stage.replaceChildren();
    await draw[view](stage, table, base);
    stage.dataset.view = view;
  };
  for (const view of possible) tabs.append(make("button", { type: "button", role: "tab", id: `tab-${view}`, "aria-controls": "view", "data-view": view, onclick: () => open(view) }, TITLES[view]));
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tabs.children], next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
  });
  const downloads = BY_SUFFIX[graph ? "CONSTRUCT" : "SELECT"].map((format) => make("li", {}, make("a", { class: "chip", download: `answer.${suffix(format)}`, href: `/sparql?${new URLSearchParams({ query, format })}` }, `Download ${format}`)));
  element.replaceChildren(tabs, stage, make("ul", { class: "chips spaced" }, downloads));
  await open(first);
  return table.rows.length;
}

const suffix = (format) => ({ turtle: "ttl", rdfxml: "rdf", ntriples: "nt" })[format] || format;

function ofResults(json) {
  if ("boolean" in json) return { columns: ["answer"], rows: [[{ type: "literal", value: json.boolean ? "yes" : "no" }]], labels: {} };
  const columns = json.head.vars;
  return { columns, rows: json.results.bindings.map((binding) => columns.map((name) => binding[name])), labels: {} };
}

function ofTriples(triples) {
  return { columns: ["subject", "predicate", "object"], rows: triples, labels: {}, triples: true };
}

async function addLabels(table) {
  const iris = [...new Set(table.rows.slice(0, 2000).flat().filter((term) => term?.type === "uri").map((term) => term.value))].slice(0, 1000);
  if (!iris.length) return;
  try {
    table.labels = (await getJson("/labels", { method: "POST", body: JSON.stringify({ iris }), headers: { "Content-Type": "application/json", Accept: "application/json" } })).labels;
  } catch {
    table.labels = {};
  }
}

const local = (datatype = "") => datatype.split("#")[1] || "";
const isNumber = (term) => term && NUMBER.test(local(term.datatype)) && !Number.isNaN(Number(term.value));
const isDate = (term) => term && DATE.test(local(term.datatype));
const some = (table, test) => table.columns.map((_, i) => i).filter((i) => table.rows.length && table.rows.slice(0, 50).every((row) => !row[i] || test(row[i])) && table.rows.some((row) => row[i]));
const word = (table, term) => (!term ? "" : term.type === "uri" ? table.labels[term.value] || term.value : term.value);
const named = (table, pattern) => table.columns.findIndex((name) => pattern.test(name));

const where = (table) => [named(table, /^lat(itude)?$/i), named(table, /^(long?|lng|longitude)$/i)];
const fits = {
  table: () => true,
  chart: (table) => !table.triples && table.rows.length > 1 && some(table, isNumber).length > 0 && table.columns.length > 1,
  map: (table) => where(table).every((i) => i >= 0) && table.rows.length > 0,
  timeline: (table) => some(table, isDate).length > 0 && table.rows.length > 0,
  graph: (table) => table.linked !== null && table.rows.length > 0,
};

/** The columns that a graph is drawn from, as start, label (-1 for none) and end: two of things, or of names where a graph is asked for. */
function linked(table, asked) {
  if (table.triples) return [0, 1, 2];
  const things = some(table, (term) => term.type === "uri");
  const names = asked ? some(table, (term) => !isNumber(term) && !isDate(term)) : [];
  const [from, to, about] = things.length >= 2 ? things : names;
  if (to === undefined) return null;
  const label = things.length >= 2 ? -1 : names.find((i) => i !== from && i !== to && /^(kinds?|relation|stance|how)$/i.test(table.columns[i])) ?? -1;
  return about === undefined ? [from, -1, to] : [from, label, to];
}

function natural(table, possible) {
  if (table.triples) return possible.includes("graph") && table.rows.length <= MOST_DRAWN ? "graph" : "table";
  if (possible.includes("map")) return "map";
  if (possible.includes("chart") && table.columns.length === 2) return "chart";
  return "table";
}

function cell(table, term, base) {
  if (!term) return "";
  if (term.type === "uri") {
    const href = pageOf(term.value, base);
    return href ? make("a", { href, title: term.value }, word(table, term)) : word(table, term);
  }
  return term.value;
}

/** The column that says what a row is about: the first of words or IRIs that is not a number or a date. */
function subject(table) {
  const taken = new Set([...some(table, isNumber), ...some(table, isDate)]);
  const found = table.columns.findIndex((_, i) => !taken.has(i));
  return found < 0 ? 0 : found;
}

const draw = {
  table(stage, table, base) {
    const numbers = new Set(some(table, isNumber));
    const body = make("tbody");
    const head = make("tr", {}, table.columns.map((name, i) => make("th", { scope: "col", class: numbers.has(i) ? "num" : null }, name)));
    const region = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of the answer" }, make("table", { class: "full" }, make("thead", {}, head), body));
    const more = make("button", { type: "button", class: "spaced" });
    let shown = 0;
    const add = () => {
      for (const row of table.rows.slice(shown, shown + STEP)) body.append(make("tr", {}, row.map((term, i) => make("td", { class: numbers.has(i) ? "num" : null }, cell(table, term, base)))));
      shown = Math.min(shown + STEP, table.rows.length);
      more.hidden = shown >= table.rows.length;
      more.textContent = `Show more (${(table.rows.length - shown).toLocaleString("en")} left)`;
    };
    more.addEventListener("click", add);
    add();
    stage.append(table.rows.length ? region : make("p", { class: "empty" }, "Nothing matches."), more);
  },

  chart(stage, table, base) {
    const number = some(table, isNumber).at(-1), about = subject(table);
    const rows = table.rows.slice(0, 60), most = Math.max(...rows.map((row) => Number(row[number]?.value || 0)), 1e-9);
    const svg = (name, attributes, ...children) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
      element.append(...children);
      return element;
    };
    const drawing = svg("svg", { class: "drawing", viewBox: `0 0 900 ${rows.length * 26 + 8}`, role: "group", "aria-label": `Chart of ${table.columns[number]}` });
    rows.forEach((row, i) => {
      const value = Number(row[number]?.value || 0), y = i * 26 + 4, href = row[about]?.type === "uri" ? pageOf(row[about].value, base) : "";
      const label = svg("text", { x: 262, y: y + 15, "text-anchor": "end" }, shorten(word(table, row[about]), 38));
      drawing.append(href ? svg("a", { href }, label) : label, svg("rect", { class: "bar", x: 272, y: y + 3, width: Math.max(1, 540 * Math.max(0, value) / most), height: 16, rx: 3 }), svg("text", { class: "faint", x: 280 + 540 * Math.max(0, value) / most, y: y + 15 }, value.toLocaleString("en")));
    });
    stage.append(drawing);
    if (table.rows.length > rows.length) stage.append(make("p", { class: "small quiet" }, `The first ${rows.length} of ${table.rows.length} rows.`));
  },

  async map(stage, table, base) {
    const [lat, long] = where(table), about = subject(table), number = some(table, isNumber).filter((i) => i !== lat && i !== long).at(-1);
    const spots = table.rows.slice(0, 1000).filter((row) => row[lat] && row[long]).map((row) => ({ lat: Number(row[lat].value), long: Number(row[long].value), count: number === undefined ? 1 : Number(row[number]?.value || 1), label: word(table, row[about]), href: row[about]?.type === "uri" ? pageOf(row[about].value, base) : "", note: number === undefined ? "" : `${table.columns[number]}: ${row[number]?.value || ""}` })).filter((spot) => Number.isFinite(spot.lat) && Number.isFinite(spot.long));
    const place = make("div", { class: "stage" });
    stage.append(place);
    await drawMap(place, spots);
  },

  timeline(stage, table, base) {
    const date = some(table, isDate)[0];
    const rows = table.rows.filter((row) => row[date]).sort((a, b) => (a[date].value < b[date].value ? -1 : 1)).slice(0, 500);
    const list = make("ol", { class: "events" });
    for (const row of rows) list.append(make("li", {}, make("span", { class: "when" }, make("time", { datetime: row[date].value }, row[date].value)), make("span", { class: "what" }, row.flatMap((term, i) => (i === date || !term ? [] : [make("span", {}, cell(table, term, base))])))));
    stage.append(list);
  },

  async graph(stage, table) {
    const place = make("div", { class: "stage graph" });
    const [from, label, to] = table.linked;
    const nodes = new Map(), edges = new Map();
    const node = (term) => {
      const id = `${term.type} ${term.value}`;
      if (!nodes.has(id)) nodes.set(id, { group: "nodes", data: { id, short: shorten(word(table, term)), size: term.type === "uri" ? 22 : 14 }, classes: term.type === "uri" ? "" : "literal" });
      return id;
    };
    for (const row of table.rows.slice(0, MOST_DRAWN)) {
      if (!row[from] || !row[to]) continue;
      const [source, target] = [node(row[from]), node(row[to])], said = label < 0 ? "" : word(table, row[label]);
      edges.set(`${source} ${said} ${target}`, { group: "edges", data: { id: `edge ${edges.size}`, source, target, width: 1.5, label: shorten(said, 24) }, classes: "directed" });
    }
    stage.append(place, make("p", { class: "small quiet" }, table.rows.length > MOST_DRAWN ? `The first ${MOST_DRAWN} of ${table.rows.length} rows.` : `${nodes.size} nodes`));
    await network(place, [...nodes.values(), ...edges.values()]);
  },
};
