// The explorer: a click on a node brings in its neighbours, a second one opens its page; bounded, so that it stays light.
import { getJson } from "./dom.js";
import { arrange, network, shorten } from "./network.js";

const MOST_NODES = 120;
const stage = document.getElementById("graph");
const tools = document.getElementById("graph-tools");
const status = document.getElementById("graph-status");
const expanded = new Set();
let graph;

function elementsOf(view) {
  const most = Math.max(1, ...view.edges.map((edge) => edge.count));
  const nodes = [{ ...view.focus, focus: true }, ...view.nodes].map((node) => ({
    group: "nodes",
    data: { id: node.iri, label: node.label, short: shorten(node.label), href: node.href, size: node.focus ? 34 : 16 + 16 * Math.sqrt((node.count || 0) / most) },
    classes: node.focus ? "focus" : "",
  }));
  const shared = view.edges.map((edge) => ({ group: "edges", data: { id: key([edge.from, edge.to].sort().join(" ")), source: edge.from, target: edge.to, width: 1 + 4 * edge.count / most, label: "" }, classes: edge.tone }));
  const pairs = new Map();
  for (const edge of view.relations) {
    const name = `${edge.from} ${edge.to}`, pair = pairs.get(name) || { ...edge, labels: new Set(), stated: false };
    pair.labels.add(edge.verb.toLowerCase());
    pair.stated ||= edge.stated;
    pairs.set(name, pair);
  }
  const related = [...pairs.values()].map((edge) => ({ group: "edges", data: { id: key(`${edge.from} stance ${edge.to}`), source: edge.from, target: edge.to, width: 1.5, label: shorten([...edge.labels].join(", "), 34) }, classes: edge.stated ? "directed" : "directed derived" }));
  return [...nodes, ...shared, ...related];
}

/** The elements with the first node in the middle and the others on an ellipse as wide as the stage. */
function around(elements) {
  const [, ...others] = elements.filter((element) => element.group === "nodes");
  const [wide, tall] = [stage.clientWidth / 2 - 110, stage.clientHeight / 2 - 50];
  elements[0].position = { x: 0, y: 0 };
  others.forEach((node, i) => {
    const angle = (2 * Math.PI * (i + 0.5)) / others.length, near = others.length > 10 && i % 2 ? 0.68 : 1;
    node.position = { x: wide * near * Math.cos(angle), y: tall * near * Math.sin(angle) };
  });
  return elements;
}

function key(text) {
  return `edge ${text}`;
}

function say(text) {
  status.textContent = text;
}

async function expand(iri) {
  if (expanded.has(iri)) return;
  expanded.add(iri);
  const view = await getJson(`/graph?focus=${encodeURIComponent(iri)}`);
  const room = MOST_NODES - graph.nodes().length;
  const fresh = elementsOf(view).filter((element) => graph.getElementById(element.data.id).empty());
  const nodes = fresh.filter((element) => element.group === "nodes").slice(0, Math.max(0, room));
  const centre = graph.getElementById(iri).position();
  nodes.forEach((node, i) => (node.position = { x: centre.x + 90 * Math.cos(i), y: centre.y + 90 * Math.sin(i) }));
  graph.add(nodes);
  graph.add(fresh.filter((element) => element.group === "edges" && [element.data.source, element.data.target].every((end) => graph.getElementById(end).nonempty())));
  arrange(graph);
  say(room <= 0 ? `The graph is full with ${MOST_NODES} nodes; start over from one of them.` : `${nodes.length} more around ${view.focus.label}`);
}

async function start() {
  stage.hidden = tools.hidden = false;
  const view = await getJson(`/graph?focus=${encodeURIComponent(stage.dataset.focus)}`);
  expanded.clear();
  expanded.add(view.focus.iri);
  graph?.destroy();
  graph = await network(stage, around(elementsOf(view)));
  graph.fit(undefined, 30);
  say(`${graph.nodes().length} nodes; choose one to go on from it, choose it again to open its page.`);
  graph.on("tap", "node", (event) => {
    const node = event.target;
    if (expanded.has(node.id())) location.href = node.data("href");
    else expand(node.id()).catch((error) => say(error.message));
  });
  stage.setAttribute("data-ready", "");
}

if (stage) {
  const doings = {
    fit: () => graph.fit(undefined, 40),
    larger: () => graph.zoom({ level: graph.zoom() * 1.3, renderedPosition: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } }),
    smaller: () => graph.zoom({ level: graph.zoom() / 1.3, renderedPosition: { x: stage.clientWidth / 2, y: stage.clientHeight / 2 } }),
    reset: start,
  };
  tools.addEventListener("click", (event) => doings[event.target.dataset.do]?.());
  start().catch((error) => say(error.message));
}
