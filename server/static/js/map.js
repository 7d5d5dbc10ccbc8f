// The map above the table of places; the table is its data.
import { drawMap } from "./basemap.js";

const stage = document.getElementById("map");
if (stage) {
  stage.hidden = false;
  const spots = [...document.querySelectorAll(`${stage.dataset.spots} tbody tr`)].map((row) => ({
    lat: Number(row.dataset.lat),
    long: Number(row.dataset.long),
    count: Number(row.dataset.count),
    tone: row.dataset.tone,
    label: row.querySelector("th").textContent.trim(),
    href: row.querySelector("th a")?.getAttribute("href"),
    note: `${row.dataset.count} event${row.dataset.count === "1" ? "" : "s"}`,
  }));
  drawMap(stage, spots).then(() => stage.setAttribute("data-ready", ""));
}
