// Brushing: dragging over the columns of the histogram chooses the period from the first to the last.

const chart = document.querySelector("svg.brush");
const columns = chart ? [...chart.querySelectorAll("a[data-period]")] : [];
let start = null, drawn = null, dragged = false;

function columnAt(event) {
  const x = event.clientX;
  return columns.findIndex((column) => {
    const box = column.querySelector(".hit").getBoundingClientRect();
    return x <= box.right + box.width * 0.16;
  });
}

function clampedColumn(event) {
  const found = columnAt(event);
  return found < 0 ? columns.length - 1 : found;
}

function draw(first, last) {
  const [a, b] = [columns[Math.min(first, last)], columns[Math.max(first, last)]].map((c) => c.querySelector(".hit"));
  if (!drawn) {
    drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    drawn.setAttribute("class", "selection");
    drawn.setAttribute("y", "10");
    drawn.setAttribute("height", a.getAttribute("height"));
    chart.append(drawn);
  }
  const left = Number(a.getAttribute("x"));
  drawn.setAttribute("x", String(left));
  drawn.setAttribute("width", String(Number(b.getAttribute("x")) + Number(b.getAttribute("width")) - left));
}

function clear() {
  drawn?.remove();
  drawn = start = null;
}

if (columns.length > 1) {
  chart.addEventListener("pointerdown", (event) => {
    if (event.button === 0) {
      start = clampedColumn(event);
      dragged = false;
    }
  });
  addEventListener("pointermove", (event) => {
    if (start === null) return;
    const here = clampedColumn(event);
    if (here !== start) dragged = true;
    if (dragged) draw(start, here);
  });
  addEventListener("pointerup", (event) => {
    if (start === null) return;
    const [first, last] = [start, clampedColumn(event)].sort((a, b) => a - b);
    clear();
    if (!dragged) return;
    const address = new URL(location.href);
    address.searchParams.set("from", columns[first].dataset.period);
    address.searchParams.set("to", columns[last].dataset.period);
    address.searchParams.delete("page");
    location.href = address;
  });
  addEventListener("keydown", (event) => event.key === "Escape" && clear());
  chart.addEventListener("click", (event) => dragged && event.preventDefault());
  chart.addEventListener("dragstart", (event) => event.preventDefault());
}
