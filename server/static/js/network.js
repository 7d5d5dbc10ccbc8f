// Graphs on a canvas by cytoscape, in the colours of the page.
import { colour, loadScript } from "./dom.js";

// cytoscape adds a <style> element unless one with this id is there; the policy of the page forbids such elements.
const STYLE_ID = "__________cytoscape_stylesheet";

function look() {
  const font = getComputedStyle(document.body).fontFamily;
  return [
    { selector: "node", style: { "background-color": colour("surface"), "border-color": colour("line-strong"), "border-width": 2, label: "data(short)", "font-family": font, "font-size": 12, color: colour("ink"), "text-valign": "bottom", "text-margin-y": 4, "text-background-color": colour("surface"), "text-background-opacity": 0.8, "text-background-padding": 2, width: "data(size)", height: "data(size)" } },
    { selector: "node.focus", style: { "background-color": colour("accent"), "border-color": colour("accent"), "font-weight": 600 } },
    { selector: "node.literal", style: { shape: "round-rectangle", "background-color": colour("sunken") } },
    { selector: "node:selected", style: { "border-color": colour("focus"), "border-width": 4 } },
    { selector: "edge", style: { width: "data(width)", "line-color": colour("line-strong"), "curve-style": "bezier", opacity: 0.75, label: "data(label)", "font-family": font, "font-size": 10, color: colour("quiet"), "text-rotation": "autorotate", "text-background-color": colour("surface"), "text-background-opacity": 0.85 } },
    ...["talk", "agree", "dispute", "clash", "office"].map((tone) => ({ selector: `edge.${tone}`, style: { "line-color": colour(tone) } })),
    { selector: "edge.directed", style: { "target-arrow-shape": "triangle", "target-arrow-color": colour("line-strong") } },
    { selector: "edge.derived", style: { "line-style": "dashed", "line-color": colour("derived"), "target-arrow-color": colour("derived") } },
  ];
}

/** A cytoscape instance in an element that holds these elements, laid out unless they have positions. */
export async function network(element, elements) {
  if (!document.getElementById(STYLE_ID)) {
    const place = document.createElement("link");
    place.id = STYLE_ID;
    document.head.append(place);
  }
  if (!window.cytoscape) await loadScript("/static/vendor/cytoscape.min.js");
  const graph = window.cytoscape({ container: element, elements, style: look(), layout: { name: "preset" }, maxZoom: 3, minZoom: 0.15 });
  if (!elements[0]?.position) arrange(graph);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => graph.style(look()));
  return graph;
}

/** Lays a graph out; few nodes come to rest where forces balance. */
export function arrange(graph) {
  const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches && graph.nodes().length < 80;
  graph.layout({ name: "cose", animate: animate ? "end" : false, animationDuration: 350, nodeRepulsion: 14000, idealEdgeLength: 110, padding: 40, randomize: false, nodeDimensionsIncludeLabels: true }).run();
}

export function shorten(text, most = 28) {
  return text.length > most ? text.slice(0, most - 1) + "…" : text;
}
