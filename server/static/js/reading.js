// An article and its facts side by side: pointing at one, or tabbing to it, lights the other.

const facts = new Map([...document.querySelectorAll(".taken > li")].map((item) => [item.dataset.fact, item]));
const runs = [...document.querySelectorAll(".said")];
const refs = [...document.querySelectorAll(".ref")];

const sideBySide = () => matchMedia("(min-width: 62.01rem)").matches;

/** Brings a fact into view within its own column; the page stays where it is, or the pointer would lose its sentence. */
function reveal(item) {
  const column = item?.closest(".beside");
  if (!column) return;
  const [outer, inner] = [column.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.top < outer.top) column.scrollTop -= outer.top - inner.top + 8;
  else if (inner.bottom > outer.bottom) column.scrollTop += inner.bottom - outer.bottom + 8;
}

function light(numbers, { scroll = null } = {}) {
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  const wanted = new Set(numbers);
  const lit = runs.filter((run) => run.dataset.facts.split(" ").some((number) => wanted.has(number)));
  lit.forEach((run) => run.classList.add("lit"));
  refs.filter((ref) => wanted.has(ref.dataset.fact)).forEach((ref) => ref.classList.add("lit"));
  wanted.forEach((number) => facts.get(number)?.classList.add("lit"));
  if (scroll === "facts" && sideBySide()) reveal(facts.get(numbers[0]));
  if (scroll === "text" && sideBySide()) lit[0]?.scrollIntoView({ block: "nearest" });
}

for (const [number, item] of facts) {
  item.addEventListener("mouseenter", () => light([number]));
  item.addEventListener("focusin", () => light([number], { scroll: "text" }));
}
for (const run of runs) {
  const numbers = run.dataset.facts.split(" ");
  run.addEventListener("mouseenter", () => light(numbers, { scroll: "facts" }));
  run.addEventListener("focusin", () => light(numbers));
}
for (const ref of refs) {
  ref.addEventListener("focus", () => light([ref.dataset.fact], { scroll: "facts" }));
  ref.addEventListener("mouseenter", () => light([ref.dataset.fact], { scroll: "facts" }));
}
