// An article and its facts side by side: pointing at one, or tabbing to it, lights the other.

const facts = new Map([...document.querySelectorAll(".taken > li")].map((item) => [item.dataset.fact, item]));
const runs = [...document.querySelectorAll(".said")];
const refs = [...document.querySelectorAll(".ref")];

function light(numbers, { scroll = null } = {}) {
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit");
  const wanted = new Set(numbers);
  const lit = runs.filter((run) => run.dataset.facts.split(" ").some((number) => wanted.has(number)));
  lit.forEach((run) => run.classList.add("lit"));
  refs.filter((ref) => wanted.has(ref.dataset.fact)).forEach((ref) => ref.classList.add("lit"));
  wanted.forEach((number) => facts.get(number)?.classList.add("lit"));
  const target = scroll === "text" ? lit[0] : scroll === "facts" ? facts.get(numbers[0]) : null;
  target?.scrollIntoView({ block: "nearest" });
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
