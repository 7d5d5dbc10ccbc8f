// A map without tiles: the outlines of the world that ship with the project, drawn by Leaflet.
import { loadScript, loadStyle, make } from "./dom.js";

let ready;

function libraries() {
  ready ??= Promise.all([
    loadStyle("/static/vendor/leaflet.css"),
    loadScript("/static/vendor/leaflet.js"),
    loadScript("/static/vendor/topojson-client.min.js"),
    fetch("/static/vendor/countries-110m.json").then((response) => response.json()),
  ]).then(([, , , world]) => world);
  return ready;
}

/** Draws spots {lat, long, count, tone, label, href} into an element; answers the map. */
export async function drawMap(element, spots) {
  const world = await libraries();
  const { L, topojson } = window;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, { attributionControl: false, minZoom: 1, maxZoom: 7, worldCopyJump: true, zoomAnimation: !still, zoomSnap: 0.5 });
  const bounds = L.latLngBounds(spots.map((spot) => [spot.lat, spot.long]));
  if (spots.length > 1) map.fitBounds(bounds, { padding: [40, 40], maxZoom: 5 });
  else map.setView(spots.length ? bounds.getCenter() : [20, 10], spots.length ? 4 : 2);
  L.geoJSON(topojson.feature(world, world.objects.countries), { style: { className: "land", fillOpacity: 1, weight: 0.6 }, interactive: false }).addTo(map);
  const most = Math.max(1, ...spots.map((spot) => spot.count));
  for (const spot of [...spots].sort((a, b) => b.count - a.count)) {
    const marker = L.circleMarker([spot.lat, spot.long], { radius: 5 + 15 * Math.sqrt(spot.count / most), className: `spot ${spot.tone || ""}` });
    marker.bindPopup(make("div", {}, make("strong", {}, spot.href ? make("a", { href: spot.href }, spot.label) : spot.label), spot.note ? make("div", {}, spot.note) : null));
    marker.bindTooltip(make("span", {}, spot.label));
    marker.addTo(map);
    const path = marker.getElement();
    for (const [name, value] of Object.entries({ tabindex: "0", role: "button", "aria-label": `${spot.label}, ${spot.note || ""}` })) path?.setAttribute(name, value);
    path?.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), marker.openPopup()));
  }
  return map;
}
